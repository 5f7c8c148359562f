package extract

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// writeMarkdown writes the pieces as CommonMark, with tables as pipes (GFM section
// 4.10). What Markdown would take for its own is escaped; emphasis that it could
// not read back is left out, its words are not.
func (f *flow) writeMarkdown(text string) string {
	w := markdown{f: f, text: text}
	w.b.Grow(len(text)*5/4 + 32*len(f.pieces))
	for i := range f.pieces {
		w.piece(i)
	}
	return w.b.String()
}

type markdown struct {
	f    *flow
	text string
	b    strings.Builder

	prefix  string   // of the lines to come
	first   string   // of the next line, where it differs; see marked
	marked  bool     // first counts
	shared  int      // bytes of prefix that the last leaf and the next one have in common
	tight   bool     // no empty line before the next leaf
	levels  []listed // open containers
	started bool
	rows    int // rows of the table so far
	columns int
}

// listed is an open container: its prefix from there on, and the count of its items.
type listed struct {
	kind   kind
	before int // length of the prefix outside
	count  int
	mark   byte
}

func (w *markdown) piece(i int) {
	p := &w.f.pieces[i]
	switch {
	case p.end:
		w.leave(p.kind)
	case p.kind >= aList:
		w.enter(i)
	case p.kind == aCell || p.kind == aHeaderCell:
		w.cell(p)
	case p.kind == aPicture:
		img := w.f.images[p.from]
		w.line()
		w.b.WriteString("![")
		w.escape(img.alt, false)
		w.b.WriteString("](" + target(img.src) + ")")
	case p.kind == aPre:
		w.line()
		w.fenced(w.text[p.from:p.to])
	case p.kind == aHeading:
		w.line()
		w.b.WriteString("######"[:p.level] + " ")
		w.runs(w.f.runs[p.runs[0]:p.runs[1]], false)
	default:
		w.line()
		w.runs(w.f.runs[p.runs[0]:p.runs[1]], true)
	}
}

func (w *markdown) enter(i int) {
	k := w.f.pieces[i].kind
	level := listed{kind: k, before: len(w.prefix)}
	switch k {
	case aList, anOrderedList:
		level.mark = w.bullet(i, k)
		w.tight = i > 0 && w.f.pieces[i-1].kind == aParagraph && w.innermost() == anItem
	case anItem:
		w.enterItem()
	case aQuote:
		w.extend("> ", "> ")
	case aTable:
		w.rows, w.columns = 0, columns(w.f.pieces[i:])
	case aRow:
		w.tight = w.rows > 0
		w.line()
		w.b.WriteByte('|')
	}
	w.levels = append(w.levels, level)
}

// bullet differs from that of a list of the same kind that ends right before.
func (w *markdown) bullet(i int, k kind) byte {
	marks := "-*"
	if k == anOrderedList {
		marks = ".)"
	}
	turns := 0
	for depth := 0; i > 0; i-- {
		p := w.f.pieces[i-1]
		switch {
		case p.kind >= aList && p.end:
			depth++
			if depth == 1 && p.kind != k {
				return marks[turns%2]
			}
		case depth == 0:
			return marks[turns%2]
		case p.kind >= aList:
			if depth--; depth == 0 {
				turns++
			}
		}
	}
	return marks[turns%2]
}

func (w *markdown) innermost() kind {
	if len(w.levels) == 0 {
		return aParagraph
	}
	return w.levels[len(w.levels)-1].kind
}

func (w *markdown) enterItem() {
	l := &w.levels[len(w.levels)-1]
	l.count++
	mark := string(l.mark) + " "
	if l.kind == anOrderedList {
		mark = strconv.Itoa(l.count) + mark
	}
	w.tight = w.tight || l.count > 1
	w.extend(mark, strings.Repeat(" ", len(mark)))
}

// extend adds to the prefix: mark on the next line, rest from then on.
func (w *markdown) extend(mark, rest string) {
	if !w.marked {
		w.first, w.marked = w.prefix, true
	}
	w.first += mark
	w.prefix += rest
}

