package archive

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"newsarchive/internal/words"
	"newsarchive/page"
)

// shelf makes an archive of so many stories of few words in several runs.
func shelf(t testing.TB, runs, stories int) string {
	t.Helper()
	dir, r := t.TempDir(), rand.New(rand.NewPCG(5, 6))
	text := func(n int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "w%d ", int(r.ExpFloat64()*9))
		}
		return b.String()
	}
	for run := range runs {
		a := opened(t, dir, Options{MinFree: -1})
		var jobs []*job
		for i := range stories {
			url := fmt.Sprintf("https://news.example/%d/%d", run, i)
			jobs = append(jobs, &job{keep: true, row: page.Row{URL: url, URLCanonical: url, Site: "news.example", Outcome: page.OK, Title: text(3), Lead: text(r.IntN(9)), Text: text(r.IntN(60))}})
		}
		if err := a.commit.putRows(jobs); err != nil {
			t.Fatal(err)
		}
		closed(t, a)
	}
	return dir
}

func hits(t testing.TB, dir, query string, limit int) (list []string) {
	t.Helper()
	q, err := ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	for h, err := range reader(t, dir).Search(t.Context(), q, limit) {
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		list = append(list, fmt.Sprintf("%s %.9f", h.Row.URL, h.Score))
	}
	return list
}

// TestSearchIsTheSameHoweverPartsGrew: run by run, or in one go.
func TestSearchIsTheSameHoweverPartsGrew(t *testing.T) {
	dir := shelf(t, 5, 30)
	queries := []string{"w0", "w0 w1", `"w0 w1"`, "w1*", "w9 -w0", "w3 w20", "-w0", `"w1 w2*" -"w2 w3"`}
	var before [][]string
	for _, q := range queries {
		list := hits(t, dir, q, 150)
		if before = append(before, list); len(list) == 0 {
			t.Errorf("%s finds nothing", q)
		}
	}
	a := opened(t, dir, Options{})
	if _, err := a.Reindex(t.Context()); err != nil {
		t.Fatal(err)
	}
	closed(t, a)
	for i, q := range queries {
		if got := hits(t, dir, q, 150); !reflect.DeepEqual(got, before[i]) {
			t.Errorf("%s: after reindexing %q, before %q", q, got, before[i])
		}
	}
}

// TestTheLastRowsAreCompared: those are taken that came last, and how rare words are is
// told by them, nearly as by all.
func TestTheLastRowsAreCompared(t *testing.T) {
	c, err := reader(t, shelf(t, 3, 200)).catalog()
	if err != nil {
		t.Fatal(err)
	}
	find := func(most int) []candidate {
		s, err := c.wordsOf(t.Context(), Query{Terms: []string{"w0", "w7"}})
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		list, err := s.candidates(func(rows []int64, _ int) ([]int64, error) { return rows, nil }, most)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	all, some := find(1000), find(60)
	if len(all) < 200 || len(some) != 60 {
		t.Fatalf("%d and %d candidates", len(all), len(some))
	}
	for i := range some {
		if some[i].row != all[i].row || math.Abs(some[i].score/all[i].score-1) > 0.3 {
			t.Errorf("candidate %d is %+v, want about %+v", i, some[i], all[i])
		}
	}
	if !slices.IsSortedFunc(some, func(a, b candidate) int { return int(b.row - a.row) }) {
		t.Error("not the last rows first")
	}
}

// TestDamagedWordsDoNoHarm: a search says so, or finds what there is.
func TestDamagedWordsDoNoHarm(t *testing.T) {
	dir := shelf(t, 1, 40)
	c, err := openCatalog(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	var good []byte
	if err := c.db.QueryRow("select data from leaf").Scan(&good); err != nil {
		t.Fatal(err)
	}
	damages := 0
	for at := 0; at < len(good); at += 7 {
		bad := slices.Clone(good)
		bad[at] ^= 0x55
		if _, err := c.db.Exec("update leaf set data = ? where id = (select min(id) from leaf)", bad); err != nil {
			t.Fatal(err)
		}
		for _, term := range []string{"w1*", "w1 w2"} {
			if _, err := c.search(context.Background(), Query{Terms: []string{term}}, 5); errors.Is(err, words.ErrDamaged) {
				damages++
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
	if damages == 0 {
		t.Error("no damage was noticed")
	}
}
