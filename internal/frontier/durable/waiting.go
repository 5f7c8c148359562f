package durable

import "context"

// Waiting returns how many addresses of the crawl wait for a visit.
func (f *Frontier) Waiting(ctx context.Context) (n int, err error) {
	err = f.db.do(ctx, func(tx tx) error { return tx.one(ctx, countQueued, []any{f.crawl}, &n) })
	return n, err
}
