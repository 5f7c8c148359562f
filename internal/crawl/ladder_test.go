package crawl

import (
	"testing"
	"time"

	"newsarchive/internal/frontier"
)

func TestLadder(t *testing.T) {
	const h = time.Hour
	l := Ladder{Steps: []time.Duration{h, 6 * h, 24 * h}}
	at := func(rung int, rest time.Duration) frontier.Trace {
		return frontier.Trace{Visits: rung, Rung: rung, Rest: rest}
	}
	for _, tt := range []struct {
		says          string
		l             Ladder
		last          frontier.Trace
		changed, same bool
		rest          time.Duration
		rung          int
	}{
		{"the first visit", l, at(0, 0), false, false, h, 1},
		{"other bytes, same article", l, at(1, h), false, false, 6 * h, 2},
		{"nothing changed", l, at(1, h), false, true, 9 * h, 2},
		{"the article changed", l, at(2, 6*h), true, false, 288 * time.Minute, 2},
		{"it changes all the time", l, at(1, 30*time.Minute), true, false, 30 * time.Minute, 1},
		{"the last step is over", l, at(3, 24*h), false, true, frontier.Never, 3},
		{"it changed after the last step", l, at(3, 24*h), true, false, 1152 * time.Minute, 3},
		{"one step does not end", Ladder{Steps: []time.Duration{h}}, at(0, h), false, true, h, 0},
		{"no ladder", Ladder{}, at(0, 0), false, false, frontier.Never, 0},
		{"own factors", Ladder{Steps: l.Steps, Later: 2}, at(1, h), false, true, 12 * h, 2},
	} {
		if rest, rung := tt.l.climb(tt.last, tt.changed, tt.same); rest != tt.rest || rung != tt.rung {
			t.Errorf("%s: rests %v at step %d, want %v at %d", tt.says, rest, rung, tt.rest, tt.rung)
		}
	}
}
