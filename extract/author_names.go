package extract

import (
	_ "embed" // for the lists of words
	"regexp"
	"slices"
	"strings"
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
	bylineStarts = byFirst(listOf(bylineList))
)

// byFirst parts words, none of them empty, by their first bytes.
func byFirst(words []string) (lists [256][]string) {
	for _, w := range words {
		lists[w[0]] = append(lists[w[0]], w)
	}
	return lists
}

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
	if strings.Contains(s, "@") {
		s = handle.ReplaceAllString(mail.ReplaceAllString(s, " "), " ")
	}
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
