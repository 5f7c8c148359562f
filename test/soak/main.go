// Command soak runs "scrape watch" for a long time on sites that never end, hostile
// pages among them, kills it now and then as a power cut would, and holds the last
// minutes against the first: memory, goroutines and descriptors must not grow, and
// the archive must be sound.
//
//	go run ./test/soak                     thirty minutes, a kill every two
//	go run ./test/soak -for 40s -kill 10s  a look whether it works at all
//
// Every life of the process is sampled at the same ages, so that like is compared
// with like. It exits with 1 where something grew by more than -grow percent, where
// the archive is not sound, or where the process ended by itself.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// soak is one run of the command.
type soak struct {
	binary  string
	dir     string // of config, frontier and archive
	metrics string
	total   time.Duration
	kill    time.Duration
	grow    float64
	delay   time.Duration
	hosts   int
	sites   list
}

// list is a flag that may be given again and again.
type list []string

func (l *list) String() string     { return fmt.Sprint(*l) }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func main() {
	var s soak
	flag.StringVar(&s.binary, "scrape", "", "the program; built from this module where none is named")
	flag.StringVar(&s.dir, "dir", "", "folder to work in; a new one, removed at the end, where none is named")
	flag.StringVar(&s.metrics, "metrics", "127.0.0.1:18610", "where the program answers for its figures")
	flag.DurationVar(&s.total, "for", 30*time.Minute, "how long")
	flag.DurationVar(&s.kill, "kill", 2*time.Minute, "time between two kills")
	flag.Float64Var(&s.grow, "grow", 5, "percent that a figure may have grown")
	flag.DurationVar(&s.delay, "delay", 100*time.Millisecond, "least time between two requests to one host")
	flag.IntVar(&s.hosts, "hosts", 6, "sites that never end; as many are hostile")
	flag.Var(&s.sites, "site", "crawl this site, too; any number of times")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := s.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

func (s *soak) run(ctx context.Context) error {
	if s.dir == "" {
		dir, err := os.MkdirTemp("", "soak-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		s.dir = dir
	}
	if s.binary == "" {
		s.binary = filepath.Join(s.dir, "scrape")
		if out, err := exec.CommandContext(ctx, "go", "build", "-o", s.binary, "./cmd/scrape").CombinedOutput(); err != nil {
			return fmt.Errorf("build: %w\n%s", err, out)
		}
	}
	served, err := serve(s.hosts)
	if err != nil {
		return err
	}
	defer served.close()
	if err := s.writeConfig(append(served.addresses, s.sites...)); err != nil {
		return err
	}
	lives, err := s.live(ctx)
	if err != nil {
		return err
	}
	return errors.Join(s.verify(ctx), judge(os.Stdout, lives, s.grow))
}

// live starts the program again and again; the last life is ended as a service
// manager would.
func (s *soak) live(ctx context.Context) ([]life, error) {
	var lives []life
	end := time.Now().Add(s.total)
	for ctx.Err() == nil && time.Until(end) > s.kill/2 {
		last := time.Until(end) < s.kill+s.kill/2
		l, err := s.once(ctx, last)
		if err != nil {
			return nil, fmt.Errorf("life %d: %w", len(lives)+1, err)
		}
		lives = append(lives, l)
		fmt.Printf("life %2d  %s\n", len(lives), l)
	}
	return lives, ctx.Err()
}

func (s *soak) verify(ctx context.Context) error {
	begin := time.Now()
	out, err := exec.CommandContext(ctx, s.binary, "verify", "--full", "--archive", filepath.Join(s.dir, "archive")).CombinedOutput()
	fmt.Printf("verify --full (%s): %s", time.Since(begin).Round(time.Second), out)
	if err != nil {
		return fmt.Errorf("the archive is not sound: %w", err)
	}
	return nil
}
