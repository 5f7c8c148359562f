package archive

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// newsOf makes an archive of three articles in one segment, and returns the file of it with
// where the second one lies.
func newsOf(t *testing.T) (dir, file string, at int64) {
	t.Helper()
	dir = t.TempDir()
	a := opened(t, dir, Options{})
	for day, name := range []string{"bridge", "ferry", "mill"} {
		c, r := story(t, "https://news.example/"+name, "News of the "+name+".")
		published := time.Date(2026, 11, 1+day, 9, 0, 0, 0, time.UTC)
		r.Row.PublishedAt, r.Row.Title = &published, "News of the "+name
		put(t, a, c, r)
	}
	closed(t, a)
	names, err := filepath.Glob(filepath.Join(dir, "articles", "*", "*", "*", "*.jsonl.gz"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	f, err := os.Open(names[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for m := range members(f) {
		if n++; n == 2 {
			at = m.offset
		}
	}
	return dir, names[0], at
}

// flip changes a byte of a file, and changes it back where it is called again.
func flip(t *testing.T, file string, at int64) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b[at] ^= 0x10
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// readOf tells which rows came, and how many errors of damage among them.
func readOf(t *testing.T, rows iter.Seq2[page.Row, error]) string {
	t.Helper()
	told, damages := "", 0
	for row, err := range rows {
		if d := new(warc.DamageError); errors.As(err, &d) {
			damages++
		} else if err != nil {
			t.Fatal(err)
		} else {
			told += filepath.Base(row.URLCanonical) + " "
		}
	}
	return fmt.Sprintf("%s%d", told, damages)
}

// TestDamagedRowsAreTold: whether the catalog was made before the damage or after it, or
// there is none, what can be read is given, and that it is not all.
func TestDamagedRowsAreTold(t *testing.T) {
	dir, file, at := newsOf(t)
	flip(t, file, at+100)
	check := func(what string, catalog bool) {
		t.Helper()
		rd := reader(t, dir)
		for name, rows := range map[string]iter.Seq2[page.Row, error]{
			"list": rd.List(t.Context(), ListOptions{}), "limited": rd.List(t.Context(), ListOptions{Limit: 2}), "select": rd.Select(t.Context(), Query{}, false),
			"search": func(yield func(page.Row, error) bool) {
				for hit, err := range rd.Search(t.Context(), Query{}, 10) {
					if !yield(hit.Row, err) {
						return
					}
				}
			},
		} {
			want := "mill bridge 1"
			if name == "select" {
				want = "bridge mill 1"
			}
			if !catalog && (name == "select" || name == "search") {
				continue
			}
			if got := readOf(t, rows); got != want {
				t.Errorf("%s: %s gives %q, want %q", what, name, got, want)
			}
		}
		d := new(warc.DamageError)
		if _, err := rd.Row("https://news.example/ferry"); !errors.Is(err, ErrNotFound) || !errors.As(err, &d) || d.Offset != at {
			t.Errorf("%s: the article there: %v", what, err)
		}
		if _, err := rd.Row("https://news.example/mill"); err != nil {
			t.Errorf("%s: another article: %v", what, err)
		}
		if got := readOf(t, rd.Versions(ID("https://news.example/ferry"))); got != "1" {
			t.Errorf("%s: its versions: %s", what, got)
		}
	}
	check("damaged since", true)
	if err := removeCatalog(dir); err != nil {
		t.Fatal(err)
	}
	check("no catalog", false)
	if err := UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	check("made anew", true)
	if got := reader(t, dir).Damage(); len(got) != 1 {
		t.Errorf("known damage: %v", got)
	}

	flip(t, file, at+100) // as it comes back from a copy
	if err := UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if got := readOf(t, reader(t, dir).Select(t.Context(), Query{}, false)); got != "bridge ferry mill 0" {
		t.Errorf("put back: %s", got)
	}
	flip(t, file, at+100)
	if _, err := Repair(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if err := UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if got := readOf(t, reader(t, dir).Select(t.Context(), Query{}, false)); got != "bridge mill 0" {
		t.Errorf("repaired: %s", got)
	}
}

func damagedAt(err error, at int64) bool {
	d := new(warc.DamageError)
	return errors.As(err, &d) && d.Offset == at
}

// TestEveryDamageIsKnown to a catalog that was made after it: each place, not only the first
// of a segment.
func TestEveryDamageIsKnown(t *testing.T) {
	dir, file, at := newsOf(t)
	flip(t, file, 20)
	flip(t, file, at+100)
	if err := removeCatalog(dir); err != nil {
		t.Fatal(err)
	}
	if err := UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	check := func(want ...int64) {
		t.Helper()
		var got []int64
		for _, err := range reader(t, dir).Damage() {
			if d := new(warc.DamageError); errors.As(err, &d) {
				got = append(got, d.Offset)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("damage at %d, want %d", got, want)
		}
	}
	check(0, at)
	flip(t, file, at+100) // one of the two is whole again
	if err := UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	check(0)
}

// TestAWriterNeedsTheRows: versions are numbered after those that stand, so rows that are
// in no ledger keep a writer out, whatever the catalog is.
func TestAWriterNeedsTheRows(t *testing.T) {
	dir, file, at := newsOf(t)
	flip(t, file, at+100)
	a := opened(t, dir, Options{}) // the ledger was made before the damage
	if _, err := a.Reindex(t.Context()); !damagedAt(err, at) {
		t.Errorf("reindexed: %v", err)
	}
	closed(t, a)
	closed(t, opened(t, dir, Options{})) // it still stands
	for _, prepare := range []func() error{
		func() error { return nil },
		func() error { return removeCatalog(dir) },
		func() error { return UpdateCatalog(t.Context(), dir) },
	} {
		if err := errors.Join(prepare(), removeCache(dir, ledgerFile)); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, Options{}); !damagedAt(err, at) || !strings.Contains(err.Error(), filepath.Base(file)) {
			t.Errorf("opened: %v", err)
		}
	}
	if _, err := Repair(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	closed(t, opened(t, dir, Options{}))
}

func TestAClosedReaderFindsNothingOut(t *testing.T) {
	dir, _, _ := newsOf(t)
	rd := reader(t, dir)
	if err := rd.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := rd.Row("https://news.example/ferry"); err == nil || errors.Is(err, ErrNotFound) || !errors.Is(err, os.ErrClosed) {
		t.Error(err)
	}
}

func TestOneLetterBeginsSeveralIds(t *testing.T) {
	dir, _, _ := newsOf(t)
	for range 2 {
		if _, err := reader(t, dir).Row("a"); !errors.Is(err, ErrAmbiguous) {
			t.Error(err)
		}
		if _, err := reader(t, dir).Row(""); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if err := removeCatalog(dir); err != nil {
			t.Fatal(err)
		}
	}
}
