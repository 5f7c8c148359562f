package durable

import "context"

// Waiting returns how many addresses of the crawl wait for a visit.
func (f *Frontier) Waiting(ctx context.Context) (n int, err error) {
	err = f.db.do(ctx, func(tx tx) error { return tx.one(ctx, countQueued, []any{f.crawl}, &n) })
	return n, err
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
