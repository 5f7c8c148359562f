package crawl

import (
	"testing"
	"testing/synctest"
	"time"
)

// While others are at work large answers are computed one at a time, and leave them
// most of the time; where none is, they wait for nothing.
func TestLargeAnswersStepAside(t *testing.T) {
	compute := func(t *testing.T, r *room, n int) (took time.Duration) {
		start, done := time.Now(), make(chan bool)
		busy, most := 0, 0
		for range n {
			go func() {
				p := r.place(t.Context())
				defer func() { p.gone(); done <- true }()
				p.Enter(true)
				p.Enter(false)
				busy++
				most = max(most, busy)
				time.Sleep(500 * time.Millisecond)
				busy--
			}()
		}
		for range n {
			<-done
		}
		if most != 1 {
			t.Errorf("%d large answers were computed at the same time", most)
		}
		return time.Since(start)
	}
	synctest.Test(t, func(t *testing.T) {
		if took := compute(t, newRoom(16), 5); took > 2600*time.Millisecond {
			t.Errorf("alone they took %v", took)
		}
		r := newRoom(16)
		small := r.place(t.Context())
		small.Enter(false)
		if took := compute(t, r, 5); took < 10*time.Second || took > 12*time.Second {
			t.Errorf("beside another they took %v", took)
		}
		small.gone()
	})
}