func (w *markdown) leave(k kind) {
	l := w.levels[len(w.levels)-1]
	w.levels = w.levels[:len(w.levels)-1]
	w.prefix = w.prefix[:l.before]
	w.shared = min(w.shared, len(w.prefix))
	w.tight = false
	if k == aRow {
		w.endRow(l.count)
	}
}

// line begins the first line of a leaf.
func (w *markdown) line() {
	if w.started {
		w.b.WriteByte('\n')
		if !w.tight {
			w.b.WriteString(strings.TrimRight(w.prefix[:min(w.shared, len(w.prefix))], " "))
			w.b.WriteByte('\n')
		}
	}
	if w.marked {
		w.b.WriteString(w.first)
	} else {
		w.b.WriteString(w.prefix)
	}
	w.started, w.marked, w.tight, w.shared = true, false, false, len(w.prefix)
}

// columns returns the greatest number of cells in a row of the table that begins pieces.
func columns(pieces []piece) (most int) {
	n := 0
	for _, p := range pieces {
		switch p.kind {
		case aCell, aHeaderCell:
			n++
			most = max(most, n)
		case aRow:
			n = 0
		case aTable:
			if p.end {
				return most
			}
		}
	}
	return most
}

func (w *markdown) cell(p *piece) {
	w.levels[len(w.levels)-1].count++
	w.b.WriteByte(' ')
	w.runs(w.f.runs[p.runs[0]:p.runs[1]], false)
	w.b.WriteString(" |")
}

// endRow fills the row up; after the first one comes the line that makes it a head.
func (w *markdown) endRow(cells int) {
	for ; cells < w.columns; cells++ {
		w.b.WriteString(" |")
	}
	if w.rows++; w.rows == 1 {
		w.b.WriteString("\n" + w.prefix + "|" + strings.Repeat(" --- |", w.columns))
	}
}

// fenced writes preformatted text between fences that it doesn't hold itself.
func (w *markdown) fenced(s string) {
	fence := strings.Repeat("`", max(3, longest(s, '`')+1))
	w.b.WriteString(fence)
	for line := range strings.SplitSeq(s, "\n") {
		w.b.WriteString("\n" + w.prefix + line)
	}
	w.b.WriteString("\n" + w.prefix + fence)
}

// longest returns the length of the longest stretch of c in s.
func longest(s string, c byte) (most int) {
	n := 0
	for i := range len(s) {
		if s[i] != c {
			n = 0
			continue
		}
		n++
		most = max(most, n)
	}
	return most
}

// target writes an address so that it ends where it should.
func target(href string) string {
	return addressEscapes.Replace(href)
}

var addressEscapes = strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", "(", "%28", ")", "%29", `\`, "%5C", "|", "%7C", "\n", "%0A", "\t", "%09")

// runs writes the words of one leaf, in groups: all of a link, in it all of the
// same emphasis.
func (w *markdown) runs(runs []run, breaks bool) {
	for i := 0; i < len(runs); {
		j := i + 1
		for j < len(runs) && runs[j].href == runs[i].href {
			j++
		}
		if href := runs[i].href; href != 0 {
			w.b.WriteByte('[')
			w.emphases(runs[i:j], breaks, false)
			w.b.WriteString("](" + target(w.f.hrefs[href]) + ")")
		} else {
			w.emphases(runs[i:j], breaks, i == 0)
		}
		i = j
	}
}

const inclined = isStrong | isEmphasis | isCited

func (w *markdown) emphases(runs []run, breaks, lineStart bool) {
	closed := false // a delimiter was written last
	for i := 0; i < len(runs); {
		j := i + 1
		for j < len(runs) && (runs[j].marks^runs[i].marks)&inclined == 0 {
			j++
		}
		from, to := runs[i].from, runs[j-1].to
		mark := delimiter(runs[i].marks)
		if closed || !w.flanks(from, to) {
			mark = ""
		}
		w.b.WriteString(mark)
		for k, r := range runs[i:j] {
			w.inner(r, breaks, lineStart && i+k == 0 && mark == "")
		}
		w.b.WriteString(mark)
		closed = mark != ""
		i = j
	}
}

