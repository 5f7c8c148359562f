package extract

import (
	"strings"

	"newsarchive/internal/address"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// node reads n and what is in it.
func (f *flow) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if f.skip != nil && f.skip(n) {
			return
		}
		if f.kind == aPre && !f.cell {
			f.verbatim(n.Data)
		} else {
			f.words(n.Data)
		}
	case html.ElementNode:
		switch {
		case n.Namespace != "":
		case f.skip == nil || !f.skip(n):
			f.element(n)
		case !inlineLevel(n.DataAtom):
			f.breaks += 2 // what stood around it are blocks still
		}
	case html.DocumentNode:
		f.children(n)
	}
}

func (f *flow) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.node(c)
	}
}

// element reads one element by what it means for the flow.
func (f *flow) element(n *html.Node) {
	if m := markOf(n.DataAtom); m != 0 {
		f.marked(n, m)
		return
	}
	if img, ok := f.shown[n]; ok {
		f.show(img)
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Applet,
		atom.Canvas, atom.Audio, atom.Video, atom.Map, atom.Button, atom.Input, atom.Select, atom.Textarea, atom.Datalist,
		atom.Progress, atom.Meter, atom.Head, atom.Title, atom.Meta, atom.Link, atom.Base, atom.Frameset, atom.Noframes,
		atom.Noembed, atom.Xmp, atom.Plaintext, atom.Colgroup:
	case atom.Figcaption: // else of a picture
		if f.captions || besideTable(n) {
			f.closeLeaf()
			f.children(n)
			f.closeLeaf()
		}
	case atom.Rt, atom.Rp:
		if rubyBrackets(n) {
			f.children(n)
		}
	case atom.Br:
		f.breaks++
	case atom.A:
		f.anchor(n)
	case atom.Q:
		f.words("“")
		f.children(n)
		f.space, f.newline = false, false
		f.words("”")
	case atom.Img:
		f.image(n)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		f.leaf(n, aHeading, max(n.Data[1]-'0', 2))
	case atom.Pre, atom.Listing:
		f.leaf(n, aPre, 0)
	case atom.Ul, atom.Menu, atom.Dir:
		f.container(n, aList)
	case atom.Ol:
		f.container(n, anOrderedList)
	case atom.Blockquote:
		f.container(n, aQuote)
	case atom.Li:
		f.item(n)
	case atom.Table:
		f.table(n)
	case atom.Caption:
		if !f.innermost(aTable) { // of a table for layout
			f.other(n)
		}
	case atom.Tr:
		f.row(n)
	case atom.Td, atom.Th:
		f.tableCell(n)
	default:
		f.other(n)
	}
}

// other reads an element that only groups: as a block of its own, or as if it were not there.
func (f *flow) other(n *html.Node) {
	switch {
	case ampImage(n):
		f.image(n)
	case !groups(n.DataAtom):
		f.children(n)
	default:
		f.closeLeaf()
		f.children(n)
		f.closeLeaf()
	}
}

// groups reports the elements that browsers show as blocks and that are not read
// otherwise (HTML section 15.3.3).
func groups(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav,
		atom.Address, atom.Hgroup, atom.Form, atom.Fieldset, atom.Legend, atom.Details, atom.Summary, atom.Dialog,
		atom.Dl, atom.Dt, atom.Dd, atom.Figure, atom.Center, atom.Hr, atom.Body, atom.Html, atom.Option, atom.Search,
		atom.Thead, atom.Tbody, atom.Tfoot, atom.Caption:
		return true
	}
	return false
}

func markOf(a atom.Atom) marks {
	switch a {
	case atom.B, atom.Strong:
		return isStrong
	case atom.I, atom.Em, atom.Dfn:
		return isEmphasis
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		return isCode
	case atom.S, atom.Strike, atom.Del:
		return isStruck
	case atom.Cite:
		return isCited
	case atom.Sub:
		return isSub
	case atom.Sup:
		return isSup
	}
	return 0
}

func (f *flow) marked(n *html.Node, m marks) {
	before := f.now.marks
	f.now.marks |= m
	f.children(n)
	f.now.marks = before
}

