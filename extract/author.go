package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// byline collects names from one kind of source.
type byline struct {
	d      *document
	site   string
	people []string
	groups []string
}

// readAuthors sets people and organisations from the first source that names any
// people, else from the first that names organisations.
func (m *metadata) readAuthors(d *document) {
	for _, source := range authorSources {
		b := byline{d: d, site: m.siteName.value}
		name := source(&b)
		if len(b.people) == 0 && (len(b.groups) == 0 || len(m.agencies) > 0) {
			continue
		}
		m.authors, m.agencies, m.authorsSource = b.people, b.groups, name
		if len(b.people) > 0 {
			return
		}
	}
}

// authorSources fill a byline and name what they read, the most trusted first.
var authorSources = [...]func(*byline) string{
	(*byline).fromLD,
	(*byline).fromMeta,
	(*byline).fromItems,
	(*byline).fromRel,
	(*byline).fromClass,
	(*byline).fromText,
}

func (b *byline) fromLD() string {
	n, ok := b.d.mainItem()
	if !ok {
		return ""
	}
	for _, key := range [...]string{"author", "creator", "contributor"} {
		for _, a := range b.d.allRelated(n, key) {
			b.addLD(a)
		}
		if len(b.people)+len(b.groups) > 0 {
			return "jsonld:" + key
		}
	}
	return ""
}

// addLD files an author of JSON-LD. A declared person may still be an organisation
// by its name.
func (b *byline) addLD(a ldNode) {
	for _, name := range ldList(a.values["name"]) {
		s, _ := name.(string)
		if s = ldClean(s); s == "" {
			s = strings.TrimSpace(a.text("givenName") + " " + a.text("familyName"))
		}
		if a.is("Organization", "NewsMediaOrganization", "Corporation") {
			b.addOrganisation(s)
		} else {
			b.add(s)
		}
	}
}

var authorMeta = []string{"author", "article:author", "og:article:author", "article:author_name", "authors", "article.author", "byl", "parsely-author", "sailthru.author",
	"cxenseparse:author", "dc.creator", "dcterms.creator", "dc.contributor", "citation_author", "rnews:author", "article_author", "og:author", "mediator_author", "shareaholic:article_author_name", "vr:author", "creator"}

func (b *byline) fromMeta() string {
	for _, name := range authorMeta {
		for _, s := range b.d.metaAll(name) {
			b.add(s)
		}
		if len(b.people) > 0 {
			return "meta:" + name
		}
	}
	return "meta:author"
}

func (b *byline) fromItems() string {
	for _, n := range b.d.items {
		if !hasWord(strings.ToLower(attr(n, "itemprop")), "author") || outside(n) {
			continue
		}
		if inner := findItem(n, "name"); inner != nil {
			n = inner
		}
		b.addNode(n)
	}
	return "microdata:author"
}

// findItem returns the first element inside n with that itemprop.
func findItem(n *html.Node, prop string) *html.Node {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && attr(c, "itemprop") == prop {
			return c
		}
	}
	return nil
}

func (b *byline) fromRel() string {
	for _, n := range b.d.bylines {
		if n.DataAtom == atom.A && hasWord(strings.ToLower(attr(n, "rel")), "author") && !outside(n) {
			b.addNode(n)
		}
	}
	return "html:rel=author"
}

// fromClass reads the first elements whose class speaks of an author.
func (b *byline) fromClass() string {
	for _, n := range b.d.bylines {
		if outside(n) {
			continue
		}
		b.addNode(n)
		if len(b.people) > 0 {
			break
		}
	}
	return "html:byline"
}

// addNode files the names in an element: those of its links if it has some that lead
// to authors, else its text.
func (b *byline) addNode(n *html.Node) {
	if s := attr(n, "content"); s != "" {
		b.add(s)
		return
	}
	linked := false
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && c.Type == html.ElementNode && authorLink(c) {
			before := len(b.people)
			b.add(textOf(c))
			linked = linked || len(b.people) > before
		}
	}
	if linked {
		return
	}
	text := oneLine(textOf(n))
	if utf8.RuneCountInString(text) <= 120 {
		b.add(text)
	}
}

// authorLink reports a link to the page of an author.
func authorLink(a *html.Node) bool {
	href := strings.ToLower(attr(a, "href"))
	return hints(href)&aboutAuthor != 0 || containsAny(href, []string{"/people/", "/profile", "/staff/", "/by/", "/team/", "/person"}) ||
		hasWord(strings.ToLower(attr(a, "rel")), "author")
}

// outside reports whether n stands among comments, other stories or page furniture.
func outside(n *html.Node) bool {
	for up, p := 0, n; p != nil && up < 12 && p.Type == html.ElementNode; up, p = up+1, p.Parent {
		switch p.DataAtom {
		case atom.Footer, atom.Nav, atom.Aside:
			return true
		case atom.Body, atom.Article, atom.Main:
			return false
		}
		for i := range p.Attr {
			if a := &p.Attr[i]; (a.Key == "class" || a.Key == "id") && containsAny(strings.ToLower(a.Val), furniture) {
				return true
			}
		}
	}
	return false
}

var furniture = []string{"comment", "related", "sidebar", "teaser", "recommend", "popular", "trending", "widget", "most-read", "read-more", "more-news", "carousel", "promo", "reply"}

// fromText looks for a line that begins as bylines do, soon after the headline.
func (b *byline) fromText() string {
	for _, s := range linesAfterTitle(b.d) {
		if rest, ok := cutBy(s); ok {
			b.add(rest)
			if len(b.people) > 0 {
				break
			}
		}
	}
	return "text"
}

// linesAfterTitle returns the short lines of text around the headline.
func linesAfterTitle(d *document) []string {
	var lines []string
	start := 0
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && !unread[c.DataAtom] {
				if text := leafLine(c); text != "" {
					lines = append(lines, text)
				} else {
					walk(c)
				}
			}
			if len(d.headings) > 0 && c == d.headings[0] {
				start = len(lines)
			}
		}
	}
	if d.body != nil {
		walk(d.body)
	}
	return lines[max(0, start-3):min(len(lines), start+25)]
}

// leafLine returns the text of an element that holds a line and no blocks, "" otherwise.
func leafLine(n *html.Node) string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !inline[c.DataAtom] && c.DataAtom != atom.Br && c.DataAtom != atom.Img {
			return ""
		}
	}
	text := oneLine(textOf(n))
	if utf8.RuneCountInString(text) > 100 {
		return ""
	}
	return text
}

// has reports whether the list holds the same name, case and marks aside.
func has(list []string, name string) bool {
	key := letters(name)
	return slices.ContainsFunc(list, func(s string) bool { return letters(s) == key })
}
