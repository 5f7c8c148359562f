package durable

import (
	"context"
	"time"

	"newsarchive/internal/frontier"
)

// Waiting returns how many addresses of the crawl wait for a visit.
func (f *Frontier) Waiting(ctx context.Context) (n int, err error) {
	err = f.db.do(ctx, func(tx tx) error { return tx.one(ctx, countQueued, []any{f.crawl}, &n) })
	return n, err
}

// Left returns how many known addresses will not be visited in this run, and why.
func (f *Frontier) Left(ctx context.Context) (l frontier.Left, err error) {
	err = f.db.do(ctx, func(tx tx) error {
		l = frontier.Left{}
		if err := tx.one(ctx, countQueued, []any{f.crawl}, &l.Queued); err != nil {
			return err
		}
		if err := tx.one(ctx, countRefused, []any{f.crawl}, &l.Links); err != nil {
			return err
		}
		for scan, err := range tx.all(ctx, leftHosts, f.o.Patience.Microseconds(), f.crawl) {
			var n, waits int
			if err == nil {
				err = scan(&waits, &n, &l.Example)
			}
			if err != nil {
				return err
			}
			if waits > 0 {
				l.Waits += n
			} else {
				l.Budget += n
			}
		}
		var example string
		if err := tx.one(ctx, caughtCount, []any{f.crawl}, &l.Trapped, &example); err != nil || example == "" {
			return err
		}
		l.Example = example
		return nil
	})
	return l, err
}

// Leave gives up what is queued of a site, until the site is due again: its budget
// is used up. It returns how many addresses that were.
func (f *Frontier) Leave(ctx context.Context, site string) (n int, err error) {
	err = f.db.do(ctx, func(tx tx) error {
		some, err := tx.exec(ctx, leaveSite, f.crawl, site)
		n = int(some)
		return err
	})
	return n, err
}

// Due returns when each site is due, as the last poll set it.
func (f *Frontier) Due(ctx context.Context) (map[string]time.Time, error) {
	due := map[string]time.Time{}
	err := f.db.do(ctx, func(tx tx) error {
		for scan, err := range tx.all(ctx, sitesDue, f.crawl) {
			var id string
			var at int64
			if err == nil {
				err = scan(&id, &at)
			}
			if err != nil {
				return err
			}
			due[id] = time.UnixMicro(at)
		}
		return nil
	})
	return due, err
}

// Retire notes that an address needs no visit any more, though it is of a kind
// that is polled, and why.
func (f *Frontier) Retire(ctx context.Context, link, why string) error {
	return f.db.do(ctx, func(tx tx) error {
		_, err := tx.exec(ctx, retire, frontier.Never.Microseconds(), why, f.crawl, hash(link))
		return err
	})
}
