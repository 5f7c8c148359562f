package extract

import (
	"math/bits"
	"strconv"
	"strings"
	"testing"
)

func distance(t *testing.T, a, b string) int {
	t.Helper()
	x, err := strconv.ParseUint(simhash64(a), 16, 64)
	if err != nil {
		t.Fatal(err)
	}
	y, err := strconv.ParseUint(simhash64(b), 16, 64)
	if err != nil {
		t.Fatal(err)
	}
	return bits.OnesCount64(x ^ y)
}

func TestSimhash(t *testing.T) {
	text := strings.Repeat(harbourOne, 1) + " " + harbourTwo + " The quay was full of people until long after midnight, and some of them sang."
	for _, tt := range []struct {
		name, other string
		least, most int
	}{
		{"the same", text, 0, 0},
		{"in capitals, without commas", strings.ReplaceAll(strings.ToUpper(text), ",", ""), 0, 0},
		{"one word changed", strings.Replace(text, "forty", "fifty", 1), 1, 12},
		{"a sentence added", text + " More in the morning.", 1, 16},
		{"another story", "In the granary the council spoke about the mill, which has not turned since the flood, and about who will pay for its roof now.", 20, 64},
	} {
		if got := distance(t, text, tt.other); got < tt.least || got > tt.most {
			t.Errorf("%s: %d bits differ, want %d to %d", tt.name, got, tt.least, tt.most)
		}
	}
	if got := simhash64(" — "); got != "" {
		t.Errorf("simhash64 of no words = %q", got)
	}
	if got, want := simhash64("The mill may open again next year."), "d7714136bcfab676"; got != want {
		t.Errorf("simhash64 = %s, want %s: stored hashes would no longer compare", got, want)
	}
}

func BenchmarkSimhash(b *testing.B) {
	text := strings.Repeat(harbourOne+harbourTwo, 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if simhash64(text) == "" {
			b.Fatal("no hash")
		}
	}
}
