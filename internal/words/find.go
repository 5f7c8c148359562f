package words

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"
)

// A Term is a word or a phrase.
type Term struct {
	words  []string
	begins bool // the last word is the beginning of one
	title  bool // it is sought in the title only
}

// InTitle is the term, sought in the title only.
func (t Term) InTitle() Term {
	t.title = true
	return t
}

// NewTerm reads a word or phrase; with a star at its end the last word may go on. It
// reports false where there is no word in it.
func NewTerm(s string) (t Term, ok bool) {
	bare, begins := strings.CutSuffix(s, "*")
	t.begins = begins
	Split(bare, func(word []byte) { t.words = append(t.words, string(word)) })
	return t, len(t.words) > 0
}

// Leaves gives the leaves of a part that hold the words from one on, which may be in the
// midst of the first leaf, to those before another.
type Leaves func(from, before string) ([][]byte, error)

// weights are what a word counts in the fields.
type weights [fields]float32

func (t Term) weights() *weights {
	if t.title {
		return &weights{inTitle: 10}
	}
	return &weights{inText: 1, inLead: 5, inTitle: 10}
}

// Weigh says how often each of a part's texts has the term, lead and title weighing more;
// nil where none has a word of it.
func (t Term) Weigh(of int, leaves Leaves) ([]float32, error) {
	last, end := len(t.words)-1, "\x00"
	if t.begins {
		end = string(unicode.MaxRune)
	}
	lists, err := listsOf(t.words[last], t.words[last]+end, leaves)
	if err != nil || len(lists) == 0 {
		return nil, err
	}
	if last > 0 {
		return t.phrase(lists, of, leaves)
	}
	sums, w := make([]float32, of), t.weights()
	return sums, each(lists, of, func(n int, places []byte) { sums[n] += w.of(places) })
}

// phrase finds where the words follow one another; the lists are those of the last word,
// or of the words that begin so.
func (t Term) phrase(lists [][]byte, of int, leaves Leaves) ([]float32, error) {
	var before []texts
	last := len(t.words) - 1
	for _, word := range t.words[:last] {
		lists, err := listsOf(word, word+"\x00", leaves)
		if err != nil || len(lists) == 0 {
			return nil, err
		}
		before = append(before, textsIn(lists[0], of))
	}
	return t.weights().follow(before, lists, of)
}

// listsOf gives the lists of the words from one on and before another.
func listsOf(from, before string, leaves Leaves) (lists [][]byte, err error) {
	found, err := leaves(from, before)
	for _, leaf := range found {
		e := entries{rest: leaf}
		for e.next() && string(e.word) < before {
			if string(e.word) >= from {
				lists = append(lists, e.data)
			}
		}
		err = cmp.Or(err, e.err)
	}
	return lists, err
}

// each gives what is in the lists, one after the other.
func each(lists [][]byte, of int, give func(n int, places []byte)) error {
	for _, list := range lists {
		t := textsIn(list, of)
		for t.next() {
			give(t.n, t.places)
		}
		if t.err != nil {
			return t.err
		}
	}
	return nil
}

// of counts places.
func (w *weights) of(places []byte) (sum float32) {
	field := 0
	for _, b := range places {
		switch {
		case b == 0:
			field = min(field+1, fields-1)
		case b < 0x80: // the last byte of a number
			sum += w[field]
		}
	}
	return sum
}

// follow weighs the places where the words of the lists follow those before.
func (w *weights) follow(before []texts, lists [][]byte, of int) ([]float32, error) {
	sums, ends := make([]float32, of), make([][][]byte, of)
	err := each(lists, of, func(n int, places []byte) { ends[n] = append(ends[n], places) })
	var starts, next []int
	for err == nil && before[0].next() {
		n := before[0].n
		if ends[n] == nil {
			continue
		}
		starts = placesOf(starts[:0], before[0].places)
		for i := 1; i < len(before) && len(starts) > 0; i++ {
			next = next[:0]
			if before[i].to(n) {
				next = placesOf(next, before[i].places)
			}
			starts = followed(starts, next, i)
		}
		next = next[:0]
		for _, places := range ends[n] {
			next = placesOf(next, places)
		}
		if len(ends[n]) > 1 {
			slices.Sort(next)
		}
		for _, at := range followed(starts, next, len(before)) {
			sums[n] += w[at/aField]
		}
	}
	for _, t := range before {
		err = errors.Join(err, t.err)
	}
	return sums, err
}

// aField is more than the places of a field.
const aField = 1 << 32

// placesOf appends the places as numbers that are larger in the next field.
func placesOf(list []int, places []byte) []int {
	field, at := 0, 0
	for len(places) > 0 {
		gap, ok := number(&places)
		if !ok {
			return list
		}
		if gap == 0 {
			field, at = min(field+1, fields-1), 0
			continue
		}
		at += gap
		list = append(list, field*aField+at)
	}
	return list
}

// followed keeps the starts that have a place so far behind them.
func followed(starts, places []int, behind int) []int {
	kept, i := starts[:0], 0
	for _, at := range starts {
		for i < len(places) && places[i] < at+behind {
			i++
		}
		if i < len(places) && places[i] == at+behind {
			kept = append(kept, at)
		}
	}
	return kept
}
