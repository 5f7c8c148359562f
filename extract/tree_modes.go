package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// whiteSpace is HTML's. Clean markup has only some of it as such, and all as references.
const whiteSpace = " \t\r\n\f"

// characters files text.
func (t *tree) characters(s string) {
	switch t.mode {
	case atStart, beforeHTML, beforeHead:
		s = strings.TrimLeft(s, whiteSpace)
	case insideHead, afterHead:
		rest := strings.TrimLeft(s, whiteSpace)
		t.addText(s[:len(s)-len(rest)])
		s = rest
	case inTable, inRows, inRow, inColumns:
		if strings.TrimLeft(s, whiteSpace) != "" {
			t.giveUp("text in a table")
		}
		t.addText(s)
		return
	case afterContent, afterAll:
		if strings.TrimLeft(s, whiteSpace) != "" {
			t.mode = inContent
		}
	}
	if s == "" {
		return
	}
	t.enterBody()
	if n := t.top(); (n.DataAtom == atom.Pre || n.DataAtom == atom.Listing) && n.FirstChild == nil {
		if s = withoutNewline(s); s == "" {
			return
		}
	}
	t.resume()
	t.addText(s)
}

// withoutNewline cuts the one that begins a text shown as it is written.
func withoutNewline(s string) string { return strings.TrimPrefix(strings.TrimPrefix(s, "\r"), "\n") }

// addText appends s to the text that is last in the innermost element, or as one.
func (t *tree) addText(s string) {
	if s == "" {
		return
	}
	top := t.top()
	if n := top.LastChild; n != nil && n.Type == html.TextNode {
		if t.merged++; t.merged > maxMerged {
			t.giveUp("text in pieces")
		}
		n.Data += s
		return
	}
	n := t.node()
	n.Type, n.Data = html.TextNode, s
	top.AppendChild(n)
}

// enterBody opens what must be open around the content of a page.
func (t *tree) enterBody() {
	if t.mode == atStart {
		t.quirks, t.mode = true, beforeHTML
	}
	if t.mode == beforeHTML {
		t.imply(atom.Html)
		t.mode = beforeHead
	}
	if t.mode == beforeHead {
		t.head = t.imply(atom.Head)
		t.mode = insideHead
	}
	if t.mode == insideHead {
		t.pop()
		t.mode = afterHead
	}
	if t.mode == afterHead {
		t.imply(atom.Body)
		t.mode = inContent
	}
}

// start files an element.
func (t *tree) start(k *treeTag) {
	switch k.atom {
	case atom.Frameset, atom.Plaintext, atom.Math, atom.Image, atom.Applet, atom.Marquee, atom.Listing:
		t.giveUp(k.name)
		return
	}
	if t.mode < inContent {
		if t.startHead(k) {
			return
		}
		t.enterBody()
	}
	switch t.mode {
	case afterContent, afterAll:
		if k.atom != atom.Html {
			t.mode = inContent
		}
		t.startContent(k)
	case inTemplate:
		if !headElement(k.atom) && k.atom != atom.Template {
			t.mode, t.templates[len(t.templates)-1] = inContent, true
		}
		t.startContent(k)
	case inContent:
		t.startContent(k)
	default:
		t.startTable(k)
	}
}

// startHead files what stands before the content. It reports false for what does not.
func (t *tree) startHead(k *treeTag) bool {
	switch {
	case k.atom == atom.Html && t.mode <= beforeHTML:
		t.quirks = t.quirks || t.mode == atStart
		t.push(k)
		t.mode = beforeHead
	case k.atom == atom.Html:
		t.merge(t.open[0], k)
	case k.atom == atom.Head && t.mode <= beforeHead:
		t.enterHTML()
		t.head = t.push(k)
		t.mode = insideHead
	case k.atom == atom.Head:
	case k.atom == atom.Body && t.mode == afterHead:
		t.push(k)
		t.mode = inContent
	case k.atom == atom.Body:
		t.enterBody()
		t.open[1].Attr = t.attributesOf(k.attrs)
	case k.atom == atom.Noscript && t.mode == afterHead || !headElement(k.atom):
		return false
	default:
		t.enterHead()
		t.inHeadOf(k)
	}
	return true
}

