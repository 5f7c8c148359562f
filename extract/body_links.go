package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// headlineMass is how long a headline is at least, such as the text of a link to another
// story: names of people and places are shorter.
const headlineMass = 25

// leadsAway reports whether block i, mostly links, is no sentence, and its links are as
// long as headlines: names of people and places are shorter.
func (f *filter) leadsAway(i int) bool {
	b, links := &f.blocks[i], 0
	for _, n := range f.leaves[b.first:b.last] {
		if f.inLink(n, i) {
			links++
		}
	}
	return !b.ended && b.links >= headlineMass*links
}

// linkList reports whether block i is an item of a list of links with words to
// each: at least three items, a link in every one, a third of their text.
func (f *filter) linkList(i int) bool {
	box := f.boxes[f.blocks[i].box].parent
	found, known := f.lists[box]
	if !known {
		found = f.linksAll(&f.boxes[box])
		f.lists[box] = found
	}
	return found
}

func (f *filter) linksAll(list *container) bool {
	var all measure
	for j := list.first; j < list.last; j++ {
		if f.blocks[j].links == 0 {
			return false
		}
		all.add(f.blocks[j].measure)
	}
	return list.last-list.first >= 3 && all.linkShare() > 33
}

// inLink reports whether leaf n of block i stands in a link.
func (f *filter) inLink(n *html.Node, i int) bool {
	for ; n != nil && n != f.nodeOf(i); n = n.Parent {
		if n.DataAtom == atom.A {
			return true
		}
	}
	return false
}

// tells reports whether block i, mostly a link, is a sentence of the article all the same:
// it stands between its paragraphs, is of their make, ends as a sentence does, and begins
// or ends outside of the link with words that are no label.
func (f *filter) tells(i int) bool {
	b := &f.blocks[i]
	if !b.ended || f.tagOf(i) == atom.Li || f.isHeading(i) || i < f.start || i > f.end || !f.usual(i) {
		return false
	}
	var outside strings.Builder
	for _, n := range f.leaves[b.first:b.last] {
		if !f.inLink(n, i) {
			outside.WriteString(n.Data)
		}
	}
	words := outside.String()
	return strings.ContainsFunc(words, inSentence) && !strings.ContainsAny(words, ":：|")
}

// inSentence reports letters but capitals: labels may have no others.
func inSentence(r rune) bool { return unicode.IsLetter(r) && !unicode.IsUpper(r) }
