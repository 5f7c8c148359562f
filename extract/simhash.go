package extract

import (
	"fmt"

	"newsarchive/internal/wording"
)

// simhash64 returns the similarity hash of a text after Charikar, as 16 hex
// digits: texts that share most of their phrases differ in few bits. The features
// are three neighbouring words, in lower case and without punctuation; where a
// script has no spaces, each character is a word. A text without words has "".
func simhash64(text string) string {
	var votes ballot
	if wording.Shingles(text, votes.add) == 0 {
		return ""
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
