package selectors

import (
	"errors"
	"time"
)

// ErrBudget reports a query that would take too long on this page.
var ErrBudget = errors.New("takes too long on this page")

// A Budget bounds the work of the queries of one rule on one page. It counts steps
// from node to node, so that the same page always ends the same way; the time is
// for what steps do not measure.
type Budget struct {
	steps    int
	deadline time.Time
}

// The bounds of a Budget. A page of 10,000 nodes takes some 10,000 steps a query.
const (
	maxSteps = 8 << 20
	maxTime  = 2 * time.Second
)

// NewBudget returns a budget that begins now.
func NewBudget() *Budget { return &Budget{maxSteps, time.Now().Add(maxTime)} }

// spend takes n steps and reports whether there is anything left.
func (b *Budget) spend(n int) bool {
	before := b.steps
	b.steps -= n
	if b.steps>>12 != before>>12 && time.Now().After(b.deadline) {
		b.steps = -1
	}
	return b.steps > 0
}
