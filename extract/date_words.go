package extract

import (
	_ "embed" // for the names of the months
	"strconv"
	"strings"
	"unicode"
)

// A dateWord is a number or a word of a date, and the mark that follows it.
type dateWord struct {
	text string // lower case, digits as ASCII
	num  int    // -1 if it is no number
	mark byte   // first character between this word and the next: '.', '/', '-', ':', ',', ' ', or 0
}

// words splits text at what is neither letter nor digit, and between the two.
func words(text string) (out []dateWord) {
	const enough = 40
	var b strings.Builder
	digits := false
	flush := func(mark byte) {
		if b.Len() == 0 {
			if n := len(out); n > 0 && out[n-1].mark == ' ' && mark != ' ' {
				out[n-1].mark = mark
			}
			return
		}
		s := b.String()
		b.Reset()
		num := -1
		if digits && len(s) <= 14 {
			num, _ = strconv.Atoi(s)
		}
		out = append(out, dateWord{s, num, mark})
	}
	for _, c := range text {
		if len(out) >= enough {
			return out
		}
		switch {
		case c >= '\u064b' && c <= '\u0652': // Arabic vowels, which most leave out
		case unicode.IsDigit(c):
			if !digits {
				flush(0)
			}
			digits = true
			b.WriteByte('0' + digitValue(c))
		case unicode.IsLetter(c) || unicode.IsMark(c):
			if digits {
				flush(0)
			}
			digits = false
			b.WriteRune(unicode.ToLower(c))
		case c == '.' && !digits && b.Len() > 0 && unicode.Is(unicode.Thai, lastRune(b.String())):
			b.WriteRune(c) // Thai short forms have a full stop inside
		default:
			mark := byte(' ')
			if c < 0x80 && !unicode.IsSpace(c) {
				mark = byte(c)
			}
			flush(mark)
		}
	}
	flush(0)
	return out
}

func lastRune(s string) (last rune) {
	for _, r := range s {
		last = r
	}
	return last
}

// digitValue returns the value of a decimal digit of any script: Unicode keeps the
// ten of one script together, the zero at a code point that ends in 0 or 6.
func digitValue(c rune) byte {
	if c <= '9' {
		return byte(c - '0')
	}
	zero := c
	for unicode.IsDigit(zero-1) && c-zero < 9 {
		zero--
	}
	return byte(c - zero)
}
