package selectors

import (
	"fmt"
	"iter"
	"maps"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

// A source knows where in its file a value stands.
type source struct {
	name string
	data []byte
}

// errorf returns an error with file and, where the path leads to a node, line.
func (s source) errorf(path, format string, args ...any) error {
	at := s.name
	if line := s.line(path); line > 0 {
		at = fmt.Sprintf("%s:%d", s.name, line)
	}
	return fmt.Errorf("%s: %w", at, fmt.Errorf(format, args...))
}

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
