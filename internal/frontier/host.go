package frontier

import (
	"container/heap"
	"context"
	"slices"
	"time"
)

// host is the queue and the pace of one host.
type host struct {
	name   string
	queue  itemHeap
	nextOK time.Time // no visit before
	delay  time.Duration
	pace   Pace
	leased bool
	closed bool // given up for this run
	index  int  // in the heap of idle hosts; -1 if not there
}

// due is when the host's next address may be visited.
func (h *host) due() time.Time {
	if len(h.queue) == 0 {
		return h.nextOK
	}
	return later(h.nextOK, h.queue[0].notBefore)
}

// forget removes the queued addresses that match and returns how many.
func (h *host) forget(match func(queued) bool) int {
	n := len(h.queue)
	h.queue = slices.DeleteFunc(h.queue, match)
	heap.Init(&h.queue)
	return n - len(h.queue)
}

// queued is an address that waits for its visit.
type queued struct {
	Item
	notBefore time.Time
	seq       int  // order of arrival
	first     bool // never handed out yet
}

// itemHeap orders by time, then by arrival.
type itemHeap []queued

func (q itemHeap) Len() int      { return len(q) }
func (q itemHeap) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *itemHeap) Push(x any)   { *q = append(*q, x.(queued)) }
func (q itemHeap) Less(i, j int) bool {
	if !q[i].notBefore.Equal(q[j].notBefore) {
		return q[i].notBefore.Before(q[j].notBefore)
	}
	return q[i].seq < q[j].seq
}

func (q *itemHeap) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

// hostHeap orders by the time at which a host is due, then by name.
type hostHeap []*host

func (hs hostHeap) Len() int { return len(hs) }
func (hs hostHeap) Less(i, j int) bool {
	a, b := hs[i].due(), hs[j].due()
	if a.Equal(b) {
		return hs[i].name < hs[j].name
	}
	return a.Before(b)
}
func (hs hostHeap) Swap(i, j int) {
	hs[i], hs[j] = hs[j], hs[i]
	hs[i].index, hs[j].index = i, j
}

func (hs *hostHeap) Push(x any) {
	h := x.(*host)
	h.index = len(*hs)
	*hs = append(*hs, h)
}

func (hs *hostHeap) Pop() any {
	old := *hs
	h := old[len(old)-1]
	old[len(old)-1], *hs = nil, old[:len(old)-1]
	h.index = -1
	return h
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// drop returns items without the one at url.
func drop(items []Item, url string) []Item {
	return slices.DeleteFunc(slices.Clone(items), func(it Item) bool { return it.URL == url })
}

// sleep waits for the time, the wake or the context's end, whichever is first; a
// wait of 0 is for ever.
func sleep(ctx context.Context, wait time.Duration, wake <-chan struct{}) error {
	var timer <-chan time.Time
	if wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		timer = t.C
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wake:
	case <-timer:
	}
	return nil
}
