package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	// dayInName finds a day in one part of a path: 20260714, 2026-07-14.
	dayInName = regexp.MustCompile(`(?:^|\D)((\d{4})(?:(\d\d)(\d\d)|[-_.](\d{1,2})[-_.](\d{1,2})))(?:\D|$)`)
	// inFolders finds a day or a month at the head of some parts of a path: 2026/07/14, 2026/jul, 2026-07/14, 2026/07-14.
	inFolders = regexp.MustCompile(`^((\d{4})[-_/](\d{1,2}|\p{L}{3,12}))([-_/](\d{1,2}))?(?:/|$)`)
)

// readURL reads the day or the month in the path of the address. Numbers that stand apart from
// a year, or with words, count something else: rounds, pages, stories.
func (x *dates) readURL() {
	parts := strings.Split(strings.ToLower(x.d.url.Path), "/")
	for i, part := range parts {
		if m := dayInName.FindStringSubmatch(part); m != nil && x.addAddress(m[1], m[2], m[3]+m[5], m[4]+m[6]) {
			return
		}
		m := inFolders.FindStringSubmatch(strings.Join(parts[i:min(len(parts), i+3)], "/"))
		if m != nil && (x.addAddress(m[1]+m[4], m[2], m[3], m[5]) || x.addAddress(m[1], m[2], m[3], "")) {
			return
		}
	}
}

// addAddress files a day, or a month where day is empty, and reports whether it is one.
func (x *dates) addAddress(raw, year, month, day string) bool {
	if n := monthOf(month, x.reader.lang); n > 0 {
		month = strconv.Itoa(n)
	}
	text, layout, precision := year+"-"+month, "2006-1", "month"
	if day != "" {
		text, layout, precision = text+"-"+day, "2006-1-2", "day"
	}
	t, err := time.Parse(layout, text)
	if err != nil || !plausible(t) {
		return false
	}
	x.published = append(x.published, stamp{time: t, precision: precision, raw: raw, source: "url"})
	return true
}
