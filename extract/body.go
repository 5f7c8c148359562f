package extract

import (
	"strings"

	"newsarchive/selectors"

	"golang.org/x/net/html"
)

// A reason says why a block was dropped from the body.
type reason string

// bodyResult is the body as it was chosen.
type bodyResult struct {
	rendered
	layout *layout
	candidate
	nodes      []*html.Node            // what is rendered, in document order
	skipped    map[*html.Node]struct{} // what of it is not
	pictures   []image                 // nil where no body was found on the page
	lead       string
	leadSource string
	around     int    // the container of all that stays
	source     string // of the text: "blocks", "readability", "jsonld:articleBody", ...
	quality    int    // agreement of the candidates, percent
	linkChars  int    // mass of the body that is in links
	textChars  int    // mass of the body
}

func (b *bodyResult) skip(n *html.Node) bool { _, ok := b.skipped[n]; return ok }

// main returns the node that holds the article, nil if none was found.
func (b *bodyResult) main() *html.Node {
	if len(b.nodes) == 0 {
		return nil
	}
	return b.nodes[len(b.nodes)-1]
}

// readBody finds the article's body on the page and renders it.
func readBody(d *document, m *metadata, rules *selectors.Rules) *bodyResult {
	w := newWitness(d, m)
	b := chooseBody(d, m, w, rules)
	b.weigh()
	if b.textChars < scantMass || 3*b.textChars < len(w.letters) {
		b.tryScripts(d, m)
	}
	if len(b.nodes) > 0 {
		b.rendered = b.render(d)
	}
	if b.leadSource != "script" {
		b.agree()
	}
	return b
}

var onOneLine = strings.NewReplacer("\n", " ", "\t", " ")

// agree makes the lead the head of the text, whose lines may be broken elsewhere;
// none if the text begins otherwise.
func (b *bodyResult) agree() {
	if n := len(b.lead); n <= len(b.text) && onOneLine.Replace(b.text[:n]) == onOneLine.Replace(b.lead) {
		b.lead = b.text[:n]
		return
	}
	b.lead, b.leadSource = "", ""
}

// chooseBody decides which blocks of the page are the article.
func chooseBody(d *document, m *metadata, w witness, rules *selectors.Rules) *bodyResult {
	l := newLayout(d.root, d.elements, rules)
	l.inherit(w.heading)
	l.otherPosts(d, m, w.heading)
	l.believeGallery()
	b := &bodyResult{layout: l}
	c, ok := l.candidate()
	if !ok && l.believeLess() {
		c, ok = l.candidate()
	}
	b.candidate, b.source = c, "blocks"
	var second []int
	if !ok || l.unsure(c) {
		second = l.readability(d.url)
		if !ok || l.outweighs(second, c) {
			b.candidate, b.source, ok = l.around(second), "readability", len(second) > 0
		}
	}
	if !ok {
		b.source = ""
		return b
	}
	f := filter{layout: l, rules: rules, witness: w, candidate: b.candidate}
	f.run()
	b.quality = f.quality(second)
	b.lead, b.leadSource = f.standfirst()
	b.pictures = f.pictures(d)
	b.around = l.innermost(func(i int) bool { return l.blocks[i].drop == "" })
	b.nodes = []*html.Node{l.boxes[b.around].node}
	b.skipped = l.skips(b.around, b.pictures)
	return b
}

// render gives the three forms of the body, its pictures in their places.
func (b *bodyResult) render(d *document) rendered {
	if b.pictures == nil {
		return renderWith(d, b.nodes, b.skip, nil, false)
	}
	shown := make(map[*html.Node]pictured, len(b.pictures))
	for _, img := range b.pictures {
		shown[img.node] = pictured{src: img.url, alt: img.alt}
	}
	return renderWith(d, b.nodes, b.skip, shown, b.layout.gallery != signature{})
}

// scantMass is how little text makes a page look as if its article came by script.
const scantMass = 500

// weigh sums up what stays.
func (b *bodyResult) weigh() {
	for i := range b.layout.blocks {
		if x := &b.layout.blocks[i]; x.drop == "" && len(b.nodes) > 0 {
			b.textChars += x.mass
			b.linkChars += x.links
		}
	}
}

// tryScripts takes the text from script data where that is much more than what
// stands on the page.
func (b *bodyResult) tryScripts(d *document, m *metadata) {
	nodes, source := b.layout.textOfScripts(d, m)
	mass := 0
	for _, n := range nodes {
		mass += nodeMass(n)
	}
	if mass > 2*b.textChars {
		b.nodes, b.source, b.skipped, b.pictures = nodes, source, nil, nil
		b.lead, b.leadSource = "", ""
		if lead := scriptLead(d, m); lead != "" {
			b.lead, b.leadSource = lead, "script"
		}
		b.textChars, b.linkChars = mass, 0
	}
}

// nodeMass returns the mass of the text under n that readers see.
func nodeMass(n *html.Node) (mass int) {
	switch {
	case n.Type == html.TextNode:
		return measureText(n.Data).mass
	case n.Type == html.ElementNode && offPage(n.DataAtom):
		return 0
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		mass += nodeMass(c)
	}
	return mass
}

// innermost returns the innermost container of all blocks that are in, 0 if none is.
func (l *layout) innermost(in func(int) bool) int {
	first, last := -1, -1
	for i := range l.blocks {
		if in(i) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return 0
	}
	box := l.blocks[first].box
	for box > 0 && l.boxes[box].last <= last {
		box = l.boxes[box].parent
	}
	return box
}

// skips returns the nodes of container box that are not to be rendered: whole
// containers where nothing in them stays, no picture either, else text nodes.
func (l *layout) skips(box int, pictures []image) map[*html.Node]struct{} {
	skipped := map[*html.Node]struct{}{}
	frames := framesOf(pictures)
	for _, n := range l.unseen {
		skipped[n] = struct{}{}
	}
	for i := box + 1; i < l.boxes[box].end; {
		c := &l.boxes[i]
		if c.last > c.first && !l.keeps(c.first, c.last) && !frames[c.node] {
			skipped[c.node] = struct{}{}
			i = c.end
			continue
		}
		i++
	}
	for i := l.boxes[box].first; i < l.boxes[box].last; i++ {
		if l.blocks[i].drop == "" {
			continue
		}
		for _, n := range l.leaves[l.blocks[i].first:l.blocks[i].last] {
			skipped[n] = struct{}{}
		}
	}
	return skipped
}

// framesOf returns the elements around pictures.
func framesOf(pictures []image) map[*html.Node]bool {
	frames := map[*html.Node]bool{}
	for _, img := range pictures {
		for n := img.node.Parent; n != nil && !frames[n]; n = n.Parent {
			frames[n] = true
		}
	}
	return frames
}

// keeps reports whether a block of [first, last) stays.
func (l *layout) keeps(first, last int) bool {
	for i := first; i < last; i++ {
		if l.blocks[i].drop == "" {
			return true
		}
	}
	return false
}
