package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fromLD reads the authors of the main JSON-LD item.
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
	"cxenseparse:author", "dc.creator", "dc:creator", "dcterms.creator", "dcterms:creator", "dc.contributor", "citation_author", "rnews:author", "article_author", "og:author", "mediator_author", "shareaholic:article_author_name", "vr:author", "creator"}

func (b *byline) fromMeta() string {
	for _, name := range authorMeta {
		for _, s := range b.d.metaAll(name) {
			b.add(s)
		}
		if len(b.people) > 0 {
			return "meta:" + name
		}
	}
	for i := '1'; i <= '2'; i++ {
		label, _ := b.d.meta("twitter:label" + string(i))
		if _, by := cutBy(label + " :"); by {
			name, _ := b.d.meta("twitter:data" + string(i))
			if b.add(name); len(b.people) > 0 {
				return "meta:twitter:data" + string(i)
			}
		}
	}
	return "meta:author"
}

func (b *byline) fromItems() string {
	for _, n := range b.d.items {
		if !hasWord(strings.ToLower(attr(n, "itemprop")), "author") || b.d.outside(n) {
			continue
		}
		if !brief(n) {
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
		if n.DataAtom == atom.A && hasWord(strings.ToLower(attr(n, "rel")), "author") && !b.d.outside(n) && !photoCredit(n) {
			b.addNode(n)
		}
	}
	return "html:rel=author"
}

// fromClass reads the first elements whose class speaks of an author.
func (b *byline) fromClass() string {
	for _, n := range b.d.bylines {
		if b.strict || b.d.outside(n) || photoCredit(n) {
			continue
		}
		before := len(b.groups)
		b.addNode(n)
		if len(b.people) > 0 {
			break
		}
		if before > 0 { // what signs first does
			b.groups = b.groups[:before]
		}
	}
	return "html:byline"
}
