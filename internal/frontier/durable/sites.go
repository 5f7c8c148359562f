package durable

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsarchive/internal/frontier"
)

// A Site is a configured site of the crawl: where it is entered, and when.
type Site struct {
	ID     string
	Config string // digest of its settings; where it changes, the site is due at once
	// Starts are where the site is entered, each of kind Start, Feed, Sitemap or
	// Section. Their Site is filled in.
	Starts []frontier.Item
	// Ladder is how long articles rest between their visits; where it changes, what
	// was visited before rests as long as it would have under the new one. May be nil.
	Ladder []time.Duration
	Next   func(time.Time) time.Time     // the first time after t at which the site is due; required
	Jitter func(time.Time) time.Duration // added to it, so that sites are not due all at once; nil: none
}

// probeAfter is how long forms of addresses are left alone that brought nothing.
const probeAfter = 12 * time.Hour

// pollEvery is how often a frontier that is open for ever looks for what is due.
const pollEvery = 5 * time.Second

// A Poll is what Poll found due.
type Poll struct {
	Sites     []string  // ids of the sites that were due
	Addresses int       // that were queued again, those of Sites and articles due for another look
	Next      time.Time // when the next site is due; zero where there is no site
}

// SetSites says which sites the crawl has from now on. Sites that are new or whose
// settings changed are due at once; what is queued of sites that are gone is left,
// until they are named again. A changed ladder holds for articles that rest already.
// It may be called while workers are at work.
func (f *Frontier) SetSites(ctx context.Context, sites []Site) error {
	err := f.db.do(ctx, func(tx tx) error {
		known, err := column(ctx, tx, siteIDs, f.crawl)
		if err != nil {
			return err
		}
		for _, id := range known {
			if slices.ContainsFunc(sites, func(s Site) bool { return s.ID == id }) {
				continue
			}
			if _, err := tx.exec(ctx, dropSite, f.crawl, id); err != nil {
				return err
			}
			if _, err := tx.exec(ctx, leaveSite, f.crawl, id); err != nil {
				return err
			}
		}
		for _, s := range sites {
			if err := f.setLadder(ctx, tx, s); err != nil {
				return err
			}
			if _, err := tx.exec(ctx, setSite, f.crawl, s.ID, s.Config, fmt.Sprint(s.Ladder)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("set sites: %w", err)
	}
	f.mu.Lock()
	f.sites = slices.Clone(sites)
	f.mu.Unlock()
	return nil
}

// Poll queues what is due: of each site whose time has come, its starts, feeds,
// sitemaps and sections, once however many times were missed; and the articles
// whose rest is over. Of processes that poll at the same moment one gets a site:
// its next time is set in the transaction that queues it. A frontier that is open
// for ever polls by itself; Poll comes after Begin. Where sites are named, only
// these are polled.
func (f *Frontier) Poll(ctx context.Context, only ...string) (p Poll, err error) {
	f.mu.Lock()
	sites := f.sites
	f.mu.Unlock()
	for _, s := range sites {
		if len(only) > 0 && !slices.Contains(only, s.ID) {
			continue
		}
		if err := f.pollSite(ctx, s, &p); err != nil {
			return p, fmt.Errorf("poll site %s: %w", s.ID, err)
		}
	}
	return p, nil
}

// pollSite queues what is due of one site.
func (f *Frontier) pollSite(ctx context.Context, s Site, p *Poll) error {
	before := *p
	return f.db.do(ctx, func(tx tx) error {
		*p = before // a transaction may be done again
		now := f.o.Now()
		n, next, err := f.pollLists(ctx, tx, s, now)
		if err != nil {
			return err
		}
		if n > 0 {
			p.Sites = append(slices.Clone(p.Sites), s.ID)
		}
		if p.Next.IsZero() || next.Before(p.Next) {
			p.Next = next
		}
		articles, err := tx.exec(ctx, pollArticles, f.crawl, s.ID, micros(now))
		if err != nil {
			return err
		}
		if n += articles; n == 0 {
			return nil
		}
		p.Addresses += int(n)
		if _, err := tx.exec(ctx, openCrawl, f.crawl); err != nil {
			return err
		}
		return f.enqueueAll(ctx, tx)
	})
}

// pollLists queues what shows new articles, if the site is due, and returns how
// many addresses these are and when the site is due next.
func (f *Frontier) pollLists(ctx context.Context, tx tx, s Site, now time.Time) (n int64, next time.Time, err error) {
	var due int64
	err = tx.one(ctx, siteDue, []any{f.crawl, s.ID}, &due)
	if errors.Is(err, errNoRow) { // another process dropped it
		return 0, s.Next(now), nil
	}
	if err != nil || due > micros(now) {
		return 0, time.UnixMicro(due), err
	}
	next = s.Next(now)
	if s.Jitter != nil {
		next = next.Add(s.Jitter(now))
	}
	if won, err := tx.exec(ctx, takePoll, micros(next), micros(now), f.crawl, s.ID, due); err != nil || won == 0 {
		return 0, next, err
	}
	if err := f.probe(ctx, tx, now.Add(-probeAfter)); err != nil {
		return 0, next, err
	}
	starts := slices.Clone(s.Starts)
	for i := range starts {
		starts[i].Site = s.ID
	}
	fresh, err := f.add(ctx, tx, starts, "")
	if err != nil {
		return 0, next, err
	}
	again, err := tx.exec(ctx, pollSite, f.crawl, s.ID, micros(now), micros(now))
	return again + int64(fresh), next, err
}

// pollForEver polls until the frontier closes.
func (f *Frontier) pollForEver(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		if _, err := f.Poll(ctx); err != nil {
			select {
			case <-f.quit:
			default:
				f.fail(err)
			}
			return
		}
		select {
		case <-tick.C:
		case <-f.quit:
			return
		}
	}
}
