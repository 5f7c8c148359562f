package extract

import (
	"slices"

	"newsarchive/selectors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isCell reports whether block i is of one of several cells in a row: a paragraph of
// it, or a part of any make where the table holds data.
func (l *layout) isCell(i int) bool {
	n, plain := l.nodeOf(i), true
	for n != nil && n.DataAtom != atom.Td && n.DataAtom != atom.Th {
		if !paragraphTag(n.DataAtom) {
			if n.DataAtom != atom.Div {
				return false
			}
			plain = false
		}
		n = n.Parent
	}
	return n != nil && (cellBeside(n.PrevSibling, false) || cellBeside(n.NextSibling, true)) && (plain || l.inData(n))
}

// keepTableCaptions takes back the captions of tables of data that stay, and of figures
// around them.
func (f *filter) keepTableCaptions() {
	for i := f.boxes[f.core].first; i < f.boxes[f.core].last; i++ {
		b := &f.blocks[i]
		if b.kind&selectors.Clutter != selectors.Caption || b.mass > noticeMass {
			continue
		}
		around := &f.boxes[max(0, f.boxes[b.box].parent)]
		switch f.tagOf(i) {
		case atom.Caption:
			if f.inData(f.nodeOf(i)) && f.keeps(around.first, around.last) {
				b.drop = ""
			}
		case atom.Figcaption:
			text := selectors.FoldPhrase(f.textOf(i))
			if besideTable(f.nodeOf(i)) && f.keeps(around.first, around.last) && !f.rules.Phrase(selectors.Credits, text) && !f.serves(i, text) {
				b.drop = ""
			}
		}
	}
}

// besideTable reports whether the caption n of a figure stands right before or after a table.
func besideTable(n *html.Node) bool {
	before, after := n.PrevSibling, n.NextSibling
	for before != nil && before.Type != html.ElementNode {
		before = before.PrevSibling
	}
	for after != nil && after.Type != html.ElementNode {
		after = after.NextSibling
	}
	return before != nil && before.DataAtom == atom.Table || after != nil && after.DataAtom == atom.Table
}

// hasTag reports whether one of tags stands in container box.
func (l *layout) hasTag(box int, tags ...atom.Atom) bool {
	for i := box + 1; i < l.boxes[box].end; i++ {
		if slices.Contains(tags, l.boxes[i].node.DataAtom) {
			return true
		}
	}
	return false
}

// holdsText reports whether figure box is around a table, a list or code, and no picture
// or drawing, and its name speaks of none either.
func (w *walker) holdsText(box int) bool {
	c := &w.boxes[box]
	if c.pictures > 0 || c.first == c.last || !w.hasTag(box, atom.Table, atom.Ul, atom.Ol, atom.Pre) ||
		(w.kindOfName(attr(c.node, "class"))|w.kindOfName(attr(c.node, "id")))&selectors.Media != 0 {
		return false
	}
	for n := range c.node.Descendants() {
		switch n.DataAtom {
		case atom.Svg, atom.Canvas, atom.Object, atom.Embed, atom.Noscript, atom.Audio, atom.Picture:
			return false
		}
	}
	return true
}

// inData reports whether a cell is of a table that holds data.
func (l *layout) inData(cell *html.Node) bool {
	for n := cell.Parent; n != nil; n = n.Parent {
		if n.DataAtom == atom.Table {
			found, known := l.tables[n]
			if !known {
				if found = holdsData(n); l.tables == nil {
					l.tables = map[*html.Node]bool{}
				}
				l.tables[n] = found
			}
			return found
		}
	}
	return false
}

// cellBeside reports whether n, or a sibling on its far side, is a cell.
func cellBeside(n *html.Node, forward bool) bool {
	for n != nil && n.Type != html.ElementNode {
		if forward {
			n = n.NextSibling
		} else {
			n = n.PrevSibling
		}
	}
	return n != nil && (n.DataAtom == atom.Td || n.DataAtom == atom.Th)
}
