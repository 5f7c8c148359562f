package config

import (
	"cmp"
	"fmt"
	"slices"

	"newsarchive/internal/spelling"
)

// An Error says where in a config something is wrong, and what.
type Error struct {
	File      string
	Line, Col int // from 1; 0 where there is no place
	Msg       string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Msg)
}

// Errors are all that is wrong with a config, in the order of the file.
type Errors []*Error

// Error is one line: the first, and how many more there are.
func (list Errors) Error() string {
	if len(list) == 1 {
		return list[0].Error()
	}
	return fmt.Sprintf("%v (and %s)", list[0], spelling.Count(len(list)-1, "more error"))
}

// err is nil where nothing is wrong. A place is told of once, though the defaults are read
// for each site; what has no place comes last.
func (d *decoder) err() error {
	if len(d.errs) == 0 {
		return nil
	}
	list := slices.Clone(d.errs)
	slices.SortStableFunc(list, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(uint(a.Line-1), uint(b.Line-1)), cmp.Compare(a.Col, b.Col))
	})
	return slices.CompactFunc(list, func(a, b *Error) bool { return *a == *b || a.Line > 0 && a.Line == b.Line && a.Col == b.Col })
}
