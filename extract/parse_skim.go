package extract

import (
	"bytes"
	"strconv"
)

// skimmed is markup without what makes its parsing slow and is no part of the page
// that is read: the insides of styles, comments and drawings. The insides of
// scripts are set aside, and a mark stands in their place. Scripts are half of a
// news page; html.Parse copies each several times.
type skimmed struct {
	parts [][]byte // what is to be parsed
	aside aside
	end   int // bytes of the markup that were looked at; fewer than all where a tag was too much
}

// aside are the texts of scripts, by the number in their mark.
type aside [][]byte

// scriptMark begins the text that stands for a script's. Clean markup does not hold it.
const scriptMark = '\x01'

// of returns the text of a script whose text in the tree is data.
func (a aside) of(data string) []byte {
	if data != "" && data[0] == scriptMark {
		if i, err := strconv.Atoi(data[1:]); err == nil && i >= 0 && i < len(a) {
			return a[i]
		}
	}
	return []byte(data)
}

// worthwhile is how many bytes must be saved by a cut.
const worthwhile = 24

// A skim goes over clean markup token by token, by the rules of HTML section
// 13.2.5 as html.Tokenizer applies them.
type skim struct {
	skimmed
	text       []byte
	at         int  // of what comes next
	kept       int  // up to here the text is in parts or cut
	bodies     int  // <html> and <body> so far
	foreign    int  // svg and math elements that are open
	attributes int  // of one tag, at most
	whole      bool // nothing is cut any more: where markup is one and where the other is no longer clear
	drawing    int  // where the insides of the open svg begin; -1 if they must stay
}

// skimHTML skims text. It stops before the tag that has more than attributes
// attributes or is one <html> or <body> more than maxBodies.
func skimHTML(text []byte, attributes int) skimmed {
	s := skim{text: text, attributes: attributes, drawing: -1}
	s.parts = make([][]byte, 0, 32)
	s.end = s.run()
	s.parts = append(s.parts, text[s.kept:max(s.kept, s.end)])
	return s.skimmed
}

func (s *skim) run() (end int) {
	for {
		i := bytes.IndexByte(s.text[s.at:], '<')
		if i < 0 || s.at+i+2 > len(s.text)-1 {
			return len(s.text)
		}
		from := s.at + i
		s.at = from + 1
		switch c := s.text[s.at]; {
		case asciiLetter(c):
			if !s.startTag() {
				return from
			}
		case c == '/' && asciiLetter(s.text[s.at+1]):
			s.endTag(from)
		case c == '/' || c == '?':
			s.skipTo('>')
		case c == '!':
			s.declaration()
		}
	}
}

func (s *skim) skipTo(c byte) {
	if i := bytes.IndexByte(s.text[s.at:], c); i >= 0 {
		s.at += i + 1
	} else {
		s.at = len(s.text)
	}
}

// cut leaves [from, to) out if that is worthwhile.
func (s *skim) cut(from, to int) bool {
	if s.whole || to-from < worthwhile {
		return false
	}
	s.parts = append(s.parts, s.text[s.kept:from])
	s.kept = to
	return true
}

// startTag passes a start tag, and the raw text after it. It reports false for one too many.
func (s *skim) startTag() bool {
	t := readTag(s.text, s.at)
	name := tagName(s.text[s.at:t.nameEnd])
	s.at = t.end
	if name == "body" || name == "html" {
		s.bodies++
	}
	if s.bodies > maxBodies || t.attrs > s.attributes {
		return false
	}
	switch {
	case name == "svg" || name == "math":
		s.openForeign(name, t)
	case s.foreign > 0:
		s.foreignTag(name)
	case rawText[name]:
		s.raw(name)
	}
	return true
}

func (s *skim) openForeign(name string, t tag) {
	if t.closed {
		return
	}
	s.drawing = -1
	if s.foreign++; s.foreign == 1 && name == "svg" {
		s.drawing = s.at
	}
}

