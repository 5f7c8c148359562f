package extract

import (
	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A picker chooses the pictures that belong to the article from all on the page: those
// between its blocks, below its headline, and after its last block, but for
// what stands with text that did not stay.
type picker struct {
	*filter
	d           *document
	first, last int            // the blocks that stay first and last
	shown       map[string]int // how often the page shows an address
	seen        map[string]bool
	holdings    []holding // by container
	after       int       // the first block after the last one that goes with no picture; 0: not asked for yet
}

// A holding says what stands in a container.
type holding struct{ known, text, others bool }

// holding looks, once, whether a container has blocks that stay, and others than captions.
func (p *picker) holding(box int) holding {
	if p.holdings == nil {
		p.holdings = make([]holding, len(p.boxes))
	}
	h, c := &p.holdings[box], &p.boxes[box]
	if !h.known {
		*h = holding{true, p.keeps(c.first, c.last), p.anyBut(c.first, c.last, p.isCaption)}
	}
	return *h
}

// endsBefore reports whether more than captions stands between the last block that
// stays and block i.
func (p *picker) endsBefore(i int) bool {
	if p.after == 0 {
		p.after = p.last + 1
		for p.after < len(p.blocks) && p.isCaption(p.after) {
			p.after++
		}
	}
	return p.after < i
}

// pictures returns the article's pictures in the order of the page.
func (f *filter) pictures(d *document) []image {
	found := []image{}
	p := picker{filter: f, d: d, first: -1, shown: map[string]int{}, seen: map[string]bool{}}
	for i := range f.blocks {
		if f.blocks[i].drop == "" {
			if p.first < 0 {
				p.first = i
			}
			p.last = i
		}
	}
	if p.first < 0 {
		return found
	}
	for i := range f.sights {
		p.shown[attr(f.sights[i].node, "src")]++
	}
	for i := range f.sights {
		if img, ok := p.picture(i); ok {
			found = append(found, img)
		}
	}
	return found
}

// picture returns what sight i shows, if that is of the article.
func (p *picker) picture(i int) (image, bool) {
	s := &p.sights[i]
	frame := frameOf(s.node)
	if !p.placed(s, frame) {
		return image{}, false
	}
	n := imageIn(s.node)
	img := image{node: s.node, url: p.d.resolve(pictureSource(n)), alt: oneLine(attr(n, "alt")), source: "html:img"}
	if img.url == "" {
		return image{}, false
	}
	img.caption, img.credit = p.captionOf(i, frame)
	if len(img.caption) < 16 && slideNumber.MatchString(img.caption) {
		img.caption = "" // "2/28 photos"
	}
	if frame != nil {
		img.source = "html:figure"
	}
	key := pictureKey(img.url)
	if p.seen[key] || p.shown[attr(s.node, "src")] > 2 && attr(s.node, "src") == attr(n, "src") && isSource(attr(n, "src")) ||
		isFurniture(n, img, p.below(s)) || img.caption == "" && p.leadsOff(s) {
		return image{}, false
	}
	p.seen[key] = true
	return img, true
}

// frameOf returns the figure around n, nil if there is none.
func frameOf(n *html.Node) *html.Node {
	for up := 0; n != nil && up < 8; n, up = n.Parent, up+1 {
		if n.DataAtom == atom.Figure {
			return n
		}
	}
	return nil
}

// anyBut reports whether a block of [from, to) is not as is says.
func (p *picker) anyBut(from, to int, is func(int) bool) bool {
	for i := from; i < to; i++ {
		if !is(i) {
			return true
		}
	}
	return false
}

// isCaption reports whether block i goes with a picture.
func (p *picker) isCaption(i int) bool {
	b := &p.blocks[i]
	if b.drop == "" || b.linkShare() > 60 || p.isHeading(i) {
		return false
	}
	return b.drop == "caption" || b.drop == "credits" || b.kind&(selectors.Caption|selectors.Media) != 0 || p.captions(i) || p.besidePicture(i)
}

// besidePicture reports whether block i, with one other at most, is all that stands with a
// picture in a container.
func (p *picker) besidePicture(i int) bool {
	for box := p.blocks[i].box; box > 0 && p.blocks[i].mass <= captionMass; box = p.boxes[box].parent {
		switch c := &p.boxes[box]; {
		case c.last-c.first > 2 || p.holds(box, p.heading):
			return false
		case c.pictures > 0:
			return !paragraphTag(c.node.DataAtom) && c.node.DataAtom != atom.Article
		}
	}
	return false
}