// merge adds the attributes of a second <html> or <body> to those of the first.
func (t *tree) merge(n *html.Node, k *treeTag) {
	if len(t.templates) > 0 {
		return
	}
	if t.repeats++; t.repeats > maxBodies-2 {
		t.giveUp("many bodies")
	}
	for _, a := range k.attrs {
		if !slices.ContainsFunc(n.Attr, func(have html.Attribute) bool { return have.Key == a.Key }) {
			n.Attr = append(n.Attr, a)
		}
	}
}

func (t *tree) enterHTML() {
	if t.mode <= beforeHTML {
		t.quirks = t.quirks || t.mode == atStart
		t.imply(atom.Html)
		t.mode = beforeHead
	}
}

func (t *tree) enterHead() {
	t.enterHTML()
	if t.mode == beforeHead {
		t.head = t.imply(atom.Head)
		t.mode = insideHead
	}
}

func headElement(a atom.Atom) bool {
	switch a {
	case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Noscript, atom.Script, atom.Title, atom.Noframes, atom.Style, atom.Template:
		return true
	}
	return false
}

// inHeadOf files an element of the head, wherever it stands. After the head's end it is
// still the head's.
func (t *tree) inHeadOf(k *treeTag) {
	if t.mode == afterHead {
		t.open = append(t.open, t.head)
		defer t.remove(t.head)
	}
	switch k.atom {
	case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta:
		t.add(k)
	case atom.Template:
		t.startTemplate(k)
	default:
		t.raw(k)
	}
}

// startTemplate opens one. What is in it is read like the content of a page.
func (t *tree) startTemplate(k *treeTag) {
	t.push(k)
	t.border()
	t.templates = append(t.templates, false)
	t.mode = inTemplate
}

// endTemplate closes the innermost one.
func (t *tree) endTemplate() {
	if len(t.templates) == 0 {
		return
	}
	t.closeImplied(0)
	for i, n := range slices.Backward(t.open) {
		if n.DataAtom == atom.Template {
			t.closeTo(i)
			break
		}
	}
	t.toBorder()
	t.templates = t.templates[:len(t.templates)-1]
	t.mode = t.modeOf()
}

// raw files an element whose text holds no markup, and passes its end tag.
func (t *tree) raw(k *treeTag) {
	n := t.add(k)
	from := t.at
	to := rawEnd(t.text[from:], k.name)
	if k.atom == atom.Script {
		to = scriptEnd(t.text[from:])
	}
	if to < 0 {
		t.giveUp("open " + k.name)
		return
	}
	t.at = from + to
	inside := t.text[from:t.at]
	t.readTag(t.at+2, false)
	if s := t.rawText(k.atom, inside); s != "" {
		text := t.node()
		text.Type, text.Data = html.TextNode, s
		n.AppendChild(text)
	}
}

// end files an end tag.
func (t *tree) end(k *treeTag) {
	if k.atom == atom.Template {
		t.endTemplate()
		return
	}
	if t.mode == inTemplate {
		return
	}
	if t.mode < inContent {
		switch k.atom {
		case atom.Head:
			if t.enterHead(); t.mode == insideHead {
				t.pop()
				t.mode = afterHead
			}
			return
		case atom.Body, atom.Html, atom.Br:
			t.enterBody()
		default:
			if t.mode == atStart {
				t.quirks, t.mode = true, beforeHTML
			}
			return
		}
	}
	switch t.mode {
	case afterContent:
		if k.atom == atom.Html {
			t.mode = afterAll
			return
		}
		t.mode = inContent
	case afterAll:
		t.mode = inContent
	}
	if t.mode == inContent {
		t.endContent(k)
	} else {
		t.endTable(k)
	}
}
