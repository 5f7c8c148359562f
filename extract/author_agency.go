package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsarchive/page"
)

// agencyTails are the words behind the name of an agency that say who of it wrote.
var agencyTails = wordSet("staff\nwriter\nwriters\nreporter\nreporters\ncorrespondent\ncorrespondents\ndesk\nnewsroom\nbureau\nsport\nsports", strings.ToLower)

// agencyName returns the name of the agency that s names and nothing else, but for who of
// it wrote; "" if it names none.
func agencyName(s string) string {
	for s != "" {
		if agencies[letters(s)] {
			return s
		}
		i := strings.LastIndexByte(s, ' ')
		if i < 0 || !agencyTails[strings.ToLower(s[i+1:])] {
			return ""
		}
		s = s[:i]
	}
	return ""
}

// agenciesIn returns the agencies that a credit such as "(dpa/lno)" names.
func agenciesIn(credit string) (names []string) {
	for part := range strings.FieldsFuncSeq(betweenMany.ReplaceAllString(credit, "/"), func(r rune) bool { return strings.ContainsRune("/,;|&+=()[]（）", r) }) {
		part = strings.TrimSpace(part)
		if first, rest, ok := strings.Cut(part, " "); ok && credited[strings.ToLower(first)] {
			part = rest
		}
		if g := agencyName(part); g != "" {
			names = append(names, g)
		}
	}
	return names
}

// credited are the words before an agency in brackets.
var credited = wordSet("with\nmit\navec\ncon\ncom\nmet\nmed\nvia\nfrom\nfür\nfor", strings.ToLower)

// unnamed are what papers call the agencies beside an author without their names.
var unnamed = wordSet("agencies\nnews agencies\nwire services\nwires\nagenturen\nnachrichtenagenturen\nagences\nagencias\nagências\nagenzie\nagentschappen\npersbureaus\nagencje\nагентства\nوكالات\nالوكالات", strings.ToLower)

// withAgency files what stands beside an agency behind a word that is a part of names too,
// as in "Anna Smit en ANP", and reports whether there is one.
func (b *byline) withAgency(s string) bool {
	pair := betweenTwo.Split(s, -1)
	if len(pair) != 2 || !slices.ContainsFunc(pair, func(p string) bool { return agencyName(p) != "" || unnamed[strings.ToLower(p)] }) {
		return false
	}
	for _, p := range pair {
		b.addOne(p)
	}
	return true
}

// cutAgency files the agency behind a name of two and more words, "ANA RUIZ Associated
// Press", and returns the name, which in some scripts is one word.
func (b *byline) cutAgency(s string) string {
	words, first := strings.Fields(s), 2
	if unspaced(s) {
		first = 1
	}
	for i := first; i < len(words); i++ {
		rest := strings.Join(words[i:], " ")
		if g := agencyName(rest); g != "" && !mayBeName(g) {
			b.addOrganisation(g)
			return strings.Join(words[:i], " ")
		}
	}
	return s
}

// mayBeName reports a word as short as an agency's initials that is spelled as a name is.
func mayBeName(s string) bool {
	_, n := utf8.DecodeRuneInString(s)
	return utf8.RuneCountInString(s) <= 4 && s != strings.ToUpper(s) && s[n:] == strings.ToLower(s[n:]) && s != strings.ToLower(s)
}

// The credits of datelines: "BERLIN (dpa) - ", "(서울=연합뉴스) ", "【ワシントン共同】", "新华社北京11月21日电",
// "МОСКВА, 21 ноя — РИА Новости. "
var (
	datelineBracket = regexp.MustCompile(`^([^()（）.]{0,60}?)\s?[(（]([^()（）]{2,30})[)）]\s?(?:[.,]?\s?[-–—:]|[^=]*$)?`)
	datelineEastern = regexp.MustCompile(`^[【［〔\[]([^】］〕\]]{2,24})[】］〕\]]`)
	datelineWire    = regexp.MustCompile(`^(\p{Han}{2,6}?[社网網]).{0,20}[电電讯訊]`)
	datelineName    = regexp.MustCompile(`^([^—–]{3,40}) [—–] ([^.—–]{3,20})\. `)
)

// fillCredit sets the agencies that the text itself credits, in its dateline or as the last
// line of it or of what stood below, where the page names no other.
func fillCredit(row *page.Row, below []string) {
	if len(row.Agencies) > 0 || row.Text == "" {
		return
	}
	text := strings.TrimLeft(strings.TrimPrefix(row.Text, row.Lead), "\n")
	first, _, _ := strings.Cut(text, "\n")
	names := datelineAgencies(first)
	if len(names) == 0 {
		names = closingAgencies(text[strings.LastIndexByte(text, '\n')+1:])
	}
	for i := 0; i < len(below) && len(names) == 0; i++ {
		names = closingAgencies(below[i])
	}
	if len(names) > 0 {
		row.Agencies, row.AgenciesSource = names, "text"
	}
}

// datelineAgencies returns the agencies of the dateline that a paragraph begins with.
func datelineAgencies(s string) []string {
	s = s[:cutAt(s, 100)]
	if at := datelineBracket.FindStringSubmatchIndex(s); at != nil {
		place, credit, mark := s[at[2]:at[3]], s[at[4]:at[5]], s[at[5]:at[1]]
		if isPlace(place) && (strings.ContainsAny(mark, "-–—:") || place == "" && strings.Contains(credit, "=")) {
			return agenciesIn(credit)
		}
	}
	if m := datelineEastern.FindStringSubmatch(s); m != nil {
		return easternAgency(m[1])
	}
	if m := datelineWire.FindStringSubmatch(s); m != nil {
		return agenciesIn(m[1])
	}
	if m := datelineName.FindStringSubmatch(s); m != nil && isPlace(m[1]) {
		return agenciesIn(m[2])
	}
	return nil
}

// cutAt returns where the first n bytes of s end, between two characters.
func cutAt(s string, n int) int {
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return min(n, len(s))
}

// isPlace reports whether s can be where and when a report was written: no word of it is
// one of a sentence.
func isPlace(s string) bool {
	for w := range strings.FieldsSeq(s) {
		plain := strings.ToLower(strings.Trim(w, ".,/:"))
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !particles[plain] && months[""][plain] == 0 && monthOf(plain, "ru") == 0 {
			return false
		}
	}
	return len(strings.Fields(s)) <= 7
}

// easternAgency returns the agency with which the words of a dateline in brackets begin or
// end.
func easternAgency(s string) []string {
	runes := []rune(strings.TrimSpace(s))
	for i := range runes {
		if g := agencyName(strings.TrimSpace(string(runes[i:]))); g != "" {
			return []string{g}
		}
	}
	for i := len(runes) - 1; i > 1; i-- {
		if g := agencyName(string(runes[:i])); g != "" {
			return []string{g}
		}
	}
	return nil
}
