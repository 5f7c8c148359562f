package likeness

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"newsarchive/internal/wording"
)

const story = `The ferry to Holm Island went back into service on Monday morning after a pause of nine weeks. Engineers had found
a crack in the shaft of the port engine during a routine inspection in September, and a new shaft had to be forged abroad. About
three hundred people stood on the quay when the first boat arrived, among them pupils of the island's only school, who had crossed
in a fishing boat all autumn. The operator said that the repair cost two million crowns and that timetables would not change before
spring. The council, which owns the harbour, wants to speak about a second boat in January. An independent group of residents has
asked for one for eleven years. In the evening a band played in the waiting hall, and the kiosk gave away its coffee for nothing.`

const agency = `A storm front crossed the north coast in the night to Thursday and left forty thousand households without power, the
grid operator said. Winds of up to a hundred and thirty kilometres an hour brought down lines in six districts. Two people were hurt
when a tree fell on a bus near Lund. Trains stood still until noon. The weather service lifted its warning at eight in the morning
and expects the next front at the weekend, though a weaker one.`

const boilerplate = ` Readers can write to the newsroom at any hour of the day. All letters are read by an editor; a choice of them is
printed on Saturdays. By sending a letter you agree that it may be shortened. The editors answer for the contents of this page and
correct mistakes in the place where they stood.`

const chinese = `市政府周一宣布,停运九周的渡轮恢复通航。工程师在九月的例行检查中发现左侧发动机的轴出现裂缝,新轴在国外锻造。约三百人聚集在码头上等待第一班船,
其中包括岛上唯一一所学校的学生。运营商表示维修费用为两百万克朗,春季之前时刻表不会改变。`

func TestSimilarity(t *testing.T) {
	words := strings.Fields(story)
	for _, tt := range []struct {
		name, a, b string
		near       bool
	}{
		{"the same", story, story, true},
		{"another case, other punctuation", story, strings.ToUpper(strings.ReplaceAll(story, ",", " –")), true},
		{"a number corrected", story, strings.Replace(story, "three hundred", "four hundred", 1), true},
		{"a sentence added", story, story + " More boats will follow.", true},
		{"the last sentence cut", story, story[:strings.Index(story, "In the evening")], true},
		{"a paragraph of its own before agency text", "Our reporter was at the harbour when it began. " + agency, agency, true},
		{"half of it", story, strings.Join(words[:len(words)/2], " "), false},
		{"other stories", story, agency, false},
		{"other stories, one boilerplate", story + boilerplate, agency + boilerplate, false},
		{"the words in another order", story, strings.Join(shuffled(words), " "), false},
		{"short, the same", "Closed today.", "Closed today.", false}, // for exact copies there is a digest
		{"short, nearly the same", "The pool is closed on Monday because of repairs.", "The pool is closed on Tuesday because of repairs.", false},
		{"Chinese, a number corrected", chinese, strings.Replace(chinese, "九周", "八周", 1), true},
		{"Chinese, another story", chinese, "周四夜间,一股暴风雨锋面横扫北部海岸,四万户家庭停电。电网运营商称,阵风时速高达一百三十公里,六个地区的线路被吹断。两人因树木倒在公共汽车上受伤。", false},
		{"nothing", "", "", false},
	} {
		a, b := Of(tt.a), Of(tt.b)
		if got := a.Similarity(&b); got >= Near != tt.near {
			t.Errorf("%s: %d %% alike; near should be %v", tt.name, got, tt.near)
		}
		if tt.near && !shared(&a, &b) {
			t.Errorf("%s: no band in common", tt.name)
		}
	}
}

func shared(a, b *Sketch) bool {
	x, y := a.BandHashes(), b.BandHashes()
	for i := range x {
		if x[i] == y[i] {
			return true
		}
	}
	return false
}

func shuffled(words []string) []string {
	words = slices.Clone(words)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return words
}

