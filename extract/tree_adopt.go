package extract

import (
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxMoved bounds the work of putting misnested formatting right, in nodes moved.
const maxMoved = 20_000

// endFormatting closes a formatting element: the "adoption agency" of HTML section
// 13.2.6.4.7.
func (t *tree) endFormatting(k *treeTag) {
	if top := t.top(); top.DataAtom == k.atom && !slices.Contains(t.formatting, top) {
		t.pop()
		return
	}
	for range 8 {
		i := t.formattingOf(k.atom)
		if i < 0 {
			t.endOther(k)
			return
		}
		at := slices.Index(t.open, t.formatting[i])
		if at < 0 {
			t.formatting = slices.Delete(t.formatting, i, i+1)
			return
		}
		if t.find(k.atom, inScope) < 0 {
			return // it stands outside of a table, and stays open
		}
		block := slices.IndexFunc(t.open[at:], func(e *html.Node) bool { return isSpecial(e.DataAtom) })
		if block < 0 {
			t.closeTo(at)
			t.formatting = slices.Delete(t.formatting, i, i+1)
			return
		}
		t.adopt(i, at, at+block)
	}
}

// adopt moves the block at open[block] out of the formatting element at open[at], which is
// formatting[i], and opens a copy of that inside the block.
func (t *tree) adopt(i, at, block int) {
	element, furthest, around := t.open[at], t.open[block], t.open[at-1]
	if a := around.DataAtom; a == atom.Table || a == atom.Tr || rows(a) {
		t.giveUp("misnested in a table")
		return
	}
	last, mark := t.carry(element, furthest, block, i)
	t.move(last, around)
	inner := t.copyOf(element)
	for furthest.FirstChild != nil {
		t.move(furthest.FirstChild, inner)
	}
	furthest.AppendChild(inner)
	i = slices.Index(t.formatting, element)
	if i < mark {
		mark--
	}
	t.formatting = slices.Insert(slices.Delete(t.formatting, i, i+1), mark, inner)
	t.open = slices.Delete(t.open, at, at+1)
	t.open = slices.Insert(t.open, slices.Index(t.open, furthest)+1, inner)
}

// carry wraps furthest, at open[x], in copies of the formatting between element and it. It
// returns the outermost copy, and where the copy of element belongs in t.formatting.
func (t *tree) carry(element, furthest *html.Node, x, mark int) (last *html.Node, at int) {
	last = furthest
	for j := 1; ; j++ {
		x--
		n := t.open[x]
		if n == element {
			return last, mark
		}
		i := slices.Index(t.formatting, n)
		switch {
		case i >= 0 && j > 3:
			t.formatting = slices.Delete(t.formatting, i, i+1)
			if i <= mark {
				mark--
			}
		case i < 0:
			t.open = slices.Delete(t.open, x, x+1)
		default:
			n = t.copyOf(n)
			t.formatting[i], t.open[x] = n, n
			if last == furthest {
				mark = i + 1
			}
			t.move(last, n)
			last = n
		}
	}
}

func (t *tree) copyOf(n *html.Node) *html.Node {
	c := t.node()
	c.Type, c.DataAtom, c.Data, c.Attr = n.Type, n.DataAtom, n.Data, t.attributesOf(n.Attr)
	return c
}

func (t *tree) move(n, parent *html.Node) {
	if t.moved++; t.moved > maxMoved {
		t.giveUp("much moved")
	}
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
	parent.AppendChild(n)
}
