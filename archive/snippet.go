package archive

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"newsarchive/page"
)

// snippetLength is how long a snippet is, in code points.
const snippetLength = 200

// snippet returns the part of the text around the first of the terms, on one
// line, or its beginning where none is in it.
func snippet(r *page.Row, terms []string) string {
	text := strings.Join(strings.Fields(cmp.Or(r.Text, r.Lead)), " ")
	from, end := 0, 0
	if at := firstOf(text, terms); at > snippetLength/4 {
		from = wordStart(text, back(text, at, snippetLength/4))
	}
	n := 0
	for end = from; end < len(text) && n < snippetLength; n++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	s := text[from:end]
	if end < len(text) {
		if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
			s = s[:i]
		}
		s += " …"
	}
	if from > 0 {
		s = "… " + s
	}
	return s
}

// firstOf returns where in text the first of the terms begins, whatever its case
// and accents; 0 if none does.
func firstOf(text string, terms []string) int {
	plain, at := folded(text)
	best := -1
	for _, term := range terms {
		t, _ := folded(strings.TrimSuffix(term, "*"))
		if i := strings.Index(plain, t); i >= 0 && t != "" && (best < 0 || i < best) {
			best = i
		}
	}
	if best < 0 {
		return 0
	}
	return at[best]
}

// folded returns s in lower case without accents, and for each byte of it the
// place in s that it came from.
func folded(s string) (string, []int) {
	var b strings.Builder
	at := make([]int, 0, len(s))
	for i, r := range s {
		if r < utf8.RuneSelf {
			b.WriteByte(byte(unicode.ToLower(r)))
			at = append(at, i)
			continue
		}
		for _, d := range norm.NFD.String(string(r)) {
			if unicode.Is(unicode.Mn, d) {
				continue
			}
			n, _ := b.WriteRune(unicode.ToLower(d))
			for range n {
				at = append(at, i)
			}
		}
	}
	return b.String(), at
}

// back returns the place n code points before at.
func back(s string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return at
}

// wordStart moves forward to the beginning of a word, if one is near.
func wordStart(s string, at int) int {
	if i := strings.IndexByte(s[at:min(len(s), at+40)], ' '); at > 0 && i >= 0 {
		return at + i + 1
	}
	return at
}
