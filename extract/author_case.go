package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// inShownCase writes the names that are all capitals or all small letters as the page's
// text has them, where it does.
func (d *document) inShownCase(names []string) []string {
	for i, name := range names {
		if strings.Contains(name, " ") && (name == strings.ToUpper(name)) != (name == strings.ToLower(name)) {
			if shown := d.shownAs(name); shown != "" {
				names[i] = shown
			}
		}
	}
	return names
}

// shownAs returns a name as the page's text has it with a capital at the head of its first
// and its last word; "" if it has it nowhere.
func (d *document) shownAs(name string) string {
	if d.body == nil {
		return ""
	}
	want := strings.ToLower(name)
	for n := range d.body.Descendants() {
		if n.Type != html.TextNode || len(n.Data) < len(name) || unread(n.Parent.DataAtom) {
			continue
		}
		lower := strings.ToLower(n.Data)
		if i := strings.Index(lower, want); i >= 0 && len(lower) == len(n.Data) {
			if shown := n.Data[i : i+len(want)]; properCase(shown) && !wordGoesOn(n.Data[:i], n.Data[i+len(want):]) {
				return shown
			}
		}
	}
	return ""
}

// properCase reports whether the first and the last word of a name begin with a capital and
// go on in small letters.
func properCase(name string) bool {
	words := strings.Fields(name)
	for _, w := range []string{words[0], words[len(words)-1]} {
		if first, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(first) || w == strings.ToUpper(w) && utf8.RuneCountInString(w) > 1 {
			return false
		}
	}
	return true
}

// wordGoesOn reports a letter right before or right behind what stands between the two.
func wordGoesOn(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return unicode.IsLetter(last) || unicode.IsLetter(next)
}

// partedText returns the text of n with a blank also where one element ends and the next
// begins: names and days stand side by side in elements that a style sheet parts.
func partedText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case c.Type == html.ElementNode && !unread(c.DataAtom):
				at := b.Len()
				if !inline(c.DataAtom) {
					b.WriteByte(' ')
				}
				walk(c)
				if !inline(c.DataAtom) || c.NextSibling != nil && c.NextSibling.Type == html.ElementNode && b.Len()-at > utf8.UTFMax {
					b.WriteByte(' ')
				}
			}
		}
	}
	walk(n)
	return b.String()
}
