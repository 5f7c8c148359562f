package page

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MarshalJSON writes the row with every string clean, whatever the fields hold.
func (r Row) MarshalJSON() ([]byte, error) {
	l := line{b: make([]byte, 0, 4<<10+3*len(r.Text))}
	if err := l.row(&r); err != nil {
		return nil, fmt.Errorf("encode row of %s: %w", r.URL, err)
	}
	return l.b, nil
}

// AppendLine appends the row as one JSON line with its newline. It differs from
// json.Marshal in that <, > and & stay as they are.
func (r Row) AppendLine(dst []byte) ([]byte, error) {
	l := line{b: slices.Grow(dst, 4<<10+len(r.Text)+len(r.HTML)+len(r.Markdown))}
	if err := l.row(&r); err != nil {
		return dst, fmt.Errorf("encode row of %s: %w", r.URL, err)
	}
	return append(l.b, '\n'), nil
}

// Normalize makes strings clean and times whole seconds of UTC.
func (r *Row) Normalize() {
	v := reflect.ValueOf(r).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i).Addr().Interface().(type) {
		case *string:
			*f = Clean(*f)
		case *Lines:
			*f = f.clean()
		case **time.Time:
			if *f != nil {
				whole := (*f).UTC().Truncate(time.Second)
				*f = &whole
			}
		case *time.Time:
			*f = f.UTC().Truncate(time.Second)
		}
	}
}

// clean returns the list with each item clean and on one line.
func (l Lines) clean() Lines {
	if !slices.ContainsFunc(l, unclean) {
		return l
	}
	out := make(Lines, len(l))
	for i, s := range l {
		out[i] = strings.ReplaceAll(Clean(s), "\n", " ")
	}
	return out
}

func unclean(item string) bool { return strings.IndexByte(item, '\n') >= 0 || !clean(item) }

// MarshalText joins the items by newlines.
func (l Lines) MarshalText() ([]byte, error) { return []byte(strings.Join(l.clean(), "\n")), nil }

// UnmarshalText splits the items again.
func (l *Lines) UnmarshalText(text []byte) error {
	*l = nil
	if len(text) > 0 {
		*l = strings.Split(string(text), "\n")
	}
	return nil
}

// Clean returns s as valid UTF-8 without noncharacters, and without the control
// characters C0, DEL and C1 except newline and tab.
func Clean(s string) string {
	if clean(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func clean(s string) bool {
	for i := 0; i < len(s); {
		if i+8 <= len(s) && printable(s[i:i+8]) {
			i += 8
			continue
		}
		if c := s[i]; c >= ' ' && c < 0x7F || c == '\n' || c == '\t' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || unwanted(r) {
			return false
		}
		i += n
	}
	return true
}

// printable reports whether eight bytes are visible ASCII or blanks. They are
// looked at together: a byte below 0x20 borrows from its high bit, a DEL carries into it.
func printable(s string) bool {
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	const ones = 0x0101010101010101
	return w&(0x80*ones) == 0 && ((w|0x80*ones)-0x20*ones)&(0x80*ones) == 0x80*ones && (w+ones)&(0x80*ones) == 0
}

// unwanted reports control characters and the noncharacters of Unicode section 23.7.
func unwanted(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < ' ' || r >= 0x7F && r < 0xA0:
		return true
	}
	return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// EscapeBidi writes the bidirectional overrides and isolates of a JSON text as
// \u escapes: the value stays the same, and no terminal that shows it is misled.
func EscapeBidi(text []byte) []byte {
	if !bytes.Contains(text, []byte("\xe2\x80")) && !bytes.Contains(text, []byte("\xe2\x81")) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if bidi(r) {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, text[i:i+n]...)
		}
		i += n
	}
	return out
}

func bidi(r rune) bool { return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 }

// Printable returns s on one line, fit for a terminal or a log: control
// characters and bidirectional overrides become escapes, and more than limit
// code points end in an ellipsis. A limit of 0 means no limit.
func Printable(s string, limit int) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if limit > 0 && n == limit {
			b.WriteString("…")
			break
		}
		n++
		switch {
		case r == '\n' || r == '\t':
			b.WriteByte(' ')
		case unwanted(r) || bidi(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
