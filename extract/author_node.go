package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// addNode files the names in an element: those of its links if it has some that lead
// to authors, else its text.
func (b *byline) addNode(n *html.Node) {
	if s := attr(n, "content"); s != "" {
		b.add(s)
		return
	}
	if !brief(n) {
		return
	}
	linked := false
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && c.Type == html.ElementNode && authorLink(c) {
			before := len(b.people)
			b.linked = true
			b.add(textOf(c))
			b.linked = false
			linked = linked || len(b.people) > before
		}
	}
	linked = linked || b.addCard(n)
	text := oneLine(partedText(n))
	if linked {
		b.addUnlinked(text)
		return
	}
	if utf8.RuneCountInString(text) > 120 {
		return
	}
	if rest, ok := cutBy(text); ok {
		text, b.labelled = rest, true
		defer func() { b.labelled = false }()
	} else if i, j := byInside(text); i > 0 {
		text = text[j:]
	}
	if rest := dateAhead.ReplaceAllString(text, ""); rest != text && unspaced(rest) {
		text = rest
	}
	if b.labelled && lowerName(text) || b.declared && nickname(text) && !b.isOrganisation(text) {
		b.add(text)
		return
	}
	b.add(untilDate(text))
}

// addCard files the name in an element that the hCard microformat calls one, and reports
// whether there is one.
func (b *byline) addCard(n *html.Node) bool {
	if class := strings.ToLower(attr(n, "class")); !hasWord(class, "vcard") || !strings.Contains(class, "author") {
		return false
	}
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || !hasWord(strings.ToLower(attr(c, "class")), "fn") {
			continue
		}
		name, before := trimName(oneLine(textOf(c))), len(b.people)
		if nickname(name) && !notNames[strings.ToLower(name)] || len(strings.Fields(name)) == 2 && isPerson(name) && !b.isOrganisation(name) && !isRole(name) {
			b.addPerson(name)
		}
		return len(b.people) > before
	}
	return false
}

// addUnlinked files the names of a byline that stand beside those with links, as in
// "By Ana Ruiz and Tomas Bell" where Bell has no page of his own.
func (b *byline) addUnlinked(text string) {
	rest, ok := cutBy(text)
	if !ok || utf8.RuneCountInString(rest) > 100 {
		return
	}
	for _, part := range betweenMany.Split(untilDate(bracketed.ReplaceAllString(rest, "")), -1) {
		if !slices.ContainsFunc(b.people, func(p string) bool { return strings.Contains(part, p) }) {
			b.addOne(part)
		}
	}
	slices.SortStableFunc(b.people, func(p, q string) int { return strings.Index(text, p) - strings.Index(text, q) })
}
