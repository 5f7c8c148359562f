package crawl_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsarchive/archive"
	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// dying is a frontier that takes two commits and no more: what comes third is in
// the archive alone.
type dying struct {
	*durable.Frontier
	commits atomic.Int64
}

func (d *dying) Commit(ctx context.Context, l *frontier.Lease, r frontier.Result) (frontier.Verdict, error) {
	if d.commits.Add(1) > 2 {
		var stop context.CancelFunc
		ctx, stop = context.WithDeadline(ctx, time.Now())
		defer stop()
	}
	return d.Frontier.Commit(ctx, l, r)
}

// open opens the town's frontier for a process whose run has the id.
func (w *town) open(t *testing.T, run string) *durable.Frontier {
	t.Helper()
	f, err := durable.Open(t.Context(), filepath.Join(filepath.Dir(w.dir), "state.db"),
		durable.Options{Starts: []string{w.site.Start}, Run: run, Sole: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if _, err := f.Begin(t.Context(), durable.Again{}); err != nil {
		t.Fatal(err)
	}
	return f
}

// reopen seals the archive and opens it for the next run.
func (w *town) reopen(t *testing.T, run string) {
	t.Helper()
	if w.store != nil {
		if err := w.store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	store, err := archive.Open(w.dir, archive.Options{RunID: run})
	if err != nil {
		t.Fatal(err)
	}
	w.store, w.Store = store, store
}

func TestWhatWasStoredAndNotCommittedIsNotFetchedAgain(t *testing.T) {
	w := newTown(t, "courier", frontier.Options{})
	w.reopen(t, "first")
	killed := &dying{Frontier: w.open(t, "first")}
	w.Frontier = killed
	if err := w.Run(t.Context(), []string{w.site.Start}); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Run ended with %v", err)
	}
	if err := killed.Close(); err != nil {
		t.Fatal(err)
	}
	w.reopen(t, "second")
	second := w.open(t, "second")
	w.Frontier = second
	shelf, err := archive.OpenReader(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer shelf.Close()
	if n, err := w.Settle(t.Context(), second, shelf); n != 1 || err != nil {
		t.Fatalf("settled %d pages (%v), want the one that was stored and not committed", n, err)
	}
	if err := w.Run(t.Context(), []string{w.site.Start}); err != nil {
		t.Fatal(err)
	}
	for path, n := range w.server.Counts("courier") {
		if n > 1 && !strings.HasSuffix(path, "robots.txt") {
			t.Errorf("%s was requested %d times", path, n)
		}
	}
	if rows := w.rows(t); !rows["/city/bridge-reopens"].Outcome.HasArticle() {
		t.Errorf("articles are missing among %d rows", len(rows))
	}
	if n, err := w.Settle(t.Context(), second, shelf); n != 0 || err != nil {
		t.Errorf("settled %d pages (%v) a second time", n, err)
	}
}

var _ crawl.Lasting = (*durable.Frontier)(nil)
