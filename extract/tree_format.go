package extract

import (
	"cmp"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// border keeps formatting outside of a cell, a caption or an object from what is inside.
func (t *tree) border() { t.formatting = append(t.formatting, nil) }

// toBorder forgets the formatting since the last border, and the border.
func (t *tree) toBorder() {
	i := len(t.formatting) - 1
	for i >= 0 && t.formatting[i] != nil {
		i--
	}
	t.formatting = t.formatting[:max(i, 0)]
}

// pushFormatting opens a formatting element.
func (t *tree) pushFormatting(k *treeTag) {
	n := t.push(k)
	slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Val, b.Val)) })
	same := 0
	for i := len(t.formatting) - 1; i >= 0 && t.formatting[i] != nil; i-- {
		if f := t.formatting[i]; f.DataAtom == n.DataAtom && slices.Equal(f.Attr, n.Attr) {
			same++
		}
	}
	if same >= 3 || len(t.formatting) >= maxFormatting {
		t.giveUp("much formatting")
	}
	t.formatting = append(t.formatting, n)
}

// resume opens again what formatting was cut off by the end of a block.
func (t *tree) resume() {
	i := len(t.formatting) - 1
	for i >= 0 && t.formatting[i] != nil && !t.isOpen(t.formatting[i]) {
		i--
	}
	for i++; i < len(t.formatting); i++ {
		n := t.formatting[i]
		t.formatting[i] = t.push(&treeTag{atom: n.DataAtom, name: n.Data, attrs: n.Attr})
	}
}

func (t *tree) isOpen(n *html.Node) bool {
	for i := len(t.open) - 1; i >= 0; i-- {
		if t.open[i] == n {
			return true
		}
	}
	return false
}

// formattingOf returns the index of the last formatting element of that name, or -1.
func (t *tree) formattingOf(a atom.Atom) int {
	for i := len(t.formatting) - 1; i >= 0 && t.formatting[i] != nil; i-- {
		if t.formatting[i].DataAtom == a {
			return i
		}
	}
	return -1
}
