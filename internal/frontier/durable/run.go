package durable

import (
	"context"
	"fmt"
	"slices"
	"time"

	"newsarchive/internal/frontier"
)

// A Beginning is how a run began.
type Beginning struct {
	Resumed bool // it goes on where an earlier process stopped
	Resting bool // articles are known that an earlier run visited
	Beside  int  // other processes that work on the crawl already, each with an archive of its own
}

// Again says which known addresses a new run visits again.
type Again struct {
	Admit func(frontier.Item) bool // whether it is still wanted; nil: all are
	Rest  time.Duration            // an article rests no longer than this; 0: all addresses are due
	// Ladder is how long articles rest between their visits; where the last run had
	// another, what was visited before rests as long as it would have under this one.
	// May be nil. Of the sites of a crawl with a Name see Site.
	Ladder []time.Duration
}

// Begin begins a run, or goes on with one that was interrupted. A new run queues
// the known addresses that are due again; in a crawl with a Name that is left to
// the polls of its sites.
func (f *Frontier) Begin(ctx context.Context, a Again) (Beginning, error) {
	b, err := f.begin(ctx, a)
	if err != nil {
		return Beginning{}, fmt.Errorf("begin run: %w", err)
	}
	f.begun = true
	f.polling.Go(func() { f.beat(context.WithoutCancel(ctx)) })
	if f.o.Forever {
		f.polling.Go(func() { f.pollForEver(context.WithoutCancel(ctx)) })
	}
	return b, nil
}

func (f *Frontier) begin(ctx context.Context, a Again) (b Beginning, err error) {
	if err := f.db.newClient(f); err != nil {
		return b, err
	}
	if f.o.Sole {
		if err := f.db.reclaim(ctx); err != nil {
			return b, err
		}
	}
	err = f.db.do(ctx, func(tx tx) error {
		n, err := tx.exec(ctx, openCrawl, f.crawl)
		if err != nil {
			return err
		}
		if err := tx.one(ctx, runsBeside, []any{f.crawl, f.o.Archive, micros(f.o.Now().Add(-deadAfter))}, &b.Beside); err != nil {
			return err
		}
		if err := f.ladder(ctx, tx, a.Ladder); err != nil {
			return err
		}
		if b.Resumed = n == 0; !b.Resumed && f.o.Name == "" {
			if err := f.requeue(ctx, tx, a); err != nil {
				return err
			}
		}
		if !b.Resumed {
			if err := f.probe(ctx, tx, f.o.Now()); err != nil {
				return err
			}
		}
		var resting int
		if err := tx.one(ctx, anyResting, []any{f.crawl}, &resting); err != nil {
			return err
		}
		b.Resting = resting > 0
		return f.enqueueAll(ctx, tx)
	})
	if err != nil {
		return b, err
	}
	return b, f.db.start(ctx)
}

// A run gives a sign of life every beatEvery; after deadAfter without one it is
// taken for dead by those who count.
const (
	beatEvery = 10 * time.Second
	deadAfter = 45 * time.Second
)

// beat gives signs of life until the frontier closes.
func (f *Frontier) beat(ctx context.Context) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			_ = f.alive(ctx) // whoever waits for a lease learns that it fails
		case <-f.quit:
			return
		}
	}
}

// requeue queues the known addresses that are due again.
func (f *Frontier) requeue(ctx context.Context, tx tx, a Again) error {
	now := micros(f.o.Now())
	for last := int64(0); ; {
		var ids []int64
		n := 0
		for scan, err := range tx.all(ctx, dueAgain, f.crawl, last, now, now, now-a.Rest.Microseconds(), a.Rest.Microseconds()) {
			var it frontier.Item
			if err == nil {
				it, err = scanItem(scan, &last)
			}
			if err != nil {
				return err
			}
			n++
			if a.Admit == nil || a.Admit(it) {
				ids = append(ids, last)
			}
		}
		for _, id := range ids {
			if _, err := tx.exec(ctx, requeue, id); err != nil {
				return err
			}
		}
		if n == 0 {
			return nil
		}
	}
}

// enqueueAll makes the jobs that are missing.
func (f *Frontier) enqueueAll(ctx context.Context, tx tx) error {
	hosts, err := column(ctx, tx, queuedHosts, f.crawl)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(hosts, 500) {
		if err := tx.enqueue(ctx, f.crawl, time.Time{}, some...); err != nil {
			return err
		}
	}
	return nil
}

// Interrupted returns the ids of earlier runs of the crawl that did not close.
func (f *Frontier) Interrupted(ctx context.Context) (runs []string, err error) {
	err = f.db.do(ctx, func(tx tx) error {
		runs, err = column(ctx, tx, openRuns, f.crawl, f.o.Run, f.o.Archive)
		return err
	})
	return runs, err
}

// column returns the texts that a query of one column gives.
func column(ctx context.Context, tx tx, q string, args ...any) (list []string, err error) {
	for scan, err := range tx.all(ctx, q, args...) {
		var s string
		if err == nil {
			err = scan(&s)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// Settled notes that what an interrupted run stored has been settled.
func (f *Frontier) Settled(ctx context.Context, run string) error {
	return f.db.do(ctx, func(tx tx) error {
		_, err := tx.exec(ctx, endRun, micros(f.o.Now()), run)
		return err
	})
}

// Queued returns the address as an item if it waits for its visit.
func (f *Frontier) Queued(ctx context.Context, link string) (it frontier.Item, ok bool, err error) {
	err = f.db.do(ctx, func(tx tx) error {
		for scan, err := range tx.all(ctx, find, f.crawl, hash(link)) {
			var state int
			if err == nil {
				it, err = scanItem(scan, &state)
			}
			if err != nil {
				return err
			}
			ok = state == queued
		}
		return nil
	})
	return it, ok, err
}

// Settle notes a visit that an earlier process made and could not commit.
func (f *Frontier) Settle(ctx context.Context, r frontier.Result) error {
	return f.db.do(ctx, func(tx tx) error {
		now := f.o.Now()
		r.Retry = false
		if err := f.settle(ctx, tx, new(frontier.Verdict), r, now, now); err != nil {
			return err
		}
		_, err := f.add(ctx, tx, r.Found, "")
		return err
	})
}
