package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// session is one run: what is due is crawled until nothing is left, or for ever.
// Where nothing is due it leaves no trace in the archive.
func (c *configured) session(ctx context.Context) error {
	if err := c.open(); err != nil {
		return err
	}
	defer c.set.Close()
	loop, err := c.begin(ctx)
	if err != nil {
		return joined(inOurWords(err), c.store.Close())
	}
	c.deliver, c.sparing = c.print, true
	err = c.work(ctx, loop, nil)
	if err := c.account(); err != nil {
		c.say("  the HTML report was not written: %v", err)
	}
	if c.json && c.tally.total > 0 {
		if lerr := c.out.line(c.tally.summary(c.run)); lerr != nil && !gone(lerr) {
			return lerr
		}
	}
	if c.tally.total > 0 {
		c.sayEnd()
	}
	return inOurWords(err)
}

// begin opens the frontier, tells it of the sites and queues what is due.
func (c *configured) begin(ctx context.Context) (*crawl.Crawl, error) {
	f, err := c.openDurable(ctx, durable.Options{Options: frontier.Options{Delay: c.set.Delay(), Traps: trapRules(c.bounds)}, Name: "sites", Forever: c.forever,
		Run: c.run, Workers: c.workers})
	if err != nil {
		return nil, err
	}
	c.set.KeepRobots(f)
	loop := c.siteLoop(f)
	if err = f.SetSites(ctx, c.set.Durable()); err == nil {
		c.begun, err = f.Begin(ctx, durable.Again{})
	}
	if err == nil {
		err = c.settle(ctx, loop, f)
	}
	if err == nil {
		err = c.poll(ctx, f)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	c.front.Store(f)
	if c.began != nil {
		c.began()
	}
	return loop, nil
}

// poll queues what is due, and says what that is.
func (c *configured) poll(ctx context.Context, f *durable.Frontier) error {
	var only []string
	if c.only != "" {
		only = []string{c.only}
	}
	p, err := f.Poll(ctx, only...)
	switch {
	case err != nil:
	case p.Addresses > 0:
		c.say("due: %s (%s)", or(strings.Join(p.Sites, ", "), "articles to look at again"), count(p.Addresses, "address"))
	case !c.begun.Resumed && !c.forever:
		c.say("nothing is due; the next site is at %s", p.Next.Local().Format("2006-01-02 15:04 MST"))
	}
	return err
}

// siteLoop is the loop over the sites, each with its own scope, bounds and pace.
func (c *configured) siteLoop(f *durable.Frontier) *crawl.Crawl {
	loop := c.loop(f, crawl.Scope{})
	loop.Chains, loop.Spare = false, durable.Spare(c.workers)
	loop.NewFetcher = c.set.Fetcher
	loop.Extract, loop.Store = c.set.Reader(c.x), c.set.Keeper(c.store)
	loop.ScopeOf, loop.Discover = c.set.ScopeOf, c.set.Discover
	loop.CrawlDelay, loop.Revisit = c.pace, c.set.Ladder
	loop.Done = c.visited
	loop.Grace = 30 * time.Second
	return loop
}
