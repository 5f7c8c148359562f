package frontiertest

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"newsarchive/internal/frontier"
)

// A Lasting frontier can be closed and opened again.
type Lasting interface {
	Frontier
	Close() error
}

// RunLasting asks what a frontier promises beyond the end of its process. Make
// prepares an empty place and returns what opens the frontier there.
func RunLasting(t *testing.T, slack time.Duration, make func(*testing.T, frontier.Options) (open func() Lasting)) {
	for _, c := range lasting {
		t.Run(c.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				open := make(t, c.o)
				c.check(t, func() *subject { return &subject{t, open(), slack} })
			})
		})
	}
}

var lasting = []struct {
	says  string
	o     frontier.Options
	check func(*testing.T, func() *subject)
}{
	{"what is committed survives, and so does what was found", frontier.Options{}, survives},
	{"what was leased and not committed comes again", frontier.Options{}, comesAgain},
	{"the pace of a host survives", frontier.Options{}, paceSurvives},
	{"the budget survives", frontier.Options{MaxItems: 2}, budgetSurvives},
	{"a finished run begins anew with what is due again", frontier.Options{}, beginsAnew},
	{"addresses that lead to one another are one", frontier.Options{}, loopIsOne},
	{"what is new comes before what is known", frontier.Options{}, newFirst},
	{"the trace of a visit survives", frontier.Options{}, traceSurvives},
	{"two handles never lease one host", frontier.Options{}, twoHandles},
	{"what one handle adds the other leases", frontier.Options{}, twoShare},
	{"forms of addresses without news are not followed", frontier.Options{Traps: TrapRules}, trapsEnd},
	{"sets of alike pages that others list are visited to their end", frontier.Options{Traps: WideRules}, listedSets},
	{"an address that waits for another try gets it, whatever its form", frontier.Options{Traps: TrapRules}, trapsLeaveTries},
	{"forms that bring news again are followed again", frontier.Options{Traps: TrapRules}, trapsComeBack},
	{"the lease of a silent holder lapses, and its commit is refused", frontier.Options{}, lapses},
}

func (s *subject) close() {
	s.t.Helper()
	if err := s.f.(Lasting).Close(); err != nil {
		s.t.Fatal(err)
	}
}

func survives(_ *testing.T, open func() *subject) {
	s := open()
	s.add(page("a", 1), page("a", 2))
	l := s.lease()
	s.commit(l, frontier.Result{Item: l.Items[0], Found: items(page("a", 3), page("a", 2))})
	s.release(l)
	s.close()
	s = open()
	if n := s.add(page("a", 1)); n != 0 {
		s.t.Fatalf("added %d, want 0: it was visited before", n)
	}
	l = s.lease()
	s.want(l, page("a", 2), page("a", 3))
	s.finish(l, frontier.Result{})
	s.drained()
}

func comesAgain(_ *testing.T, open func() *subject) {
	s := open()
	s.add(page("a", 1), page("a", 2))
	s.lease()
	s.close() // with the lease out
	s.want(open().lease(), page("a", 1), page("a", 2))
}

func paceSurvives(_ *testing.T, open func() *subject) {
	s := open()
	s.add(page("a", 1), page("a", 2))
	start := time.Now()
	l := s.lease()
	s.commit(l, frontier.Result{Item: l.Items[0], RetryAt: start.Add(30 * time.Second)})
	s.release(l)
	s.close()
	s = open()
	s.want(s.lease(), page("a", 2))
	s.since(start, 30*time.Second)
}

func budgetSurvives(_ *testing.T, open func() *subject) {
	s := open()
	s.add(page("a", 1))
	s.finish(s.lease(), frontier.Result{Found: items(page("a", 2), page("a", 3))})
	s.close()
	s = open()
	l := s.lease()
	s.want(l, page("a", 2))
	s.finish(l, frontier.Result{})
	s.drained()
	s.left(frontier.Left{Budget: 1, Example: page("a", 3)})
}

func beginsAnew(_ *testing.T, open func() *subject) {
	s := open()
	s.add(page("a", 1), page("a", 2))
	l := s.lease()
	s.commit(l, frontier.Result{Item: l.Items[0]})
	s.commit(l, frontier.Result{Item: l.Items[0], Rest: time.Hour})
	s.release(l)
	s.drained()
	s.close()
	s = open()
	l = s.lease()
	s.want(l, page("a", 1))
	s.finish(l, frontier.Result{})
	s.drained()
	s.close()
	time.Sleep(time.Hour)
	s = open()
	s.want(s.lease(), page("a", 1), page("a", 2))
}

