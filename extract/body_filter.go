package extract

import (
	"newsarchive/selectors"

	"golang.org/x/net/html/atom"
)

// A filter decides block by block what of the page is the article.
type filter struct {
	*layout
	candidate
	rules   *selectors.Rules
	witness witness
	alike   map[signature]int // the core's
	mass    int               // of the core's prose
	lists   map[int]bool      // what linkList said of containers
	heading int               // the first block of the heading, -1 if unknown
	start   int               // the first prose of the core below the heading
	end     int               // the last prose of the core
}

func (f *filter) run() {
	f.alike, f.lists = f.signatures(f.core), map[int]bool{}
	for _, m := range f.alike {
		f.mass += m
	}
	f.heading = -1
	if at := f.boxOf(f.witness.heading); at >= 0 && f.boxes[at].last > f.boxes[at].first {
		f.heading = f.boxes[at].first
	}
	f.start, f.end = f.firstProse(), f.lastProse()
	for i := range f.blocks {
		f.blocks[i].drop = f.judge(i)
	}
	f.dropBoxes()
	f.dropSlides()
	f.keepLinkedHeadings()
	f.dropNotices()
	f.cutLeftHeads()
	f.cutHeads()
	f.trimEnds()
	f.cutHeads()
	f.keepTableCaptions()
	f.keepTimes()
}

// firstProse returns the first prose of the core that stands below the heading
// and that no rule speaks against; the core's first block if there is none.
func (f *filter) firstProse() int {
	core := &f.boxes[f.core]
	for i := max(core.first, f.heading+1); i < core.last; i++ {
		if b := &f.blocks[i]; b.prose() && b.kind&selectors.Clutter == 0 {
			return i
		}
	}
	return core.first
}

// lastProse returns the last prose of the core that no rule speaks against, -1 if there
// is none.
func (f *filter) lastProse() int {
	core := &f.boxes[f.core]
	for i := core.last - 1; i >= core.first; i-- {
		if b := &f.blocks[i]; b.prose() && b.kind&selectors.Clutter == 0 {
			return i
		}
	}
	return -1
}

// dropBoxes drops what stands in one box with a heading that opens such boxes,
// where the box is a small part of the core.
func (f *filter) dropBoxes() {
	sums := f.proseMasses()
	core := &f.boxes[f.core]
	for i := core.first; i < core.last; i++ {
		if f.blocks[i].drop != "phrase" {
			continue
		}
		c := f.boxAround(i)
		if c <= f.core || f.boxes[c].first != i || percent(sums[f.boxes[c].last]-sums[f.boxes[c].first], sums[core.last]-sums[core.first]) > 25 {
			continue
		}
		for ; i+1 < f.boxes[c].last; i++ {
			if b := &f.blocks[i+1]; b.drop == "" {
				b.drop = "box"
			}
		}
	}
}

// bylineMass is how long the name of an author below the text is at most.
const bylineMass = 60

// noticeReach is among how many of the blocks at each end notices are sought.
const noticeReach = 5

// dropNotices drops notices of the house before and after the text, bylines before it, and the
// name of an author below it.
func (f *filter) dropNotices() {
	var kept []int
	for i := range f.blocks {
		if f.blocks[i].drop == "" {
			kept = append(kept, i)
		}
	}
	for k, i := range kept {
		near := k < 2 || k >= len(kept)-noticeReach
		switch b := &f.blocks[i]; {
		case k < metaReach && f.metaLine(i):
			b.drop = "date"
		case !near || b.mass > noticeMass:
		case f.rules.Joint(selectors.Notices, selectors.FoldPhrase(f.textOf(i))):
			b.drop = "notice"
		case k < metaReach && (k < 2 || !b.ended) && f.witness.signs(f.textOf(i)), k > 1 && k >= len(kept)-2 && f.signsBelow(i):
			b.drop = "byline"
		}
	}
}

// boxAround returns the innermost container of block i that holds other blocks.
func (l *layout) boxAround(i int) int {
	box := l.blocks[i].box
	for box > 0 && l.boxes[box].last-l.boxes[box].first == 1 {
		box = l.boxes[box].parent
	}
	return box
}

// judge looks at block i alone.
func (f *filter) judge(i int) reason {
	switch core, region := &f.boxes[f.core], &f.boxes[f.region]; {
	case i < f.start && f.isLead(i):
		if f.blocks[i].kind&selectors.Lead == 0 && f.captions(i) {
			return "caption"
		}
		return f.phrase(i)
	case i >= core.first && i < core.last:
		return f.clutter(i)
	case i >= region.first && i < region.last && f.joins(i):
		return f.clutter(i)
	}
	return "outside"
}

// joins reports whether block i, outside of the core, belongs to it all the same.
func (f *filter) joins(i int) bool {
	b := &f.blocks[i]
	if b.mass > sentence && f.alike[f.signature(b.box)] > 0 {
		return true
	}
	if b.kind&selectors.Live != 0 && (b.prose() || f.isHeading(i) || f.tagOf(i) == atom.P) {
		return true
	}
	return f.witness.says(f.textOf(i))
}

// tagOf returns the tag that block i stands in.
func (l *layout) tagOf(i int) atom.Atom { return l.nodeOf(i).DataAtom }

// isHeading reports whether block i is a subheading.
func (l *layout) isHeading(i int) bool {
	switch l.tagOf(i) {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// trimEnds drops the short lines before the first and after the last prose.
func (f *filter) trimEnds() {
	first, last := -1, -1
	for i := range f.blocks {
		if b := &f.blocks[i]; b.drop == "" && b.prose() {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return
	}
	for i := range f.blocks {
		b := &f.blocks[i]
		outer := i < first && !(f.isHeading(i) && i > f.heading && i >= f.boxes[f.core].first) || i > last || i > f.heading && i < f.start && !b.prose() && !f.isHeading(i)
		switch {
		case b.drop != "":
		case i < first && f.dateLine(i) && isDate(f.textOf(i)):
			b.drop = "date"
		case outer && !f.belongs(i) && !(f.isHeading(i) && (b.kind&selectors.Live != 0 || f.headsLast(i))):
			b.drop = "end"
		}
	}
}

// headsLast reports whether what stays right below heading i, after the last prose, is of the
// text: an item or a cell without links, or a short paragraph.
func (f *filter) headsLast(i int) bool {
	for i++; i < f.boxes[f.core].last; i++ {
		if f.blocks[i].drop == "" {
			return !f.isHeading(i) && f.blocks[i].links == 0 && f.belongs(i)
		}
	}
	return false
}

// isDate reports a line in which a date is found.
func isDate(line string) bool {
	_, dated := dateReader{}.read(line)
	return dated
}

// belongs reports whether the short block i may be of the text though no prose
// stands around it: an item, a cell, a paragraph as most of the text is in, a sentence between
// line breaks as most of it, or who is quoted, below the quotation.
func (f *filter) belongs(i int) bool {
	tag, b := f.tagOf(i), &f.blocks[i]
	if b.ended && b.stops > 0 && b.links == 0 && !paragraphTag(tag) && f.usual(i) || f.inGallery(i) {
		return true
	}
	return tag == atom.Li || tag == atom.Blockquote && i > 0 && f.blocks[i-1].drop == "" || f.isCell(i) || f.isLead(i) || tag == atom.P && f.usual(i)
}
