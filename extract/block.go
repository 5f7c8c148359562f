package extract

import (
	"strings"

	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A block is a run of text that a reader sees as one: a paragraph, a list item,
// a cell, a heading, or what stands between two line breaks.
type block struct {
	box         int // the container it stands in
	first, last int // its text nodes: layout.leaves[first:last]
	measure
	kind     selectors.Kind // what its containers are, by the rules
	pictured bool           // a picture stands right before it
	apart    bool           // that picture stands in a container of its own
	drop     reason         // why it is not in the body; "" if it is
	text     string         // folded text; set when it is first needed
}

// A container is a block-level element. The blocks in it follow each other.
type container struct {
	node        *html.Node
	parent      int // -1 for the root
	end         int // the containers in it are (own index, end)
	first, last int // the blocks in it are layout.blocks[first:last]
	own         selectors.Kind
	hidden      bool
	pictures    int // in it
}

// A sight is a picture on the page, wherever it stands.
type sight struct {
	node   *html.Node // img, amp-img, or a noscript that holds one
	box    int        // the container it stands in
	before int        // the block that it stands before or in
}

// A layout is a page as a list of blocks, in document order, and the tree of
// their containers, in preorder.
type layout struct {
	blocks  []block
	boxes   []container
	leaves  []*html.Node // text nodes
	sights  []sight
	unseen  []*html.Node        // inline elements that are no part of the text
	tables  map[*html.Node]bool // whether they hold data, of those that were looked at
	gallery signature           // of the captions that are the text; zero if none are
}

// newLayout lays out the tree under root, which has about that many elements.
func newLayout(root *html.Node, elements int, rules *selectors.Rules) *layout {
	w := walker{rules: rules, names: make(map[string]selectors.Kind, min(elements/8, 256))}
	w.boxes = make([]container, 0, elements/2+8)
	w.blocks = make([]block, 0, elements/4+8)
	w.leaves = make([]*html.Node, 0, elements/2+8)
	w.enter(root, -1, false)
	return &w.layout
}

// A walker lays out one tree.
type walker struct {
	layout
	rules *selectors.Rules
	names map[string]selectors.Kind // kinds of the class and id attributes seen
	run   measure                   // of the leaves since the last border
	start int                       // of those leaves
	box   int
	brs   int  // line breaks since the last text
	image bool // a picture since the last block
	frame int  // the container of that picture
	shown int  // pictures so far
}

func (w *walker) enter(n *html.Node, parent int, inLink bool) {
	w.flush()
	self := len(w.boxes)
	own, hidden := w.kindOf(n)
	w.boxes = append(w.boxes, container{node: n, parent: parent, first: len(w.blocks), own: own, hidden: hidden})
	outer, shown := w.box, w.shown
	w.box = self
	w.children(n, inLink)
	w.flush()
	w.box = outer
	w.boxes[self].end, w.boxes[self].last, w.boxes[self].pictures = len(w.boxes), len(w.blocks), w.shown-shown
	if n.DataAtom == atom.Figure && w.holdsText(self) {
		w.boxes[self].own &^= selectors.Media
	}
}

func (w *walker) children(n *html.Node, inLink bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			w.word(c, inLink)
		case c.Type != html.ElementNode || offPage(c.DataAtom):
			w.offPage(c)
		case c.DataAtom == atom.Img || ampImage(c):
			w.picture()
			w.sight(c)
		case c.DataAtom == atom.Br:
			if w.brs++; w.brs > 1 {
				w.flush()
			}
		case c.DataAtom == atom.A:
			w.children(c, true)
		case inlineLevel(c.DataAtom):
			if w.isUnseen(c) {
				w.unseen = append(w.unseen, c)
			} else {
				w.children(c, inLink)
			}
		default:
			w.enter(c, w.box, inLink)
		}
	}
}

func (w *walker) picture() {
	w.image, w.frame = true, w.box
	w.shown++
}

