package extract

import (
	"strconv"
	"strings"
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
	last    listed // the list that ended last
	after   int    // the piece that follows it
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
		if l := w.leave(p.kind); l.kind == aList || l.kind == anOrderedList {
			w.last, w.after = l, i+1
		}
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
	if i > 0 && w.after == i && w.last.kind == k && w.last.mark == marks[0] {
		return marks[1]
	}
	return marks[0]
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

func (w *markdown) leave(k kind) listed {
	l := w.levels[len(w.levels)-1]
	w.levels = w.levels[:len(w.levels)-1]
	w.prefix = w.prefix[:l.before]
	w.shared = min(w.shared, len(w.prefix))
	w.tight = false
	if k == aRow {
		w.endRow(l.count)
	}
	return l
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
