package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"newsarchive/page"
)

// columnsOf is how many columns a terminal has; 0 where w is none: there nothing is
// cut and nothing broken. COLUMNS counts where the terminal does not know.
func columnsOf(w io.Writer) int {
	if t, ok := w.(interface{ Columns() int }); ok {
		return t.Columns()
	}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
		return n
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	return 80
}

func (o *output) columns() int {
	if !o.tty {
		return 0
	}
	return columnsOf(o.w)
}

// narrow reports a terminal of fewer columns than that.
func (o *output) narrow(than int) bool {
	n := o.columns()
	return n > 0 && n < than
}

// fit is the width of a column that gives way to others, which have used so many.
func (o *output) fit(want, used int) int {
	if n := o.columns(); n > 0 {
		return min(want, max(10, n-used))
	}
	return want
}

// col gives s at least width columns, and on a terminal no more.
func (o *output) col(s string, width int) string {
	if o.columns() > 0 {
		return pad(s, width)
	}
	return runewidth.FillRight(page.Printable(s, 0), width)
}

// rest is what of s fits on the line after used columns; all of it where there is no terminal.
func (o *output) rest(s string, used int) string {
	if n := o.columns(); n > 0 {
		return clip(s, max(10, n-used))
	}
	return page.Printable(s, 0)
}

// fold prints a line that begins with head; on a terminal what does not fit goes on
// below, as far in as head is wide.
func (o *output) fold(head, s string) error { return o.foldIn("", head, s) }

// foldIn is fold with the head in a style.
func (o *output) foldIn(st style, head, s string) error {
	text := o.folded(head, s)
	_, err := fmt.Fprint(o, unpadded(o.paint(st, head)+text[len(head):]))
	return err
}

// painted is fold with all of it in a style.
func (o *output) painted(st style, head, s string) error {
	_, err := fmt.Fprint(o, o.paintLines(st, o.folded(head, s)))
	return err
}

// folded is what fold prints. The head is our own and fit for a terminal.
func (o *output) folded(head, s string) string {
	s = page.Printable(s, 0)
	n := o.columns()
	if n == 0 || runewidth.StringWidth(head+s) <= n {
		return head + s + "\n"
	}
	return wrap(s, head, strings.Repeat(" ", min(runewidth.StringWidth(head), n/2)), n)
}

var padding = regexp.MustCompile(` +((?:\x1b\[[0-9;]*m)*\n)`)

// unpadded is text without the blanks that fill a column at the end of a line.
func unpadded(s string) string { return padding.ReplaceAllString(s, "$1") }

// readable is the width that an article is read in. In a pipe a paragraph is one line, for
// what searches or counts lines.
func (o *output) readable() int {
	if o.columns() == 0 {
		return math.MaxInt32
	}
	return o.fit(column, 0)
}

// pad gives s exactly width columns of a terminal.
func pad(s string, width int) string {
	return runewidth.FillRight(clip(page.Printable(s, 0), width), width)
}

func clip(s string, width int) string { return runewidth.Truncate(page.Printable(s, 0), width, "…") }

// wrap breaks a paragraph into lines of a width, the first one after first, the
// others after rest. Scripts without spaces break anywhere, and so does a word that is
// longer than a line, behind a mark where it has one; addresses stay whole, to be copied.
func wrap(s, first, rest string, width int) string {
	var b strings.Builder
	b.WriteString(first)
	in := runewidth.StringWidth(rest)
	at, empty := runewidth.StringWidth(first), true
	for word := range strings.FieldsSeq(s) {
		n := runewidth.StringWidth(word)
		switch {
		case !empty && at+1+n > width:
			b.WriteString("\n" + rest)
			at, empty = in, true
		case empty && at+n > width && at > 2 && strings.Contains(word, "://"): // a line of its own
			b.WriteString("\n  ")
			at = 2
		}
		if !empty {
			b.WriteByte(' ')
			at++
		}
		for at+n > width && at+2 <= width && !strings.Contains(word, "://") {
			head := broken(runewidth.Truncate(word, width-at, ""))
			if head == "" {
				break
			}
			b.WriteString(head + "\n" + rest)
			word, at = word[len(head):], in
			n = runewidth.StringWidth(word)
		}
		b.WriteString(word)
		at, empty = at+n, false
	}
	b.WriteByte('\n')
	return b.String()
}

// broken is the beginning of a word up to its last mark, if that is no small part of it.
func broken(head string) string {
	if i := strings.LastIndexAny(head, "-./_,=&"); i >= len(head)/2 {
		return head[:i+1]
	}
	return head
}
