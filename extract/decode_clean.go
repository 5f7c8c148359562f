package extract

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// cleanText returns valid UTF-8 without what a text must not hold: control
// characters but newline and tab, and noncharacters. CR LF and CR become LF, a
// form feed a space. Clean text is returned as it is.
func cleanText(text []byte) []byte {
	i := firstUnclean(text)
	if i == len(text) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i < len(text) {
		out = append(out, text[:i]...)
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r == '\r' && (i+1 == len(text) || text[i+1] != '\n'):
			out = append(out, '\n')
		case r == '\f':
			out = append(out, ' ')
		}
		text = text[i+n:]
		i = firstUnclean(text)
	}
	return append(out, text...)
}

// firstUnclean returns the offset of the first character that cleanText would
// change, len(text) if there is none. It looks at eight bytes at a time.
func firstUnclean(text []byte) int {
	i := 0
	for ; i+8 <= len(text); i += 8 {
		if !suspect(binary.LittleEndian.Uint64(text[i:])) {
			continue
		}
		for j := i; j < i+8; j++ {
			if uncleanAt(text, j) {
				return j
			}
		}
	}
	for ; i < len(text); i++ {
		if uncleanAt(text, i) {
			return i
		}
	}
	return len(text)
}

// ascii reports whether text holds no byte above 127.
func ascii(text []byte) bool {
	for len(text) >= 8 {
		if binary.LittleEndian.Uint64(text)&0x8080808080808080 != 0 {
			return false
		}
		text = text[8:]
	}
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// suspect reports whether one of eight bytes is neither printable ASCII nor
// newline nor tab.
func suspect(w uint64) bool {
	const (
		ones = 0x0101010101010101
		high = 0x8080808080808080
	)
	if w&high != 0 {
		// Bytes beyond ASCII: those that begin what is not clean are 0xC2, 0xEF and 0xF0 on.
		if zeroByte(w^ones*0xC2) || zeroByte(w^ones*0xEF) || w&(w<<1)&(w<<2)&(w<<3)&high != 0 {
			return true
		}
		beyond := w & high >> 7
		w = w&^(beyond*0xFF) | beyond<<6 // as visible ASCII
	}
	// All bytes are below 0x80, so that no sum carries into its neighbour.
	if (w+ones)&high == 0 && (w+ones*0x60)&high == high {
		return false // neither below 0x20 nor 0x7F
	}
	low := ^(w + ones*0x60) & high               // below 0x20
	tab := ^((w ^ ones*'\t') + ones*0x7F) & high // equal to a tab
	newline := ^((w ^ ones*'\n') + ones*0x7F) & high
	del := (w + ones) & high // 0x7F
	return low&^tab&^newline|del != 0
}

// zeroByte reports whether one of eight bytes is zero.
func zeroByte(w uint64) bool {
	return (w-0x0101010101010101)&^w&0x8080808080808080 != 0
}

// uncleanAt reports whether a character to be removed begins at text[i].
func uncleanAt(text []byte, i int) bool {
	c := text[i]
	switch {
	case c < ' ':
		return c != '\n' && c != '\t'
	case c < 0x7F:
		return false
	case c == 0x7F:
		return true
	case c == 0xC2: // U+0080 to U+009F
		return i+1 < len(text) && text[i+1] < 0xA0
	case c == 0xEF || c >= 0xF0:
		return nonCharacter(text[i:])
	}
	return false
}

// nonCharacter reports the noncharacters of Unicode section 23.7.
func nonCharacter(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// hasPrefixFold reports whether text begins with the ASCII prefix, in any case.
func hasPrefixFold(text []byte, prefix string) bool {
	return len(text) >= len(prefix) && bytes.EqualFold(text[:len(prefix)], []byte(prefix))
}
