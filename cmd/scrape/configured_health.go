package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/config"
	"newsarchive/internal/health"
)

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
