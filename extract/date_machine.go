package extract

import (
	"strconv"
	"strings"
	"time"
)

// layouts are the machine forms of a point in time, in Go's notation. Seconds may
// carry a fraction in all of them.
var layouts = [...]struct {
	layout, precision string
	zoned             bool
}{
	{"2006-01-02T15:04:05Z07:00", "second", true},
	{"2006-01-02T15:04:05-0700", "second", true},
	{"2006-01-02T15:04:05-07", "second", true},
	{"2006-01-02T15:04:05 -0700", "second", true},
	{"2006-01-02T15:04:05 -07:00", "second", true},
	{"2006-01-02T15:04:05 MST", "second", true},
	{"2006-01-02T15:04:05", "second", false},
	{"2006-01-02T15:04Z07:00", "minute", true},
	{"2006-01-02T15:04-0700", "minute", true},
	{"2006-01-02T15:04-07", "minute", true},
	{"2006-01-02T15:04 -0700", "minute", true},
	{"2006-01-02T15:04 MST", "minute", true},
	{"2006-01-02T15:04", "minute", false},
	{"2006-01-02", "day", false},
	{"2006-01", "month", false},
	{"2006/01/02T15:04:05", "second", false},
	{"2006/01/02T15:04", "minute", false},
	{"20060102T150405Z07:00", "second", true},
	{"20060102T150405Z0700", "second", true},
	{"20060102T150405", "second", false},
	{"20060102T1504", "minute", false},
	{"Mon, 2 Jan 2006 15:04:05 -0700", "second", true},
	{"Mon, 2 Jan 2006 15:04:05 MST", "second", true},
	{"Mon, 2 Jan 2006 15:04 MST", "minute", true},
	{"Mon, 2 Jan 2006 15:04 -0700", "minute", true},
	{"Mon, 2 Jan 2006 15:04:05", "second", false},
	{"2 Jan 2006 15:04:05 -0700", "second", true},
	{"Mon Jan 2 15:04:05 MST 2006", "second", true},
	{"Mon Jan 2 15:04:05 -0700 2006", "second", true},
	{"Mon Jan 2 15:04:05 2006", "second", false},
	{"Mon Jan 2 2006 15:04:05 GMT-0700", "second", true},
	{"20060102150405", "second", false},
	{"200601021504", "minute", false},
	{"20060102", "day", false},
}

// machine reads a point in time written for machines, of which publishers have many ways.
func (r dateReader) machine(raw string) (stamp, bool) {
	s := tidyMachine(raw)
	if len(s) < 6 || len(s) > 64 {
		return stamp{}, false
	}
	if t, ok := epoch(s); ok {
		return stamp{time: t, precision: "second", raw: raw, zoned: true}, true
	}
	for _, l := range layouts {
		if !fits(l.layout, s) {
			continue
		}
		t, err := time.Parse(l.layout, s)
		if err != nil {
			continue
		}
		zoned := l.zoned
		if strings.Contains(l.layout, "MST") {
			t, zoned = r.abbreviated(t)
		}
		return stamp{time: t, precision: l.precision, raw: raw, zoned: zoned}, plausible(t)
	}
	return stamp{}, false
}

// fits reports whether s can be of that layout, judged by the first characters.
func fits(layout, s string) bool {
	if layout[0] == 'M' {
		return s[0] >= 'A' && s[0] <= 'Z' && (len(s) > 3 && (s[3] == ',') == (layout[3] == ','))
	}
	if s[0] < '0' || s[0] > '9' {
		return false
	}
	return len(layout) < 5 || layout[4] >= '0' && layout[4] <= '9' || len(s) > 4 && s[4] == layout[4]
}

// tidyMachine brings variants to the spelling of the layouts: a blank or a comma in
// place of T, a zone's name in brackets, full names of days.
func tidyMachine(raw string) string {
	s := oneLine(raw)
	if i := strings.IndexAny(s, "(["); i > 0 {
		s = strings.TrimSpace(s[:i])
	}
	s = strings.TrimSuffix(s, " Z")
	if len(s) < 10 {
		return s
	}
	if s[0] >= 'A' && s[0] <= 'Z' {
		if i := strings.IndexAny(s, ", "); i > 3 && strings.HasSuffix(s[:i], "day") {
			s = s[:3] + s[i:]
		}
		return s
	}
	if len(s) > 11 && (s[4] == '-' || s[4] == '/') && (s[10] == ' ' || s[10] == 't') {
		s = s[:10] + "T" + strings.TrimLeft(s[11:], " ")
	}
	if i := strings.LastIndex(s, " UTC+"); i > 0 {
		s = s[:i] + " " + s[i+4:]
	}
	// "...T15:04:05+2:00" lacks a digit of its hour.
	if n := len(s); n > 17 && s[n-3] == ':' && (s[n-5] == '+' || s[n-5] == '-') {
		s = s[:n-4] + "0" + s[n-4:]
	}
	return s
}

// epoch reads seconds or milliseconds since 1970.
func epoch(s string) (time.Time, bool) {
	if len(s) != 10 && len(s) != 13 {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	t := time.Unix(n, 0)
	if len(s) == 13 {
		t = time.UnixMilli(n)
	}
	return t.UTC(), plausible(t)
}

// plausible reports whether news can be of that time: the oldest digitised papers
// are of the 17th century, but a page that says so is rarer than a broken date.
func plausible(t time.Time) bool { return t.Year() >= 1900 && t.Year() < 2100 && t.Unix() != 0 }
