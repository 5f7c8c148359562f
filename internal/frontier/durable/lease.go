package durable

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/url"
	"slices"
	"time"

	"newsarchive/internal/address"
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

// Commit takes back what became of one leased address, in one transaction. It
// returns frontier.ErrLapsed, and changes nothing, where the host went to another
// worker meanwhile. Of a page that shows many addresses most are added before,
// so that no transaction keeps the others waiting.
func (f *Frontier) Commit(ctx context.Context, l *frontier.Lease, r frontier.Result) (v frontier.Verdict, err error) {
	r.Found, err = f.addEarly(ctx, l, r.Item, r.Found, &v)
	if err != nil {
		f.fail(err)
		return frontier.Verdict{}, err
	}
	early := v.Added
	err = f.db.do(ctx, func(tx tx) error {
		now := f.o.Now()
		before, after, err := f.setPace(ctx, tx, l, r, now)
		if err != nil {
			return err
		}
		wait, nextOK := after.named, after.nextOK
		v = frontier.Verdict{Over: wait > 0 || before.Good != after.Good} // a host that changes its lane gives its worker back
		if err := f.settle(ctx, tx, &v, r, now, nextOK); err != nil {
			return err
		}
		if wait > f.o.Patience {
			if _, err := tx.exec(ctx, leaveHost, f.crawl, l.Host); err != nil {
				return err
			}
		}
		known, err := f.withoutTraps(ctx, tx, &r)
		if err != nil {
			return err
		}
		added, err := f.insert(ctx, tx, r.Found, l.Host)
		if v.Added = early + len(added); err != nil || v.Retried {
			return err
		}
		if err := f.noteForms(ctx, tx, l.Host, r, known, added); err != nil {
			return err
		}
		return f.quiet(ctx, tx, r, v.Added)
	})
	if err != nil {
		f.fail(err)
		return frontier.Verdict{}, err
	}
	if t := f.turnOf(l); t == nil || f.o.Now().After(t.end) {
		v.Over = true
	} else {
		t.heard()
	}
	l.Items = slices.DeleteFunc(slices.Clone(l.Items), func(it frontier.Item) bool { return it.URL == r.Item.URL })
	return v, nil
}

// many is how many addresses are more than one commit adds.
const many = 200

// addEarly adds what is more than a commit takes, some at a time, one lease after
// another, and returns the rest. A kill before the commit loses nothing by it: the
// page is visited again, and shows what is known by then.
func (f *Frontier) addEarly(ctx context.Context, l *frontier.Lease, it frontier.Item, found []frontier.Item, v *frontier.Verdict) ([]frontier.Item, error) {
	for len(found) > many {
		f.bulk.Lock()
		var added int
		err := f.db.do(ctx, func(tx tx) error {
			n, err := tx.exec(ctx, heldHost, l.Host, l.Fence.Job, l.Fence.Attempt)
			if err != nil || n == 0 {
				return errors.Join(err, lapsed(n))
			}
			some := frontier.Result{Item: it, Found: found[:many]}
			if _, err := f.withoutTraps(ctx, tx, &some); err != nil {
				return err
			}
			added, err = f.add(ctx, tx, some.Found, l.Host)
			return err
		})
		f.bulk.Unlock()
		if err != nil {
			return nil, err
		}
		v.Added += added
		found = found[many:]
		if t := f.turnOf(l); t != nil {
			t.heard()
		}
	}
	return found, nil
}

// settle writes the new state of the address and of those that are the same page.
func (f *Frontier) settle(ctx context.Context, tx tx, v *frontier.Verdict, r frontier.Result, now, nextOK time.Time) (err error) {
	if tries := r.Tries(); r.Retry && tries < f.o.MaxTries && nextOK.Sub(now) <= f.o.Patience {
		v.Retried, v.RetryAt = true, now.Add(f.o.After(tries))
		if nextOK.After(v.RetryAt) {
			v.RetryAt = nextOK
		}
		_, err = tx.exec(ctx, setRetry, slices.Concat([]any{tries, until(v.RetryAt)}, outcome(r.Trace), []any{f.crawl, hash(r.Item.URL)})...)
	} else {
		err = f.setDone(ctx, tx, r, r.Item.URL, now)
	}
	if err == nil && r.Moved && len(r.Same) > 0 && !v.Retried {
		if err = f.setDone(ctx, tx, r, r.Same[0], now); err == nil {
			_, err = tx.exec(ctx, setMoved, "moved to "+r.Same[0], f.crawl, hash(r.Item.URL))
		}
	}
	if err != nil {
		return err
	}
	for _, link := range r.Same {
		if string(hash(link)) == string(hash(r.Item.URL)) {
			continue
		}
		if err := f.know(ctx, tx, link, same, 0, 0); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, setSame, f.crawl, hash(link), r.Item.URL); err != nil {
			return err
		}
	}
	return nil
}

// quiet counts the polls of an address that were in vain.
func (f *Frontier) quiet(ctx context.Context, tx tx, r frontier.Result, added int) error {
	kind := r.Item.Kind
	if !kind.Polled() && r.Kind.Polled() {
		kind = r.Kind
	}
	if !kind.Polled() || kind == frontier.Start || added == 0 && r.Quiet == nil {
		return nil
	}
	vain, rest, note := 0, time.Duration(0), ""
	if added == 0 {
		vain = r.Item.Last.Rung + 1
		rest, note = r.Quiet(vain)
	}
	_, err := tx.exec(ctx, setQuiet, vain, max(rest, r.Rest).Microseconds(), note, f.crawl, hash(r.Item.URL))
	return err
}

// setDone notes at link, the item's address or where it led, what the visit left.
func (f *Frontier) setDone(ctx context.Context, tx tx, r frontier.Result, link string, now time.Time) error {
	t, it := r.Trace, r.Item
	kind := it.Kind
	if r.Kind != frontier.Page && !kind.Polled() {
		kind = r.Kind
	}
	_, err := tx.exec(ctx, setDone, slices.Concat(
		[]any{micros(now), micros(now), r.Rest.Microseconds(), string(kind), it.Site, it.Depth, it.From, t.ETag, t.LastModified, t.Digest, t.Changes, t.Rung},
		outcome(t), []any{f.crawl, hash(link)})...)
	return err
}

// know adds an address that needs no visit.
func (f *Frontier) know(ctx context.Context, tx tx, link string, state, depth int, visited int64) error {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return nil
	}
	_, err = tx.exec(ctx, addKnown, f.crawl, hash(link), u.Host, link, depth, state, visited)
	return err
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

// hash identifies an address: half of the SHA-256 of its key.
func hash(link string) []byte {
	sum := sha256.Sum256([]byte(address.Key(link)))
	return sum[:16]
}
