// Package trap tells when addresses of one form are no longer worth a visit: endless
// calendars, combinations of filters, session ids, pages that say "not found" with
// status 200, hosts that answer every address. It knows no list of such things. What
// counts is novelty: a form of addresses whose visits go on bringing article texts that
// are new on their host lives for ever; one that brings none for long is stopped.
//
// Everything here is a function of its arguments; the frontier keeps the state.
package trap

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// Host is the form that every address of a host has.
const Host = ""

// A Shape is the forms of one address, from the narrowest to the widest.
type Shape struct {
	Fine   string // "/calendar/<n>/<n>?day": first segment as it is, others by their kind, names of parameters
	Coarse string // as Fine, the first segment by its kind too and parameters uncounted: where a host has too many forms
	Family string // "/calendar/…": all addresses whose path begins alike
}

// ShapeOf returns the forms of an address; the zero Shape for what is none.
func ShapeOf(link string) Shape {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return Shape{}
	}
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	kinds := make([]string, len(segments))
	for i, s := range segments {
		kinds[i] = kind(s)
	}
	s := Shape{Coarse: "/" + strings.Join(shorten(slices.Clone(kinds)), "/"), Family: "/"}
	if len(segments) > 0 {
		if first := segments[0]; kinds[0] == "<w>" || kinds[0] == "<w>"+path.Ext(first) {
			kinds[0] = strings.ToLower(first)
		}
		s.Family = "/" + kinds[0] + "/…"
	}
	s.Fine = "/" + strings.Join(shorten(kinds), "/")
	if u.RawQuery != "" {
		s.Fine += "?" + strings.Join(names(u.Query()), "&")
		s.Coarse += "?…"
	}
	return s
}

// maxRun is how many segments of one kind in a row a form has; more are "…".
const maxRun = 3

// shorten cuts runs of segments of one kind, so that paths that grow have one form.
func shorten(kinds []string) []string {
	out := kinds[:0]
	before, run := "", 0
	for _, k := range kinds {
		if k != before {
			run = 0
		}
		before = k
		switch run++; {
		case run <= maxRun:
			out = append(out, k)
		case run == maxRun+1:
			out = append(out, "…")
		}
	}
	return out
}

// maxNames is how many names of parameters a form tells apart.
const maxNames = 6

// names returns the sorted names of a query; digits in them do not count.
func names(q url.Values) (list []string) {
	for name := range q {
		if len(name) > 24 {
			name = "<w>"
		}
		list = append(list, digits(strings.ToLower(name)))
	}
	slices.Sort(list)
	if list = slices.Compact(list); len(list) > maxNames {
		list = append(list[:maxNames], "…")
	}
	return list
}

// digits writes <n> for each run of digits.
func digits(s string) string {
	var b strings.Builder
	in := false
	for _, r := range s {
		if digit := r >= '0' && r <= '9'; !digit {
			b.WriteRune(r)
			in = false
		} else if !in {
			b.WriteString("<n>")
			in = true
		}
	}
	return b.String()
}

// kind tells what a segment looks like: <n> of digits and what joins them, <w> a word,
// <slug> words with joints, <id> letters among digits; the ending of a file stays.
func kind(segment string) string {
	ext := path.Ext(segment)
	if len(ext) > 6 || strings.ContainsAny(ext, "0123456789") {
		ext = ""
	}
	s := strings.TrimSuffix(segment, ext)
	letters, numbers, joints, mixed := 0, 0, 0, false
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			numbers++
			mixed = mixed || i > 0 && letter(s[i-1])
		case r == '-' || r == '_' || r == '+' || r == '.' || r == ' ' || r == ',' || r == ':' || r == ';' || r == '=':
			joints++
		default:
			letters++
			mixed = mixed || i > 0 && s[i-1] >= '0' && s[i-1] <= '9'
		}
	}
	ext = strings.ToLower(ext)
	switch {
	case letters == 0:
		return "<n>" + ext
	case mixed && (joints == 0 || numbers > letters/4) || numbers >= 8:
		return "<id>" + ext
	case joints > 1 || joints == 1 && letters > 8 || letters > 24:
		return "<slug>" + ext
	}
	return "<w>" + ext
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }
