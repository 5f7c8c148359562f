package wire

import (
	"bytes"
	"fmt"
	"net/textproto"

	"newsarchive/page"
)

// A head is the last response head of a message.
type head struct {
	status int
	fields page.Header
	end    int  // bytes up to and including the empty line
	cut    bool // the empty line is missing
}

// readHead parses the head that b begins with, past those of interim responses.
func readHead(b []byte, l Limits) (head, error) {
	skipped := len(b) - len(SkipInterim(b))
	if skipped > l.Head {
		return head{}, ErrHeadTooLarge
	}
	h, err := parseHead(b[skipped:], l)
	if h.end += skipped; h.end > l.Head {
		return head{}, ErrHeadTooLarge
	}
	return h, err
}

// SkipInterim returns b without the whole heads of interim responses that it
// begins with: 1xx, except 101 (RFC 9110 section 15.2).
func SkipInterim(b []byte) []byte {
	for {
		line, n, whole := nextLine(b)
		status, err := parseStatusLine(line)
		if err != nil || status >= 200 || status == 101 {
			return b
		}
		rest := b
		for whole && len(line) > 0 {
			rest = rest[n:]
			line, n, whole = nextLine(rest)
		}
		if !whole {
			return b
		}
		b = rest[n:]
	}
}

func parseHead(b []byte, l Limits) (head, error) {
	line, n, whole := nextLine(b)
	status, err := parseStatusLine(line)
	if err != nil {
		return head{}, err
	}
	h := head{status: status, end: n, cut: !whole, fields: make(page.Header)}
	name := ""
	for lines := 0; !h.cut && h.end <= l.Head; lines++ {
		if lines > l.Fields {
			return head{}, ErrHeadTooLarge
		}
		line, n, whole := nextLine(b[h.end:])
		h.end += n
		h.cut = !whole
		if whole && len(line) == 0 {
			return h, nil
		}
		name = addField(h.fields, name, line)
	}
	return h, nil
}

// nextLine returns the first line of b without its line end, and the bytes it
// takes with it. It is not whole where the line feed is missing.
func nextLine(b []byte) (line []byte, n int, whole bool) {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		return b, len(b), false
	}
	return bytes.TrimSuffix(b[:i], []byte("\r")), i + 1, true
}

// parseStatusLine accepts any version and any reason phrase; of the status it
// wants the three digits.
func parseStatusLine(line []byte) (int, error) {
	version, rest, _ := bytes.Cut(line, []byte(" "))
	if !bytes.HasPrefix(version, []byte("HTTP/")) {
		return 0, ErrHead
	}
	code, _, _ := bytes.Cut(bytes.TrimLeft(rest, " "), []byte(" "))
	if len(code) != 3 {
		return 0, fmt.Errorf("%w: status %.20q", ErrHead, code)
	}
	status := 0
	for _, c := range code {
		if c < '0' || c > '9' {
			return 0, fmt.Errorf("%w: status %.20q", ErrHead, code)
		}
		status = status*10 + int(c-'0')
	}
	if status < 100 {
		return 0, fmt.Errorf("%w: status %.20q", ErrHead, code)
	}
	return status, nil
}

// addField adds a field line to fields and returns the field's name. A line that
// begins with white space goes on with the field last, as RFC 9112 section 5.2
// has it; a line without colon is passed over.
func addField(fields page.Header, last string, line []byte) string {
	if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
		if v := fields[last]; len(v) > 0 {
			v[len(v)-1] += " " + string(bytes.TrimSpace(line))
		}
		return last
	}
	name, value, ok := bytes.Cut(line, []byte(":"))
	name = bytes.TrimRight(name, " \t")
	if !ok || len(name) == 0 {
		return last
	}
	key := textproto.CanonicalMIMEHeaderKey(string(name))
	fields[key] = append(fields[key], string(bytes.Trim(value, " \t\r")))
	return key
}
