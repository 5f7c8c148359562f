package crawl

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsarchive/internal/address"
)

// The bounds of single addresses.
const (
	maxSegments   = 20 // of a path
	maxSame       = 3  // times that one segment stands in a path
	maxDoubled    = 3  // segments of a path that stood in it before
	maxParameters = 12 // of a query
	firstYear     = 1990
)

// Trap names the rule by which an address looks like one of an endless many, or
// like one that does something instead of showing a page, and says which bound it
// breaks; "" where no rule does. It knows nothing but the address and the time.
func Trap(link string, now time.Time) (rule, reason string) {
	if len(link) > address.MaxLength {
		return "long_address", fmt.Sprintf("%d bytes; %d are followed", len(link), address.MaxLength)
	}
	u, err := url.Parse(link)
	if err != nil {
		return "malformed", "no address that can be read"
	}
	return looksEndless(u, now)
}

// looksEndless is Trap for an address that has been parsed.
func looksEndless(u *url.URL, now time.Time) (rule, reason string) {
	segments := segmentsOf(u)
	if rule, reason = actingLink(segments, u); rule != "" {
		return rule, reason
	}
	if rule, reason = growingPath(segments, u); rule != "" {
		return rule, reason
	}
	if rule, reason = sessionLink(segments); rule != "" {
		return rule, reason
	}
	return calendarLink(segments, u, now)
}

// segmentsOf returns the segments of a path that are not empty, in lower case.
func segmentsOf(u *url.URL) []string {
	return strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return r == '/' })
}

// actingParameters are values of "action", "do" and their like that change something.
var actingParameters = words("login logout signout register subscribe unsubscribe delete add-to-cart print reply vote")

func actingLink(segments []string, u *url.URL) (rule, reason string) {
	for _, s := range segments {
		if acting[s] {
			return "acting_link", fmt.Sprintf("by /%s in the address alone: such a link mostly does something instead of showing a page", s)
		}
	}
	if u.RawQuery == "" {
		return "", ""
	}
	for name, values := range u.Query() {
		switch strings.ToLower(name) {
		case "replytocom", "add-to-cart", "logout":
			return "acting_link", fmt.Sprintf("by %s= in the address alone: such a link mostly does something instead of showing a page", name)
		case "action", "do", "act":
			if len(values) > 0 && actingParameters[strings.ToLower(values[0])] {
				return "acting_link", fmt.Sprintf("by %s=%s in the address alone: such a link mostly does something instead of showing a page", name, values[0])
			}
		}
	}
	return "", ""
}

func growingPath(segments []string, u *url.URL) (rule, reason string) {
	if len(segments) > maxSegments {
		return "deep_path", fmt.Sprintf("%d segments in the path; %d are followed", len(segments), maxSegments)
	}
	doubled := 0
	for i, s := range segments {
		times := 1
		for _, before := range segments[:i] {
			if before == s {
				times++
			}
		}
		if times > 1 {
			doubled++
		}
		if times > maxSame {
			return "repeated_segment", fmt.Sprintf("/%s stands in the path more than %d times", s, maxSame)
		}
	}
	if doubled > maxDoubled {
		return "repeated_segment", fmt.Sprintf("%d segments of the path stand in it more than once; %d are followed", doubled, maxDoubled)
	}
	if n := strings.Count(u.RawQuery, "&") + 1; u.RawQuery != "" && n > maxParameters {
		return "many_parameters", fmt.Sprintf("%d parameters; %d are followed", n, maxParameters)
	}
	return "", ""
}

// sessionSegment is a session id as a segment of its own: (S(x)) of ASP.NET, or a
// name that says so.
var sessionSegment = regexp.MustCompile(`^\((?:[a-z]\([a-z0-9_-]{8,}\))+\)$|^(?:jsessionid|phpsessid|sessionid|sid)[=:,;-][a-z0-9._-]{8,}$`)

// sessionLink finds the session ids that cannot be dropped from an address.
func sessionLink(segments []string) (rule, reason string) {
	for _, s := range segments {
		if s[0] != '(' && !strings.Contains(s, "s") || len(s) < 12 || !sessionSegment.MatchString(s) {
			continue
		}
		return "session_id", fmt.Sprintf("/%s is the id of a session: the same page has as many addresses as readers", s)
	}
	return "", ""
}

// calendars are the segments and parameters under which days are listed, had they
// news or not.
var calendars = words("calendar kalender calendario calendrier agenda events event termine veranstaltungen eventos evenements day week month")

// A calendar may be followed so far from the present; a list of days elsewhere may
// reach back as far as there is a web.
const (
	calendarAround = 92 * 24 * time.Hour
	daysAhead      = 62 * 24 * time.Hour
)

func calendarLink(segments []string, u *url.URL, now time.Time) (rule, reason string) {
	day, ok := pageOfDays(segments, u)
	if !ok {
		return "", ""
	}
	month := day.Format("January 2006")
	switch named := slices.ContainsFunc(segments, func(s string) bool { return calendars[s] }); {
	case day.Sub(now) > daysAhead && !named, day.Sub(now) > calendarAround:
		return "calendar_ahead", month + " is too far ahead: a list of days without end"
	case now.Sub(day) > calendarAround && named, day.Year() < firstYear:
		return "calendar_back", month + " is too far back: a list of days without end"
	}
	return "", ""
}

// dayParameters are queries that ask for a day or a month.
var dayParameters = regexp.MustCompile(`(?i)(?:^|&)(?:date|day|month|from|to|start|tribe-bar-date|ical|m)=(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:&|$)`)

// pageOfDays returns the day or the month that a list is of: the path ends with it,
// or a parameter names it. A path that goes on behind its date is an article's.
func pageOfDays(segments []string, u *url.URL) (time.Time, bool) {
	if u.RawQuery != "" {
		if m := dayParameters.FindStringSubmatch(u.RawQuery); m != nil {
			return dayOf(m[1], m[2])
		}
	}
	n := len(segments)
	for i := max(0, n-3); i < n-1; i++ {
		if day, ok := dayOf(segments[i], segments[i+1]); ok && (i == n-2 || number(segments[n-1], 31)) {
			return day, true
		}
	}
	if n > 0 {
		if y, m, ok := strings.Cut(segments[n-1], "-"); ok {
			m, _, _ = strings.Cut(m, "-")
			if len(segments[n-1]) <= len("2006-01-02") {
				return dayOf(y, m)
			}
		}
	}
	return time.Time{}, false
}

func dayOf(year, month string) (time.Time, bool) {
	y, err := strconv.Atoi(year)
	m, merr := strconv.Atoi(month)
	if err != nil || merr != nil || len(year) != 4 || len(month) > 2 || y < 1000 || m < 1 || m > 12 {
		return time.Time{}, false
	}
	return time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC), true
}

func number(s string, most int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && n <= most && len(s) <= 2
}
