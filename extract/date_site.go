package extract

import (
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// dayOfSite reports whether a text that n holds is the day on which the site showed the
// page: that of the capture, above the headline and apart from it.
func (x *dates) dayOfSite(n *html.Node, text string) bool {
	if x.limit.IsZero() || !mostlyDate(text) {
		return false
	}
	s, ok := x.parse(text)
	return ok && x.ofCapture(s) && x.d.aboveArticle(n)
}

// ofCapture reports whether a date is that of the capture, seen from any place on earth.
func (x *dates) ofCapture(s stamp) bool {
	if x.limit.IsZero() {
		return false
	}
	y, m, d := s.time.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(x.d.ex.Start.UTC().Truncate(24*time.Hour)).Abs() <= 24*time.Hour
}

// aboveArticle reports whether n stands before the headline and apart from it: outside of
// the article, above a menu, or beside the logo.
func (d *document) aboveArticle(n *html.Node) bool {
	if len(d.headings) == 0 {
		return false
	}
	above := map[*html.Node]*html.Node{} // an element around n to its child that holds n
	for p, child := n.Parent, n; p != nil; p, child = p.Parent, p {
		above[p] = child
	}
	inner := false // the headline stands in an article that n is outside of
	b := d.headings[0]
	for ; b.Parent != nil && above[b.Parent] == nil; b = b.Parent {
		inner = inner || articleElement(b)
	}
	if b.Parent == nil {
		return false
	}
	inner = inner || articleElement(b)
	a := above[b.Parent]
	for p := b.Parent; p != nil; p = p.Parent {
		if articleElement(p) {
			return false
		}
	}
	menu, before := d.holdsFront(a), false
	for s := a.NextSibling; s != nil && !before; s = s.NextSibling {
		if before = s == b; !before {
			menu = menu || holdsNav(s)
		}
	}
	return before && (inner || menu)
}

func articleElement(n *html.Node) bool {
	return n.DataAtom == atom.Main || n.DataAtom == atom.Article || attr(n, "role") == "main"
}

// holdsNav reports a menu or the head of the site.
func holdsNav(n *html.Node) bool {
	if n.DataAtom == atom.Nav || n.DataAtom == atom.Header {
		return true
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.Nav {
			return true
		}
	}
	return false
}

// holdsFront reports a link to the front page inside n.
func (d *document) holdsFront(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && d.isFront(attr(c, "href")) {
			return true
		}
	}
	return false
}
