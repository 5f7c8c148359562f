package archive

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsarchive/page"
)

// toldOf tells the rows that List gives: "day name@version.reading".
func toldOf(t testing.TB, r *Reader, o ListOptions) (told []string) {
	t.Helper()
	for row, err := range r.List(t.Context(), o) {
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, fmt.Sprintf("%d %s@%d.%d", row.PublishedAt.Day(), filepath.Base(row.URLCanonical), row.Version, row.Extraction))
	}
	return told
}

func TestListIsNewestFirst(t *testing.T) {
	dir := t.TempDir()
	add := func(a *Archive, name, text string, day int, outcome page.Outcome) {
		t.Helper()
		c, r := story(t, "https://news.example/"+name, text)
		at := time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC)
		r.Row.PublishedAt, r.Row.Outcome = &at, outcome
		put(t, a, c, r)
	}
	a := opened(t, dir, Options{})
	add(a, "old", "Old.", 3, page.OK)
	add(a, "new", "New.", 9, page.Paywalled)
	add(a, "mid", "Mid.", 5, page.OK)
	add(a, "mid", "Mid, changed.", 6, page.OK)
	closed(t, a)
	a = opened(t, dir, Options{})
	defer a.Close()
	rows := newRows(t, reader(t, dir), func(c *page.Capture) *page.Reading { // old is read again
		at := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
		r := page.Row{Outcome: page.OK, Text: "Better.", PublishedAt: &at}
		return &page.Reading{Row: r}
	})
	if _, err := a.Supersede(t.Context(), func(yield func(page.Row, error) bool) {
		for r, err := range rows {
			if filepath.Base(r.URLCanonical) == "old" && !yield(r, err) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	add(a, "late", "Late.", 7, page.OK) // in a segment that is open
	add(a, "mid", "Mid, changed again.", 6, page.OK)

	check := func(what string) {
		t.Helper()
		r := reader(t, dir)
		if _, err := r.catalog(); (err == nil) != (what == "with a catalog") {
			t.Fatalf("%s: the catalog: %v", what, err)
		}
		equal(t, toldOf(t, r, ListOptions{}), "9 new@1.1", "7 late@1.1", "6 mid@3.1", "3 old@1.2")
		equal(t, toldOf(t, r, ListOptions{Limit: 2}), "9 new@1.1", "7 late@1.1")
		equal(t, toldOf(t, r, ListOptions{Query: Query{Outcomes: []page.Outcome{page.Paywalled, page.Blocked}}}), "9 new@1.1")
		equal(t, toldOf(t, r, ListOptions{Versions: true}), "9 new@1.1", "7 late@1.1", "6 mid@3.1", "6 mid@2.1", "5 mid@1.1", "3 old@1.2")
	}
	if err := os.RemoveAll(filepath.Join(dir, cacheFolder)); err != nil {
		t.Fatal(err)
	}
	check("without a catalog")
	remote := elsewhere(t, dir)
	equal(t, toldOf(t, remote, ListOptions{}), "9 new@1.1", "7 late@1.1", "6 mid@3.1", "3 old@1.2")
	if err := UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	check("with a catalog")
}
