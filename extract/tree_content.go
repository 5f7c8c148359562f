package extract

import (
	"slices"
	"strconv"

	"golang.org/x/net/html/atom"
)

// startContent files an element by the rules for the body.
func (t *tree) startContent(k *treeTag) {
	switch k.atom {
	case atom.Html:
		t.merge(t.open[0], k)
	case atom.Body:
		t.merge(t.open[1], k)
	case atom.Template:
		t.startTemplate(k)
	case atom.Caption, atom.Col, atom.Colgroup, atom.Frame, atom.Head, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
		if len(t.templates) > 0 {
			t.giveUp("table part in a template")
		}
	case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track:
		t.add(k)
	case atom.Script, atom.Style, atom.Title, atom.Noframes, atom.Noembed, atom.Noscript, atom.Iframe, atom.Textarea:
		t.raw(k)
	case atom.Xmp:
		t.closeParagraph()
		t.resume()
		t.raw(k)
	case atom.Area, atom.Br, atom.Embed, atom.Img, atom.Keygen, atom.Wbr:
		t.resume()
		t.add(k)
	case atom.A:
		t.startLink(k)
	case atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		t.resume()
		t.pushFormatting(k)
	case atom.Nobr:
		if t.resume(); t.find(atom.Nobr, inScope) >= 0 {
			t.endFormatting(k)
			t.resume()
		}
		t.pushFormatting(k)
	case atom.Svg:
		t.resume()
		t.drawing(k)
	case atom.Table:
		if !t.quirks {
			t.closeParagraph()
		}
		t.push(k)
		t.mode = inTable
	default:
		t.startBlock(k)
	}
}

func (t *tree) startBlock(k *treeTag) {
	switch k.atom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl,
		atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Header, atom.Hgroup, atom.Main, atom.Menu, atom.Nav, atom.Ol,
		atom.P, atom.Search, atom.Section, atom.Summary, atom.Ul, atom.Pre:
		t.closeParagraph()
		t.push(k)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		t.closeParagraph()
		if heading(t.top().DataAtom) {
			t.pop()
		}
		t.push(k)
	case atom.Li:
		t.closeItem(atom.Li, atom.Li)
		t.push(k)
	case atom.Dd, atom.Dt:
		t.closeItem(atom.Dd, atom.Dt)
		t.push(k)
	case atom.Form:
		t.startForm(k)
	case atom.Object:
		t.resume()
		t.push(k)
		t.border()
	default:
		t.startControl(k)
	}
}

// startForm opens a form where none is open. A template is a page of its own.
func (t *tree) startForm(k *treeTag) {
	switch {
	case len(t.templates) > 0:
		t.closeParagraph()
		t.push(k)
	case t.form == nil:
		t.closeParagraph()
		t.form = t.push(k)
	}
}

// startControl files parts of forms and of ruby, and elements without rules of their own.
func (t *tree) startControl(k *treeTag) {
	switch k.atom {
	case atom.Button:
		if t.find(atom.Button, inScope) >= 0 {
			t.closeImplied(0)
			t.closeScoped(atom.Button, inScope)
		}
	case atom.Input:
		t.closeScoped(atom.Select, inScope)
		t.resume()
		t.add(k)
		return
	case atom.Hr:
		t.startRule(k)
		return
	case atom.Select:
		if t.closeScoped(atom.Select, inScope) {
			return
		}
	case atom.Option, atom.Optgroup:
		t.closeOption(k.atom)
	case atom.Rb, atom.Rtc, atom.Rp, atom.Rt:
		if t.find(atom.Ruby, inScope) >= 0 {
			t.closeImplied(rubyParent(k.atom))
		}
		t.push(k)
		return
	}
	t.resume()
	t.push(k)
}

// rubyParent returns the element that one of ruby may stand in.
func rubyParent(a atom.Atom) atom.Atom {
	if a == atom.Rp || a == atom.Rt {
		return atom.Rtc
	}
	return 0
}

func (t *tree) closeOption(a atom.Atom) {
	switch {
	case t.find(atom.Select, inScope) >= 0 && a == atom.Option:
		t.closeImplied(atom.Optgroup)
	case t.find(atom.Select, inScope) >= 0:
		t.closeImplied(0)
	case t.top().DataAtom == atom.Option:
		t.pop()
	}
}