func (w *walker) sight(n *html.Node) {
	w.sights = append(w.sights, sight{node: n, box: w.box, before: len(w.blocks)})
}

// offPage notes of what readers see no text of what they see instead.
func (w *walker) offPage(n *html.Node) {
	switch n.DataAtom {
	case atom.Video, atom.Iframe:
		w.picture()
	case atom.Noscript:
		if n.FirstChild != nil && strings.Contains(n.FirstChild.Data, "<img") {
			w.sight(n)
		}
	}
}

func (w *walker) word(n *html.Node, inLink bool) {
	m := measureText(n.Data)
	if m.mass == 0 && w.run.mass == 0 {
		return // blank, or punctuation, before anything
	}
	if m.mass > 0 {
		w.brs = 0
	}
	if w.run.mass == 0 {
		w.start = len(w.leaves)
	}
	if inLink {
		m.links = m.mass
	}
	w.leaves = append(w.leaves, n)
	w.run.add(m)
}

// flush ends the run of text, if there is one, as a block.
func (w *walker) flush() {
	w.brs = 0
	if w.run.mass == 0 {
		return
	}
	w.blocks = append(w.blocks, block{box: w.box, first: w.start, last: len(w.leaves), measure: w.run, pictured: w.image, apart: w.frame != w.box})
	w.image = false
	w.run = measure{}
}

// kindOf returns what the rules say of n, and whether readers do not see it.
func (w *walker) kindOf(n *html.Node) (k selectors.Kind, hidden bool) {
	if n.Type != html.ElementNode || n.DataAtom == atom.Html || n.DataAtom == atom.Body {
		return 0, false
	}
	k = w.rules.BySelector(n)
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class", "id":
			k |= w.kindOfName(a.Val)
		case "hidden":
			hidden = true
		case "style":
			hidden = hidden || hides(a.Val)
		}
	}
	return k, hidden
}

// isUnseen reports whether readers do not see the inline element n as a part of the
// text around it: it is hidden, for screen readers alone, a card that rolls over it, or the caption of
// a picture in the line.
func (w *walker) isUnseen(n *html.Node) bool {
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class":
			switch k := w.kindOfName(a.Val); {
			case k&selectors.Unseen != 0, k&selectors.Caption != 0 && besideImage(n):
				return true
			}
		case "hidden":
			return true
		case "style":
			if hides(a.Val) {
				return true
			}
		}
	}
	return n.DataAtom == atom.Span && isCard(n)
}

// besideImage reports whether n follows a picture in the line.
func besideImage(n *html.Node) bool {
	before := n.PrevSibling
	for before != nil && before.Type == html.TextNode && strings.TrimSpace(before.Data) == "" {
		before = before.PrevSibling
	}
	return before != nil && before.DataAtom == atom.Img
}

// isCard reports whether n begins with a picture and goes on with several links.
func isCard(n *html.Node) bool {
	first := n
	for first != nil && (first == n || inlineLevel(first.DataAtom)) {
		if first = first.FirstChild; first != nil && first.Type == html.TextNode && strings.TrimSpace(first.Data) == "" {
			first = first.NextSibling
		}
	}
	if first == nil || first.DataAtom != atom.Img {
		return false
	}
	links := 0
	for d := range n.Descendants() {
		if d.DataAtom == atom.A {
			links++
		}
	}
	return links > 1
}

func (w *walker) kindOfName(name string) selectors.Kind {
	k, ok := w.names[name]
	if !ok {
		k = w.rules.ByName(name)
		w.names[name] = k
	}
	return k
}

// textOf returns the text of block i, folded.
func (l *layout) textOf(i int) string {
	b := &l.blocks[i]
	if b.text == "" {
		b.text = foldLeaves(l.leaves[b.first:b.last])
	}
	return b.text
}

// nodeOf returns the element that block i stands in.
func (l *layout) nodeOf(i int) *html.Node { return l.boxes[l.blocks[i].box].node }
