package archive

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsarchive/internal/likeness"
	"newsarchive/page"
)

const stormText = `A storm front crossed the north coast in the night to Thursday and left forty thousand households without power, the
grid operator said. Winds of up to a hundred and thirty kilometres an hour brought down lines in six districts. Two people were hurt
when a tree fell on a bus near Lund. Trains stood still until noon. The weather service lifted its warning at eight in the morning.`

const ferryText = `The ferry to Holm Island went back into service on Monday morning after a pause of nine weeks. Engineers had found a
crack in the shaft of the port engine during a routine inspection in September, and a new shaft had to be forged abroad. About three
hundred people stood on the quay when the first boat arrived, among them pupils of the island's only school.`

// copied makes an archive of the rows, each list in a run of its own.
func copied(t testing.TB, runs ...[]page.Row) string {
	t.Helper()
	dir := t.TempDir()
	for _, list := range runs {
		a := opened(t, dir, Options{})
		for _, r := range list {
			if r.Outcome == "" {
				r.Outcome = page.OK
			}
			r.TextSHA256 = hexSum([]byte(r.Text))
			ex := html(t, r.URLCanonical, "<p>"+r.Text)
			put(t, a, &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: r})
		}
		closed(t, a)
	}
	return dir
}

func report(site, name, text string, day int, agencies ...string) page.Row {
	at := time.Date(2026, 11, day, 6, 0, 0, 0, time.UTC)
	return page.Row{URLCanonical: "https://" + site + "/" + name, Site: site, Title: name, Text: text, PublishedAt: &at, Agencies: agencies}
}

// standings tells of each article what a row is marked with: "name: exact of other, wire yes".
func standings(t testing.TB, dir string) (list []string) {
	t.Helper()
	names := map[string]string{}
	var found []page.Row
	for r, err := range reader(t, dir).Select(t.Context(), Query{}, false) {
		if err != nil {
			t.Fatal(err)
		}
		names[r.ID] = r.Title
		found = append(found, r)
	}
	for _, r := range found {
		list = append(list, strings.Join(strings.Fields(fmt.Sprintf("%s: %s %s, wire %s", r.Title, r.Duplicate, names[r.DuplicateOf], r.Wire)), " "))
	}
	slices.Sort(list)
	return list
}

// marked tells the same of the rows that List gives, all versions among them.
func marked(t testing.TB, dir string) (list []string) {
	t.Helper()
	r := reader(t, dir)
	d, err := r.Duplicates(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for row, err := range r.List(t.Context(), ListOptions{Versions: true, Mark: d}) {
		if err != nil {
			t.Fatal(err)
		}
		names[row.ID] = row.Title
		list = append(list, fmt.Sprintf("%s v%d: %s %s, wire %s", row.Title, row.Version, row.Duplicate, row.DuplicateOf, row.Wire))
	}
	for i := range list {
		for id, name := range names {
			list[i] = strings.ReplaceAll(list[i], id, name)
		}
		list[i] = strings.Join(strings.Fields(list[i]), " ")
	}
	slices.Sort(list)
	return list
}

func TestListMarksNewestVersions(t *testing.T) {
	dir := copied(t, []page.Row{report("coast.example", "first", stormText, 10), report("inland.example", "copy", stormText, 11)},
		[]page.Row{report("coast.example", "other", ferryText, 10), report("inland.example", "other-copy", ferryText, 12)},
		[]page.Row{report("inland.example", "other-copy", "Nothing of what stood here was true.", 12)})
	want := []string{"copy v1: exact first, wire no", "first v1: , wire no", "other v1: , wire no", "other-copy v1: , wire", "other-copy v2: , wire no"}
	if got := marked(t, dir); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	a := opened(t, dir, Options{}) // what is said of a version that was changed since is not said of it any more
	again := report("inland.example", "copy", "The report was withdrawn.", 11)
	again.Outcome, again.TextSHA256 = page.OK, hexSum([]byte(again.Text))
	ex := html(t, again.URLCanonical, "<p>withdrawn")
	put(t, a, &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: again})
	want = slices.Replace(want, 0, 1, "copy v1: , wire", "copy v2: , wire")
	if got := marked(t, dir); !slices.Equal(got, want) {
		t.Errorf("while it is written: got %q, want %q", got, want)
	}
	closed(t, a)
}

