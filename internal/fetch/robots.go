package fetch

import (
	"strconv"
	"strings"
	"time"

	"newsarchive/page"
)

// maxRobots is how much of a robots.txt is read unless Options say otherwise (RFC 9309 section 2.5).
const maxRobots = 500 << 10

// upTo returns the part of a robots.txt that is read.
func upTo(text []byte, most int) []byte { return text[:min(len(text), most)] }

// rules are what one robots.txt says to one crawler. The zero value allows all.
type rules struct {
	list  []rule
	delay time.Duration // Crawl-delay; 0 if none is named
}

// A rule is one Allow or Disallow line.
type rule struct {
	allow    bool
	segments []string // of the normalised pattern, between its asterisks
	anchored bool     // the pattern ends with a dollar sign
	length   int      // of the normalised pattern, in bytes
	line     string   // as it stands in the file
}

// parseRobots reads what text says to the crawler that calls itself token: the
// groups that name it, merged, or those for "*" where none does (RFC 9309).
func parseRobots(text []byte, token string) rules {
	p := robotsParser{token: token}
	body := strings.TrimPrefix(string(text), "\ufeff")
	body = strings.ReplaceAll(body, "\x00", "")
	for line := range strings.FieldsFuncSeq(body, func(r rune) bool { return r == '\n' || r == '\r' }) {
		p.line(line)
	}
	if p.named {
		return p.own
	}
	return p.others
}

type robotsParser struct {
	token  string
	own    rules // of the groups that name token
	others rules // of the groups for everyone
	named  bool  // token was named

	inRules         bool // a rule has ended the list of agents
	forOwn, forRest bool // whom the present group is for
}

func (p *robotsParser) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	name, value, found := strings.Cut(line, ":")
	if !found {
		return
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "user-agent":
		p.agent(value)
	case "allow":
		p.rule(true, value, line)
	case "disallow":
		p.rule(false, value, line)
	case "crawl-delay":
		p.delay(value)
	}
}

// agent begins a group, or adds to the agents of one that has no rules yet.
func (p *robotsParser) agent(value string) {
	if p.inRules {
		p.inRules, p.forOwn, p.forRest = false, false, false
	}
	switch token := product(value); {
	case token == "*":
		p.forRest = true
	case token != "" && strings.EqualFold(token, p.token):
		p.forOwn, p.named = true, true
	}
}

func (p *robotsParser) rule(allow bool, pattern, line string) {
	p.inRules = true
	if pattern == "" {
		return // allows all, as no rule does
	}
	r := newRule(allow, pattern)
	r.line = strings.TrimSpace(line)
	p.each(func(to *rules) { to.list = append(to.list, r) })
}

func (p *robotsParser) delay(value string) {
	s, err := strconv.ParseFloat(value, 64)
	if err != nil || !(s > 0) {
		return
	}
	d := time.Duration(min(s, maxCrawlDelay.Seconds()) * float64(time.Second))
	p.each(func(to *rules) { to.delay = max(to.delay, d) })
}

// maxCrawlDelay bounds what a robots.txt can ask for.
const maxCrawlDelay = 24 * time.Hour

func (p *robotsParser) each(add func(*rules)) {
	if p.forOwn {
		add(&p.own)
	}
	if p.forRest {
		add(&p.others)
	}
}

// product returns the name of the first product of a User-Agent field.
func product(agent string) string {
	end := strings.IndexAny(agent, "/ \t(")
	if end < 0 {
		return agent
	}
	return agent[:end]
}

func newRule(allow bool, pattern string) rule {
	r := rule{allow: allow}
	pattern, r.anchored = strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	for i, part := range parts {
		parts[i] = normalize(part)
		r.length += len(parts[i]) + 1
	}
	r.length-- // one asterisk less than segments
	if r.anchored {
		r.length++
	}
	r.segments = parts
	return r
}

// matches compares the pattern with a normalised path, in time linear in both:
// each segment is taken where it is found first.
func (r rule) matches(path string) bool {
	last := len(r.segments) - 1
	path, ok := strings.CutPrefix(path, r.segments[0])
	if !ok {
		return false
	}
	if last == 0 {
		return !r.anchored || path == ""
	}
	for _, s := range r.segments[1:last] {
		i := strings.Index(path, s)
		if i < 0 {
			return false
		}
		path = path[i+len(s):]
	}
	if r.anchored {
		return strings.HasSuffix(path, r.segments[last])
	}
	return strings.Contains(path, r.segments[last])
}

// decide returns whether a path with its query may be fetched, and the line that
// says so: the longest that matches, an Allow before a Disallow of equal length.
func (r rules) decide(path string) (allowed bool, line string) {
	if path == "/robots.txt" {
		return true, ""
	}
	path = normalize(path)
	allowed, longest := true, -1
	for _, rule := range r.list {
		if rule.length < longest || rule.length == longest && (allowed || !rule.allow) || !rule.matches(path) {
			continue
		}
		allowed, longest, line = rule.allow, rule.length, rule.line
	}
	return allowed, page.Printable(line, maxErr)
}

const upperHex = "0123456789ABCDEF"

// normalize gives equal paths one spelling (RFC 9309 section 2.2.2): unreserved
// characters stand for themselves, everything else that is not plain ASCII, and
// what patterns use for themselves, is percent-encoded with capital digits.
func normalize(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r == '%' || r == '*' || r == '$' || r <= ' ' || r >= 0x7F }) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				i += 2
				if c = byte(v); !unreserved(c) {
					b.Write([]byte{'%', upperHex[c>>4], upperHex[c&15]})
					continue
				}
			}
		}
		if c == '*' || c == '$' || c <= ' ' || c >= 0x7F {
			b.Write([]byte{'%', upperHex[c>>4], upperHex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// unreserved reports the characters of RFC 3986 section 2.3.
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
