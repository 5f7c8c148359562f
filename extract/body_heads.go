package extract

import "newsarchive/selectors"

// cutHeads drops headings with nothing kept below them.
func (f *filter) cutHeads() {
	below := false
	for i := len(f.blocks) - 1; i >= 0; i-- {
		b := &f.blocks[i]
		switch {
		case b.drop != "":
		case !f.isHeading(i):
			below = true
		case !below:
			b.drop = "heading without text"
		}
	}
}

// cutLeftHeads drops the headings of what was dropped: nothing stays of several blocks
// between one and the next of its level, or of the box that it stands in.
func (f *filter) cutLeftHeads() {
	next := -1 // what stays below
	for i := f.boxes[f.core].last - 1; i > f.start; i-- {
		if f.blocks[i].drop != "" {
			continue
		}
		if next > i+1 && f.isHeading(i) && f.leadsElsewhere(i+1, next) && (next > i+2 && f.isHeading(next) && f.level(next) <= f.level(i) || f.headsBox(i)) {
			f.blocks[i].drop = "heading without text"
			continue
		}
		next = i
	}
}

// level is that of the heading i, 1 the highest.
func (f *filter) level(i int) int { return int(f.nodeOf(i).Data[1] - '0') }

// leadsElsewhere reports whether what was dropped from [from, to) are links and boxes, not
// pictures alone.
func (f *filter) leadsElsewhere(from, to int) bool {
	found := false
	for i := from; i < to; i++ {
		b := &f.blocks[i]
		if b.kind&(selectors.Media|selectors.Caption) != 0 || b.drop == "caption" {
			return false
		}
		found = found || b.drop == "links" || b.drop == "box" || b.drop == "phrase" || b.kind&(selectors.Related|selectors.Newsletter) != 0
	}
	return found
}

// headsBox reports whether heading i is all that stays of a box in the text.
func (f *filter) headsBox(i int) bool {
	box := f.boxAround(i)
	c := &f.boxes[box]
	return box > f.core && c.first == i && !f.keeps(i+1, c.last)
}
