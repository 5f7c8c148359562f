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

// hash identifies an address: half of the SHA-256 of its key.
func hash(link string) []byte {
	sum := sha256.Sum256([]byte(address.Key(link)))
	return sum[:16]
}
