package selectors

import (
	"strings"

	"github.com/antchfx/xpath"
	"golang.org/x/net/html"
)

// A navigator walks a tree for the XPath library and counts its steps. It panics
// with outOfBudget when they are used up, as there is no other way out of a query.
type navigator struct {
	root, at *html.Node
	attr     int // index of the attribute that it stands on, -1 if none
	budget   *Budget
}

type outOfBudget struct{}

var _ xpath.NodeNavigator = (*navigator)(nil)

func newNavigator(root *html.Node, b *Budget) *navigator {
	return &navigator{root: root, at: root, attr: -1, budget: b}
}

func (n *navigator) step(cost int) {
	if !n.budget.spend(cost) {
		panic(outOfBudget{})
	}
}

// NodeType says what the navigator stands on.
func (n *navigator) NodeType() xpath.NodeType {
	switch n.at.Type {
	case html.CommentNode:
		return xpath.CommentNode
	case html.TextNode:
		return xpath.TextNode
	case html.ElementNode:
		if n.attr >= 0 {
			return xpath.AttributeNode
		}
		return xpath.ElementNode
	}
	return xpath.RootNode
}

// LocalName is the name of the element or attribute.
func (n *navigator) LocalName() string {
	if n.attr >= 0 {
		return n.at.Attr[n.attr].Key
	}
	return n.at.Data
}

// Prefix is always "": HTML has no namespaces to write.
func (n *navigator) Prefix() string { return "" }

// Value is the string-value of the node (XPath 1.0 section 5).
func (n *navigator) Value() string {
	switch {
	case n.attr >= 0:
		return n.at.Attr[n.attr].Val
	case n.at.Type == html.TextNode || n.at.Type == html.CommentNode:
		return n.at.Data
	}
	var b strings.Builder
	for c := range n.at.Descendants() {
		n.step(1)
		if c.Type == html.TextNode {
			n.step(len(c.Data) / 64)
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// Copy returns a navigator at the same place, on the same budget.
func (n *navigator) Copy() xpath.NodeNavigator {
	c := *n
	return &c
}

// MoveToRoot moves to where the query began.
func (n *navigator) MoveToRoot() { n.at, n.attr = n.root, -1 }

// MoveToParent moves up; from an attribute to its element. It stays in the tree
// that the query began with.
func (n *navigator) MoveToParent() bool {
	n.step(1)
	if n.attr >= 0 {
		n.attr = -1
		return true
	}
	return n.moveTo(n.at.Parent)
}

// MoveToNextAttribute moves to the first attribute, or from one to the next.
func (n *navigator) MoveToNextAttribute() bool {
	n.step(1)
	if n.at.Type != html.ElementNode || n.attr >= len(n.at.Attr)-1 {
		return false
	}
	n.attr++
	return true
}

// MoveToChild moves to the first child.
func (n *navigator) MoveToChild() bool { return n.moveTo(n.at.FirstChild) }

// MoveToNext moves to the next sibling.
func (n *navigator) MoveToNext() bool { return n.moveTo(n.at.NextSibling) }

// MoveToPrevious moves to the sibling before.
func (n *navigator) MoveToPrevious() bool { return n.moveTo(n.at.PrevSibling) }

// MoveToFirst moves to the first sibling.
func (n *navigator) MoveToFirst() bool {
	if n.attr >= 0 || n.at.PrevSibling == nil {
		return false
	}
	for n.MoveToPrevious() {
	}
	return true
}

// MoveTo moves to where other, of the same tree, stands.
func (n *navigator) MoveTo(other xpath.NodeNavigator) bool {
	o, ok := other.(*navigator)
	if !ok || o.root != n.root {
		return false
	}
	n.at, n.attr = o.at, o.attr
	return true
}

func (n *navigator) moveTo(to *html.Node) bool {
	n.step(1)
	if to == nil || n.attr >= 0 {
		return false
	}
	n.at = to
	return true
}
