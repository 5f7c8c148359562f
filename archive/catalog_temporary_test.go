package archive

import (
	"os"
	"path/filepath"
	"testing"
)

// An archive that cannot be written to is searched by a catalog that goes with its Reader.
func TestTemporaryCatalog(t *testing.T) {
	dir, temp := library(t), t.TempDir()
	t.Setenv("TMPDIR", temp)
	if err := os.RemoveAll(filepath.Join(dir, cacheFolder)); err != nil {
		t.Fatal(err)
	}
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.TemporaryCatalog(t.Context()); err != nil {
		t.Fatal(err)
	}
	equal(t, search(t, r, "ferry"), "ferry")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	equal(t, entriesOf(t, temp))
	if _, err := os.Stat(filepath.Join(dir, cacheFolder)); err == nil {
		t.Error("the archive has a cache")
	}
}

func entriesOf(t testing.TB, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}
