package extract

import (
	_ "embed" // for the lists of words
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsarchive/internal/agency"
)

var (
	//go:embed data/collectives.txt
	collectiveList string
	//go:embed data/roles.txt
	roleList string
	//go:embed data/not_names.txt
	notNameList string
	//go:embed data/weekdays.txt
	weekdayList string
	//go:embed data/posted.txt
	postedList string
	//go:embed data/bylines.txt
	bylineList string

	agencies     = wordSet(agency.List, letters)
	collectives  = wordSet(collectiveList, strings.ToLower)
	roles        = wordSet(roleList, strings.ToLower)
	notNames     = wordSet(notNameList, strings.ToLower)
	weekdays     = wordSet(weekdayList, strings.ToLower)
	posted       = wordSet(postedList, strings.ToLower)
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
	mail      = regexp.MustCompile(`\S+@\S+\.\S+`)
	handle    = regexp.MustCompile(`(^|\s)@\w+`)
	bracketed = regexp.MustCompile(`\s*[(\[（][^)\]）]*[)\]）]`)
	// ofPhotos is who took the pictures, as a bracket says.
	ofPhotos = regexp.MustCompile(`(?i)(?:,|\s(?:und|and|et|y|e|och|og|en)\s)[^,()]+\((?:fotos?|bild(?:er)?|photos?|photographs|vidéo|video)\)`)
)

// add files the names in a byline, which may be many, or none.
func (b *byline) add(raw string) {
	s := oneLine(raw)
	if s == "" || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || utf8.RuneCountInString(s) > 300 {
		return
	}
	s = mail.ReplaceAllString(s, " ")
	s = handle.ReplaceAllString(s, " ")
	s = ofPhotos.ReplaceAllString(s, "")
	for _, aside := range bracketed.FindAllString(s, -1) {
		for _, g := range agenciesIn(aside) {
			defer b.addOrganisation(g) // behind those that stand before it
		}
	}
	s = b.withoutPlace(bracketed.ReplaceAllString(s, ""))
	if b.declared {
		s = b.upright(s)
	}
	s, told := easternNames(s)
	if rest, ok := cutBy(s); ok && !told {
		s = rest
	}
	if b.isHouse(s) || wholeHouse(s) { // whose name may hold what separates others
		b.addOrganisation(s)
		return
	}
	people, groups := len(b.people), len(b.groups)
	for _, part := range betweenMany.Split(s, -1) {
		b.addOne(part)
	}
	if len(b.groups) > groups { // single words beside an organisation are places
		b.people = append(b.people[:people], slices.DeleteFunc(slices.Clone(b.people[people:]), func(p string) bool {
			return !strings.Contains(p, " ") && !unspaced(p)
		})...)
	}
}

// withoutPlace cuts the place behind a dash off a name with its house, as in "Ana Ruiz,
// Folha do Rio — Porto Novo".
func (b *byline) withoutPlace(s string) string {
	i := strings.LastIndex(s, " — ")
	if i < 0 {
		return s
	}
	if _, house, ok := strings.Cut(s[:i], ", "); ok && b.isOrganisation(house) {
		return s[:i]
	}
	return s
}

// addOne files what stands between two separators.
func (b *byline) addOne(s string) {
	s = trimName(s)
	if rest, ok := cutBy(s); ok {
		s = trimName(rest)
	}
	if g := agencyName(s); g != "" {
		b.addOrganisation(g)
		return
	}
	if b.ofLast(s) || b.withAgency(s) {
		return
	}
	s = b.cutAgency(s)
	if !b.declared || isRole(s) {
		s = withoutRole(workplace.ReplaceAllString(s, ""))
	}
	switch {
	case s == "" || notNames[strings.ToLower(s)] || isRole(s):
	case b.isOrganisation(s) || unnamed[strings.ToLower(s)]:
		b.addOrganisation(s)
	default:
		b.addNames(splitJoined(s))
	}
}

