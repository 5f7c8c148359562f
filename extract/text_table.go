package extract

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// table keeps the rows of a table of data, and reads through one made for layout.
// A table is held to be data by what is in it, and again by what is left of it.
func (f *flow) table(n *html.Node) {
	if !f.cell && f.kind == aParagraph && len(f.around) < deepest && holdsData(n) && f.rows(n) {
		return
	}
	f.closeLeaf()
	f.children(n)
	f.closeLeaf()
}

// rows reads a table by its rows. Where fewer than two rows or columns have words
// it takes everything back and reports false.
func (f *flow) rows(n *html.Node) bool {
	f.closeLeaf()
	pieces, bytes, runs, images := len(f.pieces), len(f.buf), len(f.runs), len(f.images)
	f.begin(aTable)
	f.tableCaption(n)
	f.children(n)
	f.end(aTable)
	rows, columns := 0, 0
	for at, p := range f.pieces[pieces:] {
		if p.kind == aRow && !p.end {
			rows++
			columns = max(columns, tableColumns(f.pieces[pieces+at:]))
		}
	}
	if rows > 1 && columns > 1 {
		return true
	}
	f.pieces, f.buf, f.runs, f.images = f.pieces[:pieces], f.buf[:bytes], f.runs[:runs], f.images[:images]
	return false
}

// tableCaption reads the caption of a table as one line, whatever is in it.
func (f *flow) tableCaption(table *html.Node) {
	n := table.FirstChild
	for n != nil && n.DataAtom != atom.Caption {
		n = n.NextSibling
	}
	if n == nil || f.skip != nil && f.skip(n) {
		return
	}
	f.rowFrom, f.tabs = len(f.buf), 0
	f.oneLeaf(n, aCaption)
	if last := len(f.pieces) - 1; f.pieces[last].to == 0 {
		f.pieces = f.pieces[:last]
	}
}

// oneLeaf reads what is in n as one leaf, from and to 0 if that is nothing.
func (f *flow) oneLeaf(n *html.Node, k kind) {
	f.pieces = append(f.pieces, piece{kind: k, from: -1})
	f.cell, f.space, f.newline, f.breaks = true, false, false, 0
	f.children(n)
	f.cell = false
	p := &f.pieces[len(f.pieces)-1]
	if p.from < 0 {
		p.from, p.to, p.runs = 0, 0, [2]int{}
	} else {
		p.to, p.runs[1] = len(f.buf), len(f.runs)
	}
	f.space, f.newline, f.breaks = false, false, 0
}

// tableColumns counts the cells of the row that begins pieces.
func tableColumns(pieces []piece) (n int) {
	for _, p := range pieces {
		switch {
		case p.kind == aCell || p.kind == aHeaderCell:
			n++
		case p.kind == aRow && p.end:
			return n
		}
	}
	return n
}

func (f *flow) row(n *html.Node) {
	if f.cell || !f.innermost(aTable) {
		f.closeLeaf()
		f.children(n)
		f.closeLeaf()
		return
	}
	f.begin(aRow)
	at := len(f.pieces) - 1
	f.rowFrom, f.tabs = len(f.buf), 0
	f.children(n)
	if len(f.buf) == f.rowFrom {
		f.pieces = f.pieces[:at]
		f.pop()
		return
	}
	f.pieces[at].from, f.pieces[at].to = f.firstByte(at), len(f.buf)
	f.end(aRow)
}

// firstByte returns where the text of the row at begins.
func (f *flow) firstByte(at int) int {
	for _, p := range f.pieces[at+1:] {
		if p.from >= 0 && p.to > p.from {
			return p.from
		}
	}
	return len(f.buf)
}

func (f *flow) tableCell(n *html.Node) {
	if f.cell || !f.innermost(aRow) {
		f.closeLeaf()
		f.children(n)
		f.closeLeaf()
		return
	}
	k := aCell
	if n.DataAtom == atom.Th {
		k = aHeaderCell
	}
	f.tabs++
	f.oneLeaf(n, k)
}

// A table holds data if it has rows and columns, and nothing in it that makes a
// page: no table, no heading, no long cell.
func holdsData(n *html.Node) bool {
	if role := attr(n, "role"); role == "presentation" || role == "none" {
		return false
	}
	var t tableShape
	return t.read(n) && t.rows > 1 && t.columns > 1
}

type tableShape struct{ rows, columns, cells, blocks, chars int }

// longCell and manyBlocks are what no cell of a table of data has.
const (
	longCell   = 700 // bytes
	manyBlocks = 6
)

// read counts what is below n; it reports false for what makes a page.
func (t *tableShape) read(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			t.chars += len(c.Data)
			continue
		}
		switch c.DataAtom {
		case atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Article, atom.Section, atom.Blockquote:
			return false
		case atom.Tr:
			t.rows++
			t.cells = 0
		case atom.Td, atom.Th:
			t.cells++
			t.columns = max(t.columns, t.cells)
			t.blocks, t.chars = 0, 0
		case atom.P, atom.Div:
			t.blocks++
		}
		if !t.read(c) || t.chars > longCell || t.blocks > manyBlocks {
			return false
		}
	}
	return true
}
