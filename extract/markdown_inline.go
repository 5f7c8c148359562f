package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
