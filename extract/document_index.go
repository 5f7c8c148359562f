package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An index is what one walk over the tree found, each list in document order.
type index struct {
	html, head, body *html.Node // never nil but in an empty document
	lang             string     // <html lang>, as written
	baseHref         string     // first <base href>
	title            string     // first <title>, on one line
	metas            []metaTag
	links            []linkTag
	ldTexts          []string     // texts of the ld+json scripts
	scripts          []*scriptTag // all other scripts that may carry data: JSON types, and inline ones of some size
	headings         []*html.Node // h1; if there is none, a lesser one that the title has
	times            []*html.Node // time, other elements with a datetime attribute, RDFa dates
	figures          []*html.Node
	items            []*html.Node // elements with itemprop, but meta and link
	bylines          []*html.Node // elements whose class, id, rel or test id speaks of an author
	dated            []*html.Node // elements whose class, id or test id speaks of a date
	standfirsts      []*html.Node // elements whose class, id or test id speaks of a standfirst
	elements         int
	set              aside // scripts
}

// A metaTag is one <meta>. A tag with several kinds of name is listed for each.
type metaTag struct {
	name    string // name, property, itemprop or http-equiv; lower case
	content string // trimmed
}

// A linkTag is one <link>, or an anchor whose rel says more than how to follow it.
type linkTag struct {
	rel      string // lower case, words separated by blanks
	href     string // as written
	typ      string // media type
	hreflang string
	title    string
	node     *html.Node
}

// A scriptTag is an inline script that is not JSON-LD.
type scriptTag struct {
	id, typ string // typ in lower case, "" for plain script
	node    *html.Node
	raw     []byte // shares its memory with the markup
	str     string // the same, once it was asked for
}

// text returns what stands in the script. Most scripts are never asked.
func (s *scriptTag) text() string {
	if s.str == "" {
		s.str = string(s.raw)
	}
	return s.str
}

// dataScript is how long, in bytes, a plain script must be to be listed.
const dataScript = 512

// newIndex walks over the tree under root, whose scripts were set aside.
func newIndex(root *html.Node, set aside) index {
	x := index{set: set}
	x.walk(root)
	return x
}

func (x *index) walk(parent *html.Node) {
	for n := parent.FirstChild; n != nil; n = n.NextSibling {
		if n.Type != html.ElementNode {
			continue
		}
		x.elements++
		if x.element(n) {
			x.walk(n)
		}
	}
}

// element files n, and reports whether its children are to be looked at.
func (x *index) element(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html:
		x.html, x.lang = n, attr(n, "lang")
		if x.lang == "" {
			x.lang = attr(n, "xml:lang")
		}
		return true
	case atom.Head:
		x.head = n
		return true
	case atom.Title:
		if x.title == "" {
			x.title = oneLine(textOf(n))
		}
		return false
	case atom.Meta:
		x.meta(n)
		return false
	case atom.Base:
		if x.baseHref == "" {
			x.baseHref = attr(n, "href")
		}
		return false
	case atom.Link:
		x.link(n)
		return false
	case atom.Script:
		x.script(n)
		return false
	case atom.Style, atom.Noscript, atom.Svg, atom.Template, atom.Iframe:
		return false
	}
	x.content(n)
	return true
}

// mostFiled is how many elements of one sort are looked at, of a page that has more
// of them than any page has for its readers.
const mostFiled = 10_000

func file(list *[]*html.Node, n *html.Node) {
	if len(*list) < mostFiled {
		*list = append(*list, n)
	}
}

// content files an element of the body by its name and attributes.
func (x *index) content(n *html.Node) {
	switch n.DataAtom {
	case atom.Body:
		x.body = n
	case atom.H1:
		file(&x.headings, n)
	case atom.Time:
		file(&x.times, n)
	case atom.Figure:
		file(&x.figures, n)
	}
	var about hint
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class", "id", "data-testid", "data-test", "data-qa", "data-component", "data-type":
			about |= hints(a.Val)
		case "property": // RDFa
			if about |= hints(a.Val); strings.HasSuffix(a.Val, ":dateCreated") || strings.HasSuffix(a.Val, "datePublished") {
				file(&x.times, n)
			}
		case "rel":
			about |= hints(a.Val) & aboutAuthor
			if n.DataAtom == atom.A && hasWord(strings.ToLower(a.Val), "license") {
				x.link(n)
			}
		case "itemprop":
			file(&x.items, n)
			about |= hints(a.Val)
		case "datetime":
			if n.DataAtom != atom.Time && n.DataAtom != atom.Del && n.DataAtom != atom.Ins {
				file(&x.times, n)
			}
		}
	}
	if about&aboutAuthor != 0 {
		file(&x.bylines, n)
	}
	if about&aboutDate != 0 {
		file(&x.dated, n)
	}
	if about&aboutLead != 0 {
		file(&x.standfirsts, n)
	}
}

func (x *index) meta(n *html.Node) {
	content := ""
	for _, a := range n.Attr {
		if a.Key == "content" {
			content = strings.TrimSpace(a.Val)
		}
	}
	if content == "" {
		return
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "name", "property", "itemprop", "http-equiv":
			x.metas = append(x.metas, metaTag{strings.ToLower(strings.TrimSpace(a.Val)), content})
		}
	}
}

func (x *index) link(n *html.Node) {
	l := linkTag{node: n}
	for _, a := range n.Attr {
		switch a.Key {
		case "rel":
			l.rel = strings.ToLower(a.Val)
		case "itemprop":
			if l.rel == "" {
				l.rel = "itemprop:" + strings.ToLower(a.Val)
			}
		case "href":
			l.href = strings.TrimSpace(a.Val)
		case "type":
			l.typ = strings.ToLower(strings.TrimSpace(a.Val))
		case "hreflang":
			l.hreflang = strings.TrimSpace(a.Val)
		case "title":
			l.title = a.Val
		}
	}
	switch l.rel {
	case "", "stylesheet", "preload", "preconnect", "dns-prefetch", "prefetch", "modulepreload":
		return
	}
	x.links = append(x.links, l)
}

func (x *index) script(n *html.Node) {
	if n.FirstChild == nil {
		return
	}
	text := x.set.of(n.FirstChild.Data)
	typ, id := "", ""
	for _, a := range n.Attr {
		switch a.Key {
		case "type":
			typ = strings.ToLower(strings.TrimSpace(a.Val))
		case "id":
			id = a.Val
		}
	}
	switch {
	case strings.HasPrefix(typ, "application/ld+json"):
		x.ldTexts = append(x.ldTexts, string(text))
	case strings.Contains(typ, "json") || strings.Contains(typ, "template") || id != "" || len(text) >= dataScript:
		x.scripts = append(x.scripts, &scriptTag{id: id, typ: typ, node: n, raw: text})
	}
}

// attr returns the value of an attribute, trimmed; "" if there is none.
func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return strings.TrimSpace(n.Attr[i].Val)
		}
	}
	return ""
}
