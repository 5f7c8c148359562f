package extract

import (
	"strings"

	"newsarchive/internal/wording"
)

// A finder looks for many phrases in one pass over a text.
type finder struct {
	list []string
	at   [wording.Heads][]uint16 // phrases by their heads
}

func newFinder(list []string) *finder {
	f := &finder{list: list}
	for i, s := range list {
		f.at[wording.Head(s)] = append(f.at[wording.Head(s)], uint16(i))
	}
	return f
}

// in returns the first of the list that text holds, "" if none, as anyIn does.
func (f *finder) in(text string) string {
	first := len(f.list)
	for i := 0; i+wording.HeadBytes <= len(text); i++ {
		for _, k := range f.at[wording.Head(text[i:])] {
			if int(k) < first && strings.HasPrefix(text[i:], f.list[k]) {
				first = int(k)
			}
		}
	}
	if first == len(f.list) {
		return ""
	}
	return f.list[first]
}
