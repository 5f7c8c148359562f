package durable

import (
	"context"
	"errors"
	"net/url"
	"time"

	"newsarchive/internal/frontier"
)

// Lease waits until a host is due and hands out a slice of it. It returns
// frontier.ErrDrained when nothing of the crawl is left, unless it is open for
// ever, and ctx's error when ctx ends first.
//
// Of those who wait one keeps the lookout: it asks the tables whether there is
// anything left, for all of them.
func (f *Frontier) Lease(ctx context.Context) (*frontier.Lease, error) {
	for {
		select {
		case f.lookout <- struct{}{}:
			l, err := f.look(ctx)
			<-f.lookout
			return l, err
		case t := <-f.ready:
			if l, err := f.accept(ctx, t); l != nil || err != nil {
				return l, err
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// look waits for a lease, or until there can be none.
func (f *Frontier) look(ctx context.Context) (*frontier.Lease, error) {
	look := time.NewTicker(time.Second) // for what other processes did
	defer look.Stop()
	told := f.o.Now()
	for {
		f.mu.Lock()
		changed := f.changed
		f.mu.Unlock()
		if err := f.failure(); err != nil {
			return nil, err
		}
		if err := f.drained(ctx); err != nil && !(f.o.Forever && errors.Is(err, frontier.ErrDrained)) {
			return nil, err
		}
		select {
		case t := <-f.ready:
			if l, err := f.accept(ctx, t); l != nil || err != nil {
				return l, err
			}
		case <-changed:
		case <-look.C:
			if now := f.o.Now(); now.Sub(told) >= aliveEvery {
				told = now
				if err := f.alive(ctx); err != nil {
					return nil, err
				}
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// aliveEvery is how often whoever waits for a lease sees whether the tables can be written.
const aliveEvery = 5 * time.Second

// accept takes what a turn has to give; nil if that is nothing any more.
func (f *Frontier) accept(ctx context.Context, t *turn) (*frontier.Lease, error) {
	l, err := f.slice(ctx, t)
	if l == nil {
		t.back <- struct{}{}
	}
	return l, err
}

// drained returns ErrDrained where nothing is queued, and notes that the run is over.
func (f *Frontier) drained(ctx context.Context) error {
	var n int
	err := f.db.do(ctx, func(tx tx) error {
		if err := tx.one(ctx, anyQueued, []any{f.crawl}, &n); err != nil || n > 0 {
			return err
		}
		_, err := tx.exec(ctx, closeCrawl, f.crawl, f.crawl)
		return err
	})
	if err == nil && n == 0 {
		return frontier.ErrDrained
	}
	return err
}

// alive notes that this run is at work. Where that cannot be written, neither can
// a lease, and the engine would try for ever.
func (f *Frontier) alive(ctx context.Context) error {
	return f.db.do(ctx, func(tx tx) error {
		_, err := tx.exec(ctx, seeRun, micros(f.o.Now()), f.o.Run)
		return err
	})
}

// slice takes what is due of the turn's host; nil if nothing is.
func (f *Frontier) slice(ctx context.Context, t *turn) (l *frontier.Lease, err error) {
	err = f.db.do(ctx, func(tx tx) error {
		l = &frontier.Lease{Host: t.host, Fence: t.fence}
		n, err := tx.exec(ctx, heldHost, t.host, t.fence.Job, t.fence.Attempt)
		if err != nil || n == 0 {
			return err
		}
		pace, err := readPace(ctx, tx, t.host)
		now := f.o.Now()
		if err != nil || pace.wait(now) > 0 {
			return err
		}
		most := f.o.Slice
		if l.Pace = max(pace.delay, pace.Slow, f.o.Delay); l.Pace > 0 {
			most = 1 // a host that is waited for gives its worker back each time
		}
		return f.take(ctx, tx, l, micros(now), most)
	})
	if err != nil || len(l.Items) == 0 {
		return nil, err
	}
	return l, nil
}

// take fills the lease within the budget.
func (f *Frontier) take(ctx context.Context, tx tx, l *frontier.Lease, now int64, most int) error {
	room, err := f.room(ctx, tx)
	if err != nil {
		return err
	}
	var fresh []any // ids
	more := false   // than the budget allows
	for scan, err := range tx.all(ctx, nextSlice, f.crawl, l.Host, now, most) {
		var it frontier.Item
		var id, given int64
		if err == nil {
			it, err = scanItem(scan, &id, &given)
		}
		if err != nil {
			return err
		}
		if given == 0 {
			if more = len(fresh) == room; more {
				continue
			}
			fresh = append(fresh, id)
		}
		l.Items = append(l.Items, it)
	}
	if len(fresh) > 0 {
		if _, err := tx.exec(ctx, markGiven(len(fresh)), fresh...); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, addGiven, len(fresh), f.crawl); err != nil {
			return err
		}
	}
	if more || len(fresh) == room {
		_, err = tx.exec(ctx, leaveNew, f.crawl)
	}
	return err
}

// room is how many addresses the budget of the run still allows.
func (f *Frontier) room(ctx context.Context, tx tx) (int, error) {
	if f.o.MaxItems == 0 {
		return 1 << 30, nil
	}
	var given int
	err := tx.one(ctx, getGiven, []any{f.crawl}, &given)
	return max(0, f.o.MaxItems-given), err
}

// Claim takes an address that a redirect led to from another for the holder of the
// lease. It returns false where the address is of another host, or is known already,
// unless an earlier try of the visit claimed it: one that failed, or was killed.
func (f *Frontier) Claim(ctx context.Context, l *frontier.Lease, from, link string) (ok bool, err error) {
	u, perr := url.Parse(link)
	if perr != nil || u.Host != l.Host {
		return false, nil
	}
	err = f.db.do(ctx, func(tx tx) error {
		n, err := tx.exec(ctx, addClaim, f.crawl, hash(link), u.Host, link, from, f.crawl, hash(from), micros(f.o.Now()))
		ok = n > 0
		return err
	})
	return ok, err
}

// Release ends a lease. What was not committed of it comes again.
func (f *Frontier) Release(_ context.Context, l *frontier.Lease) error {
	if t := f.turnOf(l); t != nil {
		t.back <- struct{}{}
	}
	return nil
}