// foreignTag looks at a tag inside of svg or math. Those that lead back to HTML end
// the cutting: what is raw text below them depends on the tree.
func (s *skim) foreignTag(name string) {
	switch name {
	case "title", "desc":
		i := bytes.IndexByte(s.text[s.at:], '<')
		if i < 0 || !hasPrefixFold(s.text[s.at+i+1:], "/"+name+">") {
			s.whole = true
		}
	case "foreignobject", "annotation-xml", "mi", "mo", "mn", "ms", "mtext":
		s.whole = true
	default:
		if !drawn[name] {
			s.drawing = -1
		}
	}
}

func (s *skim) endTag(from int) {
	s.at++
	t := readTag(s.text, s.at)
	tag := s.text[s.at:t.nameEnd]
	if s.at = t.end; s.foreign == 0 {
		return
	}
	switch name := tagName(tag); {
	case name == "svg" || name == "math":
		if s.foreign--; s.foreign == 0 && s.drawing >= 0 && name == "svg" {
			s.cut(s.drawing, from)
		}
		s.drawing = -1
	case name != "title" && name != "desc" && !drawn[name]:
		s.drawing = -1
	}
}

// declaration passes a comment, a doctype or the like.
func (s *skim) declaration() {
	s.at++
	if s.foreign > 0 {
		s.drawing = -1
		s.whole = s.whole || bytes.HasPrefix(s.text[s.at:], []byte("[CDATA["))
	}
	if !bytes.HasPrefix(s.text[s.at:], []byte("--")) {
		s.skipTo('>')
		return
	}
	from := s.at + 2
	to, end := commentEnd(s.text, from)
	s.cut(from, to)
	s.at = end
}

// commentEnd returns where the insides of a comment end, and the comment itself.
func commentEnd(text []byte, from int) (to, end int) {
	for at := from; ; {
		i := bytes.IndexByte(text[at:], '>')
		if i < 0 {
			return from, len(text)
		}
		at += i + 1
		switch inside := text[from : at-1]; {
		case len(inside) == 0 || len(inside) == 1 && inside[0] == '-':
			return from, at
		case bytes.HasSuffix(inside, []byte("--")):
			return at - 3, at
		case bytes.HasSuffix(inside, []byte("--!")):
			return at - 4, at
		}
	}
}

// raw passes the text after the start tag of an element that holds no markup.
func (s *skim) raw(name string) {
	from := s.at
	to := rawEnd(s.text[from:], name)
	if to < 0 {
		s.at = len(s.text)
		return
	}
	to += from
	s.at = to
	switch name {
	case "script":
		if i := bytes.Index(s.text[from:to], []byte("<!--")); i >= 0 && containsFold(s.text[from+i:to], "<script") {
			s.whole = true // the script may go on behind its end tag
			return
		}
		if s.cut(from, to) {
			s.parts = append(s.parts, strconv.AppendInt([]byte{scriptMark}, int64(len(s.aside)), 10))
			s.aside = append(s.aside, s.text[from:to])
		}
	case "style":
		s.cut(min(from+1, to), to) // an element with insides stays one
	}
}

// rawEnd returns the offset of the end tag of that name, -1 if there is none.
func rawEnd(text []byte, name string) int {
	if name == "plaintext" {
		return -1
	}
	for at := 0; ; at += 2 {
		i := bytes.Index(text[at:], []byte("</"))
		if i < 0 {
			return -1
		}
		at += i
		rest := text[at+2:]
		if len(rest) > len(name) && hasPrefixFold(rest, name) && endsName[rest[len(name)]] {
			return at
		}
	}
}

// containsFold reports whether text holds the lower-case tag, in any case.
func containsFold(text []byte, tag string) bool {
	for {
		i := bytes.IndexByte(text, tag[0])
		if i < 0 {
			return false
		}
		if text = text[i:]; hasPrefixFold(text, tag) {
			return true
		}
		text = text[1:]
	}
}
