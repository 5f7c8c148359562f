package durable_test

import (
	"path/filepath"
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
	"newsarchive/internal/frontier/frontiertest"
)

// slack is how late the job engine may bring a job that waited.
const slack = 6 * time.Second

func TestSQLite(t *testing.T) {
	frontiertest.Run(t, slack, func(t *testing.T, o frontier.Options) frontiertest.Frontier {
		return begin(t, filepath.Join(t.TempDir(), "state.db"), durable.Options{Options: o})
	})
}

// begin opens a frontier, begins a run, and closes it with the test.
func begin(t *testing.T, where string, o durable.Options) *durable.Frontier {
	t.Helper()
	o.Starts, o.Workers = []string{"https://a.example/"}, 4
	f, err := durable.Open(t.Context(), where, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := f.Begin(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return f
}
