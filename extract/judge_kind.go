package extract

import (
	"slices"
	"strings"

	"newsarchive/page"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elsewhere weighs whether the page is one that leads to articles: a front or
// section page, a search result, the page of a tag or an author. No single sign
// decides; the address alone never does.
func (j *judgement) elsewhere() page.Outcome {
	score := j.prose() + j.declares()
	if j.root() {
		score -= 3
	}
	if j.mass < longText {
		score -= j.leads()
	}
	if j.mass < fewWords && !j.speaksOfArticle() {
		score -= 2 // an imprint, an about page
	}
	if !j.articleItem() && !j.declaredDate() && j.lists() {
		score -= 5
	}
	if score >= 0 {
		return ""
	}
	return page.NotArticle
}

// prose scores the text that is not in links.
func (j *judgement) prose() int {
	own := j.mass
	if j.b.textChars > 0 {
		own -= j.mass * min(j.b.linkChars, j.b.textChars) / j.b.textChars
	}
	score := 0
	switch {
	case own >= longText:
		score = 4
	case own >= wallText:
		score = 3
	case own >= shortText:
		score = 2
	case own >= shortText/3:
		score = 1
	}
	if own*2 < j.mass { // most of the text is in links
		score -= 3
	}
	return score
}

// declares scores what the page says that it is.
func (j *judgement) declares() int {
	score := 0
	if j.articleType() {
		score += 3
	}
	if j.declaredDate() {
		score++
	}
	if j.listType() {
		score -= 4
	}
	if t, _ := j.d.meta("og:type"); strings.EqualFold(t, "website") || strings.EqualFold(t, "profile") {
		score--
	}
	return score
}

// articleType reports a type that only articles have. That of Open Graph is given to
// whole sites: it does not count where the page's data call it a list.
func (j *judgement) articleType() bool {
	return j.articleItem() || slices.Contains(j.m.types, "article") && !slices.ContainsFunc(j.m.types, func(t string) bool {
		return t == "CollectionPage" || t == "SearchResultsPage" || t == "ProfilePage"
	})
}

// articleItem reports an article among the page's items.
func (j *judgement) articleItem() bool {
	return slices.ContainsFunc(j.m.types, func(t string) bool {
		if t == "article" { // of Open Graph
			return false
		}
		switch t = strings.ToLower(t); t {
		case "article", "og:article", "blogposting", "liveblogposting", "scholarlyarticle", "techarticle", "socialmediaposting", "report", "recipe":
			return true
		}
		return strings.HasSuffix(t, "newsarticle")
	})
}

// listType reports a page that declares itself a list, a shop's or the house's, and no article beside it.
func (j *judgement) listType() bool {
	return !j.articleType() && slices.ContainsFunc(j.m.types, func(t string) bool {
		switch t {
		case "CollectionPage", "SearchResultsPage", "ProfilePage", "ItemList", "profile", "AboutPage", "ContactPage", "CheckoutPage", "FAQPage", "Product", "ProductGroup", "product":
			return true
		}
		return false
	})
}

// service recognises the pages that every site has about itself, by what they are called.
func (j *judgement) service() page.Outcome {
	if j.articleItem() || j.declaredDate() {
		return ""
	}
	head := j.title
	for _, border := range [...]string{" | ", " - ", " – ", " — ", " · "} {
		head, _, _ = strings.Cut(head, border)
	}
	if slices.Contains(said().Services, head) || slices.Contains(said().Services, lowered(j.m.title.value)) {
		return page.NotArticle
	}
	return ""
}

// root reports the address of a front page; a page without an address has none.
func (j *judgement) root() bool {
	if j.d.url.Host == "" {
		return false
	}
	path := strings.TrimSuffix(j.d.url.Path, "/")
	return (path == "" || strings.HasPrefix(path, "/index.") && strings.Count(path, "/") == 1) && j.d.url.RawQuery == ""
}

// leads scores the headlines on the page that are links, and the articles that are
// more than one.
func (j *judgement) leads() int {
	linked, articles := standing(j.own())
	score := 0
	switch {
	case linked >= 20:
		score = 2
	case linked >= 6:
		score = 1
	}
	if articles >= 6 {
		score++
	}
	if j.mass < shortText && linked > 0 {
		score++
	}
	if !j.speaksOfArticle() && j.teasers() {
		score += 4
	}
	return score
}

// own returns the element of the article, if one holds its heading and its body, else the page.
func (j *judgement) own() *html.Node {
	for n := j.b.main(); n != nil; n = n.Parent {
		if n.DataAtom == atom.Article && slices.ContainsFunc(j.d.headings, func(h *html.Node) bool { return isUnder(h, n) }) {
			return n
		}
	}
	return j.d.root
}

func isUnder(n, outer *html.Node) bool {
	for n != nil && n != outer {
		n = n.Parent
	}
	return n == outer
}

// standing counts the headlines below n that are links, and the articles. What stands
// aside leads elsewhere on pages of all kinds.
func standing(n *html.Node) (linked, articles int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Aside, atom.Nav, atom.Footer:
			continue
		case atom.H2, atom.H3, atom.H4:
			if isLinked(c) {
				linked++
			}
		case atom.Article:
			articles++
		}
		l, a := standing(c)
		linked, articles = linked+l, articles+a
	}
	return linked, articles
}

// teasers reports a body that is a list of linked headings with a few lines each,
// or of excerpts that break off.
func (j *judgement) teasers() bool {
	if j.excerpts() {
		return true
	}
	headings, linked, waiting, lines := 0, 0, 0, 0
	for i := range j.b.layout.blocks {
		switch b := &j.b.layout.blocks[i]; {
		case j.b.layout.isHeading(i):
			headings++
			if isLinked(j.b.layout.nodeOf(i)) {
				waiting++
			}
		case b.drop == "":
			linked, waiting = linked+waiting, 0 // what follows all text are links to other articles
			lines++
		}
	}
	return linked >= 1 && linked*2 > headings-waiting && lines <= 2*linked
}

// excerpts reports that half of the lines of some length break off.
func (j *judgement) excerpts() bool {
	lines, cut := 0, 0
	for _, line := range j.b.blocks {
		if weigh(line) < 2*tinyText/3 {
			continue
		}
		lines++
		if strings.HasSuffix(line, "…") || strings.HasSuffix(line, "...") || strings.HasSuffix(line, "[…]") {
			cut++
		}
	}
	return cut > 0 && 2*cut >= lines
}

func linkedHeadings(root *html.Node) (linked int) {
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.H2, atom.H3, atom.H4:
			if isLinked(n) {
				linked++
			}
		}
	}
	return linked
}

// isLinked reports a heading that is a link to elsewhere or holds one.
func isLinked(n *html.Node) bool {
	if n.Parent != nil && leadsAway(n.Parent) {
		return true
	}
	for c := range n.Descendants() {
		if leadsAway(c) {
			return true
		}
	}
	return false
}

// leadsAway reports a link that leads farther than into its own page.
func leadsAway(n *html.Node) bool {
	if n.DataAtom != atom.A {
		return false
	}
	href := attr(n, "href")
	return href != "" && href[0] != '#'
}
