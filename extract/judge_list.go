package extract

import (
	"net/url"
	"slices"

	"newsarchive/internal/address"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lists reports a body that is a list of other pages: most of its text stands in containers
// of one make, three or more, each with a headline that leads elsewhere on the site.
func (j *judgement) lists() bool {
	l := j.b.layout
	headed := map[int]bool{} // whether a container has such a headline, of those that were looked at
	items := map[place]map[int]int{}
	total := 0
	for i := range l.blocks {
		own := j.kept(i) - min(l.blocks[i].links, j.kept(i))
		total += own
		box := l.blocks[i].box
		for depth := 0; own > 0 && depth < maxItemDepth && box > 0; depth, box = depth+1, l.boxes[box].parent {
			is, known := headed[box]
			if !known {
				is = j.headed(box)
				headed[box] = is
			}
			if is {
				p := l.place(box)
				if items[p] == nil {
					items[p] = map[int]int{}
				}
				items[p][box] += own
				break
			}
		}
	}
	listed := 0
	for _, boxes := range items {
		for _, mass := range boxes {
			if len(boxes) >= 3 {
				listed += mass
			}
		}
	}
	return 2*listed > total || j.headlined(total)
}

// minHeadlined is how many headlines make a list of lines that no containers part.
const minHeadlined = 6

// headlined reports a list of headlines that lead elsewhere on the site, each with a block of text
// right below it, which together are most of the text.
func (j *judgement) headlined(total int) bool {
	l := j.b.layout
	count, listed, below := 0, 0, false
	for i := range l.blocks {
		b := &l.blocks[i]
		switch {
		case b.mass >= minHeadline && 10*b.links >= 9*b.mass && slices.ContainsFunc(l.leaves[b.first:b.last], j.inward):
			below = true
		case b.links >= minHeadline && b.links < b.mass && j.bold(l.leaves[b.first]):
			count, listed, below = count+1, listed+j.kept(i)-min(b.links, j.kept(i)), false
		case below:
			if own := j.kept(i) - min(b.links, j.kept(i)); own > 0 {
				count, listed = count+1, listed+own
			}
			below = false
		}
	}
	return count >= minHeadlined && 3*listed > 2*total
}

const (
	maxItemDepth = 4  // containers around a block that may be the item of a list
	maxItem      = 40 // blocks of one
	minHeadline  = 15 // mass of its headline
)

// headed reports a container with a line that is mostly a link to another page of the site.
func (j *judgement) headed(box int) bool {
	l := j.b.layout
	c := &l.boxes[box]
	if c.last-c.first > maxItem {
		return false
	}
	for i := c.first; i < c.last; i++ {
		if b := &l.blocks[i]; b.mass >= minHeadline && 10*b.links >= 6*b.mass && j.inward(l.leaves[b.first]) {
			return true
		}
	}
	return false
}

// bold reports text in a link to another page of the site that stands out from its line.
func (j *judgement) bold(n *html.Node) bool {
	for p := n.Parent; p != nil && inlineLevel(p.DataAtom); p = p.Parent {
		if p.DataAtom == atom.B || p.DataAtom == atom.Strong {
			return j.inward(n)
		}
	}
	return false
}

// inward reports text in a link to another page of the same site.
func (j *judgement) inward(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.A {
			to, err := url.Parse(j.d.resolve(attr(n, "href")))
			return leadsAway(n) && err == nil && address.Site(to.Hostname()) == address.Site(j.d.base.Hostname())
		}
	}
	return false
}