func (b *byline) addNames(names []string) {
	if slices.ContainsFunc(names, func(s string) bool { return !b.isName(s) }) {
		return
	}
	for _, s := range names {
		b.addPerson(s)
	}
}

// isName reports whether s can be somebody's name. In what people read it must look
// like one; what machines read may be a nickname.
func (b *byline) isName(s string) bool {
	if lowerName(s) && (b.declared || b.labelled) {
		return true
	}
	if b.declared {
		return isPerson(s) || nickname(s)
	}
	if b.linked && !strings.Contains(s, " ") {
		return isPerson(s) || nickname(s)
	}
	return isPerson(s) && capitalised(s) && (strings.Contains(s, " ") || unspaced(s))
}

// unspaced reports a script that writes no blank between the parts of a name.
func unspaced(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Thai)
	}) >= 0
}

// nickname reports one word of letters and digits.
func nickname(s string) bool {
	n := utf8.RuneCountInString(s)
	foreign := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
	}
	return n >= 2 && n <= 20 && strings.IndexFunc(s, unicode.IsLetter) >= 0 && strings.IndexFunc(s, foreign) < 0
}

// capitalised reports whether each word of s begins with a capital, or is one of the
// small words inside names. Scripts without cases pass.
func capitalised(s string) bool {
	capitals := 0
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '’' || r == '\'' }) {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLower(r) {
			capitals++
		} else if !particles[w] {
			return false
		}
	}
	return capitals > 1 || !strings.Contains(s, " ")
}

// particles are the words that stand in lower case inside names.
var particles = wordSet("von\nvan\nde\nder\nden\ndel\nda\ndi\ndos\ndas\ndo\ndu\nla\nle\nel\nal\nbin\nibn\nbint\nzu\nzur\nten\nter\naf\nav\ny\ne\nd\nt\nund\nna\ns\nlos\nlas\nv.", strings.ToLower)

func (b *byline) addPerson(s string) {
	if s = trimName(s); s == "" {
		return
	}
	if half := len(s) / 2; s[half] == ' ' && s[:half] == s[half+1:] {
		s = s[:half] // beside the same beneath a picture
	}
	same := slices.IndexFunc(b.people, func(p string) bool { return letters(p) == letters(s) })
	switch {
	case same >= 0 && b.people[same] == strings.ToUpper(s):
		b.people[same] = s // capitals are the typesetter's, not the author's
	case same < 0 && len(b.people) < 20:
		b.people = append(b.people, s)
	}
}

func (b *byline) addOrganisation(s string) {
	if s = trimName(s); s != "" && !has(b.groups, s) && len(b.groups) < 20 {
		b.groups = append(b.groups, s)
	}
}

// isHouse reports whether s is what the page or its address calls the site.
func (b *byline) isHouse(s string) bool { return isSiteName(s, b.site, b.d) }

// isOrganisation reports wire services, newsrooms and the site itself.
func (b *byline) isOrganisation(s string) bool {
	key := letters(s)
	if agencies[key] || b.houses[key] || b.isHouse(s) || containsAny(s, easternHouses) || paperOf.MatchString(s) {
		return true
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if collectives[w] || slices.ContainsFunc(houseEnds, func(end string) bool { return len(w) > len(end) && strings.HasSuffix(w, end) }) {
			return true
		}
	}
	return legalForm.MatchString(s)
}

// wholeHouse reports the name of one organisation, whatever words stand in it.
func wholeHouse(s string) bool {
	if strings.ContainsAny(s, ",;|") {
		return false
	}
	first, _, _ := strings.Cut(strings.ToLower(s), " ")
	return strings.HasSuffix(first, "ministerium") || strings.HasPrefix(s, "Ministry of ") || strings.HasSuffix(s, " GmbH & Co. KG")
}

// houseEnds are the last parts of compounds that are organisations.
var houseEnds = []string{"stiftung", "verband", "verein", "verlag", "ministerium", "gesellschaft", "redaktion"}

