package extract

import (
	_ "embed" // for the lists of words
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	//go:embed data/agencies.txt
	agencyList string
	//go:embed data/collectives.txt
	collectiveList string
	//go:embed data/roles.txt
	roleList string
	//go:embed data/bylines.txt
	bylineList string

	agencies     = wordSet(agencyList, letters)
	collectives  = wordSet(collectiveList, strings.ToLower)
	roles        = wordSet(roleList, strings.ToLower)
	bylineStarts = listOf(bylineList)
)

// listOf returns the lines of a data file without comments.
func listOf(file string) (lines []string) {
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

func wordSet(file string, key func(string) string) map[string]bool {
	set := map[string]bool{}
	for _, line := range listOf(file) {
		set[key(line)] = true
	}
	return set
}

var (
	mail        = regexp.MustCompile(`\S+@\S+\.\S+`)
	handle      = regexp.MustCompile(`(^|\s)@\w+`)
	bracketed   = regexp.MustCompile(`\s*[(\[][^)\]]*[)\]]`)
	betweenMany = regexp.MustCompile(`\s*(?:[;|•·\n/、，＆]|,\s|\s[–—-]\s|\s&\s|\s\+\s|\s(?i:and|und|et|y|och|og|ve|và|dan|и|та|και|with|mit)\s)\s*`)
	betweenTwo  = regexp.MustCompile(`\s(?:e|en|i|a|u)\s`)
)

// add files the names in a byline, which may be many, or none.
func (b *byline) add(raw string) {
	s := oneLine(raw)
	if s == "" || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || utf8.RuneCountInString(s) > 300 {
		return
	}
	s = mail.ReplaceAllString(s, " ")
	s = handle.ReplaceAllString(s, " ")
	s = bracketed.ReplaceAllString(s, "")
	if rest, ok := cutBy(s); ok {
		s = rest
	}
	for _, part := range betweenMany.Split(s, -1) {
		b.addOne(part)
	}
}

// addOne files what stands between two separators.
func (b *byline) addOne(s string) {
	s = trimName(s)
	if rest, ok := cutBy(s); ok {
		s = trimName(rest)
	}
	switch {
	case s == "":
	case b.isOrganisation(s):
		b.addOrganisation(s)
	case isPerson(s):
		if pair := betweenTwo.Split(s, -1); len(pair) == 2 && strings.Contains(pair[0], " ") && strings.Contains(pair[1], " ") {
			b.addPerson(pair[0])
			b.addPerson(pair[1])
			return
		}
		b.addPerson(s)
	}
}

func (b *byline) addPerson(s string) {
	if s = trimName(s); s != "" && !has(b.people, s) && len(b.people) < 20 {
		b.people = append(b.people, s)
	}
}

func (b *byline) addOrganisation(s string) {
	if s = trimName(s); s != "" && !has(b.groups, s) && len(b.groups) < 20 {
		b.groups = append(b.groups, s)
	}
}

// isOrganisation reports wire services, newsrooms and the site itself.
func (b *byline) isOrganisation(s string) bool {
	if agencies[letters(s)] || isSiteName(s, b.site, b.d) {
		return true
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if collectives[w] {
			return true
		}
	}
	return false
}

// isPerson reports whether s can be somebody's name: few words, no digits, no role,
// not all in lower case where the script has cases.
func isPerson(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 50 || strings.ContainsAny(s, "0123456789:!?<>{}=_@#%\"") {
		return false
	}
	fields := strings.Fields(s)
	if len(fields) > 6 {
		return false
	}
	upper := false
	for _, w := range fields {
		if roles[strings.ToLower(strings.Trim(w, ".,'’"))] {
			return false
		}
		r, _ := utf8.DecodeRuneInString(w)
		upper = upper || !unicode.IsLower(r)
	}
	return upper
}

// trimName cuts punctuation and blanks off both ends, but keeps the full stop of an
// initial or of "Jr.".
func trimName(s string) string {
	s = strings.Trim(s, " \t\n,;:|/–—-•·*\"“”„«»‹›")
	if strings.HasSuffix(s, ".") {
		last := s[strings.LastIndexByte(s, ' ')+1:]
		if utf8.RuneCountInString(last) > 4 {
			s = strings.TrimRight(s, ".")
		}
	}
	return s
}

// cutBy cuts the word with which a byline begins, such as "By" or "Von", or "Autor:".
func cutBy(s string) (string, bool) {
	lower := strings.ToLower(s)
	for _, start := range bylineStarts {
		if len(lower) > len(start) && strings.HasPrefix(lower, start) {
			rest := s[min(len(s), len(start)):]
			r, _ := utf8.DecodeRuneInString(rest)
			if unicode.IsSpace(r) || r == ':' || strings.HasSuffix(start, ":") || strings.HasSuffix(start, "：") {
				return strings.TrimLeft(rest, " :："), true
			}
		}
	}
	return s, false
}
