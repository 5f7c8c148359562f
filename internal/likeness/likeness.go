// Package likeness tells which texts are copies of one another with a few edits.
//
// A text counts as the set of its shingles, three neighbouring words each. Two texts
// are as alike as the share of shingles that both have among those that either has
// (Jaccard). A Sketch is a sample of the set from which that share is estimated: one
// permutation hashing (Li, Owen and Zhang 2012), a byte a bin.
package likeness

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

const (
	binBits = 7
	bins    = 1 << binBits

	// rows of a band must all be equal for two sketches to share it: a pair that is 75 %
	// alike shares one of the bands in 99.8 of 100 cases, one that is 10 % alike in 1.
	bands, rows = 12, 3

	// least is how many shingles a text must have: in fewer, a few words in common are
	// a large share.
	least = 24
)

// Size is the length of a Sketch in bytes.
const Size = bins

// Bands is how many bands a Sketch has.
const Bands = bands

// Near is the similarity from which on two texts are taken for copies, in percent.
const Near = 75

// A Sketch stands for a text. Each byte is 1 to 255 for the least hash of the shingles
// that fell in its bin, 0 for none. The zero Sketch is that of a text too short to
// compare.
type Sketch [Size]byte

// Of returns the sketch of a text.
func Of(text string) (s Sketch) {
	var low [bins]uint64
	var window [3]uint64
	words := 0
	eachWord(text, func(word uint64) {
		window[0], window[1], window[2] = window[1], window[2], word
		if words++; words < len(window) {
			return
		}
		h := mix(window)
		bin, rest := h>>(64-binBits), h<<binBits|1 // never 0
		if low[bin] == 0 || rest < low[bin] {
			low[bin] = rest
		}
	})
	if words-len(window)+1 < least {
		return Sketch{}
	}
	for i, v := range low {
		if v != 0 {
			s[i] = byte(mix([3]uint64{v})%255) + 1
		}
	}
	return s
}

// Similarity estimates how alike two texts are, in percent; 0 where one of them is
// too short to compare.
func (s *Sketch) Similarity(t *Sketch) int {
	same, either := 0, 0
	for i := range s {
		if s[i]|t[i] == 0 {
			continue
		}
		either++
		if s[i] == t[i] {
			same++
		}
	}
	if either == 0 {
		return 0
	}
	return 100 * same / either
}

// Comparable reports whether the text was long enough.
func (s *Sketch) Comparable() bool { return *s != Sketch{} }

// BandHashes returns a hash of each band. Texts that are near each other share at
// least one of them, all but certainly. Bins that are empty borrow from the next
// that is not, so that short texts share theirs too.
func (s *Sketch) BandHashes() (hashes [Bands]uint64) {
	if !s.Comparable() {
		return hashes
	}
	// Bins are taken from all over the sketch, in a fixed order without pattern.
	for b := range hashes {
		var key [3]uint64
		for r := range rows {
			key[r] = s.filled((b*rows + r) * 37 % bins)
		}
		hashes[b] = mix(key)
	}
	return hashes
}

// filled returns the bin, or the first one after it that is not empty, with how far that is.
func (s *Sketch) filled(bin int) uint64 {
	for far := range bins {
		if v := s[(bin+far)%bins]; v != 0 {
			return uint64(far)<<8 | uint64(v)
		}
	}
	return 0
}

// mix hashes three words in order, with the finalizer of SplitMix64.
func mix(words [3]uint64) (h uint64) {
	for _, w := range words {
		h = bits.RotateLeft64(h, 25) ^ w
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

// eachWord calls do with a hash of each word, in lower case: stretches of letters,
// marks and digits. In scripts without spaces each letter is a word.
func eachWord(text string, do func(uint64)) {
	h, in := uint64(fnvOffset), false
	end := func() {
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
		case unspaced(r):
			end()
			h, in = (h^uint64(r))*fnvPrime, true
			end()
		case wordRune(r):
			h, in = (h^uint64(lower(r)))*fnvPrime, true
		case r != '\'' && r != '’': // "don't" is one word
			end()
		}
	}
	end()
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
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

// unspaced reports letters of scripts that are written without spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
