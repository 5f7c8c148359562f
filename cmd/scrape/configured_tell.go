package main

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"newsarchive/archive"
	"newsarchive/internal/crawl"
	"newsarchive/internal/discover"
	"newsarchive/internal/metrics"
	"newsarchive/internal/report"
	"newsarchive/internal/sites"
)

// serve answers Prometheus from now on, if that is asked for.
func (c *configured) serve(ctx context.Context) error {
	if c.listen == "" {
		return nil
	}
	c.metrics = metrics.New(version(), c.waiting)
	c.metrics.Due = c.due
	at, err := c.metrics.Serve(context.WithoutCancel(ctx), c.listen)
	if err != nil {
		return usagef("--metrics %s: %w", c.listen, err)
	}
	c.say("metrics at http://%s/metrics", at)
	c.tellSites()
	return nil
}

// waiting is how many addresses are queued.
func (c *configured) waiting() (int, error) {
	f := c.front.Load()
	if f == nil {
		return 0, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return f.Waiting(ctx)
}

// due is when each site is due; nothing where the frontier does not answer.
func (c *configured) due() map[string]time.Time {
	f := c.front.Load()
	if f == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	due, err := f.Due(ctx)
	if err != nil {
		return nil
	}
	return due
}

// tellSites tells the metrics which sites there are.
func (c *configured) tellSites() {
	if c.metrics != nil {
		c.metrics.Sites(c.cfg.IDs())
	}
}

// visited counts and prints a visit, but for a feed or sitemap that was only guessed and is
// not there.
func (c *configured) visited(v crawl.Visit) {
	absent := sites.Absent(v.Item, v.Row.HTTPStatus)
	if !absent || !discover.IsUsual(v.Item.URL) { // nobody said that it was there
		c.count(v)
	}
	if absent {
		_ = c.front.Load().Retire(context.Background(), v.Item.URL, "retired: it never was there") // else the next visit tries again
	}
	if c.set.Spent(v.Item.Site, time.Now()) {
		// What that cannot do the frontier says by itself at its next step.
		_, _ = c.front.Load().Leave(context.Background(), v.Item.Site)
	}
}

func (c *configured) count(v crawl.Visit) {
	if c.metrics != nil {
		change := ""
		if v.Row.Outcome.HasArticle() {
			change = v.Row.Change
		}
		c.metrics.Visit(v.Item.Site, v.Row.Outcome, change, v.Bytes, v.Took)
	}
	c.done(v)
}

// pace is the delay at an address's host.
func (c *configured) pace(link string) time.Duration {
	d := c.set.CrawlDelay(link)
	if u, err := url.Parse(link); err == nil && c.metrics != nil {
		c.metrics.Delay(u.Host, d)
	}
	return d
}

// account writes the run's HTML report, if the config asks for it.
func (c *configured) account() error {
	if c.metrics != nil && c.tally.total > 0 {
		c.metrics.Run()
	}
	if !c.cfg.Report.HTML || c.tally.total == 0 {
		return nil
	}
	r, err := archive.OpenReader(c.archiveDir)
	if err != nil {
		return err
	}
	defer r.Close()
	run, err := accountOf(r, c.run)
	if err != nil {
		return err
	}
	runs, err := runsBefore(r, run)
	if err != nil {
		return err
	}
	dir := filepath.Clean(c.archiveDir) + "-reports" // beside the archive: no part of it
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return writeReport(filepath.Join(dir, c.run+".html"), run, runs)
}

// writeReport writes the file whole or not at all.
func writeReport(name string, run report.Run, runs []report.Run) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".report-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = report.HTML(f, run, runs)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
