package crawl

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A Lasting frontier outlives its process, and knows which runs were killed.
type Lasting interface {
	Frontier
	// Interrupted returns the runs that ended without notice.
	Interrupted(context.Context) ([]string, error)
	// Queued returns the address as an item if it waits for its visit.
	Queued(ctx context.Context, url string) (frontier.Item, bool, error)
	// Settle commits a visit of an interrupted run.
	Settle(context.Context, frontier.Result) error
	// Settled notes that the run needs no settling any more.
	Settled(ctx context.Context, run string) error
}

// A Shelf gives back what was stored.
type Shelf interface {
	Rows() iter.Seq2[page.Row, error]
	Capture(page.Row) (*page.Capture, error)
}

// Settle commits what interrupted runs stored and could not commit any more: such
// pages are read again from the shelf, for their links, instead of being fetched
// again. It returns how many there were. What cannot be read is left to a visit.
func (c *Crawl) Settle(ctx context.Context, f Lasting, s Shelf) (settled int, err error) {
	runs, err := f.Interrupted(ctx)
	if err != nil || len(runs) == 0 {
		return 0, err
	}
	for row, err := range s.Rows() {
		if err != nil || !slices.Contains(runs, row.RunID) {
			continue
		}
		ok, err := c.settle(ctx, f, s, row)
		if err != nil {
			return settled, fmt.Errorf("settle %s: %w", page.Printable(row.URLRequested, 300), err)
		}
		if ok {
			settled++
		}
	}
	for _, run := range runs {
		if err := f.Settled(ctx, run); err != nil {
			return settled, fmt.Errorf("settle run %s: %w", run, err)
		}
	}
	return settled, nil
}

func (c *Crawl) settle(ctx context.Context, f Lasting, s Shelf, row page.Row) (bool, error) {
	it, waits, err := f.Queued(ctx, row.URLRequested)
	if err != nil || !waits {
		return false, err
	}
	capture, err := s.Capture(row)
	if err != nil || len(capture.Exchanges) == 0 {
		return false, nil
	}
	res := c.result(it, capture, c.Extract.Extract(capture))
	c.rest(&res, capture, row)
	return true, f.Settle(ctx, res)
}