// paperOf is the name of a paper or a group with an article, "Le Courrier du Sud".
var paperOf = regexp.MustCompile(`^(?:(?:Le|La|Les|El|Los|Las|Il|Lo|O)\s\p{Lu}|L['’]\p{Lu})[\p{L}-]{2,}\s(?:du|des|del|della|dello|do|da|d['’]|de\s(?:la|los|las|l['’]))\s?\p{Lu}`)

// legalForm is what behind a name makes it a company's or an association's.
var legalForm = regexp.MustCompile(`\s(?:e\.\s?V\.?|AG|SE|KG|SARL|S\.A\.|S\.L\.|S\.r\.l\.|B\.V\.|Oy|A/S)$`)

// isPerson reports whether s can be somebody's name: few words, no digits,
// not all in lower case where the script has cases.
func isPerson(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 50 || strings.ContainsAny(s, ":：!?<>{}=_@#%\"©®™→»…") || hasDigit(s) {
		return false
	}
	fields := strings.Fields(s)
	if len(fields) > 6 {
		return false
	}
	upper := false
	for _, w := range fields {
		r, _ := utf8.DecodeRuneInString(w)
		upper = upper || !unicode.IsLower(r)
	}
	return upper
}

// trimName cuts punctuation and blanks off both ends, but keeps the full stop of an
// initial or of "Jr.".
func trimName(s string) string {
	s = strings.Trim(s, " \t\n,;:|/–—-•·*\"“”„«»‹›→←")
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
			if start == "by" && unicode.IsUpper(r) && s[1] == 'y' && len(rest) > 1 && rest[1] >= 'a' {
				return rest, true // "ByJane Doe"
			}
			if unicode.IsSpace(r) || r == ':' || strings.ContainsAny(start[len(start)-1:], ":/") || strings.HasSuffix(start, "：") || strings.HasSuffix(start, "／") {
				return strings.TrimLeft(rest, " :："), true
			}
		}
	}
	return s, false
}

// byInside finds the first small word of a byline inside a text, "Posted on Monday by
// Jane Doe", and returns where it begins and ends; -1 if there is none.
func byInside(s string) (from, to int) {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		return -1, -1
	}
	for _, w := range [...]string{" by ", " von ", " par ", " por ", " door ", " av ", " af "} {
		if i := strings.Index(lower, w); i >= 0 && (w == " by " || !nameLike(s[:i])) {
			return i, i + len(w)
		}
	}
	return -1, -1
}

// nameLike reports whether the words of s may be given names.
func nameLike(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) || notNames[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// dateAhead is a date as East Asian papers print it before the name of the author.
var dateAhead = regexp.MustCompile(`^\d{4}(?:年\d{1,2}月\d{1,2}日|[./-]\d{1,2}[./-]\d{1,2}\.?)\s*(?:[(（][^)）]{1,3}[)）]\s*)?(?:\d{1,2}(?:時\d{1,2}分|:\d{2}))?\s+`)

// untilDate cuts a text where its first digit, weekday, month or word such as "posted" stands, and the small
// words before that.
func untilDate(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		plain := strings.ToLower(strings.Trim(w, ".,:|–-"))
		if hasDigit(w) || weekdays[plain] || i > 0 && posted[plain] || i > 0 && (months["en"][plain] > 0 || months["de"][plain] > 0) && i+1 < len(words) && hasDigit(words[i+1]) {
			words = words[:i]
			break
		}
	}
	for len(words) > 0 {
		last := words[len(words)-1]
		if r, _ := utf8.DecodeRuneInString(last); !unicode.IsLower(r) && last != "|" && last != "-" || len(agenciesIn(last)) > 0 {
			break
		}
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// monthStems are the beginnings of the names of months and days in the languages
// whose dates look most like names.
var monthStems = []string{"januar", "februar", "march", "märz", "april", "june", "juni", "july", "juli", "august", "septemb", "octob", "oktob", "novemb", "decemb", "dezemb",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "uhr"}
