package crawl

import (
	"time"

	"newsarchive/internal/frontier"
)

// A Ladder says how long an article is left alone between its visits: after the
// first visit for the first step, and so on; after the last step it is not visited
// again. A ladder of one step never ends. The zero value has none: one visit.
//
// A visit that found the article changed keeps its step and shortens the last
// rest; one that found the same bytes, or was told so, lengthens the step.
type Ladder struct {
	Steps  []time.Duration
	Sooner float64 // factor of the last rest after a change; 0 means 0.8
	Later  float64 // factor of a step after no change; 0 means 1.5
}

// Steps are the rests of an article where nobody asked for others.
var Steps = []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour, 30 * 24 * time.Hour}

// climb returns the rest that follows a visit, and the step that is due after it.
func (l Ladder) climb(last frontier.Trace, changed, same bool) (rest time.Duration, rung int) {
	switch {
	case len(l.Steps) == 0:
		return frontier.Never, 0
	case len(l.Steps) == 1:
		return l.Steps[0], 0
	case changed && last.Rung > 0:
		return max(times(min(last.Rest, l.Steps[last.Rung-1]), l.Sooner, 0.8), l.Steps[0]/2), last.Rung
	case last.Rung >= len(l.Steps):
		return frontier.Never, last.Rung
	case same:
		return times(l.Steps[last.Rung], l.Later, 1.5), last.Rung + 1
	}
	return l.Steps[last.Rung], last.Rung + 1
}

func times(d time.Duration, factor, otherwise float64) time.Duration {
	if factor == 0 {
		factor = otherwise
	}
	return time.Duration(float64(d) * factor)
}
