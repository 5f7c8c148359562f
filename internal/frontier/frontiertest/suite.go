// Package frontiertest holds the contract of frontiers as a test suite, for
// whatever implements one.
package frontiertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"newsarchive/internal/frontier"
)

// A Frontier is what the suite asks of its subject.
type Frontier interface {
	Add(context.Context, []frontier.Item) (int, error)
	Lease(context.Context) (*frontier.Lease, error)
	Commit(context.Context, *frontier.Lease, frontier.Result) (frontier.Verdict, error)
	Claim(ctx context.Context, l *frontier.Lease, from, link string) (bool, error)
	Release(context.Context, *frontier.Lease) error
	Left(context.Context) (frontier.Left, error)
}

// Run asks the contract of frontiers made by open, a fresh one a subtest. Time
// inside is that of testing/synctest; what is due may come late by slack.
func Run(t *testing.T, slack time.Duration, open func(*testing.T, frontier.Options) Frontier) {
	for _, c := range contract {
		t.Run(c.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { c.check(t, &subject{t, open(t, c.o), slack}) })
		})
	}
}

var contract = []struct {
	says  string
	o     frontier.Options
	check func(*testing.T, *subject)
}{
	{"an address is given once, whatever its spelling", frontier.Options{}, givenOnce},
	{"an empty frontier is drained", frontier.Options{}, func(t *testing.T, s *subject) { s.drained() }},
	{"a host is leased to one worker", frontier.Options{}, oneWorker},
	{"other addresses of a visited page are not visited", frontier.Options{}, sameTwice},
	{"a redirect's target is claimed once, on the leased host", frontier.Options{}, claimed},
	{"an item keeps what is known of it", frontier.Options{}, itemKept},
	{"found links are queued", frontier.Options{}, foundLinks},
	{"a host is left alone for its delay", frontier.Options{Delay: time.Second}, paced},
	{"a crawl-delay slows its host only", frontier.Options{}, crawlDelay},
	{"no visit before Retry-After", frontier.Options{}, retryAfter},
	{"a failed address comes again, later each time, then no more", frontier.Options{MaxTries: 3, Backoff: time.Second}, backoff},
	{"a lease says the pace of its host", frontier.Options{Delay: time.Second}, leasePace},
	{"a visit that came too early for its host is no try", frontier.Options{MaxTries: 1}, early},
	{"a host that asks for too much is given up", frontier.Options{Patience: time.Minute}, patience},
	{"a host that refuses without naming a time is slowed as a whole", frontier.Options{}, refused},
	{"a host that does not answer is left alone, longer each time", frontier.Options{}, unanswered},
	{"a host that answers slowly is asked more slowly", frontier.Options{}, slowAnswers},
	{"a host that answers again gets back to its delay, and not below", frontier.Options{Delay: time.Second}, healed},
	{"the budget counts addresses, not tries", frontier.Options{MaxItems: 2}, budget},
	{"what is released uncommitted comes first again", frontier.Options{}, released},
	{"waiting for a lease ends with its context", frontier.Options{}, cancelled},
}

// subject is a frontier under test, with the fatal ends folded in.
type subject struct {
	t     *testing.T
	f     Frontier
	slack time.Duration
}

func (s *subject) add(urls ...string) int {
	s.t.Helper()
	n, err := s.f.Add(s.t.Context(), items(urls...))
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (s *subject) lease() *frontier.Lease {
	s.t.Helper()
	l, err := s.f.Lease(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return l
}

func (s *subject) commit(l *frontier.Lease, r frontier.Result) frontier.Verdict {
	s.t.Helper()
	v, err := s.f.Commit(s.t.Context(), l, r)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

func (s *subject) release(l *frontier.Lease) {
	s.t.Helper()
	if err := s.f.Release(s.t.Context(), l); err != nil {
		s.t.Fatal(err)
	}
}

// finish commits every item of the lease as r, and releases it.
func (s *subject) finish(l *frontier.Lease, r frontier.Result) {
	s.t.Helper()
	for _, it := range l.Items {
		r.Item = it
		s.commit(l, r)
	}
	s.release(l)
}

func (s *subject) drained() {
	s.t.Helper()
	if l, err := s.f.Lease(s.t.Context()); !errors.Is(err, frontier.ErrDrained) {
		s.t.Fatalf("Lease = %v, %v, want ErrDrained", l, err)
	}
}

func (s *subject) want(l *frontier.Lease, urls ...string) {
	s.t.Helper()
	var got []string
	for _, it := range l.Items {
		got = append(got, it.URL)
	}
	if !slices.Equal(got, urls) {
		s.t.Fatalf("leased %q, want %q", got, urls)
	}
}

func items(urls ...string) (list []frontier.Item) {
	for _, u := range urls {
		list = append(list, frontier.Item{URL: u})
	}
	return list
}

func (s *subject) since(start time.Time, want time.Duration) {
	s.t.Helper()
	if got := time.Since(start); got < want || got > want+s.slack {
		s.t.Fatalf("came after %v, want %v, or %v later", got, want, s.slack)
	}
}

// left wants so many addresses left; their Example is the frontier's to choose.
func (s *subject) left(want frontier.Left) {
	s.t.Helper()
	got, err := s.f.Left(s.t.Context())
	if want.Example == "" {
		got.Example = ""
	}
	if err != nil || got != want {
		s.t.Fatalf("left %+v (%v), want %+v", got, err, want)
	}
}

func page(host string, n int) string { return fmt.Sprintf("https://%s.example/%d", host, n) }
