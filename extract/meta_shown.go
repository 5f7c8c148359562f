package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// topics are what readers see of an article's place in the paper, for pages that
// declare nothing.
type topics struct {
	crumbs     []string // steps from the front page, without it and without the article
	categories []string
	tags       []string
}

// maxLists is how many elements that are called breadcrumbs or tags are looked at: they
// may stand inside each other.
const maxLists = 8

// readShownTopics walks over the page once. The first trail of breadcrumbs counts, and all
// links that call themselves tags, but those of other stories.
func readShownTopics(d *document) (s topics) {
	if d.body == nil {
		return s
	}
	trails, lists := 0, 0
	for n := range d.body.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.A:
			if rel := strings.ToLower(attr(n, "rel")); hasWord(rel, "tag") && !d.outside(n) {
				if hasWord(rel, "category") {
					s.categories = append(s.categories, topic(n))
				} else {
					s.tags = append(s.tags, topic(n))
				}
			}
		case atom.Nav, atom.Ol, atom.Ul, atom.Div, atom.P, atom.Section:
			if !topical(n) || (s.crumbs != nil || trails >= maxLists) && (len(s.tags) > 0 || lists >= maxLists) {
				continue // nothing to go by, or nothing more to find
			}
			switch name := strings.ToLower(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "aria-label")); {
			case s.crumbs == nil && trails < maxLists && (strings.Contains(name, "breadcrumb") || strings.Contains(name, "brotkrume") || strings.Contains(name, "brotkrümel")):
				trails++
				s.crumbs = d.trail(n)
			case len(s.tags) == 0 && lists < maxLists && tagList(name) && !d.outside(n):
				lists++
				s.tags = append(s.tags, linkTexts(n)...)
			}
		}
	}
	return s
}

// topicWords are parts of all names of breadcrumbs and of lists of tags.
var topicWords = [...]string{"breadcrumb", "brotkr", "tag", "schlagw", "mots-cles", "etiquetas"}

// topical reports an element whose names may be one of those.
func topical(n *html.Node) bool {
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class", "id", "aria-label":
			for at := range len(a.Val) {
				switch a.Val[at] | 0x20 {
				case 'b', 't', 's', 'm', 'e':
					for _, w := range topicWords {
						if startsWithFold(a.Val[at:], w) {
							return true
						}
					}
				}
			}
		}
	}
	return false
}

// trail returns the links of breadcrumbs but those to the front page and to the article.
func (d *document) trail(n *html.Node) (steps []string) {
	for c := range n.Descendants() {
		if c.DataAtom != atom.A || d.isFront(attr(c, "href")) || d.resolve(attr(c, "href")) == d.url.String() {
			continue
		}
		if s := topic(c); s != "" && !notSections[letters(s)] {
			steps = append(steps, s)
		}
	}
	return steps
}

// tagList reports whether the names of an element (see topicWords) say that it lists an article's tags.
func tagList(name string) bool {
	for _, w := range [...]string{"tags", "tag-list", "taglist", "article-tag", "article__tag", "post-tag", "story-tag", "schlagwort", "schlagwörter", "mots-cles", "etiquetas"} {
		if i := strings.Index(name, w); i >= 0 && (i == 0 || strings.ContainsRune(" -_", rune(name[i-1]))) {
			return !strings.Contains(name, "cloud")
		}
	}
	return false
}

// linkTexts returns what the links inside n say, if they are few enough to be a choice.
func linkTexts(n *html.Node) (texts []string) {
	for c := range n.Descendants() {
		if c.DataAtom == atom.A {
			if s := topic(c); s != "" {
				texts = append(texts, s)
			}
		}
	}
	if len(texts) > 20 {
		return nil
	}
	return texts
}

// topic returns the text of a link if it is as short as the name of a topic.
func topic(a *html.Node) string {
	s := strings.TrimSpace(strings.TrimLeft(oneLine(textOf(a)), "#›»>/ "))
	if utf8.RuneCountInString(s) > 40 {
		return ""
	}
	return s
}

// notSections are what systems call any article, or the way to the front page.
var notSections = wordSet("article\narticles\nartikel\nartículo\nartigo\narticolo\narticoli\nnews article\nstory\npost\nposts\npage\npages\nblog post\nhome\nhomepage\nfront page\nstart\nstartseite\naccueil\ninicio\nhjem\nhem\nuncategorized\nunkategorisiert\nallgemein\nnon classé\nsin categoría\nsem categoria", letters)

// readShownSubtitle sets the heading of second order that stands right below the
// headline, in a header or by the name of a subtitle.
func (m *metadata) readShownSubtitle(d *document) {
	if m.subtitle.value != "" || len(d.headings) == 0 {
		return
	}
	h := d.headings[0]
	if letters(headingText(h)) != letters(m.title.value) {
		return
	}
	next := h.NextSibling
	for next != nil && next.Type != html.ElementNode {
		next = next.NextSibling
	}
	if next == nil || next.DataAtom != atom.H2 && next.DataAtom != atom.P || next.FirstChild == nil {
		return
	}
	headed := next.DataAtom == atom.H2 && h.Parent.DataAtom == atom.Header || h.Parent.DataAtom == atom.Hgroup
	if !headed && !containsAny(strings.ToLower(attr(next, "class")), subtitleNames) {
		return
	}
	if s := oneLine(textOf(next)); utf8.RuneCountInString(s) >= 15 && utf8.RuneCountInString(s) <= 250 && letters(s) != letters(m.title.value) && !(mostlyDate(s) && hasDigit(s)) {
		m.subtitle = fact{s, "html:" + next.Data}
	}
}

var subtitleNames = []string{"subtitle", "sub-title", "subheadline", "sub-headline", "subheading", "untertitel", "unterzeile", "sottotitolo", "sous-titre", "soustitre", "subtitulo", "subtítulo", "underrubrik", "undertitel", "podtytul", "ondertitel", "alaotsikko"}
