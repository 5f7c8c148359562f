package extract

import "bytes"

// scriptEnd returns the offset of the end tag of the script that text begins with, -1 if
// there is none. After "<!--" a script may hold others, which end by tags of their own
// (HTML sections 13.2.5.15 to 31, as html.Tokenizer applies them).
func scriptEnd(text []byte) int {
	s := scriptText{text: text}
	for s.at < len(text) {
		if s.state == scriptPlain {
			i := bytes.IndexByte(text[s.at:], '<')
			if i < 0 {
				return -1
			}
			s.at += i
		}
		if s.step() {
			return s.at
		}
	}
	return -1
}

type scriptState uint8

const (
	scriptPlain   scriptState = iota
	scriptEscaped             // after "<!--"
	scriptDoubled             // and after "<script"
)

type scriptText struct {
	text   []byte
	at     int
	state  scriptState
	dashes int // just before at
}

// step passes a character or a tag. It reports true, and passes nothing, at the end tag.
func (s *scriptText) step() (end bool) {
	switch c := s.text[s.at]; {
	case c == '-':
		s.dashes++
	case c == '>' && s.dashes > 1:
		s.state, s.dashes = scriptPlain, 0
	case c == '<':
		s.dashes = 0
		return s.tag()
	default:
		s.dashes = 0
	}
	s.at++
	return false
}

// tag looks at what follows a '<'.
func (s *scriptText) tag() (end bool) {
	rest := s.text[s.at+1:]
	closes := len(rest) > 0 && rest[0] == '/' && namesScript(rest[1:])
	switch {
	case closes && s.state != scriptDoubled:
		return true
	case closes:
		s.state = scriptEscaped
		s.at += len("</script>")
		return false
	case s.state == scriptPlain && bytes.HasPrefix(rest, []byte("!--")):
		s.state, s.dashes = scriptEscaped, 2
		s.at += len("<!--")
		return false
	case s.state == scriptEscaped && namesScript(rest):
		s.state = scriptDoubled
		s.at += len("<script>")
		return false
	case s.state == scriptEscaped && len(rest) > 0 && rest[0] != '/' && !asciiLetter(rest[0]):
		s.state = scriptPlain
	}
	s.at++
	return false
}

// namesScript reports whether text begins with the name of script and what ends a name.
func namesScript(text []byte) bool {
	const name = "script"
	return len(text) > len(name) && hasPrefixFold(text, name) && endsName[text[len(name)]]
}
