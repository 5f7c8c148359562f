package extract

import (
	"net/url"
	"regexp"
	"strings"
)

// sectionAbove reports whether the page at c is a section that the article at u stands in: its
// path begins that of u, and what follows there names a story, as its own last part does not.
// Of the pages of one story, "/amp", "/print" and "/2" name none.
func sectionAbove(c, u *url.URL) bool {
	above := strings.Trim(c.Path, "/")
	rest, below := strings.CutPrefix(strings.Trim(u.Path, "/"), above+"/")
	last := above[strings.LastIndexByte(above, '/')+1:]
	if !below || above == "" || c.RawQuery != "" || numbered.MatchString(last) {
		return false
	}
	for part := range strings.SplitSeq(rest, "/") {
		if n := nameWords(part); n > 1 && n > nameWords(last) {
			return true
		}
	}
	return false
}

var (
	// numbered finds the number of a story; a year, a month and a day have fewer digits beside each other or begin so.
	numbered = regexp.MustCompile(`\d{5}|[03-9]\d{3}|\d\pL|\pL\d`)
	nameWord = regexp.MustCompile(`\pL{2,}`)
)

// nameWords returns how many words a part of a path has. A file's ending counts as one.
func nameWords(part string) int { return len(nameWord.FindAllString(part, -1)) }