func TestDuplicates(t *testing.T) {
	corrected := strings.Replace(stormText, "Two people", "Three people", 1)
	runs := [][]page.Row{{
		report("coast.example", "copy", stormText, 12),
		report("coast.example", "first", stormText, 10, "Nord News Agency"),
		report("inland.example", "edited", corrected, 11),
		report("inland.example", "edited-again", corrected, 13),
		report("inland.example", "ferry", ferryText, 9),
		report("inland.example", "ferry-print", ferryText+" (as printed)", 14),
	}, {
		report("coast.example", "short", "Closed today.", 1), report("coast.example", "short-too", "Closed today.", 2), report("coast.example", "short-other", "Closed tomorrow.", 2),
		{URLCanonical: "https://coast.example/wall", Site: "coast.example", Title: "wall", Text: ferryText, Outcome: page.NotArticle},
		report("coast.example", "rewritten", ferryText, 20),
	}, {
		report("coast.example", "rewritten", "Nothing of what stood here was true.", 20), // the newest version counts
	}}
	want := []string{
		"copy: exact first, wire yes", "edited-again: exact edited, wire yes", "edited: near first, wire yes",
		"ferry-print: near ferry, wire no", "ferry: , wire no", "first: , wire yes", "rewritten: , wire no",
		"short-other: , wire no", "short-too: exact short, wire no", "short: , wire no", "wall: , wire",
	}
	dir := copied(t, runs...)
	if got := standings(t, dir); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if err := UpdateDuplicates(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if got := standings(t, dir); !slices.Equal(got, want) {
		t.Errorf("once kept, it is\n%s", strings.Join(got, "\n"))
	}
	if err := os.RemoveAll(filepath.Join(dir, ".cache")); err != nil {
		t.Fatal(err)
	}
	if err := UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if got := standings(t, dir); !slices.Equal(got, want) {
		t.Errorf("made again, it is\n%s", strings.Join(got, "\n"))
	}
	d, err := reader(t, dir).Duplicates(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	exact, near, wire := d.Counts()
	if exact != 3 || near != 2 || wire != 4 {
		t.Errorf("%d exact, %d near, %d wire, want 3, 2, 4", exact, near, wire)
	}
	if f := d.Family(ID("https://inland.example/edited")); len(f) != 4 || f[0] != ID("https://coast.example/first") {
		t.Errorf("family is %q", f)
	}
}

// TestDuplicatesOfWhateverOrder adds the same articles in other orders.
func TestDuplicatesOfWhateverOrder(t *testing.T) {
	var list []page.Row
	r := rand.New(rand.NewPCG(3, 4))
	words := strings.Fields(stormText)
	for n := range 24 {
		text := slices.Clone(words)
		for range n / 3 {
			text[r.IntN(len(text))] = "changed"
		}
		list = append(list, report(fmt.Sprintf("site%d.example", n%4), fmt.Sprint("a", n), strings.Join(text, " "), 1+n))
	}
	want := standings(t, copied(t, list))
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	if got := standings(t, copied(t, list[:9], list[9:14], list[14:])); !reflect.DeepEqual(got, want) {
		t.Errorf("in another order\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestManyOfOneText holds that a site with one text at every address costs no square.
func TestManyOfOneText(t *testing.T) {
	k := newKin()
	for n := range 20_000 {
		s := likeness.Of(fmt.Sprintf("%s It is %d o'clock.", stormText, n))
		k.place(relative{article: int64(n + 1), site: "coast.example"}, int64(n), &s)
	}
	if got := k.families(); len(got) != 20_000 || got[0].article != 1 || len(k.firsts) > 20 {
		t.Errorf("%d relatives of %d firsts, want 20000 of few", len(got), len(k.firsts))
	}
}

// BenchmarkDuplicates compares texts of which one in ten is an edited copy.
func BenchmarkDuplicates(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	sketches := make([]likeness.Sketch, 200_000)
	for i := range sketches {
		for j := range sketches[i] {
			sketches[i][j] = byte(1 + r.IntN(255))
		}
		if i%10 == 9 {
			sketches[i] = sketches[r.IntN(i)]
			sketches[i][r.IntN(likeness.Size)] = 1
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		k := newKin()
		for i := range sketches {
			k.place(relative{article: int64(i + 1)}, int64(i), &sketches[i])
		}
		k.families()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(sketches)), "ns/text")
}
