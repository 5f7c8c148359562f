package words

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"The café's 2 Ferries", "the cafe s 2 ferries"},
		{"cafe\u0301 NAÏVE Straße", "cafe naive straße"},
		{"ΟΔΌΣ οδός", "οδοσ οδοσ"},
		{"Москва́ ёлка", "москва елка"},
		{"كَتَبَ كتب", "كتب كتب"},
		{"हिन्दी समाचार", "हिन्दी समाचार"},
		{"東京の天気 in Tokyo", "東 京 の 天 気 in tokyo"},
		{"ไทย", "ไ ท ย"},
		{"한국어", "한 국 어"},
		{"— … !", ""},
		{"\xff\xfea\x00b", "a b"},
	} {
		var got []string
		Split(tt.text, func(word []byte) { got = append(got, string(word)) })
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("Split(%q) gives %q, want %q", tt.text, s, tt.want)
		}
	}
}

// written keeps a part as its leaves.
type written struct {
	texts int
	first []string
	leaf  [][]byte
}

func write(p *Part) *written {
	w := &written{texts: len(p.Lengths)}
	for first, leaf := range p.Leaves() {
		w.first, w.leaf = append(w.first, first), append(w.leaf, bytes.Clone(leaf))
	}
	return w
}

func (w *written) leaves(from, before string) ([][]byte, error) {
	i, found := slices.BinarySearch(w.first, from)
	if !found && i > 0 {
		i--
	}
	j, _ := slices.BinarySearch(w.first, before)
	return w.leaf[i:max(i, j)], nil
}

// found gives the texts that hold a term, and what it weighs there.
func (w *written) found(t testing.TB, term string) string {
	t.Helper()
	bare, title := strings.CutPrefix(term, "title:")
	parsed, ok := NewTerm(bare)
	if !ok {
		return "none"
	}
	if title {
		parsed = parsed.InTitle()
	}
	weights, err := parsed.Weigh(w.texts, w.leaves)
	if err != nil {
		t.Fatalf("%s: %v", term, err)
	}
	var s strings.Builder
	for n, weight := range weights {
		if weight > 0 {
			fmt.Fprintf(&s, "%d:%g ", n, weight)
		}
	}
	return strings.TrimSpace(s.String())
}

func TestTermsAreFound(t *testing.T) {
	p := NewPart(1)
	p.Add("Ferry out of service", "", "The ferry is out of service until Monday. The ferry!")
	p.Add("The café closes", "On the quay", "Regulars wept.")
	p.Add("東京の天気", "", "東京では明日雨が降る。")
	p.Add("", "", "")
	p.Add("of", "service out", "out service of; ferries")
	w := write(p)
	for _, tt := range []struct{ term, want string }{
		{"ferry", "0:12"},
		{"FERRY", "0:12"},
		{"ferr*", "0:12 4:1"},
		{"out of service", "0:11"},
		{"service out", "4:5"}, // not from one field to the next
		{"out of serv*", "0:11"},
		{"of s*", "0:11"},
		{"the", "0:2 1:15"},
		{"title:the", "1:10"},
		{"title:out of", "0:10"},
		{"title:until", ""},
		{"cafe", "1:10"},
		{"天気", "2:10"},
		{"気天", ""},
		{"東京", "2:11"},
		{"z", ""},
		{"z*", ""},
		{"0", ""},
		{"the z", ""},
		{"z the", ""},
		{"*", "none"},
	} {
		if got := w.found(t, tt.term); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.term, got, tt.want)
		}
	}
}

// made makes texts of few words, so that each is often in many.
func made(r *rand.Rand, n int) (list [][3]string) {
	for range n {
		var text [3]string
		for i := range text {
			for range r.IntN(1 + 30*i*i) {
				text[i] += fmt.Sprintf("w%d ", int(r.ExpFloat64()*300))
			}
		}
		list = append(list, text)
	}
	return list
}

func added(first int64, texts [][3]string) *Part {
	p := NewPart(first)
	for _, text := range texts {
		p.Add(text[0], text[1], text[2])
	}
	return p
}

// TestPartsAreTheSameHoweverTheyGrew: in one go, by joining, or read from their leaves.
func TestPartsAreTheSameHoweverTheyGrew(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	texts := made(r, 300)
	whole := write(added(1, texts))
	p := added(1, texts[:7])
	for _, part := range [][][3]string{texts[7:150], texts[150:151], texts[151:]} {
		again := ReadPart(p.First, len(p.Lengths), p.Words, p.Head())
		for _, leaf := range write(p).leaf {
			if err := again.Load(leaf); err != nil {
				t.Fatal(err)
			}
		}
		p = again
		p.Append(added(p.First+int64(len(p.Lengths)), part))
	}
	if got := write(p); len(got.leaf) < 10 || !slices.EqualFunc(got.leaf, whole.leaf, bytes.Equal) {
		t.Errorf("%d leaves, want the same %d", len(got.leaf), len(whole.leaf))
	}
	if !slices.Equal(p.Lengths, added(1, texts).Lengths) {
		t.Error("other lengths")
	}
	for i, text := range texts {
		for n := range 40 {
			words := strings.Fields(text[2])
			if len(words) < n+3 {
				break
			}
			term := strings.Join(words[n:n+3], " ")
			if !strings.Contains(" "+whole.found(t, term), fmt.Sprintf(" %d:", i)) {
				t.Fatalf("text %d is not found by %q", i, term)
			}
		}
	}
}

// FuzzWeigh: whatever stands in a leaf, it is searched or refused.
func FuzzWeigh(f *testing.F) {
	for _, leaf := range write(added(1, made(rand.New(rand.NewPCG(1, 2)), 20))).leaf {
		f.Add(leaf[:min(len(leaf), 300)], "w1*")
		f.Add(leaf[:min(len(leaf), 300)], "w1 w3 w5")
	}
	f.Fuzz(func(t *testing.T, leaf []byte, s string) {
		term, ok := NewTerm(s)
		if !ok {
			return
		}
		weights, err := term.Weigh(20, func(string, string) ([][]byte, error) { return [][]byte{leaf}, nil })
		if err == nil && weights != nil && len(weights) != 20 {
			t.Fatalf("%d weights of 20 texts", len(weights))
		}
		p := Part{Lengths: make([]int, 20), lists: map[string]*list{}}
		if p.Load(leaf) == nil {
			write(&p)
		}
	})
}
