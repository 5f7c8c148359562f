package extract

import (
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func (t *tree) top() *html.Node {
	if len(t.open) == 0 {
		return t.root
	}
	return t.open[len(t.open)-1]
}

// add appends the element of a tag to the innermost open one.
func (t *tree) add(k *treeTag) *html.Node {
	n := t.node()
	n.Type, n.DataAtom, n.Data, n.Attr = html.ElementNode, k.atom, k.name, t.attributesOf(k.attrs)
	t.top().AppendChild(n)
	return n
}

// push adds an element and opens it.
func (t *tree) push(k *treeTag) *html.Node {
	n := t.add(k)
	t.opened(n)
	return n
}

func (t *tree) opened(n *html.Node) {
	if t.open = append(t.open, n); len(t.open) > maxOpen {
		t.giveUp("deep")
	}
	if n.DataAtom == atom.P {
		t.paragraphs++
	}
}

// imply opens an element that has no tag.
func (t *tree) imply(a atom.Atom) *html.Node { return t.push(&treeTag{atom: a, name: a.String()}) }

// closeTo closes the elements from index i on.
func (t *tree) closeTo(i int) {
	for _, n := range t.open[i:] {
		if n.DataAtom == atom.P {
			t.paragraphs--
		}
	}
	t.open = t.open[:i]
}

func (t *tree) pop() { t.closeTo(len(t.open) - 1) }

// A treeScope says which elements hide those outside of them.
type treeScope uint8

const (
	inScope treeScope = iota
	inButtonScope
	inListScope
	inTableScope
)

// find returns the index of the innermost open element of that name in scope, or -1.
func (t *tree) find(a atom.Atom, s treeScope) int {
	return t.findAny(s, func(other atom.Atom) bool { return other == a })
}

func (t *tree) findAny(s treeScope, is func(atom.Atom) bool) int {
	for i := len(t.open) - 1; i >= 0; i-- {
		a := t.open[i].DataAtom
		if is(a) {
			return i
		}
		if hidesOutside(a, s) {
			return -1
		}
	}
	return -1
}

func hidesOutside(a atom.Atom, s treeScope) bool {
	switch a {
	case atom.Html, atom.Table, atom.Template:
		return true
	case atom.Applet, atom.Caption, atom.Td, atom.Th, atom.Marquee, atom.Object, atom.Select:
		return s != inTableScope
	case atom.Button:
		return s == inButtonScope
	case atom.Ol, atom.Ul:
		return s == inListScope
	}
	return false
}

// closeScoped closes the innermost element of that name in scope and all inside it.
func (t *tree) closeScoped(a atom.Atom, s treeScope) bool {
	i := t.find(a, s)
	if i >= 0 {
		t.closeTo(i)
	}
	return i >= 0
}

// closeParagraph ends the paragraph that a block begins in.
func (t *tree) closeParagraph() {
	if t.paragraphs > 0 {
		t.closeScoped(atom.P, inButtonScope)
	}
}

// closeImplied closes elements whose end tags may be left out, but those of that name.
func (t *tree) closeImplied(but atom.Atom) {
	for {
		switch a := t.top().DataAtom; a {
		case atom.Dd, atom.Dt, atom.Li, atom.Optgroup, atom.Option, atom.P, atom.Rb, atom.Rp, atom.Rt, atom.Rtc:
			if a == but {
				return
			}
			t.pop()
		default:
			return
		}
	}
}

// remove closes one element and leaves those inside it open.
func (t *tree) remove(n *html.Node) {
	if i := slices.Index(t.open, n); i >= 0 {
		if n.DataAtom == atom.P {
			t.paragraphs--
		}
		t.open = slices.Delete(t.open, i, i+1)
	}
}

// isSpecial reports the elements that HTML section 13.2.4.2 calls so.
func isSpecial(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Applet, atom.Area, atom.Article, atom.Aside, atom.Base, atom.Basefont, atom.Bgsound, atom.Blockquote,
		atom.Body, atom.Br, atom.Button, atom.Caption, atom.Center, atom.Col, atom.Colgroup, atom.Dd, atom.Details, atom.Dir,
		atom.Div, atom.Dl, atom.Dt, atom.Embed, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.Frame,
		atom.Frameset, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Head, atom.Header, atom.Hgroup, atom.Hr, atom.Html,
		atom.Iframe, atom.Img, atom.Input, atom.Keygen, atom.Li, atom.Link, atom.Listing, atom.Main, atom.Marquee, atom.Menu,
		atom.Meta, atom.Nav, atom.Noembed, atom.Noframes, atom.Noscript, atom.Object, atom.Ol, atom.P, atom.Param, atom.Plaintext,
		atom.Pre, atom.Script, atom.Section, atom.Select, atom.Source, atom.Style, atom.Summary, atom.Table, atom.Tbody, atom.Td,
		atom.Template, atom.Textarea, atom.Tfoot, atom.Th, atom.Thead, atom.Title, atom.Tr, atom.Track, atom.Ul, atom.Wbr, atom.Xmp:
		return true
	}
	return false
}
