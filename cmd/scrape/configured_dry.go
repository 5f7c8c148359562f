package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"newsarchive/internal/fetch"
	"newsarchive/internal/sites"
)

// dryRun tells what a run would begin with, and when. Nothing is visited.
func (c *configured) dryRun(ctx context.Context) error {
	set, err := sites.New(c.cfg, c.only, fetch.Options{})
	if err != nil {
		return coded{exitUsage, err}
	}
	defer set.Close()
	now, due, ready := clock(), c.asked(ctx, c.cfg), 0
	for _, s := range set.Sites {
		next := due.first(s.ID, now, s.Schedule)
		when := "due " + next.Format("2006-01-02 15:04 MST")
		if !next.After(now) {
			when, ready = "due at once", ready+1
		}
		if c.json {
			err = c.out.line(map[string]any{"type": "site", "site_id": s.ID, "start": s.Start, "discover": s.Discover,
				"delay_ms": s.Delay.D().Milliseconds(), "pages_per_hour": perHour(s.Delay.D()), "next_runs": []time.Time{next}})
		} else {
			err = c.out.fold(pad(s.ID, 28)+"  ", fmt.Sprintf("%s · one request in %s, %s an hour at most · %s",
				strings.Join(s.Start, " "), s.Delay, count(perHour(s.Delay.D()), "page"), when))
		}
		if err != nil {
			return err
		}
	}
	if err := c.out.flush(); err != nil {
		return err
	}
	c.say("%d of %s due now; nothing was visited", ready, count(len(set.Sites), "site"))
	return nil
}

// perHour is how many requests the pace allows a host.
func perHour(delay time.Duration) int { return int(time.Hour / max(delay, 50*time.Millisecond)) }
