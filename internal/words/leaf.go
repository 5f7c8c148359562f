package words

import (
	"encoding/binary"
	"errors"
)

// ErrDamaged reports bytes that no leaf has.
var ErrDamaged = errors.New("the index of words is damaged")

// appendEntry writes a word as what it does not share with the word before, and its list.
func appendEntry(leaf []byte, before, word string, data []byte) []byte {
	shared := 0
	for shared < min(len(before), len(word)) && before[shared] == word[shared] {
		shared++
	}
	leaf = binary.AppendUvarint(leaf, uint64(shared))
	leaf = binary.AppendUvarint(leaf, uint64(len(word)-shared))
	leaf = append(leaf, word[shared:]...)
	leaf = binary.AppendUvarint(leaf, uint64(len(data)))
	return append(leaf, data...)
}

// entries reads the words of a leaf.
type entries struct {
	rest []byte
	word []byte
	data []byte
	err  error
}

// next reports whether there is a word. After the last one err tells of damage.
func (e *entries) next() bool {
	if e.err != nil || len(e.rest) == 0 {
		return false
	}
	shared, ok := number(&e.rest)
	suffix, ok2 := taken(&e.rest)
	data, ok3 := taken(&e.rest)
	if !ok || !ok2 || !ok3 || shared > len(e.word) {
		e.err = ErrDamaged
		return false
	}
	e.word, e.data = append(e.word[:shared], suffix...), data
	return true
}

// texts reads the list of a word.
type texts struct {
	rest   []byte
	of     int // how many texts the part has
	n      int // of the text, counted from 0; -1 before the first
	places []byte
	err    error
}

func textsIn(list []byte, of int) texts { return texts{rest: list, of: of, n: -1} }

// next reports whether there is a text. After the last one err tells of damage.
func (t *texts) next() bool {
	if t.err != nil || len(t.rest) == 0 {
		return false
	}
	gap, ok := number(&t.rest)
	places, ok2 := taken(&t.rest)
	if !ok || !ok2 || gap < 1 || gap >= t.of-t.n {
		t.err = ErrDamaged
		return false
	}
	t.n += gap
	t.places = places
	return true
}

// to goes to the text of that number, if the list has it.
func (t *texts) to(n int) bool {
	for t.n < n && t.next() {
	}
	return t.n == n
}

// number takes a number from the bytes.
func number(b *[]byte) (int, bool) {
	n, size := binary.Uvarint(*b)
	if size <= 0 || n > 1<<31-1 {
		return 0, false
	}
	*b = (*b)[size:]
	return int(n), true
}

// taken takes bytes with their number before them.
func taken(b *[]byte) ([]byte, bool) {
	n, ok := number(b)
	if !ok || n > len(*b) {
		return nil, false
	}
	part := (*b)[:n:n]
	*b = (*b)[n:]
	return part, true
}