// made returns the sentences of a made-up article about one of few subjects: reports
// of one kind share most of their phrases, as those of markets and weather do.
func made(r *rand.Rand) (sentences []string) {
	pick := func(s string) string { list := strings.Fields(s); return list[r.IntN(len(list))] }
	town := pick("Lund Holm Aker Vik Marsh Dale Fjord Skag Moor Ness")
	for range 8 + r.IntN(30) {
		switch r.IntN(5) {
		case 0:
			sentences = append(sentences, fmt.Sprintf("The index of the %s exchange closed at %d points, %d more than on %s.", town, r.IntN(9000), r.IntN(90), pick("Monday Tuesday Friday")))
		case 1:
			sentences = append(sentences, fmt.Sprintf("%s beat %s by %d to %d in front of %d people.", town, pick("United Rovers City Wanderers"), r.IntN(5), r.IntN(5), r.IntN(40000)))
		case 2:
			sentences = append(sentences, fmt.Sprintf("Temperatures between %d and %d degrees are expected in %s with %s from the %s.", r.IntN(20), r.IntN(20), town, pick("rain snow sun fog"), pick("north south east west")))
		case 3:
			sentences = append(sentences, fmt.Sprintf("The council of %s has decided to build a new %s for %d million, said %s %s.", town, pick("school bridge library harbour hospital"), r.IntN(99), pick("Ana Ben Cleo Dag Eva"), pick("Ruiz Berg Holt Lind Moss")))
		default:
			var b strings.Builder
			for range 6 + r.IntN(14) {
				fmt.Fprintf(&b, "%s%s ", pick("ra li mo ve tu sen dor ka pel"), pick("ner lam tos vin gar dal mi su"))
			}
			sentences = append(sentences, b.String()+".")
		}
	}
	return sentences
}

// alike is the similarity that a sketch estimates, in percent.
func alike(a, b string) int {
	shingles := func(text string) map[uint64]bool {
		set := map[uint64]bool{}
		wording.Shingles(text, func(h uint64) { set[h] = true })
		return set
	}
	x, y := shingles(a), shingles(b)
	both := 0
	for s := range x {
		if y[s] {
			both++
		}
	}
	return 100 * both / (len(x) + len(y) - both)
}

// TestFalsePairs compares every two of 1,500 made-up articles, two million of pairs,
// and every one with edited copies of itself.
func TestFalsePairs(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	var texts []string
	var sketches []Sketch
	for range 1500 {
		text := strings.Join(made(r), " ") + boilerplate
		texts, sketches = append(texts, text), append(sketches, Of(text))
	}
	for i := range sketches {
		for j := range i {
			if got := sketches[i].Similarity(&sketches[j]); got >= Near && alike(texts[i], texts[j]) < Near-20 {
				t.Errorf("%d and %d: taken for copies (%d %%), and are %d %% alike:\n%s\n%s", i, j, got, alike(texts[i], texts[j]), texts[i], texts[j])
			}
		}
	}
	missed, copies := 0, 0
	for i, text := range texts {
		words := strings.Fields(text)
		for range 1 + len(words)/100 {
			words[r.IntN(len(words))] = "corrected"
		}
		edited := strings.Join(words, " ")
		if alike(text, edited) < 85 {
			continue
		}
		copies++
		if s := Of(edited); s.Similarity(&sketches[i]) < Near || !shared(&s, &sketches[i]) {
			missed++
		}
	}
	if copies < 1000 || missed > copies/100 {
		t.Errorf("%d of %d edited copies missed", missed, copies)
	}
	t.Logf("%d of %d edited copies missed", missed, copies)
}

func FuzzOf(f *testing.F) {
	f.Add(story)
	f.Add(chinese)
	f.Add("\xff\xfe don't ’’’ ")
	f.Fuzz(func(t *testing.T, text string) {
		s := Of(text)
		if s.Comparable() && (s.Similarity(&s) != 100 || !shared(&s, &s)) {
			t.Errorf("%q is not like itself", text)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	b.SetBytes(int64(len(story)))
	b.ReportAllocs()
	for b.Loop() {
		Of(story)
	}
}
