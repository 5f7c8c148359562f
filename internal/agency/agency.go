// Package agency knows the names of wire services and other organisations that sign
// reports which many papers print.
package agency

import (
	_ "embed" // for the list
	"strings"
	"sync"
	"unicode"
)

// List has a name a line; lines that begin with # are comments.
//
//go:embed agencies.txt
var List string

// names are those of List, spelled as key spells them.
var names = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(List) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			set[key(line)] = true
		}
	}
	return set
})

// Named reports whether a credit such as "dpa" or "Reuters/AFP" names one of them.
func Named(credit string) bool {
	for part := range strings.FieldsFuncSeq(credit, func(r rune) bool { return strings.ContainsRune("/,;|&+()", r) }) {
		if names()[key(part)] {
			return true
		}
	}
	return names()[key(credit)]
}

// key is a name in lower case, its letters and digits only.
func key(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