func delimiter(m marks) string {
	switch {
	case m&isStrong != 0 && m&(isEmphasis|isCited) != 0:
		return "***"
	case m&isStrong != 0:
		return "**"
	case m&(isEmphasis|isCited) != 0:
		return "*"
	}
	return ""
}

// flanks reports whether delimiters around text[from:to] open and close emphasis
// (CommonMark 0.31 section 6.2): inside there is no blank at the ends, and no
// punctuation where a letter stands outside.
func (w *markdown) flanks(from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(w.text[:from])
	first, _ := utf8.DecodeRuneInString(w.text[from:to])
	last, _ := utf8.DecodeLastRuneInString(w.text[from:to])
	after, _ := utf8.DecodeRuneInString(w.text[to:])
	if unicode.IsSpace(first) || unicode.IsSpace(last) {
		return false
	}
	return (!punctuation(first) || looseEnd(before)) && (!punctuation(last) || looseEnd(after))
}

func punctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// looseEnd reports white space, punctuation, or the end of the text.
func looseEnd(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) || punctuation(r) }

// inner writes one run inside its emphasis.
func (w *markdown) inner(r run, breaks, lineStart bool) {
	s := w.text[r.from:r.to]
	tag := ""
	switch {
	case r.marks&isCode != 0:
		w.code(s)
		return
	case r.marks&isSub != 0:
		tag = "sub"
	case r.marks&isSup != 0:
		tag = "sup"
	}
	if tag != "" {
		w.b.WriteString("<" + tag + ">")
		defer func() { w.b.WriteString("</" + tag + ">") }()
	}
	for i := 0; ; i++ {
		line, rest, found := strings.Cut(s, "\n")
		w.escape(line, i > 0 || lineStart)
		if !found {
			return
		}
		if breaks {
			w.b.WriteString("\\\n" + w.prefix)
		} else {
			w.b.WriteByte(' ')
		}
		s = rest
	}
}

// code writes a code span; its fence is longer than any in it.
func (w *markdown) code(s string) {
	s = strings.ReplaceAll(s, "\n", " ")
	fence := strings.Repeat("`", longest(s, '`')+1)
	pad := ""
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		pad = " "
	}
	if w.innermost() == aRow {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	w.b.WriteString(fence + pad + s + pad + fence)
}

// escape writes s so that it is read back as it is.
func (w *markdown) escape(s string, lineStart bool) {
	if lineStart {
		s = w.escapeStart(s)
	}
	from := 0
	for i := range len(s) {
		if !special[s[i]] || !w.needsEscape(s, i) {
			continue
		}
		w.b.WriteString(s[from:i])
		w.b.WriteByte('\\')
		from = i
	}
	w.b.WriteString(s[from:])
}

var special = [256]bool{'\\': true, '`': true, '*': true, '_': true, '[': true, ']': true, '<': true, '&': true, '|': true, '~': true}

func (w *markdown) needsEscape(s string, i int) bool {
	switch s[i] {
	case '_': // inside a word it is none
		return i == 0 || i+1 == len(s) || !wordByte(s[i-1]) || !wordByte(s[i+1])
	case '&':
		return i+1 < len(s) && (s[i+1] == '#' || asciiLetter(s[i+1])) && strings.IndexByte(s[i:], ';') > 0
	case '<':
		return i+1 < len(s) && s[i+1] != ' '
	case '|':
		return w.innermost() == aRow
	case '~':
		return i+1 < len(s) && s[i+1] == '~' || i > 0 && s[i-1] == '~'
	}
	return true
}

func wordByte(c byte) bool { return asciiLetter(c) || c >= '0' && c <= '9' || c >= 0x80 }

// escapeStart writes the escape of what makes a line a heading, list, quote or
// rule, and returns what follows it.
func (w *markdown) escapeStart(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '#', '+', '-', '>', '=':
		w.b.WriteByte('\\')
		w.b.WriteByte(s[0])
		return s[1:]
	}
	digits := 0
	for digits < len(s) && digits < 10 && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') {
		w.b.WriteString(s[:digits] + `\` + s[digits:digits+1])
		return s[digits+1:]
	}
	return s
}
