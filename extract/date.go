package extract

import (
	"slices"
	"strings"
	"time"
)

// slack is how far behind the time of the capture a date may lie: naive local times
// are up to 14 hours ahead of UTC.
const slack = 24 * time.Hour

// dates collects what a page says about its times.
type dates struct {
	d         *document
	reader    dateReader
	limit     time.Time // nothing can be of later; zero if the time of the capture is unknown
	published []stamp   // the most trusted first
	modified  []stamp
}

// readDates sets the times of publication and of the last change.
func (m *metadata) readDates(d *document) {
	x := dates{d: d, reader: m.dateReader(d)}
	if at := d.ex.Start; !at.IsZero() {
		x.limit = at.Add(slack)
	}
	x.readLD()
	x.readMeta()
	x.readItems()
	x.readTimes()
	x.readWeak()
	for _, read := range [...]func(*dates){(*dates).readScripts, (*dates).readDated, (*dates).readNearTitle, (*dates).readURL, (*dates).readAnyText} {
		if x.first(x.published).time.IsZero() {
			read(&x)
		}
	}
	x.readChange()
	m.published, m.modified = x.choose()
	m.checkDates(&x)
}

// checkDates notes what is odd about the chosen dates.
func (m *metadata) checkDates(x *dates) {
	switch p := m.published; {
	case p.time.IsZero():
		m.warnings = append(m.warnings, "published_missing")
	case !p.zoned && p.precision != "day" && p.precision != "month":
		m.warnings = append(m.warnings, "published_offset_assumed")
	}
	if !x.limit.IsZero() && m.published.time.After(x.limit) {
		m.warnings = append(m.warnings, "published_after_capture")
	}
}

// add files a date unless it is impossible.
func (x *dates) add(list *[]stamp, raw, source string) {
	s, ok := x.parse(raw)
	if ok {
		s.source = source
		*list = append(*list, s)
	}
}

func (x *dates) parse(raw string) (stamp, bool) {
	if raw == "" || len(raw) > 200 {
		return stamp{}, false
	}
	if s, ok := x.reader.machine(raw); ok {
		return s, true
	}
	return x.reader.read(raw)
}

// choose picks the first date of each list that can be true, and gives naive times
// the offset of another date of the page.
func (x *dates) choose() (published, modified stamp) {
	published = x.first(x.published)
	modified = x.first(x.modified)
	published, modified = x.located(published), x.located(modified)
	if modified.time.Before(published.time) {
		modified = stamp{}
	}
	return published, modified
}

func (x *dates) first(list []stamp) stamp {
	for _, s := range list {
		if x.possible(s) {
			return s
		}
	}
	return stamp{}
}

// possible refuses what lies after the capture, unless the page bears it out within a
// year: then the clock of the capture was wrong.
func (x *dates) possible(s stamp) bool {
	if x.limit.IsZero() || !s.time.After(x.limit) {
		return true
	}
	return !s.time.After(x.limit.AddDate(1, 0, 0)) && x.borneOut(s)
}

// borneOut reports whether a second kind of declaration, or the address of the page
// or of its picture, names the time of s.
func (x *dates) borneOut(s stamp) bool {
	kind, _, _ := strings.Cut(s.source, ":")
	for _, o := range x.published {
		other, _, _ := strings.Cut(o.source, ":")
		if other != kind && other != "text" && o.time.Sub(s.time).Abs() < 26*time.Hour {
			return true
		}
	}
	picture, _ := x.d.meta("og:image")
	month := s.time.Format("2006/01/")
	return strings.Contains(x.d.url.Path, month) || strings.Contains(picture, month)
}

// located gives a naive time of day the offset that the page uses elsewhere for about
// the same time.
func (x *dates) located(s stamp) stamp {
	if s.zoned && s.precision == "second" || s.precision == "minute" {
		s = wholeDay(s)
	}
	if s.zoned || s.time.IsZero() || s.precision == "day" || s.precision == "month" {
		return s
	}
	for _, o := range slices.Concat(x.published, x.modified) {
		if !o.zoned {
			continue
		}
		if _, offset := o.time.Zone(); offset != 0 {
			s.time = s.time.Add(-time.Duration(offset) * time.Second)
			s.zoned = true
			return s
		}
	}
	return s
}

// wholeDay takes midnight at an offset for what it is: a day without a time.
func wholeDay(s stamp) stamp {
	h, m, sec := s.time.Clock()
	if _, offset := s.time.Zone(); offset == 0 || h+m+sec != 0 {
		return s
	}
	y, month, d := s.time.Date()
	s.time, s.precision = time.Date(y, month, d, 0, 0, 0, 0, time.UTC), "day"
	return s
}
