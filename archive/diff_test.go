package archive

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsarchive/page"
)

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"One. Two! Three?", []string{"One.", "Two!", "Three?"}},
		{"Mr. Day paid 3.50 euros. He left.", []string{"Mr. Day paid 3.50 euros.", "He left."}},
		{"\"It sank.\" She wept.", []string{"\"It sank.\"", "She wept."}},
		{"J. R. Day of example.org wrote it", []string{"J. R. Day of example.org wrote it"}},
		{"A line\nand  another", []string{"A line", "and another"}},
		{"雨が降る。風も吹く。", []string{"雨が降る。", "風も吹く。"}},
		{"Wait… what? No", []string{"Wait… what?", "No"}},
		{"", nil},
	} {
		if got := sentences(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("sentences(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// told writes the changes as words: operation, significance and reason.
func told(r Revision) (list []string) {
	if r.Title != nil {
		list = append(list, strings.TrimSpace("title "+r.Title.Significance+" "+r.Title.Why))
	}
	for _, c := range r.Changes {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s", c.Op, c.Significance, c.Why)))
	}
	return list
}

func TestDiff(t *testing.T) {
	const base = "The ferry left at noon. Forty people were on board. Captain Ruiz was calm. Nobody was hurt."
	for _, tt := range []struct {
		name, before, after string
		want                []string
		significance        string
	}{
		{"the same", base, base, nil, ""},
		{"a line break", base, strings.Replace(base, " Forty", "\nForty", 1), nil, ""},
		{"a typo", "The ferry left the harbuor at noon.", "The ferry left the harbour at noon.", []string{"edit typo"}, Typo},
		{"a comma", "At noon the ferry left.", "At noon, the ferry left.", []string{"edit cosmetic"}, Cosmetic},
		{"a number", "The fire killed 12 people in the town.", "The fire killed 21 people in the town.", []string{"edit fact number"}, Fact},
		{"a sum", "It cost 1.5 million euros to build.", "It cost 15 million euros to build.", []string{"edit fact number"}, Fact},
		{"a number in words", base, strings.Replace(base, "Forty", "Fifty", 1), []string{"edit fact number"}, Fact},
		{"a name", base, strings.Replace(base, "Ruiz", "Dahl", 1), []string{"edit fact name"}, Fact},
		{"a negation", "The mayor said that he would resign.", "The mayor said that he would not resign.", []string{"edit fact negation"}, Fact},
		{"another word", "The council rejected the large new bridge on Monday evening.", "The council refused the large new bridge on Monday evening.", []string{"edit wording"}, Wording},
		{"a new sentence", base, base + " It sails again.", []string{"addition content"}, Content},
		{"a sentence gone", base, strings.Replace(base, " Captain Ruiz was calm.", "", 1), []string{"deletion content"}, Content},
		{"a sentence moved", base, "Nobody was hurt. " + strings.TrimSuffix(base, " Nobody was hurt."), []string{"refactor cosmetic"}, Cosmetic},
		{"another story", "The ferry left at noon.", "Shares fell sharply.", []string{"deletion content", "addition content"}, Content},
		{"Japanese", "雨が三日降る。風も吹く。", "雨が四日降る。風も吹く。", []string{"edit wording"}, Wording},
	} {
		got := Diff(page.Row{Text: tt.before}, page.Row{Text: tt.after})
		if list := told(got); !(slices.Equal(list, tt.want) || tt.name == "another story" && len(list) == 2) || got.Significance != tt.significance {
			t.Errorf("%s: %q, %q, want %q, %q", tt.name, list, got.Significance, tt.want, tt.significance)
		}
	}
	r := Diff(page.Row{Title: "Ferry sinks"}, page.Row{Title: "Ferry back in service"})
	if !slices.Equal(told(r), []string{"title content"}) || r.Title.Before != "Ferry sinks" {
		t.Errorf("headline %+v", r)
	}
}

// FuzzDiff: every sentence of both texts is accounted for once.
func FuzzDiff(f *testing.F) {
	f.Add("One. Two. Three.", "Three. One. Two and a half.")
	f.Add("A\nA\nA", "A\nB\nA")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 5000 {
			return
		}
		r := Diff(page.Row{Text: a}, page.Row{Text: b})
		old, new := r.Same, r.Same
		for _, c := range r.Changes {
			if c.Op != Addition {
				old++
			}
			if c.Op != Deletion {
				new++
			}
			if c.Significance == "" {
				t.Fatalf("a change that means nothing: %+v", c)
			}
		}
		if old != len(sentences(a)) || new != len(sentences(b)) {
			t.Fatalf("%d and %d sentences are accounted for, of %d and %d", old, new, len(sentences(a)), len(sentences(b)))
		}
	})
}

func BenchmarkDiff(b *testing.B) {
	var before, after strings.Builder
	for i := range 200 {
		fmt.Fprintf(&before, "Sentence %d says that the ferry left on time with %d people. ", i, i*7)
		fmt.Fprintf(&after, "Sentence %d says that the ferry left late with %d people. ", i, i*7+i%3)
	}
	b.SetBytes(int64(before.Len() + after.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if r := Diff(page.Row{Text: before.String()}, page.Row{Text: after.String()}); len(r.Changes) == 0 {
			b.Fatal("no change")
		}
	}
}
