package extract

import (
	"slices"

	"newsarchive/selectors"
)

// unsure reports whether candidate c is worth a second opinion: little text, or
// much of the page's prose outside of it that no rule speaks against.
func (l *layout) unsure(c candidate) bool {
	inside, outside := 0, 0
	core := &l.boxes[c.core]
	for i := range l.blocks {
		b := &l.blocks[i]
		if !b.prose() || b.kind&selectors.Clutter != 0 {
			continue
		}
		if i >= core.first && i < core.last {
			inside += b.value()
		} else {
			outside += b.value()
		}
	}
	return inside < scantMass || outside > 2*inside
}

// outweighs reports whether the blocks of the second opinion hold so much more
// prose than c's core, and so little of it, that c is wrong.
func (l *layout) outweighs(second []int, c candidate) bool {
	core := &l.boxes[c.core]
	mine, theirs, both := 0, 0, 0
	for i := core.first; i < core.last; i++ {
		mine += l.weight(i)
	}
	for _, i := range second {
		theirs += l.weight(i)
		if i >= core.first && i < core.last {
			both += l.weight(i)
		}
	}
	return theirs > 2*mine && 2*both < mine
}

// weight is the mass of block i if it is prose that no rule speaks against.
func (l *layout) weight(i int) int {
	b := &l.blocks[i]
	if !b.prose() || b.kind&selectors.Clutter != 0 || b.linkShare() > 30 {
		return 0
	}
	return b.mass
}

// around makes a candidate of blocks that were chosen elsewhere.
func (l *layout) around(blocks []int) candidate {
	slices.Sort(blocks)
	in := func(i int) bool { _, ok := slices.BinarySearch(blocks, i); return ok }
	box := l.innermost(in)
	return candidate{core: box, region: box}
}

// quality is how far the witnesses agree with what stays, percent: JSON-LD's
// body, the second opinion, and how much of the page's prose it is.
func (f *filter) quality(second []int) int {
	kept, all, said, shared := 0, 0, 0, 0
	for i := range f.blocks {
		w := f.weight(i)
		all += w
		if f.blocks[i].drop != "" {
			continue
		}
		kept += w
		if f.witness.letters != "" && f.witness.says(f.textOf(i)) {
			said += w
		}
	}
	for _, i := range second {
		if f.blocks[i].drop == "" {
			shared += f.weight(i)
		}
	}
	votes := []int{percent(kept, all)}
	if f.witness.letters != "" {
		votes = append(votes, percent(said, kept))
	}
	if second != nil {
		votes = append(votes, percent(shared, kept))
	}
	sum := 0
	for _, v := range votes {
		sum += v
	}
	return max(1, sum/len(votes))
}
