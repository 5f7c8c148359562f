package extract

import (
	"strconv"

	"newsarchive/selectors"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blockAttr numbers the blocks in a stripped tree.
const blockAttr = "data-block"

// stripped returns a copy of the page without what the rules call clutter: its
// containers with their classes, and each block as a paragraph that bears its number.
func (l *layout) stripped() *html.Node {
	doc := &html.Node{Type: html.DocumentNode}
	copies := make([]*html.Node, len(l.boxes))
	marks := marked{}
	next := 0
	for i := range l.boxes {
		c := &l.boxes[i]
		parent := doc
		if c.parent >= 0 {
			parent = copies[c.parent]
			next = l.copyBlocks(next, c.first, copies)
		}
		copies[i] = doc
		if c.node.Type == html.ElementNode {
			copies[i] = l.copyBox(c, parent)
		}
		if c.own&selectors.Clutter != 0 {
			marks[copies[i]] = struct{}{}
		}
	}
	l.copyBlocks(next, len(l.blocks), copies)
	goquery.NewDocumentFromNode(doc).FindMatcher(marks).Remove()
	return doc
}

func (l *layout) copyBox(c *container, parent *html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: c.node.Data, DataAtom: c.node.DataAtom}
	for _, a := range c.node.Attr {
		if a.Key == "class" || a.Key == "id" {
			n.Attr = append(n.Attr, a)
		}
	}
	parent.AppendChild(n)
	return n
}

// copyBlocks copies the blocks [next, end) into the copies of their containers.
func (l *layout) copyBlocks(next, end int, copies []*html.Node) int {
	for ; next < end; next++ {
		b := &l.blocks[next]
		box := copies[b.box]
		p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P,
			Attr: []html.Attribute{{Key: blockAttr, Val: strconv.Itoa(next)}}}
		if box.DataAtom == atom.P {
			p.Data, p.DataAtom = "span", atom.Span
		}
		for _, leaf := range l.leaves[b.first:b.last] {
			p.AppendChild(l.copyLeaf(leaf, l.boxes[b.box].node))
		}
		box.AppendChild(p)
	}
	return next
}

// copyLeaf copies a text node, inside of a link if it is in one.
func (l *layout) copyLeaf(leaf, box *html.Node) *html.Node {
	text := &html.Node{Type: html.TextNode, Data: leaf.Data}
	for n := leaf.Parent; n != nil && n != box; n = n.Parent {
		if n.DataAtom == atom.A {
			a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: "/"}}}
			a.AppendChild(text)
			return a
		}
	}
	return text
}

// marked is a goquery.Matcher that matches the nodes in it.
type marked map[*html.Node]struct{}

func (m marked) Match(n *html.Node) bool { _, ok := m[n]; return ok }

func (m marked) MatchAll(n *html.Node) (found []*html.Node) {
	for d := range n.Descendants() {
		if m.Match(d) {
			found = append(found, d)
		}
	}
	return found
}

func (m marked) Filter(nodes []*html.Node) (found []*html.Node) {
	for _, n := range nodes {
		if m.Match(n) {
			found = append(found, n)
		}
	}
	return found
}
