package extract

import (
	"fmt"
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// simhash64 returns the similarity hash of a text after Charikar, as 16 hex
// digits: texts that share most of their phrases differ in few bits. The features
// are three neighbouring words, in lower case and without punctuation; where a
// script has no spaces, each character is a word. A text without words has "".
func simhash64(text string) string {
	var (
		votes  ballot
		window [3]uint64
		n      int
	)
	eachWord(text, func(word uint64) {
		window[0], window[1], window[2] = window[1], window[2], word
		if n++; n >= len(window) {
			votes.add(mix(window[0], window[1], window[2]))
		}
	})
	if n == 0 {
		return ""
	}
	if n < len(window) {
		votes.add(mix(window[0], window[1], window[2]))
	}
	return fmt.Sprintf("%016x", votes.majority())
}

// A ballot counts how often each of 64 bits was set. Eight counters of a byte each
// share a word, so that a feature costs eight additions; full ones are emptied.
type ballot struct {
	bytes  [8]uint64
	totals [64]int
	recent int // features in bytes
	all    int
}

// lanes spreads the bits of a byte over the bytes of a word.
var lanes = func() (t [256]uint64) {
	for b := range t {
		for i := range 8 {
			t[b] |= uint64(b>>i&1) << (8 * i)
		}
	}
	return t
}()

func (v *ballot) add(feature uint64) {
	if v.recent == 255 {
		v.empty()
	}
	v.recent++
	v.all++
	for i := range v.bytes {
		v.bytes[i] += lanes[byte(feature>>(8*i))]
	}
}

func (v *ballot) empty() {
	for i := range v.totals {
		v.totals[i] += int(byte(v.bytes[i/8] >> (8 * (i % 8))))
	}
	v.bytes, v.recent = [8]uint64{}, 0
}

// majority returns the bits that more than half of the features had.
func (v *ballot) majority() (sum uint64) {
	v.empty()
	for i, n := range v.totals {
		if 2*n > v.all {
			sum |= 1 << i
		}
	}
	return sum
}

// mix hashes three words in order, with the finalizer of SplitMix64.
func mix(words ...uint64) (h uint64) {
	for _, w := range words {
		h = bits.RotateLeft64(h, 21) ^ w
		h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
		h = (h ^ h>>27) * 0x94d049bb133111eb
		h ^= h >> 31
	}
	return h
}

// FNV-1a, 64 bits.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// eachWord calls do with a hash of each word of text, in lower case.
func eachWord(text string, do func(uint64)) {
	h, in := uint64(fnvOffset), false
	flush := func() {
		if in {
			do(h)
		}
		h, in = fnvOffset, false
	}
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		i += n
		switch {
		case !wordRune(r):
			if !joins(r) {
				flush()
			}
		case spaceless(r):
			flush()
			h, in = (h^uint64(r))*fnvPrime, true
			flush()
		case in || !mark(r):
			h, in = (h^uint64(lower(r)))*fnvPrime, true
		}
	}
	flush()
}

func lower(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(r)
}

func wordRune(r rune) bool {
	if uint32(r) < uint32(len(wordRunes)) {
		return wordRunes[r]
	}
	return farWordRune(r)
}

func farWordRune(r rune) bool {
	if r >= 0x4E00 && r < 0x9FA5 || r >= 0xAC00 && r < 0xD7A4 {
		return true
	}
	return anyWordRune(r)
}

func anyWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// wordRunes answers for Latin, Greek, Cyrillic, Hebrew and Arabic.
var wordRunes = func() (t [0x700]bool) {
	for r := range rune(len(t)) {
		t[r] = anyWordRune(r) || r == '_'
	}
	return t
}()

// mark reports vowel signs and accents: none begins a word.
func mark(r rune) bool { return r >= 0x300 && unicode.IsMark(r) }

// joins reports what may stand inside a word: apostrophes, and the invisible
// joiners of Indic and Arabic scripts.
func joins(r rune) bool { return r == '\'' || r == '’' || r == 0x200C || r == 0x200D }

// spaceless reports the letters of scripts that are written without spaces between
// words: Han, Hiragana, Katakana, Bopomofo, Thai, Lao, Khmer and Myanmar. Combining
// marks are no letters of their own. Hangul is written with spaces.
func spaceless(r rune) bool {
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

// countWords counts the words of text: stretches of letters, marks and digits, with
// apostrophes inside. A letter of a script without spaces (see spaceless) counts as one.
func countWords(text string) int {
	count, in := 0, false
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		i += n
		switch {
		case !wordRune(r):
			in = in && joins(r)
		case spaceless(r):
			count++
			in = false
		case !in && !mark(r):
			count++
			in = true
		}
	}
	return count
}
