package frontier

import (
	"container/heap"
	"context"
	"net/url"
	"sync"
	"time"

	"newsarchive/internal/address"
)

// Memory is a frontier that lives as long as its process. It is safe for
// concurrent use.
type Memory struct {
	o      Options
	mu     sync.Mutex
	seen   map[string]bool   // by address.Key; true where a visit of another address showed the page
	claims map[string]string // by address.Key: the address that led there; until a visit shows the page
	hosts  map[string]*host
	idle   hostHeap      // hosts with work and without a lease, soonest first
	leases int           // leases that are out
	given  int           // addresses handed out, retries apart
	left   Left          // addresses given up without a visit
	seq    int           // addresses queued so far
	wake   chan struct{} // closed and replaced at each change
}

// NewMemory returns an empty frontier.
func NewMemory(o Options) *Memory {
	o.Fill()
	return &Memory{o: o, seen: map[string]bool{}, claims: map[string]string{}, hosts: map[string]*host{}, wake: make(chan struct{})}
}

// Add queues the addresses that were never added before and returns how many.
func (m *Memory) Add(_ context.Context, items []Item) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.add(items), nil
}

// Left returns how many known addresses will not be visited: past the budget, on hosts
// that were given up, or still queued, once the run has ended.
func (m *Memory) Left(context.Context) (Left, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	left := m.left
	for _, h := range m.hosts {
		for _, q := range h.queue {
			if !q.first || !m.seen[address.Key(q.URL)] {
				left.Stopped++
			}
		}
	}
	return left, nil
}

// Lease waits until a host is due and hands out a slice of it. It returns
// ErrDrained when nothing is left, and ctx's error when ctx ends first.
func (m *Memory) Lease(ctx context.Context) (*Lease, error) {
	for {
		l, wait, wake, err := m.tryLease()
		if l != nil || err != nil {
			return l, err
		}
		if err := sleep(ctx, wait, wake); err != nil {
			return nil, err
		}
	}
}

// Commit takes back what became of one leased address.
func (m *Memory) Commit(_ context.Context, l *Lease, r Result) (Verdict, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h, now := m.hosts[l.Host], m.o.Now()
	asked := max(m.o.Delay, r.Delay)
	h.pace = h.pace.After(r, asked)
	h.delay = max(asked, h.pace.Slow)
	h.nextOK = now.Add(h.delay)
	if r.RetryAt.After(h.nextOK) {
		h.nextOK = r.RetryAt
	}
	v := Verdict{Over: h.nextOK.After(now)}
	l.Items = drop(l.Items, r.Item.URL)
	if h.nextOK.Sub(now) > m.o.Patience {
		m.giveUp(h)
	} else if tries := r.Tries(); r.Retry && tries < m.o.MaxTries {
		r.Item.Tries = tries
		v.Retried, v.RetryAt = true, later(h.nextOK, now.Add(m.o.After(tries)))
		m.push(h, queued{Item: r.Item, notBefore: v.RetryAt})
	}
	for _, same := range r.Same {
		m.seen[address.Key(same)] = true
		delete(m.claims, address.Key(same))
	}
	v.Added = m.add(r.Found)
	return v, nil
}

// Claim takes an address that a redirect led to from another for the holder of the
// lease. It returns false where the address is of another host, or is known already,
// unless an earlier try of the visit claimed it.
func (m *Memory) Claim(_ context.Context, l *Lease, from, link string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := address.Key(link)
	u, err := url.Parse(link)
	if by, claimed := m.claims[key]; claimed && by == from && u.Host == l.Host {
		return true, nil
	}
	if _, known := m.seen[key]; known || err != nil || u.Host != l.Host {
		return false, nil
	}
	m.seen[key], m.claims[key] = true, from
	return true, nil
}

// Release ends a lease. What was not committed of it is queued again.
func (m *Memory) Release(_ context.Context, l *Lease) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := m.hosts[l.Host]
	h.leased = false
	m.leases--
	if h.closed {
		m.left.Waits += len(l.Items)
	} else {
		for i, it := range l.Items {
			m.push(h, queued{Item: it, seq: i - len(l.Items)}) // before all others
		}
	}
	m.settle(h)
	m.changed()
	return nil
}

// tryLease returns a lease, or how long to wait for one (0: until wake).
func (m *Memory) tryLease() (*Lease, time.Duration, <-chan struct{}, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.idle) == 0 {
		if m.leases == 0 {
			return nil, 0, nil, ErrDrained
		}
		return nil, 0, m.wake, nil
	}
	h, now := m.idle[0], m.o.Now()
	if wait := h.due().Sub(now); wait > 0 {
		return nil, wait, m.wake, nil
	}
	l := m.lease(h, now)
	if len(l.Items) == 0 { // all of them were seen under other addresses
		h.leased = false
		m.settle(h)
		return nil, time.Nanosecond, m.wake, nil
	}
	m.leases++
	return l, 0, nil, nil
}

func (m *Memory) lease(h *host, now time.Time) *Lease {
	most := m.o.Slice
	if h.delay > 0 {
		most = 1 // a host that is waited for gives its worker back each time
	}
	l := &Lease{Host: h.name, Pace: h.delay}
	h.leased = true
	m.settle(h)
	for len(l.Items) < most && len(h.queue) > 0 && !h.queue[0].notBefore.After(now) {
		q := heap.Pop(&h.queue).(queued)
		if q.first && m.seen[address.Key(q.URL)] {
			continue
		}
		l.Items = append(l.Items, q.Item)
		if q.first {
			m.spend()
		}
	}
	return l
}

// spend counts one address against the budget; when that is used up, all that
// was never handed out is left.
func (m *Memory) spend() {
	if m.given++; m.given != m.o.MaxItems {
		return
	}
	for _, h := range m.hosts {
		m.left.Budget += h.forget(func(q queued) bool { return q.first })
		m.settle(h)
	}
}

func (m *Memory) add(items []Item) (added int) {
	for _, it := range items {
		key := address.Key(it.URL)
		u, err := url.Parse(it.URL)
		if _, known := m.seen[key]; known || err != nil || u.Host == "" {
			continue
		}
		m.seen[key] = false
		added++
		h := m.host(u.Host)
		if h.closed {
			m.left.Waits++
			continue
		}
		if m.o.MaxItems > 0 && m.given >= m.o.MaxItems {
			m.left.Budget++
			continue
		}
		m.seq++
		m.push(h, queued{Item: it, seq: m.seq, first: true})
	}
	if added > 0 {
		m.changed()
	}
	return added
}

func (m *Memory) host(name string) *host {
	h := m.hosts[name]
	if h == nil {
		h = &host{name: name, index: -1, delay: m.o.Delay}
		m.hosts[name] = h
	}
	return h
}

func (m *Memory) push(h *host, q queued) {
	heap.Push(&h.queue, q)
	m.settle(h)
}

// giveUp closes a host for the rest of the run.
func (m *Memory) giveUp(h *host) {
	h.closed = true
	m.left.Waits += h.forget(func(queued) bool { return true })
	m.settle(h)
}

// settle puts a host among the idle ones if it has work and no lease.
func (m *Memory) settle(h *host) {
	switch want := len(h.queue) > 0 && !h.leased; {
	case want && h.index < 0:
		heap.Push(&m.idle, h)
	case want:
		heap.Fix(&m.idle, h.index)
	case h.index >= 0:
		heap.Remove(&m.idle, h.index)
	}
}

func (m *Memory) changed() {
	close(m.wake)
	m.wake = make(chan struct{})
}
