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

func TestSQLite(t *testing.T) { contract(t, sqliteFile) }

func sqliteFile(t *testing.T) string { return filepath.Join(t.TempDir(), "state.db") }

// contract asks all of a frontier whose places are made by place.
func contract(t *testing.T, place func(*testing.T) string) {
	frontiertest.Run(t, slack, func(t *testing.T, o frontier.Options) frontiertest.Frontier {
		return begin(t, place(t), durable.Options{Options: o})
	})
	frontiertest.RunLasting(t, slack, func(t *testing.T, o frontier.Options) func() frontiertest.Lasting {
		where := place(t)
		return func() frontiertest.Lasting { return begin(t, where, durable.Options{Options: o}) }
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
	if _, err := f.Begin(t.Context(), durable.Again{Rest: time.Hour}); err != nil {
		t.Fatal(err)
	}
	return f
}
