package extract

import "strings"

// A finder looks for many phrases in one pass over a text.
type finder struct {
	list []string
	at   [1 << 12][]uint16 // of the phrases whose first bytes have that hash
}

// headBytes is how many bytes each phrase has at least.
const headBytes = 3

func newFinder(list []string) *finder {
	f := &finder{list: list}
	for i, s := range list {
		f.at[headHash(s)] = append(f.at[headHash(s)], uint16(i))
	}
	return f
}

func headHash(s string) uint32 {
	return (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16) * 0x9E3779B1 >> 20
}

// in returns the first of the list that text holds, "" if none, as anyIn does.
func (f *finder) in(text string) string {
	first := len(f.list)
	for i := 0; i+headBytes <= len(text); i++ {
		for _, k := range f.at[headHash(text[i:])] {
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
