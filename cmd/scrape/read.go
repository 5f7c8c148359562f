package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"newsarchive/page"
)

// column is the width that an article is read in.
const column = 88

// article prints a row to read: headline, byline, address, and the text with its
// headings, lists, quotes and tables.
func (o *output) article(r page.Row) error { return o.articleNow(r, fate{}) }

// articleNow prints it with what became of its page.
func (o *output) articleNow(r page.Row, f fate) error {
	r.Normalize()
	fmt.Fprint(o, o.paintLines(bold, wrap(page.Printable(title(r), 0), "", "", o.readable())))
	fmt.Fprint(o, o.paintLines(dim, wrap(page.Printable(strings.Join(facts(r), " · "), 0), "", "", o.readable())))
	if r.URL != "" { // of a file without an address
		fmt.Fprintln(o, o.paint(dim, r.URL))
	}
	if r.Outcome != page.OK {
		fmt.Fprintln(o, o.paint(outcomeStyle(r.Outcome), string(r.Outcome)+reason(r)))
	}
	if f.what != "" {
		fmt.Fprintln(o, o.paint(yellow, f.mark()))
	}
	for block := range strings.SplitSeq(r.Markdown, "\n\n") {
		if m := picture.FindStringSubmatch(block); m != nil {
			fmt.Fprint(o, "\n", o.paintLines(dim, wrap(page.Printable("[picture] "+captionOf(r, m[2], plain(m[1])), 0), "", "", o.readable())))
		} else if block != "" {
			fmt.Fprint(o, "\n", o.block(block))
		}
	}
	return o.flush()
}

// paintLines colours each line.
func (o *output) paintLines(st style, s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(o.paint(st, strings.TrimSuffix(line, "\n")) + "\n")
	}
	return b.String()
}

// reason says in brackets why a row holds no whole article, where the outcome alone does not.
func reason(r page.Row) string {
	switch {
	case r.HTTPStatus >= 300:
		return fmt.Sprintf(" (HTTP %d)", r.HTTPStatus)
	case r.Outcome == page.OK || len(r.Warnings) == 0:
		return ""
	}
	return " (" + strings.Join(r.Warnings, ", ") + ")"
}

// picture is a block of CommonMark that is nothing but an image.
var picture = regexp.MustCompile(`^!\[((?:[^\[\]\\]|\\.)*)\]\(<?((?:[^()\\\s]|\\.)*)>?[^()]*\)$`)

// captionOf is the caption of an image with its credit, or what else describes it.
func captionOf(r page.Row, address, otherwise string) string {
	i := slices.Index(r.Images, address)
	if i < 0 || i >= len(r.ImageCaptions) || r.ImageCaptions[i] == "" {
		return otherwise
	}
	if i < len(r.ImageCredits) && r.ImageCredits[i] != "" {
		return r.ImageCaptions[i] + " (" + r.ImageCredits[i] + ")"
	}
	return r.ImageCaptions[i]
}

var listItem = regexp.MustCompile(`^(\s*)(-|\d+[.)])\s+`)

// block shows one block of CommonMark as lines of a terminal.
func (o *output) block(md string) string {
	lines := strings.Split(strings.TrimRight(md, "\n"), "\n")
	switch {
	case strings.HasPrefix(md, "#"):
		return o.paintLines(bold, wrap(plain(strings.TrimLeft(md, "# ")), "", "", o.readable()))
	case strings.HasPrefix(md, "|"):
		return table(lines, o.columns())
	}
	var b strings.Builder
	for _, line := range lines {
		if mark := listItem.FindString(line); mark != "" {
			b.WriteString(wrap(plain(line[len(mark):]), strings.Replace(mark, "-", "•", 1), strings.Repeat(" ", runewidth.StringWidth(mark)), o.readable()))
		} else if quoted, ok := strings.CutPrefix(line, ">"); ok {
			b.WriteString(wrap(plain(strings.TrimSpace(quoted)), "│ ", "│ ", o.readable()))
		} else {
			b.WriteString(wrap(plain(line), "", "", o.readable()))
		}
	}
	return b.String()
}

var (
	link      = regexp.MustCompile(`!?\[((?:[^\[\]\\]|\\.)*)\]\((?:[^()\\]|\\.)*\)`)
	emphasis  = regexp.MustCompile(`(^|[^\\*])\*{1,3}`)
	backslash = regexp.MustCompile(`\\([[:punct:]])`)
)

// plain takes the marks of CommonMark off a line, fit for a terminal.
func plain(md string) string {
	md = link.ReplaceAllString(md, "$1")
	md = emphasis.ReplaceAllString(md, "$1")
	return page.Printable(backslash.ReplaceAllString(md, "$1"), 0)
}

// table aligns the columns of a pipe table. Where that takes more columns than there are
// (0 for any number), each row is a paragraph.
func table(lines []string, columns int) string {
	var rows [][]string
	var widths []int
	for _, line := range lines {
		cells := strings.Split(strings.Trim(strings.ReplaceAll(line, `\|`, "¦"), "| "), " | ")
		if strings.Trim(line, "|-: ") == "" {
			continue
		}
		for i, cell := range cells {
			cells[i] = plain(strings.TrimSpace(cell))
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], runewidth.StringWidth(cells[i]))
		}
		rows = append(rows, cells)
	}
	total := 0
	for _, n := range widths {
		total += n + 2
	}
	var b strings.Builder
	for _, cells := range rows {
		if columns > 0 && total > columns {
			b.WriteString(wrap(strings.Join(cells, " · "), "", "  ", columns))
			continue
		}
		for i, cell := range cells {
			b.WriteString(runewidth.FillRight(cell, widths[i]) + "  ")
		}
		b.WriteByte('\n')
	}
	return unpadded(b.String())
}
