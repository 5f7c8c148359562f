package wording

import (
	"slices"
	"testing"
)

func TestCount(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int
	}{
		{"", 0}, {" \n\t—…!", 0}, {"one", 1}, {"One, two; three.", 3}, {"don't l’eau", 2}, {"a-b", 2}, {"3.14", 2}, {"'quoted'", 1},
		{"Straße über", 2}, {"今天下雨", 4}, {"今天 Berlin 下雨", 5}, {"ラジオ", 3}, {"サーバー", 4}, {"서울 날씨", 2},
		{"สวัสดี", 4}, // six signs, two of them vowels above
		{"हिन्दी में", 2}, {"می\u200cخواهم", 1}, {"שלום עולם", 2}, {"x_y", 1},
	} {
		if got := Count(tt.in); got != tt.want {
			t.Errorf("Count(%q) = %d, want %d", tt.in, got, tt.want)
		}
	}
}

func TestShingles(t *testing.T) {
	for _, tt := range []struct {
		text, other string
		count       int
		same        bool
	}{
		{"", " —… ", 0, true},
		{"One", "one!", 1, true},
		{"one two", "two one", 2, false},
		{"The bridge, it is open.", "the BRIDGE it is — open", 5, true},
		{"don't go there", "dont go there", 3, true},
		{"今天下雨", "今天下 雨", 4, true},
	} {
		var a, b []uint64
		if n := Shingles(tt.text, func(h uint64) { a = append(a, h) }); n != tt.count {
			t.Errorf("%q has %d words, want %d", tt.text, n, tt.count)
		}
		Shingles(tt.other, func(h uint64) { b = append(b, h) })
		if got := slices.Equal(a, b); got != tt.same {
			t.Errorf("%q and %q: same shingles %v, want %v", tt.text, tt.other, got, tt.same)
		}
		if want := max(min(tt.count, 1), tt.count-Shingle+1); len(a) != want {
			t.Errorf("%q has %d shingles, want %d", tt.text, len(a), want)
		}
	}
}

func TestScripts(t *testing.T) {
	for r, want := range map[rune][2]bool{ // spaceless, joined
		'a': {false, false}, 'ß': {false, false}, 'ж': {false, false}, 'ع': {false, false}, 'ह': {false, false},
		'서': {false, true}, '今': {true, true}, 'の': {true, true}, 'ー': {true, true}, '々': {true, true}, 'ก': {true, true},
		'ກ': {true, true}, 'ក': {true, true}, 'က': {true, true}, '。': {false, false}, '\u0e31': {false, false},
	} {
		if got := [2]bool{Spaceless(r), Joined(r)}; got != want {
			t.Errorf("%c: spaceless, joined = %v, want %v", r, got, want)
		}
	}
}
