package words

import (
	"encoding/binary"
	"iter"
	"maps"
	"math"
	"slices"
)

// Fields of a text, in the order in which places are written: most words are in the
// text alone.
const (
	inText = iota
	inLead
	inTitle
	fields
)

const (
	mostTexts = 1 << 14 // of a part
	mostWords = 1 << 23
	leafSize  = 8 << 10 // bytes from which on a leaf is full
)

// A Part is made of texts with numbers that follow one another.
type Part struct {
	First   int64 // number of the first text
	Lengths []int // of the texts, in words
	Words   int   // the sum of these
	lists   map[string]*list
}

// list says where a word is: for each text its distance from the one before, the length
// of what follows, and the places. Of these each is written as its distance from the
// place before, and 0 stands before those of the next field.
type list struct {
	data []byte
	last int // text that was written last
	// of the text that is being added
	places    []byte
	field, at int
}

func NewPart(first int64) *Part { return &Part{First: first, lists: map[string]*list{}} }

// Full reports whether no other text should be added.
func (p *Part) Full() bool { return len(p.Lengths) >= mostTexts || p.Words >= mostWords }

// Add adds the next text.
func (p *Part) Add(title, lead, text string) {
	n, length := len(p.Lengths), 0
	var held []*list
	for field, s := range [fields]string{inText: text, inLead: lead, inTitle: title} {
		at := 0
		Split(s, func(word []byte) {
			at++
			length++
			l := p.lists[string(word)]
			if l == nil {
				l = &list{last: -1}
				p.lists[string(word)] = l
			}
			if len(l.places) == 0 {
				held = append(held, l)
			}
			l.place(field, at)
		})
	}
	for _, l := range held {
		l.end(n)
	}
	p.Lengths = append(p.Lengths, length)
	p.Words += length
}

func (l *list) place(field, at int) {
	for ; l.field < field; l.field++ {
		l.places, l.at = append(l.places, 0), 0
	}
	l.places = binary.AppendUvarint(l.places, uint64(at-l.at))
	l.at = at
}

// end writes the places in the text of that number.
func (l *list) end(n int) {
	l.data = binary.AppendUvarint(l.data, uint64(n-l.last))
	l.data = binary.AppendUvarint(l.data, uint64(len(l.places)))
	l.data = append(l.data, l.places...)
	l.last, l.places, l.field, l.at = n, l.places[:0], 0, 0
}

// Joins reports whether the part should be written together with the one before it, of
// which is known how many texts and words it has: so there are few small ones, and no
// text is written again often.
func (p *Part) Joins(texts, words int) bool {
	return texts+len(p.Lengths) <= mostTexts && words+p.Words <= mostWords && texts <= 2*len(p.Lengths)
}

// Append adds the texts of next, which follow those of p. Next is used up.
func (p *Part) Append(next *Part) {
	for word, l := range next.lists {
		before := p.lists[word]
		if before == nil {
			before = &list{last: -1}
			p.lists[word] = before
		}
		gap, n := binary.Uvarint(l.data)
		before.data = binary.AppendUvarint(before.data, gap+uint64(len(p.Lengths)-1-before.last))
		before.data = append(before.data, l.data[n:]...)
		before.last = len(p.Lengths) + l.last
	}
	p.Lengths = append(p.Lengths, next.Lengths...)
	p.Words += next.Words
	next.lists = nil
}

// Load takes in the words of a leaf.
func (p *Part) Load(leaf []byte) error {
	e := entries{rest: leaf}
	for e.next() {
		t := textsIn(e.data, len(p.Lengths))
		for t.next() {
		}
		if t.err != nil {
			return t.err
		}
		p.lists[string(e.word)] = &list{data: slices.Clone(e.data), last: t.n}
	}
	return e.err
}

// Leaves gives the words of the part in their order, as leaves: the first word of each,
// and its bytes.
func (p *Part) Leaves() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		var first, before string
		var leaf []byte
		for _, word := range slices.Sorted(maps.Keys(p.lists)) {
			if len(leaf) == 0 {
				first, before = word, ""
			}
			leaf = appendEntry(leaf, before, word, p.lists[word].data)
			if before = word; len(leaf) >= leafSize {
				if !yield(first, leaf) {
					return
				}
				leaf = leaf[:0]
			}
		}
		if len(leaf) > 0 {
			yield(first, leaf)
		}
	}
}

// Head gives the lengths of the texts; to longer ones than 65,535 words it makes no
// difference how long they are.
func (p *Part) Head() (head []byte) {
	for _, n := range p.Lengths {
		head = binary.LittleEndian.AppendUint16(head, uint16(min(n, math.MaxUint16)))
	}
	return head
}

// Length is that of a text in a head; 0 if it is not there.
func Length(head []byte, n int) int {
	if len(head) < 2*n+2 {
		return 0
	}
	return int(binary.LittleEndian.Uint16(head[2*n:]))
}

// ReadPart makes a part of its head, still without its leaves.
func ReadPart(first int64, texts, words int, head []byte) *Part {
	p := NewPart(first)
	for n := range texts {
		p.Lengths = append(p.Lengths, Length(head, n))
	}
	p.Words = words
	return p
}
