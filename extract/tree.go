package extract

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A tree is built from clean markup by the rules of HTML section 13.2.6, as html.Parse
// applies them, and at a third of its cost: nodes, attributes and strings are cut from
// larger pieces, and nothing is copied twice.
//
// It knows the rules that pages in use need. Where another is called for, such as text
// between the rows of a table or HTML inside of a drawing, it gives up, and html.Parse reads
// the page. So the tree is that of html.Parse, or there is none; a fuzz target compares the
// two. What nobody reads is left out as skimHTML leaves it out: the insides of comments,
// styles and drawings; and those of scripts are set aside.
type tree struct {
	text       []byte
	at         int // of what comes next
	attributes int // of one tag, at most
	odd        string
	slabs
	aside aside

	root, head, form *html.Node
	mode             treeMode
	quirks           bool         // a table stays in a paragraph
	open             []*html.Node // elements, the innermost last
	paragraphs       int          // of those, p
	formatting       []*html.Node // that are to go on in the next block; nil is a border
	merged           int          // texts added to one before
	repeats          int          // of <html> and <body>
	moved            int          // nodes that went to another place
	templates        []bool       // that are open, and whether they hold content
	scratch          []html.Attribute
}

// A treeMode is an insertion mode of HTML section 13.2.6.4.
type treeMode uint8

const (
	atStart treeMode = iota
	beforeHTML
	beforeHead
	insideHead
	afterHead
	inContent // "in body"
	inTemplate
	inTable
	inColumns
	inRows // "in table body"
	inRow
	inCell
	inCaption
	afterContent
	afterAll
)

// The bounds of a tree. html.Parse allows as many open elements.
const (
	maxOpen       = 512
	maxFormatting = 32
	maxMerged     = 64
	maxMade       = 3 * maxTags // formatting that is never closed is made again in each block
	maxTreeAttrs  = 64          // each is compared with those before it
)

// buildTree returns the tree of text, and the scripts set aside from it. Where odd is
// not empty there is none, and odd says what was met.
func buildTree(text []byte, attributes int) (root *html.Node, set aside, odd string) {
	t := tree{text: text, attributes: min(attributes, maxTreeAttrs), root: &html.Node{Type: html.DocumentNode}}
	t.size(len(text))
	t.open = make([]*html.Node, 0, 64)
	for t.at < len(text) && t.odd == "" {
		if t.token(); t.made > maxMade {
			t.giveUp("many nodes")
		}
	}
	if t.odd != "" {
		return nil, nil, t.odd
	}
	t.enterBody()
	if len(t.templates) > 0 {
		return nil, nil, "open template"
	}
	return t.root, t.aside, ""
}

// giveUp ends the building: html.Parse must read the page. It keeps the first reason.
func (t *tree) giveUp(why string) {
	if t.odd == "" {
		t.odd = why
	}
}

// token reads the text before the next tag, and that tag.
func (t *tree) token() {
	i := t.nextTag()
	if i > t.at {
		raw := t.text[t.at:i]
		t.at = i
		t.characters(t.decoded(raw))
		return
	}
	switch c := t.text[i+1]; {
	case asciiLetter(c):
		if k := t.readTag(i+1, true); t.odd == "" {
			t.start(&k)
		}
	case c == '/' && i+2 < len(t.text) && asciiLetter(t.text[i+2]):
		if k := t.readTag(i+2, false); t.odd == "" {
			t.end(&k)
		}
	case bytes.HasPrefix(t.text[i:], []byte("<!--")):
		_, t.at = commentEnd(t.text, i+4)
		t.comment()
	default:
		t.declaration(i)
	}
}

// nextTag returns where the next tag, comment or the like begins.
func (t *tree) nextTag() int {
	for i := t.at; ; i++ {
		n := bytes.IndexByte(t.text[i:], '<')
		if n < 0 || i+n+1 == len(t.text) {
			return len(t.text)
		}
		i += n
		if c := t.text[i+1]; asciiLetter(c) || c == '/' || c == '!' || c == '?' {
			return i
		}
	}
}

// declaration passes a doctype, or what counts as a comment.
func (t *tree) declaration(i int) {
	n := bytes.IndexByte(t.text[i+2:], '>')
	if n < 0 {
		t.giveUp("open declaration")
		return
	}
	inside := t.text[i+2 : i+2+n]
	t.at = i + 3 + n
	if t.text[i+1] != '!' || !hasPrefixFold(inside, "doctype") {
		t.comment()
		return
	}
	switch t.mode {
	case atStart:
		t.mode = beforeHTML
		t.doctype(inside[len("doctype"):])
	case afterContent:
		t.mode = inContent
	}
}

// doctype files the declaration. What the older ones mean, html.Parse knows.
func (t *tree) doctype(inside []byte) {
	if string(bytes.TrimSpace(inside)) == "html" { // in capitals it has quirks, to html.Parse
		t.root.AppendChild(&html.Node{Type: html.DoctypeNode, Data: "html"})
		return
	}
	sample, err := html.Parse(strings.NewReader("<!DOCTYPE" + string(inside) + "><p><table>"))
	if err != nil || sample.FirstChild.Type != html.DoctypeNode {
		t.giveUp("doctype")
		return
	}
	for n := range sample.Descendants() {
		if n.DataAtom == atom.Table {
			t.quirks = n.Parent.DataAtom == atom.P
		}
	}
	n := sample.FirstChild
	sample.RemoveChild(n)
	t.root.AppendChild(n)
}

// comment files an empty comment: it keeps the texts around it apart.
func (t *tree) comment() {
	n := t.node()
	n.Type = html.CommentNode
	switch t.mode {
	case atStart, beforeHTML, afterAll:
		t.root.AppendChild(n)
	case afterContent:
		t.open[0].AppendChild(n)
	default:
		t.top().AppendChild(n)
	}
}
