package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsarchive/internal/wording"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxShown bounds what is looked at of a page's visible text, in bytes.
const maxShown = 64 << 10

// shown returns what a reader sees below n, as phrases are written.
func shown(n *html.Node) string {
	f := flow{cell: true, pieces: []piece{{kind: aCell, from: -1}}}
	f.sees(n)
	return lowered(string(f.buf))
}

// lowered returns s as phrases are written: in lower case with single blanks and one
// kind of apostrophe.
func lowered(s string) string {
	return strings.ToLower(strings.ReplaceAll(oneLine(s), "’", "'"))
}

// endOfQuote has, for each quote that opens, the one that closes.
var endOfQuote = map[rune]string{'“': "”", '„': "“", '«': "»", '»': "«", '「': "」", '"': `"`}

// maxQuote is how much a pair of quotes holds at most, in bytes.
const maxQuote = 300

// unquoted leaves out what stands between quotes: gates and walls speak for themselves.
func unquoted(s string) string {
	out := make([]byte, 0, len(s))
	for {
		i := strings.IndexAny(s, `“„«»「"`)
		if i < 0 {
			return string(append(out, s...))
		}
		open, size := utf8.DecodeRuneInString(s[i:])
		out = append(out, s[:i+size]...)
		s = s[i+size:]
		if end := strings.Index(s[:min(len(s), maxQuote)], endOfQuote[open]); end >= 0 {
			s = s[end+len(endOfQuote[open]):]
		}
	}
}

// outOfSight reports an element that the page opens without.
func outOfSight(n *html.Node) bool {
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "hidden":
			return true
		case "style":
			return hides(a.Val) && n.DataAtom != atom.Body
		}
	}
	return false
}

func (f *flow) sees(n *html.Node) {
	for c := n.FirstChild; c != nil && len(f.buf) < maxShown; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			f.words(c.Data)
		case c.Type == html.ElementNode && !unread(c.DataAtom) && c.DataAtom != atom.Head && !outOfSight(c):
			if f.space = f.space || !inLine(c); c.FirstChild != nil {
				f.sees(c)
			}
			f.space = f.space || !inLine(c)
		}
	}
}

// weigh counts the letters and digits of s; one of a script without spaces
// counts as four, a Korean syllable as two.
func weigh(s string) (n int) {
	for _, r := range s {
		switch {
		case r < 0x0E00 && wording.Rune(r):
			n++
		case r < 0x0E00:
		case wording.Spaceless(r):
			n += 4
		case unicode.Is(unicode.Hangul, r):
			n += 2
		case wording.Rune(r):
			n++
		}
	}
	return n
}