func (t *tree) startRule(k *treeTag) {
	if t.paragraphs > 0 && t.find(atom.P, inButtonScope) >= 0 {
		t.closeImplied(atom.P)
		t.closeScoped(atom.P, inScope)
	}
	if t.find(atom.Select, inScope) >= 0 {
		t.closeImplied(0)
	}
	t.add(k)
}

func heading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// closeItem ends the item before one of a list, and the paragraph in between.
func (t *tree) closeItem(a, b atom.Atom) {
	for i := len(t.open) - 1; i >= 0; i-- {
		switch e := t.open[i].DataAtom; {
		case e == a || e == b:
			t.closeTo(i)
		case e == atom.Address || e == atom.Div || e == atom.P || !isSpecial(e):
			continue
		}
		break
	}
	t.closeParagraph()
}

// startLink ends the link before it: none stands in another.
func (t *tree) startLink(k *treeTag) {
	if i := t.formattingOf(atom.A); i >= 0 {
		n := t.formatting[i]
		t.endFormatting(&treeTag{atom: atom.A, name: "a"})
		t.remove(n)
		if i = slices.Index(t.formatting, n); i >= 0 {
			t.formatting = slices.Delete(t.formatting, i, i+1)
		}
	}
	t.resume()
	t.pushFormatting(k)
}

// endContent files an end tag by the rules for the body.
func (t *tree) endContent(k *treeTag) {
	switch k.atom {
	case atom.Body, atom.Html:
		if t.find(atom.Body, inScope) >= 0 {
			if t.mode = afterContent; k.atom == atom.Html {
				t.mode = afterAll
			}
		}
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Button, atom.Center, atom.Details, atom.Dialog, atom.Dir, atom.Div,
		atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Header, atom.Hgroup, atom.Listing, atom.Main, atom.Menu,
		atom.Nav, atom.Ol, atom.Pre, atom.Search, atom.Section, atom.Select, atom.Summary, atom.Ul:
		if t.find(k.atom, inScope) >= 0 {
			t.closeImplied(0)
			t.closeScoped(k.atom, inScope)
		}
	case atom.Form:
		t.endForm()
	case atom.P:
		if t.find(atom.P, inButtonScope) < 0 {
			t.imply(atom.P)
		}
		t.closeScoped(atom.P, inButtonScope)
	case atom.Li:
		t.closeScoped(atom.Li, inListScope)
	case atom.Dd, atom.Dt:
		t.closeScoped(k.atom, inScope)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if i := t.findAny(inScope, heading); i >= 0 {
			t.closeTo(i)
		}
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		t.endFormatting(k)
	case atom.Applet, atom.Marquee, atom.Object:
		if t.closeScoped(k.atom, inScope) {
			t.toBorder()
		}
	case atom.Br:
		t.startContent(&treeTag{atom: atom.Br, name: k.name})
	default:
		t.endOther(k)
	}
}

// endForm closes the form and leaves open what is open inside it.
func (t *tree) endForm() {
	if len(t.templates) > 0 {
		if t.find(atom.Form, inScope) >= 0 {
			t.giveUp("end of a form in a template")
		}
		return
	}
	n := t.form
	t.form = nil
	if i := t.find(atom.Form, inScope); n != nil && i >= 0 && t.open[i] == n {
		t.closeImplied(0)
		t.remove(n)
	}
}

// endOther closes the innermost element of that name, unless a block stands in between.
func (t *tree) endOther(k *treeTag) {
	for i := len(t.open) - 1; i >= 0; i-- {
		if n := t.open[i]; n.DataAtom == k.atom && (k.atom != 0 || n.Data == k.name) {
			t.closeTo(i)
			return
		} else if isSpecial(n.DataAtom) {
			return
		}
	}
}

// rawText returns what stands in the tree for the text of a raw element.
func (t *tree) rawText(a atom.Atom, inside []byte) string {
	switch a {
	case atom.Script:
		if len(inside) < worthwhile {
			break
		}
		t.aside = append(t.aside, inside)
		return string(scriptMark) + strconv.Itoa(len(t.aside)-1)
	case atom.Style:
		return t.str(inside[:min(1, len(inside))])
	case atom.Title:
		return t.decoded(inside)
	case atom.Textarea:
		return withoutNewline(t.decoded(inside))
	}
	return t.str(inside)
}
