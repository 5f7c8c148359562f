// Package wording tells where the words of a text are, in scripts with and without spaces.
//
// A word is a stretch of letters, marks and digits, with apostrophes inside. A letter of
// a script that is written without spaces is a word of its own.
package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Count returns how many words text has.
func Count(text string) int {
	count, in := 0, false
	for _, r := range text {
		switch {
		case !Rune(r):
			in = in && joins(r)
		case Spaceless(r):
			count++
			in = false
		case !in && !mark(r):
			count++
			in = true
		}
	}
	return count
}

// Rune reports whether r may be part of a word. The underscore may.
func Rune(r rune) bool {
	if uint32(r) < uint32(len(near)) {
		return near[r]
	}
	return far(r)
}

func far(r rune) bool {
	if r >= 0x4E00 && r < 0x9FA5 || r >= 0xAC00 && r < 0xD7A4 {
		return true
	}
	return letter(r)
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// near answers for Latin, Greek, Cyrillic, Hebrew and Arabic.
var near = func() (t [0x700]bool) {
	for r := range rune(len(t)) {
		t[r] = letter(r) || r == '_'
	}
	return t
}()

// mark reports vowel signs and accents: none begins a word.
func mark(r rune) bool { return r >= 0x300 && unicode.IsMark(r) }

// joins reports what may stand inside a word: apostrophes, and the invisible
// joiners of Indic and Arabic scripts.
func joins(r rune) bool { return r == '\'' || r == '’' || r == 0x200C || r == 0x200D }

// Spaceless reports the letters of scripts that are written without spaces between
// words: Han, Hiragana, Katakana, Bopomofo, Thai, Lao, Khmer and Myanmar. Combining
// marks are no letters of their own. Hangul is written with spaces.
func Spaceless(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r <= 0x0EFF, r >= 0x1000 && r <= 0x109F, r >= 0x1780 && r <= 0x17FF:
		return unicode.IsLetter(r)
	case r < 0x3005:
		return false
	}
	return r <= 0x312F && unicode.IsLetter(r) || r >= 0x31A0 && r <= 0x31FF || r >= 0x3400 && r <= 0x9FFF ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0xFF66 && r <= 0xFF9F || r >= 0x20000 && r <= 0x3FFFF
}

// Joined reports the letters of scripts in which what people take for a word may stand
// inside a longer stretch of letters: the spaceless ones, and Hangul with its endings.
func Joined(r rune) bool { return Spaceless(r) || r >= 0x1100 && unicode.Is(unicode.Hangul, r) }

// Lower returns r in lower case.
func Lower(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(r)
}

// Unaccented takes from Greek in lower case what is not written in capitals.
func Unaccented(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 'Ͱ' && r <= 'Ͽ' }) {
		return s
	}
	return unaccented.Replace(s)
}

var unaccented = strings.NewReplacer("ά", "α", "έ", "ε", "ή", "η", "ί", "ι", "ό", "ο", "ύ", "υ", "ώ", "ω", "ϊ", "ι", "ϋ", "υ", "ΐ", "ι", "ΰ", "υ", "ς", "σ")
