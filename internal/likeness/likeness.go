// Package likeness tells which texts are copies of one another with a few edits.
//
// A text counts as the set of its shingles, three neighbouring words each. Two texts
// are as alike as the share of shingles that both have among those that either has
// (Jaccard). A Sketch is a sample of the set from which that share is estimated: one
// permutation hashing (Li, Owen and Zhang 2012), a byte a bin.
package likeness

import "newsarchive/internal/wording"

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
	count := wording.Shingles(text, func(h uint64) {
		bin, rest := h>>(64-binBits), h<<binBits|1 // never 0
		if low[bin] == 0 || rest < low[bin] {
			low[bin] = rest
		}
	})
	if count-wording.Shingle+1 < least {
		return Sketch{}
	}
	for i, v := range low {
		if v != 0 {
			s[i] = byte(wording.Mix([3]uint64{v})%255) + 1
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
		hashes[b] = wording.Mix(key)
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
