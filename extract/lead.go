package extract

import (
	"strings"

	"newsarchive/selectors"

	"golang.org/x/net/html/atom"
)

// leadReach is how many blocks before the body are looked at where no heading
// says where the article begins.
const leadReach = 12

// isLead reports whether block i, which stands before the core, is of the
// standfirst: text between the heading and the body that a rule, a description
// of the page or its own length speaks for.
func (f *filter) isLead(i int) bool {
	b := &f.blocks[i]
	core := f.boxes[f.core].first
	headed := f.heading >= 0 && f.heading < core
	if i >= core || headed && i <= f.heading-leadReach || !headed && i < core-leadReach {
		return false
	}
	if b.mass < 30 || b.linkShare() > 30 || f.tagOf(i) == atom.H1 || b.kind&notLead != 0 {
		return false
	}
	if f.described(i) {
		return true
	}
	if i < f.heading || !headed {
		return false
	}
	if b.kind&selectors.Lead != 0 {
		return b.kind&selectors.Clutter&^(selectors.Meta|selectors.Related) == 0
	}
	return b.kind&selectors.Clutter == 0 && (b.mass >= 60 || b.prose())
}

// notLead are kinds that no standfirst stands in, whatever else its place is called.
const notLead = hard | selectors.Caption | selectors.Share | selectors.Newsletter | selectors.Tools | selectors.Advertisement

// described reports whether a description of the page begins as block i does, or is
// a part of it.
func (f *filter) described(i int) bool {
	if f.blocks[i].mass < 40 {
		return false
	}
	text := letters(f.textOf(i))
	for _, d := range f.witness.leads {
		if len(d) < 40 {
			continue
		}
		if strings.Contains(d, text) || strings.Contains(text, d) || commonPrefix(d, text) >= 60 {
			return true
		}
	}
	return false
}

func commonPrefix(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
