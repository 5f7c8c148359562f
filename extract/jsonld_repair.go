package extract

import (
	"bytes"
	"html"
)

// repairLD makes JSON of what publishers put into ld+json scripts by mistake:
// HTML comments and CDATA marks around it, line breaks and control characters in
// strings, commas before a closing bracket, comments, a semicolon at the end, unknown
// escapes, quotes escaped as entities.
func repairLD(raw []byte) []byte {
	raw = unwrapLD(raw)
	if bytes.HasPrefix(raw, []byte("{&quot;")) || bytes.HasPrefix(raw, []byte("[{&quot;")) {
		raw = []byte(html.UnescapeString(string(raw)))
	}
	r := repairer{in: raw, out: make([]byte, 0, len(raw))}
	for r.at < len(r.in) {
		r.step()
	}
	return r.out
}

// unwrapLD cuts what stands before the first bracket and after the last.
func unwrapLD(raw []byte) []byte {
	first := bytes.IndexAny(raw, "{[")
	if bytes.HasPrefix(raw, []byte("<![CDATA[")) || bytes.HasPrefix(raw, []byte("//<![CDATA[")) {
		first = bytes.IndexByte(raw, '{')
	}
	last := bytes.LastIndexAny(raw, "}]")
	if bytes.HasSuffix(bytes.TrimRight(raw, " \t\r\n;/*"), []byte("]]>")) {
		last = bytes.LastIndexByte(raw, '}')
	}
	if first < 0 || last < first {
		return nil
	}
	return raw[first : last+1]
}

// repairer copies JSON text and mends it on the way.
type repairer struct {
	in, out []byte
	at      int
	comma   int // 1 + where in out an undecided comma stands; 0 if none
}

func (r *repairer) step() {
	switch c := r.in[r.at]; {
	case c == '"':
		r.comma = 0
		r.str()
	case c == ',':
		if r.comma == 0 {
			r.put(c)
			r.comma = len(r.out)
		} else {
			r.at++ // a second comma
		}
	case c == '}' || c == ']':
		if r.comma > 0 {
			r.out[r.comma-1] = ' '
			r.comma = 0
		}
		r.put(c)
	case c == '/' && bytes.HasPrefix(r.in[r.at:], []byte("//")):
		r.skipPast("\n")
	case c == '/' && bytes.HasPrefix(r.in[r.at:], []byte("/*")):
		r.skipPast("*/")
	case c < ' ':
		r.out = append(r.out, ' ')
		r.at++
	default:
		if c != ' ' {
			r.comma = 0
		}
		r.put(c)
	}
}

func (r *repairer) put(c byte) {
	r.out = append(r.out, c)
	r.at++
}

func (r *repairer) skipPast(end string) {
	i := bytes.Index(r.in[r.at:], []byte(end))
	if i < 0 {
		r.at = len(r.in)
		return
	}
	r.at += i + len(end)
}

// str copies one string. A quote that no comma, colon or bracket follows belongs
// to the text.
func (r *repairer) str() {
	r.put('"')
	for r.at < len(r.in) {
		switch c := r.in[r.at]; {
		case c == '\\':
			r.escape()
		case c == '"' && r.closes():
			r.put(c)
			return
		case c == '"':
			r.out = append(r.out, '\\')
			r.put(c)
		case c < ' ':
			r.out = append(r.out, ' ')
			r.at++
		default:
			r.put(c)
		}
	}
}

// closes reports whether the quote at hand ends its string.
func (r *repairer) closes() bool {
	rest := bytes.TrimLeft(r.in[r.at+1:], " \t\r\n")
	if len(rest) == 0 {
		return true
	}
	switch rest[0] {
	case ':', '}', ']':
		return true
	case '/':
		return len(rest) > 1 && (rest[1] == '/' || rest[1] == '*')
	case ',':
		rest = bytes.TrimLeft(rest[1:], " \t\r\n")
		return len(rest) == 0 || bytes.IndexByte([]byte(`"{[}]-0123456789tfn/,`), rest[0]) >= 0
	}
	return false
}

// escape copies one escape, or drops the backslash of an unknown one.
func (r *repairer) escape() {
	if r.at+1 == len(r.in) {
		r.at++
		return
	}
	switch c := r.in[r.at+1]; {
	case bytes.IndexByte([]byte(`"\/bfnrt`), c) >= 0, c == 'u' && hex4(r.in[r.at+2:]):
		r.put('\\')
		r.put(c)
	default:
		r.at++
	}
}

func hex4(b []byte) bool {
	if len(b) < 4 {
		return false
	}
	for _, c := range b[:4] {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}
