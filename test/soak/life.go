package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// figures are what is held against one another, by their names at /metrics.
var figures = []string{"process_resident_memory_bytes", "go_goroutines", "process_open_fds"}

// A life is one process from its start to its kill.
type life struct {
	mean  map[string]float64 // of each of figures, over the later half of the life
	pages float64            // visits that had an end
}

func (l life) String() string {
	return fmt.Sprintf("%6.0f pages  %6.1f MiB  %5.1f goroutines  %5.1f descriptors", l.pages,
		l.mean[figures[0]]/(1<<20), l.mean[figures[1]], l.mean[figures[2]])
}

func (s *soak) writeConfig(sites []string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "archive: archive\nfrontier: frontier.db\nidentity: {name: soak, contact: soak@loopback.example}\nallow_net: [127.0.0.0/8]\nworkers: %d\n", len(sites))
	fmt.Fprintf(&b, "defaults: {every: 1m, delay: %s, timeout: 10s, discover: [feed, sitemap, section, links]}\nsites:\n", s.delay)
	for _, site := range sites {
		fmt.Fprintf(&b, "  - {start: %q}\n", site)
	}
	return os.WriteFile(filepath.Join(s.dir, "scrape.yaml"), []byte(b.String()), 0o600)
}

// once is one life: it ends by SIGKILL, or by SIGTERM where it is the last.
func (s *soak) once(ctx context.Context, last bool) (life, error) {
	narration, err := os.OpenFile(filepath.Join(s.dir, "narration"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return life{}, err
	}
	defer narration.Close()
	cmd := exec.Command(s.binary, "watch", "-c", filepath.Join(s.dir, "scrape.yaml"), "--metrics", s.metrics)
	cmd.Stdout, cmd.Stderr = io.Discard, narration
	if err := cmd.Start(); err != nil {
		return life{}, err
	}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	l, err := s.watch(ctx, gone)
	if err != nil {
		_ = cmd.Process.Kill() // it may be gone already
		return l, err
	}
	if !last {
		err := cmd.Process.Kill()
		<-gone
		return l, err
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return l, err
	}
	var code *exec.ExitError
	if err := <-gone; errors.As(err, &code) && code.ExitCode() != 128+int(syscall.SIGTERM) {
		return l, fmt.Errorf("ended by SIGTERM with %w", err)
	}
	return l, nil
}

// watch samples the process until its time has come.
func (s *soak) watch(ctx context.Context, gone <-chan error) (life, error) {
	sum, n := map[string]float64{}, 0.0
	l := life{mean: map[string]float64{}}
	begin, tick := time.Now(), time.NewTicker(max(s.kill/120, 200*time.Millisecond))
	defer tick.Stop()
	for time.Since(begin) < s.kill {
		select {
		case <-ctx.Done():
			return l, ctx.Err()
		case err := <-gone:
			return l, fmt.Errorf("the program ended by itself: %v; see %s", err, filepath.Join(s.dir, "narration"))
		case <-tick.C:
		}
		got, err := sample(s.metrics)
		if err != nil || time.Since(begin) < s.kill/2 {
			continue // not up yet, or not warm
		}
		for _, name := range figures {
			sum[name] += got[name]
		}
		l.pages = got["scrape_pages_total"]
		n++
	}
	if n == 0 {
		return l, fmt.Errorf("%s never answered", s.metrics)
	}
	for name, v := range sum {
		l.mean[name] = v / n
	}
	return l, nil
}

// sample reads the metrics; series with labels are added up.
func sample(at string) (map[string]float64, error) {
	res, err := (&http.Client{Timeout: 5 * time.Second}).Get("http://" + at + "/metrics")
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	got := map[string]float64{}
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		name, _, _ = strings.Cut(name, "{")
		if v, err := strconv.ParseFloat(value[strings.LastIndex(value, " ")+1:], 64); err == nil {
			got[name] += v
		}
	}
	return got, nil
}
