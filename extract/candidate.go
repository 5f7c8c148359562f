package extract

import (
	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A candidate is a container that may be the article's, and what was found of it.
type candidate struct {
	core   int // the container that holds most prose directly
	region int // the container around core that still speaks for itself; may be core
}

// candidate returns the container whose blocks speak for it most, and its core.
func (l *layout) candidate() (c candidate, ok bool) {
	region := l.best()
	if region < 0 {
		return candidate{}, false
	}
	region = l.whole(region)
	core := l.declared(l.whole(l.densest(region)), region)
	return candidate{core: core, region: region}, true
}

// whole returns the container that box is a paragraph or an item of; box itself
// if it is neither.
func (l *layout) whole(box int) int {
	for box > 0 {
		switch l.boxes[box].node.DataAtom {
		case atom.P, atom.Li, atom.Blockquote, atom.Pre, atom.Dd, atom.Dt, atom.Ul, atom.Ol, atom.Dl:
			box = l.boxes[box].parent
		default:
			return box
		}
	}
	return box
}

// declared returns the innermost container of core, in region, that rules call
// the article's body; core if there is none.
func (l *layout) declared(core, region int) int {
	for box := core; box >= region; box = l.boxes[box].parent {
		if l.boxes[box].own&selectors.Body != 0 {
			return box
		}
	}
	return core
}

// best returns the container with the greatest sum of values; among equals the
// innermost. It returns -1 where no sum is above zero.
func (l *layout) best() int {
	sums := make([]int, len(l.blocks)+1)
	for i := range l.blocks {
		sums[i+1] = sums[i] + l.blocks[i].value()
	}
	best, score := -1, 0
	for i := range l.boxes {
		c := &l.boxes[i]
		if s := sums[c.last] - sums[c.first]; s > score || s == score && best >= 0 {
			best, score = i, s
		}
	}
	return best
}

// densest returns the container in region that has the most prose directly in
// it: in its own paragraphs fully, and less from each container deeper. What
// stands in one of several containers of the same make counts in full for the
// container around them: that is how a body is split.
func (l *layout) densest(region int) int {
	split := l.repeated(region)
	score := make([]int, len(l.boxes))
	for i := l.boxes[region].first; i < l.boxes[region].last; i++ {
		b := &l.blocks[i]
		if !b.prose() || b.kind&selectors.Clutter != 0 {
			continue
		}
		v, box := b.value(), l.holder(b.box, region)
		if l.tagOf(i) == atom.Li {
			v /= 3 // lists are seldom the body
			if b.linkShare() > 15 {
				continue
			}
		}
		for depth := 0; depth < 4 && box >= region; depth++ {
			score[box] += v
			if !split[l.place(box)] && !l.alone(box) {
				v /= 2
			}
			box = l.boxes[box].parent
		}
	}
	best := region
	for i := region; i < l.boxes[region].end; i++ {
		if score[i] > score[best] || score[i] == score[best] && l.alone(i) && l.boxes[i].parent == best {
			best = i
		}
	}
	return best
}

// alone reports whether nothing stands in the container around box but what is in box.
func (l *layout) alone(box int) bool {
	c := &l.boxes[box]
	if c.parent < 0 {
		return false
	}
	around := &l.boxes[c.parent]
	return around.first == c.first && around.last == c.last
}

// holder returns the container that a block's paragraph stands in.
func (l *layout) holder(box, region int) int {
	for box > region && paragraphTag(l.boxes[box].node.DataAtom) {
		box = l.boxes[box].parent
	}
	return box
}

// A place is where containers of the same make are siblings.
type place struct {
	parent     int
	tag, class string
}

func (l *layout) place(box int) place {
	c := &l.boxes[box]
	return place{c.parent, c.node.Data, classOf(c.node)}
}

// repeated returns the places in region that have prose in several containers.
func (l *layout) repeated(region int) map[place]bool {
	last := map[place]int{}
	split := map[place]bool{}
	for i := l.boxes[region].first; i < l.boxes[region].last; i++ {
		b := &l.blocks[i]
		if !b.prose() || b.kind&selectors.Clutter != 0 {
			continue
		}
		box := l.holder(b.box, region)
		for depth := 0; depth < 3 && box > region; depth, box = depth+1, l.boxes[box].parent {
			p := l.place(box)
			if before, ok := last[p]; ok && before != box {
				split[p] = true
			}
			last[p] = box
		}
	}
	return split
}

// paragraphTag reports elements that hold one paragraph, item or cell.
func paragraphTag(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.Blockquote, atom.Pre, atom.Td, atom.Dd, atom.Dt, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// A signature is what places of the same make have in common: tags and classes
// of a container and of the two around it.
type signature [3]struct{ tag, class string }

func (l *layout) signature(box int) (s signature) {
	for i := 0; i < len(s) && box >= 0; i, box = i+1, l.boxes[box].parent {
		n := l.boxes[box].node
		s[i].tag, s[i].class = n.Data, classOf(n)
	}
	return s
}

func classOf(n *html.Node) string {
	for i := range n.Attr {
		if n.Attr[i].Key == "class" {
			return n.Attr[i].Val
		}
	}
	return ""
}

// signatures returns those of the prose in container box.
func (l *layout) signatures(box int) map[signature]int {
	found := map[signature]int{}
	for i := l.boxes[box].first; i < l.boxes[box].last; i++ {
		if b := &l.blocks[i]; b.prose() && b.kind&selectors.Clutter == 0 {
			found[l.signature(b.box)] += b.mass
		}
	}
	return found
}
