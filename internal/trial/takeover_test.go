package trial

import (
	"testing"
	"time"
)

// TestTakeOver has three processes divide fifty hosts, and kills one of them.
func TestTakeOver(t *testing.T) {
	needTrials(t)
	db := postgres(t)
	sites := serve(t, 50, 60, 5*time.Millisecond)
	c := newCrowd(t, 3, sites, "--frontier", db.address(), "--max-time", "10m")
	until(t, 2*time.Minute, "every worker has stored pages", func() bool {
		for _, r := range c.runs {
			if len(r.got("http://")) < 20 {
				return false
			}
		}
		return true
	})
	c.runs[0].kill()
	killed := time.Now()
	for _, r := range c.runs[1:] {
		if code := r.wait(); code != 0 {
			t.Errorf("exit code %d\n%s", code, r.stderr.String())
		}
	}
	// what the dead worker held comes last: its hosts stood still meanwhile
	var gap time.Duration
	for _, s := range sites {
		gap = max(gap, s.gap)
	}
	t.Logf("a host stood still for %.0f s at most; the others ended %.0f s after the kill; pages by worker: %d, %d, %d",
		gap.Seconds(), time.Since(killed).Seconds(), len(c.runs[0].got("http://")), len(c.runs[1].got("http://")), len(c.runs[2].got("http://")))
	if gap > 90*time.Second {
		t.Errorf("a host was taken over after %v, want 90 s at most", gap)
	}
	c.check(4)
}
