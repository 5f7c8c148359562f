package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsarchive/selectors"

	"golang.org/x/net/html/atom"
)

// clutter drops what the rules and the links in it speak against.
func (f *filter) clutter(i int) reason {
	b := &f.blocks[i]
	if k := b.kind & selectors.Clutter; k != 0 && !(k == selectors.Media && f.quotes(i)) {
		return reason("rule:" + k.String())
	}
	share, tag := b.linkShare(), f.tagOf(i)
	switch {
	case tag == atom.H1 && i < f.start:
		return "title"
	case f.captions(i):
		return "caption"
	case tag == atom.Li && share > 0 && f.linkList(i):
		return "links"
	case share > 60 && b.mass < 600 && (share > 85 || tag != atom.P || b.mass-b.links < 12 || f.leadsAway(i)) && !f.tells(i):
		return "links"
	}
	return f.phrase(i)
}

// quotes reports whether block i is a quotation whose words do not stand in the text
// besides, as those of a pull quote do.
func (f *filter) quotes(i int) bool {
	n := f.nodeOf(i)
	if n.DataAtom != atom.Blockquote && n.Parent.DataAtom != atom.Blockquote || !f.blocks[i].prose() {
		return false
	}
	words := letters(f.textOf(i))
	words = words[len(words)/3 : len(words)/3*2]
	for j := f.boxes[f.core].first; j < f.boxes[f.core].last; j++ {
		if j != i && f.blocks[j].mass >= len(words)/4 && strings.Contains(letters(f.textOf(j)), words) {
			return false
		}
	}
	return true
}

// phrase drops lines of service, repeated titles, and short lines that are no text.
func (f *filter) phrase(i int) reason {
	b := &f.blocks[i]
	if b.mass > noticeMass && b.linkShare() < 50 {
		return ""
	}
	text := selectors.FoldPhrase(f.textOf(i))
	switch {
	case f.rules.Phrase(selectors.Credits, text):
		return "credits"
	case b.mass > 120 && b.linkShare() < 50:
		return ""
	case b.stops < 2 && f.rules.CountLabels(text) > 1:
		return "labels"
	}
	switch {
	case text == "" && !f.isCell(i):
		return "blank"
	case text == f.witness.title, len(text) > 20 && 10*len(text) >= 6*len(f.witness.title) && strings.HasPrefix(f.witness.title, text):
		return "title"
	case f.serves(i, text):
		return "phrase"
	}
	return f.label(i, text)
}

// noticeMass is how long a credit or a notice of the house is at most.
const noticeMass = 400

// serves reports whether a phrase of service begins block i. In a whole sentence
// without a link only a phrase of several words does, or one that is half of it: "share" may be
// its subject. So it is in a named standfirst. A sign such as © begins no short sentence.
func (f *filter) serves(i int, text string) bool {
	found := max(f.rules.PhraseLen(selectors.Lines, text), f.rules.PhraseLen(selectors.Headings, text), f.rules.PhraseLen(selectors.CommentHeads, text))
	b := &f.blocks[i]
	short := b.mass <= 60 && (2*found >= b.mass || labelsLine(text, found) || !beginsWithWord(text))
	if sentence := b.ended && b.stops > 0 && b.links == 0 && !short; sentence || f.namedLead(i) {
		return found >= 10
	}
	return found > 0
}

func beginsWithWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// labelsLine reports whether a colon follows a phrase of so many characters at the head of text.
func labelsLine(text string, phrase int) bool {
	i := strings.IndexAny(text, ":：")
	return i > 0 && utf8.RuneCountInString(text[:i]) <= phrase
}

// label drops short lines that stand for something else than text: captions
// under pictures, addresses, numbers.
func (f *filter) label(i int, text string) reason {
	b := &f.blocks[i]
	if b.links > 0 && mailLine(text) {
		return "address"
	}
	if b.mass > 80 || b.ended && b.stops > 0 || f.isHeading(i) || f.isCell(i) || f.inGallery(i) {
		return ""
	}
	switch {
	case b.pictured && b.mass <= 60 && f.tagOf(i) != atom.Li && !f.loose(i) && !strings.HasSuffix(f.textOf(i), ":"):
		return "caption"
	case mailLine(text):
		return "address"
	case b.mass < 40 && !paragraphTag(f.tagOf(i)) && f.alike[f.signature(b.box)] == 0:
		return "label"
	case b.mass < 12 && f.tagOf(i) != atom.Li && !strings.ContainsFunc(text, unicode.IsLetter):
		return "number"
	}
	return ""
}

// loose reports whether block i stands in no element of its own, as a good part of
// the text does, and the picture before it does.
func (f *filter) loose(i int) bool {
	return f.blocks[i].apart && !paragraphTag(f.tagOf(i)) && f.usual(i)
}

// captionMass is how long a caption is at most.
const captionMass = 250

// captions reports whether block i stands alone with a picture in a container
// that is no paragraph and of another make than those around most of the text, or
// follows a picture and names whose it is.
func (f *filter) captions(i int) bool {
	b := &f.blocks[i]
	if b.mass > captionMass || f.inGallery(i) || f.tagOf(i) == atom.Li || f.isHeading(i) || 4*f.alike[f.signature(b.box)] > f.mass {
		return false
	}
	if b.pictured && creditMark.MatchString(f.textOf(i)) {
		return true
	}
	for box := b.box; box > f.region && box != f.core; box = f.boxes[box].parent {
		c := &f.boxes[box]
		switch {
		case c.last-c.first > 2 || c.first <= f.heading && f.heading < c.last:
			return false
		case c.pictures > 0:
			return !paragraphTag(c.node.DataAtom) && c.node.DataAtom != atom.Article
		}
	}
	return false
}

// creditMark finds what names the owner of a picture.
var creditMark = regexp.MustCompile(`(?i)©|\((photo|foto|image|bild|picture|credit|courtesy)\b|\b(photo|foto|image|bild|picture|credit|crédit|imagen|kuva|fotó|фото)s? ?:|getty images|shutterstock|/ ?(afp|reuters|ap|dpa|epa|pti|ansa|efe|tass)\b`)

// mailLine reports whether a word of text is an e-mail address.
func mailLine(text string) bool {
	at := strings.IndexByte(text, '@')
	return at > 0 && text[at-1] != ' ' && strings.Contains(text[at:], ".")
}
