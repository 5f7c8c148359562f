package discover

import (
	"strings"
	"time"
)

// layouts are W3C Datetime, which sitemaps and Atom prescribe, with the slips that
// are common, and the dates of RSS.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700",
	"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02",
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST",
}

// readTime reads a date to the day or finer, as UTC; one without an offset is taken
// as UTC. Years and months alone name no day and are refused.
func readTime(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 10 || len(s) > 64 {
		return time.Time{}, false
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return plausible(t)
		}
	}
	return time.Time{}, false
}

// plausible refuses years that no web page is of.
func plausible(t time.Time) (time.Time, bool) {
	t = t.UTC()
	if y := t.Year(); y < 1990 || y > 2200 {
		return time.Time{}, false
	}
	return t, true
}
