package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/internal/notify"
)

// watching is the command that crawls for ever.
type watching struct {
	configured
	each    time.Duration // after which a run ends and the next begins
	manager notify.Manager
}

// The causes for which a run of watch ends and another begins.
var (
	errReload = errors.New("the config has changed")
	errAnew   = errors.New("the run is long enough")
)

func (a *app) watchCommand() *cobra.Command {
	w := &watching{configured: configured{crawling: crawling{capturing: capturing{app: a}}, forever: true}}
	cmd := &cobra.Command{
		Use:   "watch",
		Short: "Crawl the sites of a config on their schedules, for ever",
		Long: `watch crawls each site of a config when it is due, until it is stopped. After a time
in which it did not run each site is crawled once, one after another.

SIGHUP reads the config again; a wrong one is told of, and the old one stays. SIGTERM
and SIGINT finish the pages in flight. A service manager is told what goes on
(sd_notify), and Prometheus with --metrics.`,
		Example: `  scrape watch -c scrape.yaml --metrics 127.0.0.1:9090
  scrape schedule print --systemd -o /etc/systemd/system`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return w.main(cmd) },
	}
	f := cmd.Flags()
	f.StringVarP(&w.file, "config", "c", defaultConfig, "the config")
	f.StringVar(&w.where, "frontier", "", "keep what is to be visited here: a file, or postgres://… (default: what the config says)")
	f.StringVar(&w.listen, "metrics", "", "answer Prometheus at this address, such as 127.0.0.1:9090")
	f.StringSliceVar(&w.allowNet, "allow-net", nil, "visit these private addresses too: CIDR[:PORT]")
	f.IntVar(&w.workers, "workers", 4, "hosts visited at the same time")
	spanVar(f, &w.each, "report-every", 24*time.Hour, "end a run, with its report, after so long, and begin the next")
	w.boundFlags(f)
	return cmd
}

func (w *watching) main(cmd *cobra.Command) error {
	if w.each < time.Second {
		return usagef("--report-every must be a second or more")
	}
	if err := w.load(cmd); err != nil {
		return err
	}
	ctx := cmd.Context()
	if err := w.serve(ctx); err != nil {
		return err
	}
	w.manager = notify.FromEnv()
	go w.manager.Live(ctx, w.alive)
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	w.began = w.ready("ready")
	for {
		err := w.runOnce(ctx, cmd, hup)
		w.began = nil
		switch {
		case errors.Is(err, errReload):
			w.began = w.ready("reloaded")
		case errors.Is(err, errAnew):
		default:
			w.note(w.manager.Stopping())
			w.tell("stopped", "stopped; the same command goes on from here")
			return err
		}
		if err := w.checkHealth(ctx); err != nil {
			w.say("health was not checked: %v", err)
		}
	}
}

// ready returns what tells that the watch works, once its first run has begun, or
// works with another config.
func (w *watching) ready(event string) func() {
	return func() {
		w.tell(event, fmt.Sprintf("watching %s of %s", w.status(), w.file))
		w.note(w.manager.Ready(w.status()))
	}
}

// runOnce is one run. It ends with errReload once there is another config that is
// sound, with errAnew when it is long enough, or with ctx.
func (w *watching) runOnce(ctx context.Context, cmd *cobra.Command, hup <-chan os.Signal) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	timer := time.AfterFunc(w.each, func() { end(errAnew) })
	defer timer.Stop()
	next := make(chan *configured, 1)
	go w.reloads(ctx, cmd, hup, next, end)
	checked := make(chan struct{})
	go func() {
		defer close(checked)
		w.checkNowAndThen(ctx)
	}()
	err := w.session(ctx)
	end(nil)
	<-checked
	select {
	case c := <-next:
		w.cfg, w.archiveDir, w.where, w.workers = c.cfg, c.archiveDir, c.where, c.workers
		w.tellSites()
	default:
	}
	return err
}

// checkNowAndThen looks at the limits that the config sets while a run goes on, until ctx ends.
func (w *watching) checkNowAndThen(ctx context.Context) {
	a := w.cfg.Alerts
	if a.NoNewFor == 0 && a.ExtractRateBelow == 0 {
		return
	}
	every := time.Hour
	if a.NoNewFor > 0 {
		every = min(every, max(a.NoNewFor.D()/4, 5*time.Minute))
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		if err := w.checkHealth(ctx); err != nil && ctx.Err() == nil {
			w.say("health was not checked: %v", err)
		}
	}
}

// reloads reads the config again at each SIGHUP, until one is sound: then the run ends.
func (w *watching) reloads(ctx context.Context, cmd *cobra.Command, hup <-chan os.Signal, next chan<- *configured, end context.CancelCauseFunc) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hup:
		}
		w.note(w.manager.Reloading())
		own := *w.app
		c := &configured{crawling: crawling{capturing: capturing{app: &own}, where: w.where}, file: w.file}
		c.workers = w.workers
		err := c.load(cmd)
		if w.metrics != nil {
			w.metrics.Reload(err == nil)
		}
		if err == nil {
			next <- c
			end(errReload)
			return
		}
		w.tell("reload_failed", fmt.Sprintf("the config stays as it was: %v", err))
		w.note(w.manager.Ready(w.status()))
	}
}

// alive reports whether the frontier still answers.
func (w *watching) alive() bool {
	_, err := w.waiting()
	return err == nil
}

func (w *watching) status() string { return count(len(w.cfg.Sites), "site") }

// note says what the service manager could not be told.
func (w *watching) note(err error) {
	if err != nil {
		w.say("%v", err)
	}
}

// tell says what happens to the watch itself: narration, and an event with --json.
func (w *watching) tell(event, text string) {
	w.say("%s", text)
	if w.json {
		_ = w.out.line(watchEvent{"watch", event, text, time.Now().UTC()}) // a reader that went away ends nothing
	}
}

// watchEvent is the line that --json prints of the watch itself: "ready",
// "reloaded", "reload_failed", "stopped".
type watchEvent struct {
	Type  string    `json:"type"`
	Event string    `json:"event"`
	Text  string    `json:"text"`
	At    time.Time `json:"at"`
}
