package frontiertest

import (
	"testing"
	"time"

	"newsarchive/internal/frontier"
)

// paces commits a page of host a for each of the answers, and wants the next page
// the given time after each.
func (s *subject) paces(steps ...step) {
	s.t.Helper()
	for n := range len(steps) + 1 {
		s.add(page("a", n))
	}
	for n, step := range steps {
		l := s.lease()
		start := time.Now()
		step.r.Item = l.Items[0]
		s.commit(l, step.r)
		s.release(l)
		l = s.lease()
		s.since(start, step.wait)
		if n == len(steps)-1 {
			return
		}
		s.release(l)
	}
}

type step struct {
	r    frontier.Result
	wait time.Duration
}

func refused(_ *testing.T, s *subject) {
	no := frontier.Result{Answer: frontier.Refused}
	s.paces(step{no, time.Second}, step{no, 2 * time.Second}, step{no, 4 * time.Second})
}

func unanswered(_ *testing.T, s *subject) {
	none := frontier.Result{Answer: frontier.Failed}
	s.paces(step{none, time.Second}, step{none, 2 * time.Second}, step{none, 4 * time.Second}, step{none, 8 * time.Second})
}

func slowAnswers(_ *testing.T, s *subject) {
	s.paces(step{frontier.Result{Answer: frontier.Answered, Took: 9 * time.Second}, 9 * time.Second},
		step{frontier.Result{Answer: frontier.Answered, Took: 20 * time.Second}, 20 * time.Second})
}

func healed(_ *testing.T, s *subject) {
	well := frontier.Result{Answer: frontier.Answered}
	s.paces(step{frontier.Result{Answer: frontier.Refused}, 2 * time.Second}, step{well, time.Second}, step{well, time.Second})
}

func leasePace(t *testing.T, s *subject) {
	s.add(page("a", 1), page("a", 2))
	for _, want := range []time.Duration{time.Second, 5 * time.Second} {
		l := s.lease()
		if l.Pace != want {
			t.Errorf("pace %v, want %v", l.Pace, want)
		}
		s.finish(l, frontier.Result{Delay: 5 * time.Second})
	}
}

func early(t *testing.T, s *subject) {
	s.add(page("a", 1))
	for range 3 {
		l := s.lease()
		start := time.Now()
		v := s.commit(l, frontier.Result{Item: l.Items[0], Retry: true, Early: true, Delay: 20 * time.Second})
		if !v.Retried {
			t.Fatalf("verdict %+v, want another visit", v)
		}
		s.release(l)
		l = s.lease()
		s.since(start, 20*time.Second)
		if n := l.Items[0].Tries; n != 0 {
			t.Errorf("%d tries are counted, want none", n)
		}
		s.release(l)
	}
}
