package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"newsarchive/archive"
)

// TestLockedArchive: who holds the archive is named, and what can be done meanwhile.
func TestLockedArchive(t *testing.T) {
	dir := t.TempDir()
	a, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	code, out, errs := ran("get", "http://127.0.0.1:1/", "--archive", dir)
	said := strings.TrimSpace(errs)
	if code != exitArchive || out != "" || strings.Contains(said, "\n") {
		t.Errorf("code %d: %s%s", code, out, errs)
	}
	for _, want := range []string{fmt.Sprintf("process %d", os.Getpid()), "--archive DIR"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q does not say %q", said, want)
		}
	}
}