func loopIsOne(t *testing.T, open func() *subject) {
	s := open()
	s.add(page("a", 1))
	for range 2 {
		l := s.lease()
		s.want(l, page("a", 1))
		if ok, err := s.f.Claim(t.Context(), l, page("a", 1), page("a", 2)); !ok || err != nil {
			t.Fatalf("Claim = %v, %v", ok, err)
		}
		s.finish(l, frontier.Result{Same: []string{page("a", 2)}})
		s.drained()
		s.close()
		s = open()
	}
}

func newFirst(_ *testing.T, open func() *subject) {
	s := open()
	s.add(page("a", 1))
	l := s.lease()
	deep := items(page("a", 2), page("a", 3))
	for i := range deep {
		deep[i].Depth = 1
	}
	s.finish(l, frontier.Result{Found: deep})
	l = s.lease()
	s.commit(l, frontier.Result{Item: l.Items[0], Kind: frontier.Article})
	s.commit(l, frontier.Result{Item: l.Items[0]})
	s.release(l)
	s.drained()
	s.close()
	s = open() // all of them are due again
	l = s.lease()
	s.want(l, page("a", 1), page("a", 3), page("a", 2)) // the start, what may show news, the article
	s.commit(l, frontier.Result{Item: l.Items[0], Found: items(page("a", 4))})
	s.release(l)
	s.want(s.lease(), page("a", 4), page("a", 3), page("a", 2))
}

func traceSurvives(t *testing.T, open func() *subject) {
	s := open()
	s.add(page("a", 1))
	l := s.lease()
	left := frontier.Trace{Outcome: "ok", Status: 200, Robots: "allowed", Rule: "Allow: /", ETag: `"1"`, LastModified: "yesterday",
		Digest: "sha256:00", Changes: 1, Rung: 2}
	s.commit(l, frontier.Result{Item: l.Items[0], Kind: frontier.Section, Trace: left, Rest: time.Minute})
	s.release(l)
	s.drained()
	s.close()
	time.Sleep(time.Hour)
	it := open().lease().Items[0]
	left.At, left.Visits, left.Rest = it.Last.At, 1, time.Minute
	if it.Last != left || it.Kind != frontier.Section || time.Since(it.Last.At) < time.Hour {
		t.Fatalf("came with %+v, want %+v", it, left)
	}
}

func twoHandles(t *testing.T, open func() *subject) {
	handles := []*subject{open(), open()}
	for n := range 50 {
		handles[0].add(page("a", n), page("b", n), page("c", n))
	}
	var hosts sync.Map
	var visits atomic.Int64
	var workers sync.WaitGroup
	for n := range 6 {
		workers.Go(func() {
			f := handles[n%2].f
			for {
				l, err := f.Lease(t.Context())
				if errors.Is(err, frontier.ErrDrained) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				if by, held := hosts.LoadOrStore(l.Host, n); held {
					t.Errorf("%s is leased to %d and %d", l.Host, by, n)
				}
				time.Sleep(time.Millisecond)
				for _, it := range l.Items[:1] {
					visits.Add(1)
					if _, err := f.Commit(t.Context(), l, frontier.Result{Item: it}); err != nil {
						t.Error(err)
					}
				}
				hosts.Delete(l.Host)
				if err := f.Release(t.Context(), l); err != nil {
					t.Error(err)
				}
			}
		})
	}
	workers.Wait()
	if visits.Load() != 150 {
		t.Errorf("%d visits, want 150", visits.Load())
	}
}

func twoShare(t *testing.T, open func() *subject) {
	first, second := open(), open()
	first.add(page("a", 1))
	l := second.lease()
	second.want(l, page("a", 1))
	second.finish(l, frontier.Result{Found: items(page("b", 1))})
	l = first.lease()
	first.want(l, page("b", 1))
	first.finish(l, frontier.Result{})
	first.drained()
	second.drained()
}

func lapses(t *testing.T, open func() *subject) {
	if testing.Short() {
		t.Skip("minutes of the engine's polls pass")
	}
	silent, other := open(), open()
	silent.add(page("a", 1))
	lost := silent.lease()
	start := time.Now()
	l := other.lease()
	other.want(l, page("a", 1))
	if took := time.Since(start); took > 90*time.Second {
		t.Fatalf("taken over after %v, want 90 s at most", took)
	}
	if _, err := silent.f.Commit(t.Context(), lost, frontier.Result{Item: lost.Items[0]}); !errors.Is(err, frontier.ErrLapsed) {
		t.Fatalf("late commit gave %v, want ErrLapsed", err)
	}
	other.finish(l, frontier.Result{})
	other.drained()
}
