package durable

import (
	"path/filepath"
	"testing"
)

// TestOlderFilesGoOn opens a file as the first version made it.
func TestOlderFilesGoOn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.db")
	later := upgrades
	upgrades = nil
	for _, changes := range [][]string{nil, later, later} {
		upgrades = changes
		f, err := Open(t.Context(), file, Options{Starts: []string{"https://a.example/"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	upgrades = later[:len(later)-1]
	defer func() { upgrades = later }()
	if _, err := Open(t.Context(), file, Options{}); err == nil {
		t.Error("a file of a newer version was opened")
	}
}
