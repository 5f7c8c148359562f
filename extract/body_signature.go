package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsarchive/page"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// signsBelow reports whether block i, one of the last two, tells who wrote the story: the name of
// an author, a name in brackets or at the right margin, or what an author is, whose name stands out.
func (f *filter) signsBelow(i int) bool {
	b, text := &f.blocks[i], f.textOf(i)
	if b.mass <= bylineMass && (f.witness.named(strings.Trim(text, "（）()")) || wholeBracket(text) || f.rightName(i)) {
		return true
	}
	after, begins := f.witness.afterNames(text)
	if !begins || after == "" || after[0] != ' ' || !strings.Contains(text[:len(text)-len(after)], " ") {
		return false
	}
	switch f.leaves[b.first].Parent.DataAtom {
	case atom.B, atom.Strong, atom.Em, atom.I, atom.A:
		return true
	}
	return false
}

// rightName reports whether block i is set at the right margin and begins with a name.
func (f *filter) rightName(i int) bool {
	n := f.nodeOf(i)
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	if !strings.Contains(style, "text-align:right") && !strings.EqualFold(attr(n, "align"), "right") || f.blocks[i].ended || findTag(n, atom.Br) {
		return false
	}
	name := strings.TrimSpace(bracketed.ReplaceAllString(f.textOf(i), ""))
	return strings.Contains(name, " ") && len(strings.Fields(name)) <= 5 && isPerson(name) && capitalised(name)
}

func findTag(n *html.Node, tag atom.Atom) bool {
	for c := range n.Descendants() {
		if c.DataAtom == tag {
			return true
		}
	}
	return false
}

// closingBracket finds the brackets with which a Japanese text is signed.
var closingBracket = regexp.MustCompile(`[（(](\p{Han}{1,3}[\s・]\p{Han}{1,3}|\p{Han}{4,5}(?:、\p{Han}{4,5}){0,3})[）)]$`)

// noNameEnds are the last characters of what else stands in such brackets: places, remarks.
const noNameEnds = "市県区町村省庁州面号略載照部局社談者員会中後前国年月日時分語版順別信聞報道府都島港駅戦終続"

// bracketName returns what the brackets at the end of a text hold, if it may be names.
func bracketName(s string) string {
	m := closingBracket.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	last, _ := utf8.DecodeLastRuneInString(m[1])
	if strings.ContainsRune(noNameEnds, last) || agencyName(m[1]) != "" || containsAny(m[1], easternHouses) {
		return ""
	}
	return m[1]
}

func wholeBracket(s string) bool {
	name := bracketName(s)
	return name != "" && utf8.RuneCountInString(name) == utf8.RuneCountInString(s)-2
}

// datelineReporter finds the reporters in the dateline of a Chinese or Korean report.
var datelineReporter = regexp.MustCompile(`^(?:[^（(。]{2,40}?[电電讯訊]\s?[（(]([^）)]{0,10}[记記]者[^）)]{2,30})[）)]|[(（][^)）=]{2,20}=[^)）]{2,12}[)）]\s?((?:\p{Hangul}{2,4}[\s·]){1,4}기자)\s?=)`)

// fillSignature sets the authors that only the text names, in its dateline or below it, where no
// person signs besides.
func fillSignature(row *page.Row, d *document, m *metadata, b *bodyResult) {
	if !m.unsigned || row.Text == "" {
		return
	}
	text := strings.TrimLeft(strings.TrimPrefix(row.Text, row.Lead), "\n")
	first, _, _ := strings.Cut(text, "\n")
	lines := b.signatures()
	if at := datelineReporter.FindStringSubmatch(first); at != nil {
		lines = append(lines, at[1]+at[2])
	}
	if strings.ContainsFunc(row.Text[:cutAt(row.Text, 600)], func(r rune) bool { return unicode.Is(unicode.Hiragana, r) }) {
		lines = append(lines, bracketName(text[strings.LastIndexByte(text, '\n')+1:]))
	}
	for _, line := range lines {
		one := byline{d: d, site: m.siteName.value}
		if one.add(line); len(one.people) > 0 {
			row.Authors, row.AuthorsSource = one.people, "text"
			return
		}
	}
}

// signatures returns what went below the text because it tells who wrote it, without brackets
// around all of it.
func (b *bodyResult) signatures() (lines []string) {
	if b.layout == nil || len(b.nodes) == 0 {
		return nil
	}
	for i := len(b.layout.blocks) - 1; i >= 0 && b.layout.blocks[i].drop != ""; i-- {
		if b.layout.blocks[i].drop == "byline" {
			lines = append(lines, strings.Trim(b.layout.textOf(i), "（）"))
		}
	}
	return lines
}
