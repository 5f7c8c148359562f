package extract

import (
	"bytes"
	"slices"

	"golang.org/x/net/html/atom"
)

// drawing files an svg element and passes its insides.
func (t *tree) drawing(k *treeTag) {
	n := t.add(k)
	n.Namespace = "svg"
	if k.closed {
		return
	}
	for inside := []string{"svg"}; len(inside) > 0 && t.odd == ""; {
		i := t.nextTag()
		if i+2 >= len(t.text) {
			t.giveUp("open svg")
			return
		}
		switch c := t.text[i+1]; {
		case asciiLetter(c):
			if inner := t.readTag(i+1, true); t.drawn(&inner) && !inner.closed {
				inside = append(inside, inner.name)
			}
		case c == '/' && asciiLetter(t.text[i+2]):
			inner := t.readTag(i+2, false)
			inside = t.endDrawn(inside, inner.name)
		case bytes.HasPrefix(t.text[i:], []byte("<!--")):
			_, t.at = commentEnd(t.text, i+4)
		default:
			t.giveUp("declaration in svg")
		}
	}
}

// endDrawn closes the last of the open elements that has that name, and all inside it.
func (t *tree) endDrawn(open []string, name string) []string {
	for i, other := range slices.Backward(open) {
		if other == name {
			return open[:i]
		}
	}
	t.giveUp("stray end in svg: " + name)
	return open
}

// drawn looks at an element inside of svg. It gives up at those that lead back to HTML.
func (t *tree) drawn(k *treeTag) bool {
	switch k.atom {
	case atom.Title, atom.Desc:
		if !k.closed {
			i := bytes.IndexByte(t.text[t.at:], '<')
			if i < 0 || !hasPrefixFold(t.text[t.at+i+1:], "/"+k.name+">") {
				t.giveUp("svg with html")
			}
		}
	case atom.B, atom.Big, atom.Blockquote, atom.Body, atom.Br, atom.Center, atom.Code, atom.Dd, atom.Div, atom.Dl, atom.Dt, atom.Em,
		atom.Embed, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Head, atom.Hr, atom.I, atom.Img, atom.Li, atom.Listing,
		atom.Menu, atom.Meta, atom.Nobr, atom.Ol, atom.P, atom.Pre, atom.Ruby, atom.S, atom.Small, atom.Span, atom.Strong, atom.Strike,
		atom.Sub, atom.Sup, atom.Table, atom.Tt, atom.U, atom.Ul, atom.Var, atom.Font, atom.Html, atom.Template, atom.Math,
		atom.Foreignobject, atom.AnnotationXml, atom.Mi, atom.Mo, atom.Mn, atom.Ms, atom.Mtext:
		t.giveUp("svg with html")
	default:
		if k.name == "foreignobject" || k.name == "annotation-xml" {
			t.giveUp("svg with html")
		}
	}
	return t.odd == ""
}
