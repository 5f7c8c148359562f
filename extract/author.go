package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// byline collects names from one kind of source.
type byline struct {
	d        *document
	site     string
	houses   map[string]bool // letters of the organisations that the page describes
	declared bool            // the source is meant for machines: a single word may be a name
	reader   dateReader
	lines    *[]string // short lines after the headline, once they were asked for
	linked   bool      // the text is that of a link to an author
	labelled bool      // it stands behind "By" in what is called a byline
	strict   bool      // an organisation signs: only lines that say who wrote it tell more
	foreign  bool      // it is not the house: only a label such as "Author:" tells more
	people   []string
	groups   []string
}

// readAuthors sets people and organisations from the first source that names any
// people, else from the first that names organisations. Where no person signs, the
// organisation that does is the author.
func (m *metadata) readAuthors(d *document) {
	var signed byline
	houses, reader, lines := houseNames(d), m.dateReader(d), []string(nil)
	for i, source := range authorSources {
		b := byline{d: d, site: m.siteName.value, houses: houses, reader: reader, declared: i < declaredSources, lines: &lines}
		if i > declaredSources && len(signed.groups) > 0 {
			b.strict, b.foreign = true, !b.onlyHouse(signed.groups)
		}
		name := source(&b)
		b.people = slices.DeleteFunc(b.people, signed.mentions)
		if len(b.people) > 0 || len(b.groups) > 0 && len(signed.groups) == 0 {
			signed.people, m.authorsSource = b.people, name
			for _, g := range b.groups {
				signed.addOrganisation(g)
			}
		}
		if len(b.people) > 0 {
			if i < declaredSources {
				m.addShown(&b, &signed)
			}
			break
		}
	}
	m.authors = d.inShownCase(completeNames(&byline{d: d, lines: &lines}, signed.people))
	m.signedBy(d, signed.groups)
}

// onlyHouse reports whether each of the organisations is the site itself, or an agency that
// a paper names beside itself.
func (b *byline) onlyHouse(groups []string) bool {
	paper := slices.ContainsFunc(groups, func(g string) bool { return b.isHouse(g) || paperOf.MatchString(g) })
	return !slices.ContainsFunc(groups, func(g string) bool {
		return !b.isHouse(g) && !b.d.domainNames(g, true) && !(paper && (agencyName(g) != "" || paperOf.MatchString(g)))
	})
}

// mentions reports whether a name holds that of an organisation which signs: then it
// is a line with both.
func (b *byline) mentions(name string) bool {
	return slices.ContainsFunc(b.groups, func(g string) bool { return strings.Contains(letters(name), letters(g)) })
}

// signedBy files the organisations of a byline: as authors where no person signs,
// beside people as agencies, but for the house itself. Known agencies are always filed as such.
func (m *metadata) signedBy(d *document, groups []string) {
	b := byline{d: d, site: m.siteName.value}
	alone := len(m.authors) == 0
	if alone {
		m.authors = slices.DeleteFunc(slices.Clone(groups[:min(len(groups), 3)]), func(g string) bool { return unnamed[strings.ToLower(g)] })
	}
	for _, g := range groups {
		if !alone && len(groups) > 1 && paperOf.MatchString(g) {
			continue // the house, beside the agency that it prints
		}
		if !b.isHouse(g) && !unnamed[strings.ToLower(g)] && (!alone || agencies[letters(g)]) {
			m.agencies, m.agenciesSource = append(m.agencies, g), m.authorsSource
		}
	}
	m.addSources(d)
}

// addSources adds the organisations that the page names as source of the report.
func (m *metadata) addSources(d *document) {
	source := "microdata:sourceOrganization"
	b := byline{d: d, site: m.siteName.value}
	if n, ok := d.mainItem(); ok {
		for _, o := range d.allRelated(n, "sourceOrganization") {
			source = "jsonld:sourceOrganization"
			b.addOrganisation(o.text("name"))
		}
	}
	for _, n := range d.items {
		if attr(n, "itemprop") == "sourceOrganization" {
			b.addOrganisation(oneLine(stated(n)))
		}
	}
	for _, g := range b.groups {
		if !b.isHouse(g) && !has(m.agencies, g) && !has(m.authors, g) && len(g) < 80 {
			m.agencies, m.agenciesSource = append(m.agencies, g), cmp.Or(m.agenciesSource, source)
		}
	}
}

// houseNames returns the names of the organisations and sites among the items.
func houseNames(d *document) map[string]bool {
	names := map[string]bool{}
	for _, n := range d.ld {
		if n.is("Organization", "NewsMediaOrganization", "Corporation", "WebSite") {
			if s := letters(n.text("name")); s != "" {
				names[s] = true
			}
		}
	}
	return names
}

// completeNames replaces a single name by the full one that the page shows in a
// byline or as a short line, as some publishers declare first names only.
func completeNames(b *byline, people []string) []string {
	for i, p := range people {
		if strings.Contains(p, " ") || utf8.RuneCountInString(p) < 3 || unspaced(p) {
			continue
		}
		if full := b.wholeName(p); full != "" {
			people[i] = full
		}
	}
	return people
}

