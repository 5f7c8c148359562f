package extract

import (
	"slices"

	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Thresholds of mass (see measure).
const (
	proseMass  = 80  // a block this long with few links is prose, whatever its end
	sentence   = 25  // a block this long that ends as a sentence does is prose
	longBlock  = 200 // no label, button or caption is this long
	cappedMass = 900 // a longer block counts no more than this
	leadMass   = 800 // no standfirst is this long
)

// prose reports whether a block reads like running text.
func (b *block) prose() bool {
	if b.linkShare() > 50 {
		return false
	}
	return b.mass >= proseMass || b.mass >= sentence && b.ended
}

// hard are the kinds that hold even for most of the page's text.
const hard = selectors.Comments | selectors.Consent

// inherit gives every block the kinds of all its containers. A container that
// holds the heading or much of the prose is not what its name says.
func (l *layout) inherit(heading *html.Node) {
	mass := l.proseMasses()
	total := mass[len(l.blocks)]
	at := l.boxOf(heading)
	alike := l.alikeMasses(mass)
	kinds := make([]selectors.Kind, len(l.boxes))
	for i := range l.boxes {
		c := &l.boxes[i]
		share := percent(mass[c.last]-mass[c.first], total)
		if c.own&selectors.Clutter != 0 && c.own&hard == 0 {
			share = max(share, percent(alike[l.place(i)], total))
		}
		if i <= at && at < c.end || share > 40 || c.node.DataAtom == atom.Main {
			c.own &= hard | selectors.Body | selectors.Lead | selectors.Live
			c.hidden = c.hidden && share < 40
		}
		if (i <= at && at < c.end) || share > 90 {
			c.own &^= hard
		}
		if mass[c.last]-mass[c.first] > leadMass {
			c.own &^= selectors.Lead
		}
		if c.hidden {
			c.own |= selectors.Tools
		}
		if c.own&selectors.Body != 0 && (share > 15 || c.own&selectors.Clutter == selectors.Navigation) {
			c.own &^= selectors.Clutter &^ hard
		}
		kinds[i] = c.own
		if c.parent >= 0 {
			kinds[i] |= kinds[c.parent] &^ c.resets()
		}
	}
	for i := range l.blocks {
		l.blocks[i].kind = kinds[l.blocks[i].box]
	}
}

// believeLess takes from all blocks the kinds but the doubtless ones, for pages
// where else no text were left, if that frees a block longer than those of
// teasers. It reports whether it did.
func (l *layout) believeLess() bool {
	long := func(b block) bool {
		return b.kind&selectors.Clutter != 0 && b.kind&doubtless == 0 && b.mass > longBlock && b.prose()
	}
	if !slices.ContainsFunc(l.blocks, long) {
		return false
	}
	for i := range l.blocks {
		l.blocks[i].kind &^= selectors.Clutter &^ doubtless
	}
	return true
}

// doubtless are the kinds that no text is found in, even where there is no other.
const doubtless = hard | selectors.Navigation | selectors.Tools | selectors.Newsletter | selectors.Advertisement

// alikeMasses returns the masses of prose in the containers that rules speak
// against, those of the same make side by side together. Containers of a teaser's
// size don't count.
func (l *layout) alikeMasses(mass []int) map[place]int {
	sums := map[place]int{}
	for i := range l.boxes {
		c := &l.boxes[i]
		if m := mass[c.last] - mass[c.first]; c.own&selectors.Clutter != 0 && m > longBlock {
			sums[l.place(i)] += m
		}
	}
	return sums
}

// proseMasses returns the sums of the masses of prose before each block.
func (l *layout) proseMasses() []int {
	sums := make([]int, len(l.blocks)+1)
	for i := range l.blocks {
		sums[i+1] = sums[i]
		if b := &l.blocks[i]; b.prose() {
			sums[i+1] += min(b.mass, cappedMass)
		}
	}
	return sums
}

// boxOf returns the index of the container of n, or -1.
func (l *layout) boxOf(n *html.Node) int {
	for i := range l.boxes {
		if l.boxes[i].node == n && n != nil {
			return i
		}
	}
	return -1
}

// value is what block b says for a container that holds it: much for prose,
// little against it for lines that are to be dropped, more for links.
func (b *block) value() int {
	switch {
	case b.kind&selectors.Clutter != 0:
		return -2
	case b.prose():
		return min(b.mass, cappedMass) * max(0, 100-2*b.linkShare()) / 100
	case b.linkShare() > 50:
		return -min(b.mass, 60)
	}
	return -5
}

func percent(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return 100 * part / whole
}

// resets returns the kinds of the containers around c that say nothing of c: all
// but the hard ones for the article's body, and media and sharing for a quotation.
func (c *container) resets() selectors.Kind {
	switch {
	case c.own&selectors.Body != 0 && c.own&selectors.Clutter == 0:
		return selectors.Clutter &^ hard
	case c.node.DataAtom == atom.Blockquote:
		return selectors.Media | selectors.Share // a post that is quoted stands in a container of social media
	}
	return 0
}
