package durable_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
	"newsarchive/internal/frontier/frontiertest"
)

// slack is how late the job engine may bring a job that waited.
const slack = 6 * time.Second

func TestSQLite(t *testing.T) {
	contract(t, sqliteFile)
	shared(t, sqliteFile)
}

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
	o.Workers = 4
	f := open(t, where, o)
	if _, err := f.Begin(t.Context(), durable.Again{Rest: time.Hour}); err != nil {
		t.Fatal(err)
	}
	return f
}

func add(t *testing.T, f *durable.Frontier, urls ...string) {
	t.Helper()
	var items []frontier.Item
	for _, u := range urls {
		items = append(items, frontier.Item{URL: u})
	}
	if _, err := f.Add(t.Context(), items); err != nil {
		t.Fatal(err)
	}
}

func lease(t *testing.T, f *durable.Frontier) *frontier.Lease {
	t.Helper()
	l, err := f.Lease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// finish commits the lease's addresses and releases it.
func finish(t *testing.T, f *durable.Frontier, l *frontier.Lease) {
	t.Helper()
	for _, it := range l.Items {
		if _, err := f.Commit(t.Context(), l, frontier.Result{Item: it}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Release(t.Context(), l); err != nil {
		t.Fatal(err)
	}
}

func TestCrawlsKeepTheirAddressesAndShareHosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		where := sqliteFile(t)
		one := begin(t, where, durable.Options{Starts: []string{"https://a.example/", "https://b.example/"}})
		two := begin(t, where, durable.Options{Starts: []string{"https://a.example/politics"}})
		add(t, one, "https://a.example/1")
		held := lease(t, one)
		add(t, two, "https://a.example/1", "https://a.example/2")
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		defer stop()
		if l, err := two.Lease(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("Lease = %v, %v while the other crawl has the host", l, err)
		}
		finish(t, one, held)
		l := lease(t, two)
		if len(l.Items) != 2 {
			t.Errorf("leased %v, want both addresses of this crawl", l.Items)
		}
		finish(t, two, l)
		for _, f := range []*durable.Frontier{one, two} {
			if l, err := f.Lease(t.Context()); !errors.Is(err, frontier.ErrDrained) {
				t.Errorf("Lease = %v, %v, want ErrDrained", l, err)
			}
		}
	})
}

// TestLeasesOfTheDeadLapseAtOnce opens a copy of a file whose process was at work,
// as a kill would have left it.
func TestLeasesOfTheDeadLapseAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		where := sqliteFile(t)
		f := begin(t, where, durable.Options{})
		add(t, f, "https://a.example/1", "https://a.example/2")
		lease(t, f)
		left := sqliteFile(t)
		for _, suffix := range []string{"", "-wal"} {
			b, err := os.ReadFile(where + suffix)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(left+suffix, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		start := time.Now()
		next := begin(t, left, durable.Options{Sole: true})
		if l := lease(t, next); len(l.Items) != 2 || time.Since(start) > time.Second {
			t.Errorf("leased %v after %v", l.Items, time.Since(start))
		}
	})
}

// A run that goes on with a smaller budget than it has used up leaves the rest.
func TestASmallerBudgetIsUsedUp(t *testing.T) {
	where := sqliteFile(t)
	f := begin(t, where, durable.Options{Options: frontier.Options{Slice: 2}})
	add(t, f, "https://a.example/1", "https://a.example/2", "https://a.example/3")
	finish(t, f, lease(t, f))
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f = begin(t, where, durable.Options{Options: frontier.Options{MaxItems: 1}})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if l, err := f.Lease(ctx); !errors.Is(err, frontier.ErrDrained) {
		t.Errorf("leased %+v, %v", l, err)
	}
	if l, err := f.Left(t.Context()); err != nil || l.Budget != 1 {
		t.Errorf("left %+v, %v", l, err)
	}
}

func TestFrontierOfAnotherArchiveIsRefused(t *testing.T) {
	where := sqliteFile(t)
	o := durable.Options{Starts: []string{"https://a.example/"}, Owner: "one"}
	for range 2 {
		f, err := durable.Open(t.Context(), where, o)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	o.Owner = "other"
	if _, err := durable.Open(t.Context(), where, o); !errors.Is(err, durable.ErrOwner) {
		t.Errorf("Open gave %v, want ErrOwner", err)
	}
}

// TestOnlyArticlesAreWantedBeforeTheirRestIsOver holds a run that wants articles
// sooner to what it asked for: a redirect or a refusal rests on.
func TestOnlyArticlesAreWantedBeforeTheirRestIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		where := sqliteFile(t)
		f := begin(t, where, durable.Options{})
		add(t, f, "https://a.example/article", "https://a.example/redirect")
		l := lease(t, f)
		for _, kind := range []frontier.Kind{frontier.Article, frontier.Page} { // Commit takes the first away
			if _, err := f.Commit(t.Context(), l, frontier.Result{Item: l.Items[0], Kind: kind, Rest: 48 * time.Hour}); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Release(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Lease(t.Context()); !errors.Is(err, frontier.ErrDrained) {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour) // begin wants articles after one
		again := lease(t, begin(t, where, durable.Options{}))
		if len(again.Items) != 1 || again.Items[0].URL != "https://a.example/article" {
			t.Errorf("leased %v, want the article alone", again.Items)
		}
	})
}

// A host that holds its worker longer than a lease lasts loses the lease; the other
// hosts go on.
func TestOneSlowHostEndsNothing(t *testing.T) {
	f := begin(t, sqliteFile(t), durable.Options{LapseAfter: 300 * time.Millisecond, Name: "slow"})
	add(t, f, "http://a.example/1", "http://b.example/1")
	lease(t, f) // never finished
	time.Sleep(time.Second)
	for range 2 {
		finish(t, f, lease(t, f))
	}
}
