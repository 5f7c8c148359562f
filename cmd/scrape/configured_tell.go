package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"newsarchive/archive"
	"newsarchive/internal/address"
	"newsarchive/internal/config"
	"newsarchive/internal/crawl"
	"newsarchive/internal/discover"
	"newsarchive/internal/health"
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

// siteNames are the sites of the config as rows name them.
func siteNames(c *config.Config) (names []string) {
	for _, s := range c.Sites {
		for _, start := range s.Start {
			if u, err := url.Parse(start); err == nil && !slices.Contains(names, address.Site(u.Host)) {
				names = append(names, address.Site(u.Host))
			}
		}
	}
	return names
}

// limitText says what a limit was and is.
func limitText(al health.Alert) string {
	if al.Limit == "" || len(al.Findings) == 0 {
		return ""
	}
	f := al.Findings[0]
	if al.Limit == health.NoNewFor {
		return fmt.Sprintf(": no new article for %d h, %s is %d h", f.Now, al.Limit, f.Before)
	}
	return fmt.Sprintf(": %d %% of the newest pages give an article, %s is %d %%", f.Now, al.Limit, f.Before)
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

// checkHealth tells of sites that are no longer read as before, if the config asks for it.
func (c *configured) checkHealth(ctx context.Context) error {
	limits := health.Limits{NoNewFor: c.cfg.Alerts.NoNewFor.D(), RateBelow: c.cfg.Alerts.ExtractRateBelow}
	if c.cfg.Alerts.Webhook == "" && !limits.Any() {
		return nil
	}
	h := &checkup{app: c.app, webhook: webhook{url: c.cfg.Alerts.Webhook, allowNet: c.cfg.Alerts.AllowNet}, limits: limits, also: siteNames(c.cfg)}
	for _, s := range c.cfg.Alerts.When {
		h.when = append(h.when, string(s))
	}
	if err := h.webhook.check(); err != nil {
		return err
	}
	verdicts, err := h.verdicts(time.Now())
	if err != nil {
		return err
	}
	told, err := h.tell(ctx, verdicts)
	for _, al := range told {
		c.say("alert: %s is %s (was %s)%s", al.Site, al.State, al.Was, limitText(al))
		if c.json {
			if lerr := c.out.line(alertLine{"alert", al}); lerr != nil && !gone(lerr) {
				return lerr
			}
		}
	}
	if err != nil { // the crawl did what it should; the next one tells again
		c.say("%v", err)
	}
	return nil
}
