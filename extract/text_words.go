package extract

import (
	"unicode"
	"unicode/utf8"
)

// words adds the words of s, folding white space and leaving out what is invisible.
func (f *flow) words(s string) {
	for i := 0; i < len(s); {
		from := i
		for i < len(s) && (plain[s[i]] || s[i] == ' ' && i > from && i+1 < len(s) && plain[s[i+1]]) {
			i++
		}
		if i > from {
			f.word(s[from:i])
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			f.space = true
			f.newline = f.newline || r == '\n'
		case !unseen(r):
			f.word(s[i : i+n])
		}
		i += n
	}
}

// plain are the bytes that stand for themselves: visible ASCII, and those of
// characters that are neither white space nor invisible, as their first byte tells.
var plain = func() (t [256]bool) {
	for c := '!'; c <= 0xFF; c++ {
		t[c] = c != 0x7F && c != 0xC2 && (c < 0xE1 || c > 0xE3) && c < 0xEF || c >= 0x80 && c < 0xC0
	}
	return t
}()

// unseen reports soft hyphens, zero width spaces, byte order marks, control
// characters and noncharacters.
func unseen(r rune) bool {
	switch {
	case r < ' ' || r >= 0x7F && r < 0xA0:
		return true
	case r == 0xAD || r == 0x200B || r == 0x2060 || r == 0xFEFF:
		return true
	}
	return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// word adds characters as they are, and before them what is due.
func (f *flow) word(w string) {
	f.due(w)
	f.put(w)
	f.space, f.newline, f.breaks = false, false, 0
}

// due writes the block, line or blank that the next word begins with.
func (f *flow) due(w string) {
	if f.breaks > 1 && f.open && !f.cell {
		breaks := f.late
		f.late = nil
		f.closeLeaf()
		f.late = breaks
	}
	switch {
	case f.cell:
		f.dueInCell(w)
	case !f.open:
		f.openLeaf()
	case f.breaks == 1 && f.kind == aParagraph:
		f.gap("\n")
	case f.breaks > 0 || f.space && !f.joined(w):
		f.gap(" ")
	}
}

func (f *flow) dueInCell(w string) {
	p := &f.pieces[len(f.pieces)-1]
	if p.from < 0 { // the first word of the cell
		if len(f.buf) > f.rowFrom {
			f.buf = append(f.buf, "\t\t\t\t\t\t\t\t"[:min(f.tabs, 8)]...)
		} else if len(f.buf) > 0 {
			f.buf = append(f.buf, '\n')
		}
		f.tabs = 0
		p.from, p.runs = len(f.buf), [2]int{len(f.runs), len(f.runs)}
		return
	}
	if f.breaks > 0 || f.space && !f.joined(w) {
		f.gap(" ")
	}
}

// joined reports a line break of the source between two characters of a script
// that is written without spaces: it is none of the text's (CSS Text 3 section 4.1.3).
func (f *flow) joined(w string) bool {
	if !f.newline {
		return false
	}
	next, _ := utf8.DecodeRuneInString(w)
	if next < 0x2E80 {
		return false
	}
	last, _ := utf8.DecodeLastRune(f.buf)
	return cjk(last) && cjk(next)
}

// cjk reports the characters of Chinese and Japanese and their punctuation.
func cjk(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFF9F || r >= 0x20000 && r <= 0x3FFFF
}

// put appends s to the open leaf.
func (f *flow) put(s string) {
	if n := len(f.runs); n > 0 && f.runs[n-1].to == len(f.buf) && f.same(f.runs[n-1]) && n > f.pieces[len(f.pieces)-1].runs[0] {
		f.buf = append(f.buf, s...)
		f.runs[n-1].to = len(f.buf)
		return
	}
	from := len(f.buf)
	f.buf = append(f.buf, s...)
	f.runs = append(f.runs, run{from: from, to: len(f.buf), marks: f.now.marks, href: f.now.href})
}

func (f *flow) same(r run) bool { return r.marks == f.now.marks && r.href == f.now.href }

// gap appends a blank or line break between two words, with the marks that both have.
func (f *flow) gap(s string) {
	now, last := f.now, f.runs[len(f.runs)-1]
	f.now.marks &= last.marks
	if f.now.href != last.href {
		f.now.href = 0
	}
	f.put(s)
	f.now = now
}

// verbatim adds preformatted text as it is. White space alone opens no block.
func (f *flow) verbatim(s string) {
	blank := 0 // where the white space begins that waits for something to see
	for i, r := range s {
		switch {
		case !f.open && (r == '\n' || r == '\r'):
			blank = i + 1
		case !f.open && unicode.IsSpace(r):
		case r == '\n' || r == '\t' || !unseen(r):
			if !f.open {
				f.openLeaf()
				f.putSeen(s[blank:i])
			}
			f.put(string(r))
		}
	}
}

// putSeen adds the characters of s that leave a mark or a gap.
func (f *flow) putSeen(s string) {
	for _, r := range s {
		if r == '\t' || !unseen(r) {
			f.put(string(r))
		}
	}
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