// anchor reads a link. One without words, such as that of a picture, is none.
func (f *flow) anchor(n *html.Node) {
	before, known, words := f.now.href, len(f.hrefs), len(f.buf)
	if href := f.hrefOf(attr(n, "href")); href > 0 {
		f.now.href = href
	}
	f.children(n)
	f.now.href = before
	if len(f.buf) == words {
		for _, href := range f.hrefs[known:] {
			delete(f.href, href)
		}
		f.hrefs = f.hrefs[:known]
	}
}

// hrefOf returns the index of the address that ref means, 0 for one that cannot
// be followed.
func (f *flow) hrefOf(ref string) int {
	s, ok := resolveLink(f.base, ref)
	if !ok {
		if s, ok = mailTarget(ref); !ok {
			return 0
		}
	}
	i, known := f.href[s]
	if !known {
		if f.href == nil {
			f.href = map[string]int{}
		}
		i = len(f.hrefs)
		f.hrefs, f.href[s] = append(f.hrefs, s), i
	}
	return i
}

// mailTarget returns a mailto reference without its headers.
func mailTarget(ref string) (string, bool) {
	ref = strings.TrimSpace(ref)
	if len(ref) < 8 || len(ref) > 300 || !strings.EqualFold(ref[:7], "mailto:") {
		return "", false
	}
	box, _, _ := strings.Cut(ref[7:], "?")
	for i := range len(box) {
		if c := box[i]; c <= ' ' || c >= 0x7F || strings.IndexByte(`"'<>&\`+"`", c) >= 0 {
			return "", false
		}
	}
	return "mailto:" + box, strings.Contains(box, "@")
}

// leaf reads an element whose blocks are of that kind.
func (f *flow) leaf(n *html.Node, k kind, level uint8) {
	f.closeLeaf()
	before, was := f.kind, f.level
	f.kind, f.level = k, level
	f.children(n)
	f.closeLeaf()
	f.kind, f.level = before, was
}

func (f *flow) container(n *html.Node, k kind) {
	if f.cell || len(f.around) >= deepest || f.kind != aParagraph {
		f.closeLeaf()
		f.children(n)
		f.closeLeaf()
		return
	}
	f.begin(k)
	f.children(n)
	f.end(k)
}

// item reads a list item; one outside any list gets a list of its own.
func (f *flow) item(n *html.Node) {
	k := anItem
	if f.inList() {
		f.container(n, k)
		return
	}
	f.closeLeaf()
	f.children(n)
	f.closeLeaf()
}

// inList reports whether the innermost container is a list.
func (f *flow) inList() bool { return f.innermost(aList) || f.innermost(anOrderedList) }

// innermost reports whether the container around is of that kind.
func (f *flow) innermost(k kind) bool {
	return len(f.around) > 0 && f.around[len(f.around)-1] == k
}

// image keeps a picture that has an address and is no icon, where nobody chose which to show.
func (f *flow) image(n *html.Node) {
	src, alt := pictureSource(n), attr(n, "alt")
	if strings.Contains(attr(n, "class"), "emoji") && alt != "" {
		f.words(alt)
		return
	}
	if f.shown != nil || tiny(attr(n, "width")) || tiny(attr(n, "height")) {
		return
	}
	if abs, ok := address.Resolve(f.base, src); ok {
		f.show(pictured{src: abs, alt: oneLine(alt)})
	}
}

// show puts a picture where it stands: beside the block that is open, below it.
func (f *flow) show(img pictured) {
	if f.cell || f.kind != aParagraph || len(f.around) >= deepest || f.inList() {
		return
	}
	if f.open {
		f.late = append(f.late, img)
	} else {
		f.picture(img)
	}
}

// tiny reports a width or height, in pixels, that only icons and counters have.
func tiny(size string) bool {
	size = strings.TrimSuffix(size, "px")
	return size != "" && (len(size) == 1 || len(size) == 2 && size < "50") && size[0] >= '0' && size[0] <= '9'
}

// rubyBrackets reports a ruby annotation with brackets for readers without ruby
// layout, which the text is one of; others are left out.
func rubyBrackets(n *html.Node) bool {
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Rp {
			return true
		}
	}
	return false
}
