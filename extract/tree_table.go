package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// startTable files an element in or around the cells of a table.
func (t *tree) startTable(k *treeTag) {
	for t.odd == "" {
		switch t.mode {
		case inCell, inCaption:
			if !tablePart(k.atom) {
				t.startContent(k)
				return
			}
			if k.atom == atom.Th && t.mode == inCaption {
				t.giveUp("th in a caption")
				return
			}
			t.endCell()
		case inRow:
			if t.startInRow(k) {
				return
			}
		case inRows:
			if t.startInRows(k) {
				return
			}
		case inColumns:
			if t.startInColumns(k) {
				return
			}
		case inTable:
			if t.startInTable(k) {
				return
			}
		default:
			t.startContent(k)
			return
		}
	}
}

// tablePart reports the elements that a cell or a caption ends at.
func tablePart(a atom.Atom) bool {
	switch a {
	case atom.Caption, atom.Col, atom.Colgroup, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
		return true
	}
	return false
}

func cell(a atom.Atom) bool { return a == atom.Td || a == atom.Th }

func rows(a atom.Atom) bool { return a == atom.Tbody || a == atom.Thead || a == atom.Tfoot }

// endCell closes the cell or the caption that is open.
func (t *tree) endCell() {
	is, next := cell, inRow
	if t.mode == inCaption {
		is, next = func(a atom.Atom) bool { return a == atom.Caption }, inTable
	}
	i := t.findAny(inTableScope, is)
	if i < 0 {
		t.giveUp("no cell")
		return
	}
	t.closeTo(i)
	t.toBorder()
	t.mode = next
}

// back closes what is open inside the nearest of those elements.
func (t *tree) back(is func(atom.Atom) bool) {
	for a := t.top().DataAtom; !is(a) && a != atom.Html && a != atom.Template; a = t.top().DataAtom {
		t.pop()
	}
}

func (t *tree) startInRow(k *treeTag) (done bool) {
	switch {
	case cell(k.atom):
		t.back(func(a atom.Atom) bool { return a == atom.Tr })
		t.push(k)
		t.border()
		t.mode = inCell
		return true
	case tablePart(k.atom):
		t.endRow()
		return false
	}
	return t.startInTable(k)
}

func (t *tree) endRow() {
	t.back(func(a atom.Atom) bool { return a == atom.Tr })
	t.pop()
	t.mode = inRows
}

func (t *tree) startInRows(k *treeTag) (done bool) {
	switch {
	case k.atom == atom.Tr:
		t.back(rows)
		t.push(k)
		t.mode = inRow
		return true
	case cell(k.atom):
		t.back(rows)
		t.imply(atom.Tr)
		t.mode = inRow
		return false
	case tablePart(k.atom):
		t.endRows()
		return false
	}
	return t.startInTable(k)
}

func (t *tree) endRows() {
	t.back(rows)
	t.pop()
	t.mode = inTable
}

func (t *tree) startInColumns(k *treeTag) (done bool) {
	if k.atom == atom.Col {
		t.add(k)
		return true
	}
	t.pop()
	t.mode = inTable
	return false
}

func (t *tree) startInTable(k *treeTag) (done bool) {
	isTable := func(a atom.Atom) bool { return a == atom.Table }
	switch k.atom {
	case atom.Caption:
		t.back(isTable)
		t.border()
		t.push(k)
		t.mode = inCaption
	case atom.Colgroup:
		t.back(isTable)
		t.push(k)
		t.mode = inColumns
	case atom.Col:
		t.back(isTable)
		t.imply(atom.Colgroup)
		t.mode = inColumns
		return false
	case atom.Tbody, atom.Tfoot, atom.Thead:
		t.back(isTable)
		t.push(k)
		t.mode = inRows
	case atom.Td, atom.Th, atom.Tr:
		t.back(isTable)
		t.imply(atom.Tbody)
		t.mode = inRows
		return false
	case atom.Style, atom.Script:
		t.raw(k)
	case atom.Template:
		t.startTemplate(k)
	case atom.Form:
		if t.form == nil && len(t.templates) == 0 {
			t.form = t.add(k)
		}
	case atom.Input:
		if !hiddenInput(k) {
			t.giveUp("input in a table")
		}
		t.add(k)
	default:
		t.giveUp("in a table: " + k.name)
	}
	return true
}

func hiddenInput(k *treeTag) bool {
	for _, a := range k.attrs {
		if a.Key == "type" {
			return strings.EqualFold(a.Val, "hidden")
		}
	}
	return false
}

// endTable files an end tag in or around the cells of a table.
func (t *tree) endTable(k *treeTag) {
	switch {
	case k.atom == atom.Table:
		t.endWholeTable()
	case k.atom == atom.Body || k.atom == atom.Html || k.atom == atom.Col:
	case k.atom == atom.Colgroup && t.mode == inColumns:
		t.pop()
		t.mode = inTable
	case t.mode == inColumns:
		t.giveUp("end in a colgroup: " + k.name)
	case k.atom == atom.Colgroup:
	case k.atom == atom.Caption:
		if t.mode == inCaption {
			t.endCell()
		}
	case cell(k.atom):
		if t.mode == inCell && t.find(k.atom, inTableScope) >= 0 {
			t.closeScoped(k.atom, inTableScope)
			t.toBorder()
			t.mode = inRow
		}
	case k.atom == atom.Tr || rows(k.atom):
		t.endRowOrRows(k)
	case t.mode == inCell || t.mode == inCaption:
		t.endContent(k)
	default:
		t.endBetween(k)
	}
}

// endRowOrRows closes a row, or the group that it is in.
func (t *tree) endRowOrRows(k *treeTag) {
	if t.mode == inCaption || t.mode == inTable || t.find(k.atom, inTableScope) < 0 {
		return
	}
	if t.mode == inCell {
		t.endCell()
	}
	if t.mode == inRow {
		if t.find(atom.Tr, inTableScope) < 0 {
			t.giveUp("no row")
			return
		}
		t.endRow()
	}
	if rows(k.atom) && t.mode == inRows && t.odd == "" {
		t.endRows()
	}
}

func (t *tree) endWholeTable() {
	if t.mode == inCell || t.mode == inCaption {
		t.endCell()
	}
	i := t.find(atom.Table, inTableScope)
	if i < 0 {
		t.giveUp("no table")
		return
	}
	t.closeTo(i)
	t.mode = t.modeOf()
}

// modeOf returns the mode that the open elements call for.
func (t *tree) modeOf() treeMode {
	for i := len(t.open) - 1; i > 0; i-- {
		switch a := t.open[i].DataAtom; {
		case cell(a):
			return inCell
		case a == atom.Tr:
			return inRow
		case rows(a):
			return inRows
		case a == atom.Caption:
			return inCaption
		case a == atom.Colgroup:
			return inColumns
		case a == atom.Table:
			return inTable
		case a == atom.Template && t.templates[len(t.templates)-1], a == atom.Body:
			return inContent
		case a == atom.Template:
			return inTemplate
		case a == atom.Head:
			return insideHead
		}
	}
	return afterHead
}

// endBetween files an end tag between cells: those of what is open outside do nothing.
func (t *tree) endBetween(k *treeTag) {
	switch k.atom {
	case atom.P, atom.Br, atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U, atom.Form:
		t.giveUp("end in a table: " + k.name)
	}
}
