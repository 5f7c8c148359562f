package archive

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// contents is what the ledger of an archive says, after it was opened once more. Of places it
// is which are known: segments of the same second have no order.
func contents(t testing.TB, dir string) (lines []string) {
	t.Helper()
	a := opened(t, dir, Options{})
	defer closed(t, a)
	l := a.commit.versions.ledger
	for _, table := range []string{"select 'version', key, number || ' ' || reading || ' ' || print || ' ' || worth from version",
		"select 'payload', key, '' from payload join segment on id = file",
		"select 'address', key, '' from address join segment on id = file",
		"select 'segment', 0, path || ' ' || sha256 from segment"} {
		rows, err := l.db.Query(table)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var kind, value string
			var key int64
			if err := rows.Scan(&kind, &key, &value); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, fmt.Sprintf("%s %x %s", kind, uint64(key), value))
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(lines)
	return lines
}

func ledgerBytes(t testing.TB, dir string) (name string, data []byte) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(ledgerFile))
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return name, data
}

// What runs add to the ledger is what it says when it is made anew, with segments that are
// sealed in the middle of a run, and with runs that keep no note of originals.
func TestLedgerIsTheSameMadeAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for run, o := range []Options{{MaxSegment: 1500}, {NoDedupe: true}, {}} {
		a := opened(t, dir, o)
		for i := range 4 {
			c, r := ferry(t, fmt.Sprintf("Version %d.", i/2+run))
			put(t, a, c, r)
		}
		closed(t, a)
	}
	added := contents(t, dir)
	if err := removeCache(dir, ledgerFile); err != nil {
		t.Fatal(err)
	}
	if anew := contents(t, dir); !slices.Equal(added, anew) || len(added) < 6 {
		t.Errorf("added by runs:\n%q\nmade anew:\n%q", added, anew)
	}
}

// TestADamagedLedgerDoesNoHarm: whatever its bytes, versions are numbered as without it,
// and it is made anew.
func TestADamagedLedgerDoesNoHarm(t *testing.T) {
	t.Parallel()
	dir := library(t)
	want := contents(t, dir)
	name, good := ledgerBytes(t, dir)
	for at := 20; at < len(good); at += len(good)/150 + 1 {
		damaged := slices.Clone(good)
		damaged[at] ^= 1 << (at % 8)
		if err := os.WriteFile(name, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, dir); !slices.Equal(got, want) {
			t.Fatalf("byte %d changed: %q, want %q", at, got, want)
		}
	}
	for _, cut := range []int{0, 5, len(good) / 2} {
		if err := os.WriteFile(name, good[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, dir); !slices.Equal(got, want) {
			t.Errorf("cut to %d bytes: %q, want %q", cut, got, want)
		}
	}
}

// A ledger of segments that are others now is of no use.
func TestLedgerOfOtherSegmentsIsMadeAnew(t *testing.T) {
	t.Parallel()
	dir := library(t)
	want := contents(t, dir)
	sealed, err := readManifest(reader(t, dir).root)
	if err != nil {
		t.Fatal(err)
	}
	others := maps.Clone(sealed)
	for path, e := range others {
		e.SHA256 = "00" + e.SHA256[2:]
		others[path] = e
	}
	l, err := openLedger(dir, reader(t, dir).root, others)
	if err != nil {
		t.Fatal(err)
	}
	l.close()
	if got := contents(t, dir); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// An archive is opened without a look at its rows.
func TestOpeningReadsNoRows(t *testing.T) {
	dir := library(t)
	closed(t, opened(t, dir, Options{}))
	for name := range snapshot(t, dir) {
		if filepath.Ext(name) == ".gz" && filepath.Dir(filepath.Dir(filepath.Dir(filepath.Dir(name)))) == "articles" {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	c, r := ferry(t, "x")
	a := opened(t, dir, Options{})
	if row := put(t, a, c, r); row.Version < 1 {
		t.Errorf("version %d", row.Version)
	}
	closed(t, a)
}

// What is found wrong is forgotten while others store, also while the ledger is written; the
// race detector looks on.
func TestForgettingWhileStoring(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	for i := range 20 {
		c, r := story(t, fmt.Sprintf("https://news.example/%d", i), fmt.Sprintf("Story %d.", i))
		put(t, a, c, r)
	}
	closed(t, a)
	for name := range snapshot(t, dir) {
		if filepath.Ext(name) == ".gz" && name[:5] == "warc/" {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	a = opened(t, dir, Options{MaxSegment: 4000})
	var stores sync.WaitGroup
	for worker := range 4 {
		stores.Go(func() {
			for i := range 20 {
				c, r := story(t, fmt.Sprintf("https://news.example/%d/%d", worker, i), fmt.Sprintf("Story %d.", i))
				c.Document().URL = "https://news.example/" + fmt.Sprint(i)
				if _, err := a.Put(t.Context(), c, r); err != nil {
					t.Error(err)
				}
			}
		})
	}
	stores.Wait()
	closed(t, a)
}

// No byte in the folder waits for the disk when a page is reported, of the ledger neither.
func TestLedgerIsSynced(t *testing.T) {
	a := opened(t, t.TempDir(), Options{})
	defer closed(t, a)
	var level int
	if err := a.commit.versions.ledger.db.QueryRow("pragma synchronous").Scan(&level); err != nil || level < 1 {
		t.Errorf("synchronous %d, %v", level, err)
	}
}
