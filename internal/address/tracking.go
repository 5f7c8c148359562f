package address

import (
	_ "embed" // the list is data, so that it is read and changed as such
	"net/url"
	"strings"
)

//go:embed tracking.txt
var trackingText string

// The groups of tracking.txt.
const (
	inTracking  = "tracking"
	inSession   = "session"
	inLike      = "session-like"
	inReferring = "referring"
)

// parameters knows the group of a query parameter.
type parameters struct {
	names    map[string]string
	prefixes []prefix
}

type prefix struct{ begins, group string }

var known = readParameters(trackingText)

func readParameters(text string) parameters {
	p, group := parameters{names: map[string]string{}}, ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch begins, many := strings.CutSuffix(line, "*"); {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			group, _, _ = strings.Cut(line[1:], "]")
		case many:
			p.prefixes = append(p.prefixes, prefix{begins, group})
		default:
			p.names[line] = group
		}
	}
	return p
}

// group returns the group of a parameter, "" if it is in none.
func (p parameters) group(name string) string {
	if g, ok := p.names[name]; ok {
		return g
	}
	for _, x := range p.prefixes {
		if strings.HasPrefix(name, x.begins) {
			return x.group
		}
	}
	return ""
}

// stripQuery drops the pairs for which drop returns true, and empty ones. What is
// left keeps its order and its spelling.
func stripQuery(query string, drop func(name, value string) bool) string {
	if query == "" {
		return ""
	}
	var b strings.Builder
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if pair == "" || drop(strings.ToLower(name), value) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(pair)
	}
	return b.String()
}

// idle reports a parameter that never says which page is meant.
func idle(name, value string) bool {
	switch known.group(name) {
	case inTracking, inSession:
		return true
	case inLike:
		return sessionValue(value)
	}
	return false
}

// sessionValue reports 16 or more letters and digits, both among them.
func sessionValue(s string) bool {
	digits, letters := 0, 0
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case s[i] >= '0' && s[i] <= '9':
			digits++
		case c >= 'a' && c <= 'z':
			letters++
		default:
			return false
		}
	}
	return len(s) >= 16 && digits > 0 && letters > 0
}

// Link returns the spelling in which a link is followed: its Key, without the
// parameters that say where on a site it stood if the path names a page by itself.
func Link(s string) string {
	key := Key(s)
	if !strings.Contains(key, "?") {
		return key
	}
	u, err := url.Parse(key)
	if err != nil || !NamesPage(u.Path) {
		return key
	}
	u.RawQuery = stripQuery(u.RawQuery, func(name, _ string) bool { return known.group(name) == inReferring })
	return u.String()
}

// NamesPage reports a path whose last segment is that of one page: a slug of four
// words or more, or one of three with a number of five digits or more beside it.
func NamesPage(path string) bool {
	path = strings.TrimSuffix(path, "/")
	slug := path[strings.LastIndexByte(path, '/')+1:]
	slug, _, _ = strings.Cut(slug, ".")
	words, number := 0, false
	for w := range strings.FieldsFuncSeq(slug, func(r rune) bool { return r == '-' || r == '_' || r == '+' }) {
		words++
		number = number || len(w) >= 5 && strings.Trim(w, "0123456789") == ""
	}
	return words >= 4 || words >= 3 && number
}
