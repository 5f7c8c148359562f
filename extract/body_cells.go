package extract

import (
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

// keepTableCaptions takes back the captions of tables of data that stay.
func (f *filter) keepTableCaptions() {
	for i := f.boxes[f.core].first; i < f.boxes[f.core].last; i++ {
		b := &f.blocks[i]
		if f.tagOf(i) != atom.Caption || b.kind&selectors.Clutter != selectors.Caption || b.mass > noticeMass {
			continue
		}
		if table := &f.boxes[f.boxes[b.box].parent]; f.inData(f.nodeOf(i)) && f.keeps(table.first, table.last) {
			b.drop = ""
		}
	}
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
