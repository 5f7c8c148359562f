package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// addShown takes the names of the line that says who wrote it in place of the declared ones of
// b, where they are those and more: some systems declare one author of several.
func (m *metadata) addShown(b, signed *byline) {
	declared := letters(b.people[0])
	for _, s := range b.near() {
		rest, ok := cutBy(s)
		if !ok {
			continue
		}
		if rest = untilDate(rest); letters(rest) == declared {
			return
		}
		shown := byline{d: b.d, site: b.site, houses: b.houses}
		shown.add(rest)
		if len(shown.people) == 0 {
			continue
		}
		lacks := func(p string) bool { return !has(shown.people, p) }
		if len(shown.people) > len(b.people) && !slices.ContainsFunc(b.people, lacks) && joined(rest, shown.people) {
			signed.people, m.authorsSource = shown.people, "text"
		}
		return // what follows is of other stories
	}
}

// joined reports whether a word or a mark that joins names stands before the last of them: behind
// a comma alone may stand a place.
func joined(line string, names []string) bool {
	before, _, found := strings.Cut(line, names[len(names)-1])
	mark, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(before))
	return found && (unicode.IsLetter(mark) || strings.ContainsRune("&＆、・", mark))
}
