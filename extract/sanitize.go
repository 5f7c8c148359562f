package extract

import "strings"

// writeHTML writes the pieces as markup. Only the elements named here can come
// out, and of attributes only href, src and alt, with addresses that were resolved
// before: nothing of the page's own markup is passed on. What is written is what
// html.Render gives for its parsed tree, byte for byte.
func (f *flow) writeHTML(text string) string {
	w := markup{f: f, text: text}
	w.b.Grow(len(text)*5/4 + 32*len(f.pieces))
	for i := range f.pieces {
		w.piece(i)
	}
	return strings.TrimSuffix(w.b.String(), "\n")
}

type markup struct {
	f     *flow
	text  string
	b     strings.Builder
	depth int
}

// containerTags are the tags of the containers, by kind.
var containerTags = [...]string{aList: "ul", anOrderedList: "ol", anItem: "li", aQuote: "blockquote", aTable: "table", aRow: "tr"}

func (w *markup) piece(i int) {
	p := &w.f.pieces[i]
	switch {
	case p.kind >= aList:
		w.container(i)
	case p.kind == aPicture:
		img := w.f.images[p.from]
		w.b.WriteString(`<figure><img src="`)
		escapeTo(&w.b, img.src)
		w.b.WriteString(`" alt="`)
		escapeTo(&w.b, img.alt)
		w.b.WriteString(`"/></figure>`)
	case p.kind == aPre:
		w.b.WriteString("<pre>")
		escapeTo(&w.b, w.text[p.from:p.to])
		w.b.WriteString("</pre>")
	default:
		tag := w.leafTag(i)
		w.open(tag)
		w.runs(w.f.runs[p.runs[0]:p.runs[1]])
		w.close(tag)
		if p.kind == aCaption {
			w.open("tbody")
		}
	}
	if w.depth == 0 {
		w.b.WriteByte('\n')
	}
}

func (w *markup) container(i int) {
	p := &w.f.pieces[i]
	tag := containerTags[p.kind]
	if p.end {
		w.depth--
		if p.kind == aTable {
			w.close("tbody")
		}
		w.close(tag)
		return
	}
	w.depth++
	w.open(tag)
	if p.kind == aTable && w.f.pieces[i+1].kind != aCaption {
		w.open("tbody")
	}
}

var headingTags = [...]string{2: "h2", 3: "h3", 4: "h4", 5: "h5", 6: "h6"}

// leafTag names the element of a leaf, "" for the first paragraph of an item where
// no other follows it.
func (w *markup) leafTag(i int) string {
	pieces := w.f.pieces
	switch p := pieces[i]; {
	case p.kind == aHeading:
		return headingTags[p.level]
	case p.kind == aCaption:
		return "caption"
	case p.kind == aCell:
		return "td"
	case p.kind == aHeaderCell:
		return "th"
	}
	if i > 0 && pieces[i-1].kind == anItem && !pieces[i-1].end && pieces[i+1].kind >= aList {
		return ""
	}
	return "p"
}

func (w *markup) open(tag string) {
	if tag != "" {
		w.b.WriteByte('<')
		w.b.WriteString(tag)
		w.b.WriteByte('>')
	}
}

func (w *markup) close(tag string) {
	if tag != "" {
		w.b.WriteString("</")
		w.b.WriteString(tag)
		w.b.WriteByte('>')
	}
}

// markTags are the elements of marks, outermost first; a link stands around them all.
var markTags = [...]struct {
	mark marks
	tag  string
}{
	{isStrong, "strong"}, {isEmphasis, "em"}, {isCited, "cite"}, {isStruck, "s"}, {isCode, "code"}, {isSub, "sub"}, {isSup, "sup"},
}

// runs writes the words of one leaf. What two neighbours have in common from the
// outside inwards stays open between them.
func (w *markup) runs(runs []run) {
	var last run
	for _, r := range runs {
		kept := common(last, r)
		w.unmark(last, kept)
		w.mark(r, kept)
		w.words(w.text[r.from:r.to])
		last = r
	}
	w.unmark(last, 0)
}

// common counts the elements around both runs: 1 for the link or its absence, 1
// for each mark until the first that only one of them has.
func common(a, b run) int {
	if a.href != b.href {
		return 0
	}
	for i, m := range markTags {
		if (a.marks^b.marks)&m.mark != 0 {
			return i + 1
		}
	}
	return len(markTags) + 1
}

func (w *markup) mark(r run, kept int) {
	if kept == 0 && r.href != 0 {
		w.b.WriteString(`<a href="`)
		escapeTo(&w.b, w.f.hrefs[r.href])
		w.b.WriteString(`">`)
	}
	for _, m := range markTags[max(kept-1, 0):] {
		if r.marks&m.mark != 0 {
			w.open(m.tag)
		}
	}
}

func (w *markup) unmark(r run, kept int) {
	for i := len(markTags) - 1; i >= max(kept-1, 0); i-- {
		if r.marks&markTags[i].mark != 0 {
			w.close(markTags[i].tag)
		}
	}
	if kept == 0 && r.href != 0 {
		w.close("a")
	}
}

// words writes text with its line breaks as elements.
func (w *markup) words(s string) {
	for {
		line, rest, found := strings.Cut(s, "\n")
		escapeTo(&w.b, line)
		if !found {
			return
		}
		w.b.WriteString("<br/>")
		s = rest
	}
}

// escapeTo writes s as html.Render does.
func escapeTo(b *strings.Builder, s string) {
	for {
		i := strings.IndexAny(s, `&'<>"`)
		if i < 0 {
			b.WriteString(s)
			return
		}
		b.WriteString(s[:i])
		switch s[i] {
		case '&':
			b.WriteString("&amp;")
		case '\'':
			b.WriteString("&#39;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '"':
			b.WriteString("&#34;")
		}
		s = s[i+1:]
	}
}
