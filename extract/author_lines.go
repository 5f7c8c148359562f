package extract

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// after returns the short lines from a little before the headline to the end.
func (b *byline) after() []string {
	if *b.lines == nil {
		*b.lines = bodyLines(b.d, math.MaxInt)
	}
	return *b.lines
}

// near returns those of them that are near the headline.
func (b *byline) near() []string {
	lines := *b.lines
	if lines == nil {
		lines = bodyLines(b.d, nearLines)
	}
	return lines[:min(len(lines), nearLines)]
}

// nearLines is how many of these lines are near the headline.
const nearLines = 28

// bodyLines returns the short lines of the page from three before the headline on: those
// after it, but no more than most, or a few more.
func bodyLines(d *document, most int) (lines []string) {
	start, passed := 0, len(d.headings) == 0
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && !(passed && len(lines)-start >= most); c = c.NextSibling {
			if c.Type == html.ElementNode && !unread(c.DataAtom) && (c.DataAtom != atom.Footer || ofArticle(c)) {
				if texts := leafLines(c); len(texts) > 0 {
					lines = append(lines, texts...)
				} else {
					walk(c)
				}
			}
			if len(d.headings) > 0 && c == d.headings[0] {
				start, passed = len(lines), true
			}
		}
	}
	if d.body != nil {
		walk(d.body)
	}
	return lines[max(0, start-3):]
}

// leafLines returns the short lines of an element that holds no blocks, parted where it
// breaks them and between spans that no blank parts; none if it holds blocks or much text that
// nothing breaks.
func leafLines(n *html.Node) (lines []string) {
	size, broken := 0, false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			size += len(c.Data)
		case c.DataAtom == atom.Br:
			broken = true
		case c.Type == html.ElementNode && !inline(c.DataAtom) && c.DataAtom != atom.Img:
			return nil
		}
	}
	if size > 600 && !broken {
		return nil
	}
	if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Type == html.TextNode {
		if s := shortLine(c.Data); s != "" {
			return []string{s}
		}
		return nil
	}
	var b strings.Builder
	long := false
	flush := func() {
		if s := shortLine(b.String()); !long && s != "" {
			lines = append(lines, s)
		}
		b.Reset()
		long = false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.DataAtom == atom.Br && strings.HasSuffix(strings.TrimSpace(b.String()), ":"):
			b.WriteByte(' ') // a label and what it labels
		case c.DataAtom == atom.Br:
			flush()
		case c.Type == html.ElementNode && pastLine(c):
			long = true
		case c.Type == html.ElementNode:
			text := textOf(c)
			if p := c.PrevSibling; c.DataAtom == atom.Span && p != nil && p.DataAtom == atom.Span {
				if before := b.String(); hasDigit(text) != hasDigit(before) && !strings.Contains(before, "|") {
					b.WriteString(" | ") // a name and a date
				} else {
					flush()
				}
			}
			b.WriteString(text)
		}
	}
	flush()
	return lines
}

// lineRunes is how many characters a short line has at most.
const lineRunes = 100

// shortLine returns s on one line, "" where that is longer than a short one.
func shortLine(s string) string {
	if len(s) > lineRunes && !fewRunes(s) {
		return ""
	}
	if s = oneLine(s); utf8.RuneCountInString(s) > lineRunes {
		return ""
	}
	return s
}

// fewRunes reports whether s may be a short line: it reads no more of a long one than tells.
func fewRunes(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) && !invisible(r) {
			n++
		}
		if n > lineRunes {
			return false
		}
	}
	return true
}

// pastLine reports whether an element surely holds more than a short line. It looks no
// farther: elements may stand inside each other around the whole page.
func pastLine(n *html.Node) bool {
	const most, nodes = 2000, 300
	size, count := 0, 0
	for c := range n.Descendants() {
		if count++; c.Type == html.TextNode {
			size += len(c.Data)
		}
		if size > most || count > nodes {
			return true
		}
	}
	return false
}
