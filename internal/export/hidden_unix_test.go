//go:build unix

package export

import (
	"os"
	"path/filepath"
	"testing"
)

// TestWhatKilledExportsLeftIsRemoved: but for what a process writes still, and what is of
// another export.
func TestWhatKilledExportsLeftIsRemoved(t *testing.T) {
	dir := t.TempDir()
	final := filepath.Join(dir, "out")
	living, f, err := passing(final)
	if err != nil {
		t.Fatal(err)
	}
	defer living.drop()
	defer f.Close()
	for _, name := range []string{".out.unfinished-1", ".out.unfinished-2/data", ".out.unfinished-x", ".out2.unfinished-1", "out.unfinished-1"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	next, err := newFolder(final, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := next.appear(); err != nil {
		t.Fatal(err)
	}
	next.drop()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{filepath.Base(living.temp): true, ".out.unfinished-x": true, ".out2.unfinished-1": true, "out.unfinished-1": true, "out": true}
	for _, e := range entries {
		if !want[e.Name()] {
			t.Errorf("%s is left", e.Name())
		}
		delete(want, e.Name())
	}
	if len(want) > 0 {
		t.Errorf("gone: %v", want)
	}
}
