package wording

import "math/bits"

// Shingle is how many neighbouring words make a feature by which texts are compared.
const Shingle = 3

// Shingles calls do with a hash of each run of three neighbouring words of text, in
// lower case, and returns how many words there are. A text of one or two words has one
// such run, a text without words none.
func Shingles(text string, do func(hash uint64)) (count int) {
	var window [Shingle]uint64
	each(text, func(word uint64) {
		window[0], window[1], window[2] = window[1], window[2], word
		if count++; count >= Shingle {
			do(Mix(window))
		}
	})
	if count > 0 && count < Shingle {
		do(Mix(window))
	}
	return count
}

// Mix hashes three numbers in order, with the finalizer of SplitMix64.
func Mix(numbers [3]uint64) (h uint64) {
	for _, n := range numbers {
		h = bits.RotateLeft64(h, 21) ^ n
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

// each calls do with a hash of each word of text, in lower case.
func each(text string, do func(uint64)) {
	h, in := uint64(fnvOffset), false
	flush := func() {
		if in {
			do(h)
		}
		h, in = fnvOffset, false
	}
	for _, r := range text {
		switch {
		case !Rune(r):
			if !joins(r) {
				flush()
			}
		case Spaceless(r):
			flush()
			h, in = (h^uint64(r))*fnvPrime, true
			flush()
		case in || !mark(r):
			h, in = (h^uint64(Lower(r)))*fnvPrime, true
		}
	}
	flush()
}
