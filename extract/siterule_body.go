package extract

import (
	"strings"

	"newsarchive/selectors"
)

// markedKind is what a block is made that a rule takes from the text.
const markedKind = selectors.Tools

// Reasons for which a rule drops a block.
const (
	outsideRule reason = "outside of the rule's content"
	removedRule reason = "removed by the rule"
)

// readMarked finds the body as readBody does, in the containers that a rule marks
// as content. What it marks as removed is no text.
func readMarked(d *document, m *metadata, rules *selectors.Rules, marks siteMarks) *bodyResult {
	l := newLayout(d.root, d.elements, rules)
	w := newWitness(d, m)
	l.inherit(w.heading)
	b := &bodyResult{layout: l}
	content := l.under(marks.content)
	c, ok := l.around(content), len(content) > 0
	if len(marks.content) == 0 {
		c, ok = l.candidate()
	}
	if !ok {
		return b
	}
	b.candidate, b.source = c, "blocks"
	f := filter{layout: l, rules: rules, witness: w, candidate: c}
	dropped := f.mark(marks)
	f.run()
	for i, why := range dropped {
		if l.blocks[i].drop != "" {
			l.blocks[i].drop = why
		}
	}
	b.quality = f.quality(nil)
	b.lead, b.leadSource = f.standfirst()
	b.pictures = f.pictures(d)
	b.finish(d)
	return b
}

// finish renders what stays.
func (b *bodyResult) finish(d *document) {
	l := b.layout
	b.around = l.innermost(func(i int) bool { return l.blocks[i].drop == "" })
	b.nodes = append(b.nodes, l.boxes[b.around].node)
	b.skipped = l.skips(b.around, b.pictures)
	b.weigh()
	b.rendered = b.render(d)
	if !strings.HasPrefix(b.text, b.lead) {
		b.lead, b.leadSource = "", ""
	}
}

// under lists the blocks that stand in one of the nodes.
func (l *layout) under(nodes nodeSet) (blocks []int) {
	if len(nodes) == 0 {
		return nil
	}
	for i := range l.blocks {
		if nodes.holds(l.leaves[l.blocks[i].first]) {
			blocks = append(blocks, i)
		}
	}
	return blocks
}

// mark makes the blocks what a rule says they are, and returns why those go that
// it takes from the text. The names of containers around the content say nothing of
// it; before it only what is called or described as the standfirst is text.
func (f *filter) mark(marks siteMarks) map[int]reason {
	dropped := map[int]reason{}
	end := f.boxes[f.core].last
	for i := range f.blocks {
		b := &f.blocks[i]
		leaf := f.leaves[b.first]
		switch {
		case marks.removed.holds(leaf):
			b.kind |= markedKind
			dropped[i] = removedRule
		case marks.lead.holds(leaf):
			b.kind = selectors.Lead
		case marks.content.holds(leaf):
			b.kind = f.kindInside(i, marks.content)
		case len(marks.content) > 0 && i < end && b.kind&selectors.Lead == 0 && !f.described(i):
			b.kind |= markedKind
			dropped[i] = outsideRule
		}
	}
	return dropped
}

// kindInside is what the containers of block i say of it, those alone that stand in
// the content.
func (l *layout) kindInside(i int, content nodeSet) selectors.Kind {
	inner := selectors.Kind(0)
	for box := l.blocks[i].box; box >= 0; box = l.boxes[box].parent {
		if _, ok := content[l.boxes[box].node]; ok || !content.holds(l.boxes[box].node) {
			break
		}
		inner |= l.boxes[box].own
	}
	if inner&selectors.Clutter == 0 {
		return inner | selectors.Body
	}
	return l.blocks[i].kind
}
