package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// textOf returns the text inside n, scripts and styles left out, with a blank
// where a block or a line ends.
func textOf(n *html.Node) string {
	if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Type == html.TextNode {
		return c.Data
	}
	var b strings.Builder
	appendText(&b, n)
	return b.String()
}

func appendText(b *strings.Builder, n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type != html.ElementNode || unread(c.DataAtom):
		case inline(c.DataAtom):
			appendText(b, c)
		default:
			b.WriteByte(' ')
			appendText(b, c)
			b.WriteByte(' ')
		}
	}
}

// unread reports elements whose insides are no text of the page.
func unread(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Textarea, atom.Select, atom.Button:
		return true
	}
	return false
}

// inline reports elements that neither a block nor a line ends with.
func inline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Em, atom.Font, atom.I, atom.Mark, atom.Q, atom.S,
		atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.U, atom.Wbr:
		return true
	}
	return false
}

// oneLine trims s and makes each run of white space and invisible characters one blank.
func oneLine(s string) string {
	if lined(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	gap := false
	for i := 0; i < len(s); {
		from := i
		for i < len(s) && s[i] > ' ' && s[i] < utf8.RuneSelf {
			i++
		}
		word := s[from:i]
		if i == from {
			r, n := utf8.DecodeRuneInString(s[i:])
			i += n
			if unicode.IsSpace(r) {
				gap = len(b) > 0
				continue
			} else if invisible(r) {
				continue
			}
			word = string(r)
		}
		if gap {
			b = append(b, ' ')
			gap = false
		}
		b = append(b, word...)
	}
	return string(b)
}

// lined reports whether oneLine would change nothing, if that is quick to see.
func lined(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == ' ' && s[i+1] == ' ' {
			return false
		}
	}
	return true
}

// invisible reports characters that take no space and say nothing in a headline:
// soft hyphen, zero width space, word joiner, byte order mark.
func invisible(r rune) bool {
	return r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF'
}
