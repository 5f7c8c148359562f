package extract

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// flatDepth is how many elements may be open while a tree is built from tokens.
// What stands deeper becomes a child of the last of them.
const flatDepth = 128

// parseFlat builds a tree from the tokens alone, for markup that html.Parse
// refuses. It knows void elements and which end tags may be missing, and nothing
// else of the rules of tree construction; but it loses no text.
func parseFlat(text []byte) *html.Node {
	f := newFlat()
	z := html.NewTokenizer(bytes.NewReader(text))
	z.SetMaxBuf(4 << 20)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return f.root
		}
		f.add(kind, z)
	}
}

// flat is a tree under construction. open are the elements whose end tag has not
// come; the first is <body> or, in the head, <head>.
type flat struct {
	root, doc, head, body *html.Node
	open                  []*html.Node
	hidden                int // open elements that the depth did not allow
}

func newFlat() *flat {
	f := &flat{root: &html.Node{Type: html.DocumentNode}, doc: element(atom.Html), head: element(atom.Head), body: element(atom.Body)}
	f.root.AppendChild(f.doc)
	f.doc.AppendChild(f.head)
	f.doc.AppendChild(f.body)
	f.open = []*html.Node{f.head}
	return f
}

func element(a atom.Atom) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: a.String(), DataAtom: a}
}

func (f *flat) add(kind html.TokenType, z *html.Tokenizer) {
	switch kind {
	case html.TextToken:
		f.text(z.Token().Data)
	case html.StartTagToken, html.SelfClosingTagToken:
		f.start(z.Token())
	case html.EndTagToken:
		f.end(z.Token().Data)
	}
}

func (f *flat) top() *html.Node { return f.open[len(f.open)-1] }

func (f *flat) text(data string) {
	if f.top() == f.head {
		if len(bytes.TrimSpace([]byte(data))) == 0 {
			return
		}
		f.leaveHead()
	}
	f.top().AppendChild(&html.Node{Type: html.TextNode, Data: data})
}

func (f *flat) leaveHead() { f.open = []*html.Node{f.body} }

func (f *flat) start(t html.Token) {
	switch t.DataAtom {
	case atom.Html:
		f.doc.Attr = mergeAttr(f.doc.Attr, t.Attr)
		return
	case atom.Head:
		return
	case atom.Body:
		f.body.Attr = mergeAttr(f.body.Attr, t.Attr)
		if f.top() == f.head {
			f.leaveHead()
		}
		return
	}
	if f.open[0] == f.head && !inHead[t.DataAtom] {
		f.leaveHead()
	}
	f.closeImplied(t.DataAtom)
	n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
	f.top().AppendChild(n)
	switch {
	case void[t.DataAtom]:
	case len(f.open) < flatDepth:
		f.open = append(f.open, n)
	default:
		f.hidden++
	}
}

// mergeAttr adds what is new; the first value of a name stays.
func mergeAttr(have, more []html.Attribute) []html.Attribute {
	if len(have) > 0 {
		return have
	}
	return more
}

// closeImplied ends a paragraph, list item, row or cell whose end tag is left out.
func (f *flat) closeImplied(next atom.Atom) {
	top := f.top().DataAtom
	if f.hidden == 0 && len(f.open) > 1 && (top == next && sibling[next] || top == atom.P && endsP[next]) {
		f.open = f.open[:len(f.open)-1]
	}
}

// end closes the nearest open element of that name. An end tag without one is
// dropped.
func (f *flat) end(name string) {
	for i := len(f.open) - 1; i > 0; i-- {
		if f.open[i].Data == name {
			f.open, f.hidden = f.open[:i], 0
			return
		}
		if f.hidden > 0 {
			f.hidden--
			return
		}
	}
}

var (
	inHead  = set(atom.Title, atom.Meta, atom.Link, atom.Script, atom.Style, atom.Base, atom.Noscript, atom.Template)
	void    = set(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr)
	sibling = set(atom.P, atom.Li, atom.Tr, atom.Td, atom.Th, atom.Dd, atom.Dt, atom.Option)
	endsP   = set(atom.Div, atom.P, atom.Ul, atom.Ol, atom.Table, atom.Section, atom.Article, atom.Aside, atom.Blockquote, atom.Figure,
		atom.Form, atom.Header, atom.Footer, atom.Nav, atom.Main, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
)

func set(atoms ...atom.Atom) map[atom.Atom]bool {
	m := make(map[atom.Atom]bool, len(atoms))
	for _, a := range atoms {
		m[a] = true
	}
	return m
}
