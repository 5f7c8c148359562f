package extract

import (
	"slices"

	"golang.org/x/net/html"
)

// datesCard reports whether the date of publication was read in a card whose headline leads to
// the story that it dates.
func (j *judgement) datesCard() bool {
	const most = 4 // containers from a date to its card
	for _, n := range slices.Concat(j.d.times, j.d.dated) {
		if raw := j.m.published.raw; stated(n) != raw && oneLine(textOf(n)) != raw {
			continue
		}
		for up, p := 0, n; up < most && p != nil && p != j.d.body && !j.d.holdsTitle(p); up, p = up+1, p.Parent {
			if p.Type == html.ElementNode && linkedHeadings(p) > 0 {
				return true
			}
		}
		return false
	}
	return false
}
