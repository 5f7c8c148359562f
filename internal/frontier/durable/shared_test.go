package durable_test

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
	"newsarchive/page"
)

// shared asks what processes know of each other by the frontier of place.
func shared(t *testing.T, place func(*testing.T) string) {
	for _, c := range []struct {
		says  string
		check func(*testing.T, string)
	}{
		{"a robots.txt is kept for every process, and for a day", robotsKept},
		{"who joins is told of those at work, and not of the dead", joined},
		{"what a run left is settled by its own archive", settledByItsOwn},
		{"where no crawl was yet there is nothing to look at", noCrawlYet},
		{"a changed ladder holds for articles that were visited before", anotherLadder},
		{"a run with another ladder has articles rest by it that were visited before", otherRests},
	} {
		t.Run(c.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { c.check(t, place(t)) })
		})
	}
}

func robotsKept(t *testing.T, where string) {
	const origin = "https://a.example"
	now := time.Now()
	o := durable.Options{Options: frontier.Options{Now: func() time.Time { return now }}}
	one, two := open(t, where, o), open(t, where, o)
	want := page.RobotsTxt{URL: origin + "/robots.txt", Status: 200, Text: []byte("User-agent: *\n\x00"), At: time.Now().UTC().Truncate(time.Microsecond)}
	if _, ok, err := two.RobotsTxt(t.Context(), origin); ok || err != nil {
		t.Fatalf("RobotsTxt = %v, %v before it was kept", ok, err)
	}
	for range 2 {
		if err := one.KeepRobotsTxt(t.Context(), origin, want); err != nil {
			t.Fatal(err)
		}
	}
	got, ok, err := two.RobotsTxt(t.Context(), origin)
	if err != nil || !ok || got.URL != want.URL || got.Status != 200 || string(got.Text) != string(want.Text) || !got.At.Equal(want.At) {
		t.Fatalf("RobotsTxt = %+v, %v, %v, want %+v", got, ok, err, want)
	}
	now = now.Add(24 * time.Hour)
	if _, ok, err := one.RobotsTxt(t.Context(), origin); ok || err != nil {
		t.Fatalf("RobotsTxt = %v, %v a day later", ok, err)
	}
}

func noCrawlYet(t *testing.T, where string) {
	if v, err := durable.OpenView(t.Context(), where); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("OpenView = %v, %v", v, err)
	}
}

func joined(t *testing.T, where string) {
	if testing.Short() {
		t.Skip("minutes of the engine's polls pass")
	}
	first := begun(t, where, "one", "1")
	if b := first.b; b.Beside != 0 || b.Resumed {
		t.Fatalf("the first began with %+v", b)
	}
	add(t, first.f, "https://a.example/1")
	time.Sleep(2 * time.Minute)
	if b := begun(t, where, "two", "2").b; b.Beside != 1 {
		t.Fatalf("the second began with %+v, want 1 beside it", b)
	}
	if err := first.f.Close(); err != nil {
		t.Fatal(err)
	}
	if b := begun(t, where, "three", "3").b; b.Beside != 1 || !b.Resumed {
		t.Fatalf("the third began with %+v, want 1 beside it", b)
	}
}

func settledByItsOwn(t *testing.T, where string) {
	begun(t, where, "one", "1")
	two := begun(t, where, "two", "2")
	if runs, err := two.f.Interrupted(t.Context()); len(runs) > 0 || err != nil {
		t.Fatalf("another archive's run is taken for interrupted: %v, %v", runs, err)
	}
	again := begun(t, where, "one", "3") // after a kill
	if runs, err := again.f.Interrupted(t.Context()); !slices.Equal(runs, []string{"1"}) || err != nil {
		t.Fatalf("Interrupted = %v, %v, want the archive's run 1", runs, err)
	}
}

type beginning struct {
	f *durable.Frontier
	b durable.Beginning
}

// begun begins a run of the archive's.
func begun(t *testing.T, where, archive, run string) beginning {
	t.Helper()
	f := open(t, where, durable.Options{Archive: archive, Run: run})
	b, err := f.Begin(t.Context(), durable.Again{})
	if err != nil {
		t.Fatal(err)
	}
	return beginning{f, b}
}

// open opens a frontier on which nobody works yet, and closes it with the test.
func open(t *testing.T, where string, o durable.Options) *durable.Frontier {
	t.Helper()
	if o.Starts == nil {
		o.Starts = []string{"https://a.example/"}
	}
	f, err := durable.Open(t.Context(), where, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}
