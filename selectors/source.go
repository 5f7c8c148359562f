package selectors

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"

	"newsarchive/page"
)

// A source knows where in its file a value stands.
type source struct {
	name string
	data []byte
}

// unprintable returns an error that names the line of the first byte that YAML does not
// allow as it stands (YAML 1.2.2 section 5.1): no UTF-8, or a control character.
func (s source) unprintable() error {
	for i := 0; i < len(s.data); {
		r, n := utf8.DecodeRune(s.data[i:])
		if r == utf8.RuneError && n == 1 || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7F || r >= 0x80 && r < 0xA0 && r != 0x85 {
			return fmt.Errorf("%s:%d: byte %#02x is not allowed in YAML: save the file as UTF-8, without control characters", s.name, 1+bytes.Count(s.data[:i], []byte("\n")), s.data[i])
		}
		i += n
	}
	return nil
}

// errorf returns an error with file and, where the path leads to a node, line.
func (s source) errorf(path, format string, args ...any) error {
	at := s.name
	if line := s.line(path); line > 0 {
		at = fmt.Sprintf("%s:%d", s.name, line)
	}
	return lineError{fmt.Errorf("%s: %w", at, fmt.Errorf(format, args...))}
}

// A lineError tells its error on one line, whatever the rules hold that it quotes.
type lineError struct{ error }

func (e lineError) Error() string { return page.Printable(e.error.Error(), 0) }
func (e lineError) Unwrap() error { return e.error }

func (s source) line(path string) (line int) {
	defer func() {
		if recover() != nil {
			line = 0 // the library panics on some broken input
		}
	}()
	p, err := yaml.PathString(path)
	if err != nil {
		return 0
	}
	f, err := parser.ParseBytes(s.data, 0)
	if err != nil {
		return 0
	}
	node, err := p.FilterFile(f)
	if err != nil || node == nil || node.GetToken() == nil {
		return 0
	}
	return node.GetToken().Position.Line
}

func mapKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }
