package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// publishedLabels stand before the date of publication in a text.
var publishedLabels = slices.DeleteFunc(listOf(postedList), saysModified)

// bothTimes reads a text that gives the dates of publication and of the last change, the
// latter under a label, in either order.
func (x *dates) bothTimes(text string) (published, modified stamp, ok bool) {
	lower := strings.ToLower(text)
	i := firstOf(lower, modifiedPhrases)
	if i < 0 {
		return
	}
	head, tail := lower[:i], lower[i:]
	if published, ok = x.reader.read(head); !ok {
		j := firstOf(tail, publishedLabels)
		if j < 0 {
			return
		}
		head, tail = tail[j:], tail[:j]
		published, ok = x.reader.read(head)
	}
	modified, changed := x.reader.read(tail)
	if !changed {
		modified, changed = x.reader.hour(tail, published)
	}
	published.raw, modified.raw = oneLine(text), oneLine(text)
	return published, modified, ok && changed && !beginsSpan(head)
}

// firstOf returns where the first of the words stands in s, -1 if none does.
func firstOf(s string, words []string) int {
	first := -1
	for _, w := range words {
		if i := strings.Index(s, w); i >= 0 && (first < 0 || i < first) {
			first = i
		}
	}
	return first
}

// nearChange is how many short texts after the headline may be the line of the last change.
const nearChange = 10

// readChange reads the line of the last change where nothing declares it: a date beside the
// one that people read, or an hour of the day of publication.
func (x *dates) readChange() {
	p := x.located(x.first(x.published))
	if len(x.modified) > 0 || p.time.IsZero() || p.precision == "month" {
		return
	}
	seen := p.source == "text" || p.source == "html:date"
	for _, t := range x.changeLines(seen) {
		if !saysModified(t) || !mostlyDate(t) || x.twoDates(t) {
			continue
		}
		s, ok := x.parse(t)
		if !ok {
			s, ok = x.reader.hour(t, p)
			ok = ok && (seen || !universal(p) || !universal(s))
		} else if !seen {
			continue
		}
		if ok {
			s.source = "text"
			x.modified = append(x.modified, s)
			return
		}
	}
}

// changeLines returns the short texts that may be the line of the last change: those near the
// headline, and where the day of publication is declared only those right below it.
func (x *dates) changeLines(near bool) (lines []string) {
	if near {
		texts, at := x.shortTexts()
		return texts[at:min(len(texts), at+nearChange)]
	}
	if len(x.d.headings) == 0 {
		return nil
	}
	const nodes = 120
	n := x.d.headings[0]
	for i := 0; i < nodes && n != nil; i++ {
		if n.Type == html.TextNode && len(n.Data) < 200 && hasDigit(n.Data) {
			lines = append(lines, strings.TrimSpace(n.Data))
		}
		n = following(n)
	}
	return lines
}

// following returns the node that comes next in the document, but for what is no text.
func following(n *html.Node) *html.Node {
	if n.FirstChild != nil && !unread(n.DataAtom) {
		return n.FirstChild
	}
	for ; n != nil; n = n.Parent {
		if n.NextSibling != nil {
			return n.NextSibling
		}
	}
	return nil
}

// universal reports a time that is given by no clock of a place.
func universal(s stamp) bool {
	_, offset := s.time.Zone()
	return s.zoned && offset == 0
}

// masthead reports whether n is the head of the site, where many papers print what day it
// is. The head of an article is none.
func (d *document) masthead(n *html.Node) bool {
	name := " " + calledNames(n) + " "
	if n.DataAtom != atom.Nav && n.DataAtom != atom.Header && !containsAny(name, mastheadWords) || d.holdsTitle(n) {
		return false
	}
	for p := n; p != nil; p = p.Parent {
		if p.DataAtom == atom.Article || p.DataAtom == atom.Main || p.DataAtom == atom.H1 {
			return false
		}
	}
	return n.DataAtom != atom.Body
}

// inMasthead reports whether n stands in the head of the site.
func (d *document) inMasthead(n *html.Node) bool {
	for p := n; p != nil && p.Type == html.ElementNode; p = p.Parent {
		if d.masthead(p) {
			return true
		}
	}
	return false
}

// mastheadWords are in the names of heads of sites, and of the day that they print.
var mastheadWords = []string{"topbar", "top-bar", "masthead", "site-header", "siteheader", "navbar", "current-date", "currentdate", "todays-date", "header-date", "header-top", "top-header", " header "}
