package extract

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxHeadings is how many h1 may be the headline.
const maxHeadings = 5

// weighHeading raises the first heading of a page whose JSON-LD names no headline, if it
// is kin to the other sources or to the address; one that is the name of the site counts
// for nothing.
func weighHeading(votes []titleVote, d *document) {
	first := slices.IndexFunc(votes, func(v titleVote) bool { return v.heading })
	if first < 0 || slices.ContainsFunc(votes, func(v titleVote) bool { return v.source == "jsonld:headline" }) {
		return
	}
	h := &votes[first]
	others := path.Base(d.url.Path)
	for i, v := range votes {
		if i != first {
			others += " " + v.value
		}
	}
	switch {
	case h.value == d.nameAtEnd():
		h.weight = 1
	case h.weight == weightH1 && kin(h.value, others) && !secondHeading(votes):
		h.weight += weightKin
	}
}

// secondHeading reports whether another source has the words of a heading after the first.
func secondHeading(votes []titleVote) bool {
	for i, v := range votes {
		if !v.heading || v.weight == weightH1 {
			continue
		}
		for j, o := range votes {
			if i != j && !o.heading && letters(o.value) == letters(v.value) {
				return true
			}
		}
	}
	return false
}

// nameAtEnd returns the text of the first heading if it stands in the title only behind
// a mark and more than it says itself: then it is the name of the site or of a section.
func (d *document) nameAtEnd() string {
	if len(d.headings) == 0 || len(d.title) > maxTitle || d.headings[0].DataAtom != atom.H1 {
		return ""
	}
	name := headingText(d.headings[0])
	i := strings.LastIndex(d.title, name)
	if name == "" || i < 0 || !slices.ContainsFunc(titleMarks, func(mark string) bool { return strings.HasSuffix(d.title[:i], mark) }) {
		return ""
	}
	if before := strings.TrimRight(d.title[:i], " |:–—-·•»/"); len(before) > len(name) {
		return name
	}
	return ""
}

// lesserHeading returns the first heading below h1 whose words stand in the title: the
// headline of a page without h1. None if there is none.
func (d *document) lesserHeading() []*html.Node {
	if d.body == nil || len(d.title) > maxTitle {
		return nil
	}
	title := letters(d.title)
	for n := range d.body.Descendants() {
		if n.DataAtom != atom.H2 && n.DataAtom != atom.H3 && n.DataAtom != atom.H4 {
			continue
		}
		if text := letters(headingText(n)); 2*len(text) > len(title) && utf8.RuneCountInString(text) >= enoughAlike && strings.Contains(title, text) {
			return []*html.Node{n}
		}
	}
	return nil
}

// kin reports whether at least a quarter of the words of a heading, compared by how
// they begin, stand among others.
func kin(heading, others string) bool {
	if utf8.RuneCountInString(heading) < enoughAlike {
		return false
	}
	have := map[string]bool{}
	for _, w := range stems(others) {
		have[w] = true
	}
	mine := stems(heading)
	shared := 0
	for _, w := range mine {
		if have[w] {
			shared++
		}
	}
	return shared > 0 && 4*shared >= len(mine)
}

// stems returns the first five letters of each word that has at least four.
func stems(s string) (out []string) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if r := []rune(w); len(r) >= 4 {
			out = append(out, string(r[:min(len(r), 5)]))
		}
	}
	return out
}

// headingText returns the text of a heading without what stands in it beside the
// headline: a kicker, a label, a link to comments.
func headingText(h *html.Node) string {
	var b strings.Builder
	appendHeading(&b, h)
	if s := oneLine(b.String()); s != "" {
		return s
	}
	return oneLine(textOf(h))
}

func appendHeading(b *strings.Builder, n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type != html.ElementNode || unread(c.DataAtom) || besideHeadline(c):
		case c.DataAtom == atom.Br:
			b.WriteByte(' ')
		case inline(c.DataAtom):
			appendHeading(b, c)
		default:
			b.WriteByte(' ')
			appendHeading(b, c)
			b.WriteByte(' ')
		}
	}
}

// kickerWords are in the class names of what precedes a headline inside its element.
var kickerWords = []string{"kicker", "overline", "roofline", "topline", "dachzeile", "eyebrow", "supratitle", "supratitle", "surtitle", "surtitre",
	"antetitulo", "occhiello", "spitzmarke", "ortsmarke", "prefix", "hidden", "sr-only", "screen-reader", "badge", "flag", "label", "subtitle", "sub-title", "subhead"}

func besideHeadline(n *html.Node) bool {
	class := strings.ToLower(attr(n, "class"))
	if class == "" {
		return n.DataAtom == atom.Small
	}
	for _, w := range kickerWords {
		if strings.Contains(class, w) {
			return true
		}
	}
	return false
}
