package extract

import (
	"net/url"
	"strings"

	"newsarchive/page"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxLinks is how many links of one page are kept.
const maxLinks = 10_000

// The regions of a page.
const (
	inBody   = "body"
	inMain   = "main"
	inChrome = "chrome"
)

// pageLinks returns the links of the whole page in document order, each address
// once: where a later link to the same address says more, or stands in a better
// region, its text and region are taken. article is the root of the article, nil
// if the page has none.
func pageLinks(d *document, article *html.Node) []page.Link {
	about := min(d.elements/8, 128)
	w := linkWalk{base: d.base, most: d.bounds.Links, article: article, seen: make(map[string]int, about), raw: make(map[string]int, about)}
	w.links = make([]page.Link, 0, about)
	w.words.pieces = []piece{{kind: aCell, from: -1}}
	w.walk(d.root, inMain)
	if len(w.links) == 0 {
		return nil
	}
	return w.links
}

type linkWalk struct {
	base    *url.URL
	most    int // links
	article *html.Node
	links   []page.Link
	seen    map[string]int // by address
	raw     map[string]int // by the reference as written: index of links, -1 if it leads nowhere
	words   flow           // of one anchor after the other
}

func (w *linkWalk) walk(n *html.Node, region string) {
	for c := n.FirstChild; c != nil && len(w.links) < w.most; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.DataAtom {
		case atom.A, atom.Area:
			w.link(c, region)
		case atom.Script, atom.Style, atom.Svg, atom.Head:
			continue
		}
		if c.FirstChild != nil {
			w.walk(c, w.regionOf(c, region))
		}
	}
}

// regionOf returns the region of what is inside n.
func (w *linkWalk) regionOf(n *html.Node, around string) string {
	switch {
	case n == w.article:
		return inBody
	case around == inChrome:
		return inChrome
	}
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside:
		return inChrome
	case atom.Header:
		if around != inBody {
			return inChrome
		}
	case atom.Div, atom.Ul, atom.Section:
		if around != inBody && chromeBox(n) {
			return inChrome
		}
	}
	return around
}

// chromeBox reports a box that says it is not the page's own matter.
func chromeBox(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "role":
			if a.Val == "navigation" || a.Val == "banner" || a.Val == "contentinfo" || a.Val == "complementary" {
				return true
			}
		case "id", "class":
			if namesChrome(a.Val) {
				return true
			}
		}
	}
	return false
}

// namesChrome looks for the usual names among class tokens, which are taken apart
// at hyphens and underscores.
func namesChrome(list string) bool {
	for list != "" {
		i := strings.IndexAny(list, " -_\t\n")
		token := list
		if i >= 0 {
			token, list = list[:i], list[i+1:]
		} else {
			list = ""
		}
		switch token {
		case "nav", "navbar", "navigation", "menu", "submenu", "footer", "sidebar", "breadcrumb", "breadcrumbs", "masthead", "topbar", "toolbar":
			return true
		}
	}
	return false
}

func (w *linkWalk) link(n *html.Node, region string) {
	ref := attr(n, "href")
	if ref == "" {
		return
	}
	i, known := w.raw[ref]
	if !known {
		i = w.add(ref, region)
		w.raw[ref] = i
	}
	if i < 0 {
		return
	}
	l := &w.links[i]
	if better(region, l.Region) {
		l.Region = region
	}
	if l.Text == "" {
		l.Text = w.anchorText(n)
	}
	if rel := attr(n, "rel"); rel != "" && l.Rel == "" {
		l.Rel = strings.ToLower(strings.Join(strings.Fields(rel), " "))
	}
}

// add returns the index of the link that ref means, a new one if need be.
func (w *linkWalk) add(ref, region string) int {
	s, ok := resolveLink(w.base, ref)
	if !ok {
		return -1
	}
	i, known := w.seen[s]
	if !known {
		i = len(w.links)
		w.seen[s] = i
		w.links = append(w.links, page.Link{URL: s, Region: region})
	}
	return i
}

func better(a, b string) bool { return b == inChrome && a != inChrome || b == inMain && a == inBody }

// maxAnchor is how many bytes of an anchor's text are kept, about.
const maxAnchor = 300

// anchorText returns what the anchor says: its words, or the alternative text of
// its image, or its label.
func (w *linkWalk) anchorText(n *html.Node) string {
	f := &w.words
	*f = flow{cell: true, pieces: f.pieces, runs: f.runs[:0], buf: f.buf[:0]}
	f.pieces[0] = piece{kind: aCell, from: -1}
	f.anchorWords(n)
	if len(f.buf) == 0 {
		f.words(attr(n, "aria-label"))
	}
	if len(f.buf) == 0 {
		f.words(attr(n, "title"))
	}
	return string(f.buf)
}

func (f *flow) anchorWords(n *html.Node) {
	for c := n.FirstChild; c != nil && len(f.buf) < maxAnchor; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			f.words(c.Data)
		case c.Type != html.ElementNode || c.DataAtom == atom.Script || c.DataAtom == atom.Style || c.DataAtom == atom.Noscript || c.DataAtom == atom.Svg:
		case c.DataAtom == atom.Img:
			if len(f.buf) == 0 {
				f.words(attr(c, "alt"))
			}
		default:
			block := groups(c.DataAtom)
			f.space = f.space || block
			f.anchorWords(c)
			f.space = f.space || block
		}
	}
}

// feeds returns the addresses of the feeds that the page declares, in order.
func feeds(d *document) []string {
	var out []string
	for _, l := range d.links {
		if !hasWord(l.rel, "alternate") || !feedType(l.typ) {
			continue
		}
		if s := d.resolve(l.href); s != "" && !contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

// feedType reports the media types of RSS, Atom and JSON feeds.
func feedType(kind string) bool {
	kind, _, _ = strings.Cut(strings.ToLower(kind), ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml":
		return true
	}
	return false
}