// wholeName returns the name of two or three words that begins with first.
func (b *byline) wholeName(first string) string {
	whole := func(s string) bool {
		return strings.HasPrefix(strings.ToLower(s), strings.ToLower(first)+" ") && len(strings.Fields(s)) <= 3
	}
	for _, n := range b.d.bylines {
		one := byline{d: b.d}
		if one.addNode(n); len(one.people) == 1 && whole(one.people[0]) {
			return one.people[0]
		}
	}
	for _, s := range b.after() {
		rest, by := cutBy(s)
		if s = trimName(rest); (by || strings.Count(s, " ") == 1) && whole(s) && isPerson(s) && capitalised(s) && !isRole(s) {
			return s
		}
	}
	return ""
}

// authorSources fill a byline and name what they read, the most trusted first.
var authorSources = [...]func(*byline) string{
	(*byline).fromLD,
	(*byline).fromMeta,
	(*byline).fromItems,
	(*byline).fromRel,
	(*byline).fromClass,
	(*byline).fromText,
	(*byline).fromScripts,
	(*byline).fromMail,
}

// declaredSources is how many of authorSources are meant for machines.
const declaredSources = 4

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

// brief reports whether an element holds so few nodes as what names somebody or a day
// does. Elements with such names may stand inside each other, around the whole page.
func brief(n *html.Node) bool {
	const most = 300
	count := 0
	for range n.Descendants() {
		if count++; count > most {
			return false
		}
	}
	return true
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

// authorLink reports a link to the page of an author.
func authorLink(a *html.Node) bool {
	href := strings.ToLower(attr(a, "href"))
	return hints(href)&aboutAuthor != 0 || containsAny(href, profilePaths) ||
		hasWord(strings.ToLower(attr(a, "rel")), "author")
}

// profilePaths are in addresses of pages about people.
var profilePaths = []string{"/people/", "profile", "/profil/", "/staff/", "/by/", "/team/", "/person"}

// photoCredit reports whether n stands in a figure or in what is called the credit of a
// picture: names there are of photographers.
func photoCredit(n *html.Node) bool {
	for up, p := 0, n; p != nil && up < 5 && p.Type == html.ElementNode; up, p = up+1, p.Parent {
		if p.DataAtom == atom.Figure || p.DataAtom == atom.Figcaption || up < 2 && containsAny(strings.ToLower(attr(p, "class")), creditClasses) {
			return true
		}
	}
	return false
}

var creditClasses = []string{"bildautor", "bildquelle", "photo", "foto", "caption", "copyright", "img-credit", "image-credit", "picture"}

// outside reports whether n stands among comments, other stories or page furniture.
// What holds the headline too is none of these, whatever its name.
func (d *document) outside(n *html.Node) bool {
	for up, p := 0, n; p != nil && up < 12 && p.Type == html.ElementNode; up, p = up+1, p.Parent {
		switch p.DataAtom {
		case atom.Footer:
			if !ofArticle(p) {
				return true
			}
		case atom.Nav, atom.Aside:
			return true
		case atom.Article:
			return len(d.headings) > 0 && d.url.Host != "" && !d.holdsTitle(p) && d.holdsTitleElsewhere(p)
		case atom.Body, atom.Main:
			return false
		}
		for i := range p.Attr {
			if a := &p.Attr[i]; (a.Key == "class" || a.Key == "id") && containsAny(ofPage.Replace(strings.ToLower(a.Val)), furniture) {
				return !d.holdsTitle(p)
			}
		}
	}
	return false
}

// ofPage takes out of names what only seems to be furniture: a blog of Blogger's is one widget, and each part of a page of Elementor's.
var ofPage = strings.NewReplacer("promoted", "", "widget blog", "", "elementor-widget-posts", "related", "elementor-widget", "")

// ofArticle reports whether a footer is that of an article, not of the page.
func ofArticle(footer *html.Node) bool {
	for p := footer.Parent; p != nil && p.DataAtom != atom.Body; p = p.Parent {
		if p.DataAtom == atom.Article {
			return true
		}
	}
	return false
}

// holdsTitleElsewhere reports whether an article is another story: its headline leads away, and the
// page's own stands outside of it.
func (d *document) holdsTitleElsewhere(article *html.Node) bool {
	return isOtherPost(d, article, []string{d.url.String()})
}

// holdsTitle reports whether the first heading stands inside n.
func (d *document) holdsTitle(n *html.Node) bool {
	if len(d.headings) == 0 {
		return false
	}
	for p := d.headings[0]; p != nil; p = p.Parent {
		if p == n {
			return true
		}
	}
	return false
}

var furniture = []string{"comment", "related", "sidebar", "teaser", "recommend", "popular", "trending", "widget", "most-read", "read-more", "more-news", "carousel", "promo", "reply"}

// has reports whether the list holds the same name, case and marks aside.
func has(list []string, name string) bool {
	key := letters(name)
	return slices.ContainsFunc(list, func(s string) bool { return letters(s) == key })
}
