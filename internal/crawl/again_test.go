package crawl_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
	"newsarchive/page"
)

// counting counts what is extracted.
type counting struct {
	crawl.Extractor
	pages []string
}

func (c *counting) Extract(capture *page.Capture) *page.Reading {
	if doc := capture.Document(); doc != nil && doc.Status == 200 {
		c.pages = append(c.pages, doc.URL)
	}
	return c.Extractor.Extract(capture)
}

// runAgain runs the town's crawl once more, everything being due, and returns
// what was visited and what was extracted.
func (w *town) runAgain(t *testing.T, run string) ([]crawl.Visit, []string) {
	t.Helper()
	w.reopen(t, run)
	f, err := durable.Open(t.Context(), filepath.Join(filepath.Dir(w.dir), "state.db"),
		durable.Options{Starts: []string{w.site.Start}, Run: run, Sole: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Begin(t.Context(), durable.Again{}); err != nil {
		t.Fatal(err)
	}
	x := &counting{Extractor: w.Extract}
	w.Frontier, w.Extract, w.Workers, w.visits = f, x, 1, nil
	w.Revisit = func(frontier.Item) crawl.Ladder { return crawl.Ladder{Steps: []time.Duration{time.Hour}} }
	if err := w.Run(context.WithoutCancel(t.Context()), []string{w.site.Start}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	w.Extract = x.Extractor
	return w.visits, x.pages
}

func TestWhatDidNotChangeIsNotExtractedAgain(t *testing.T) {
	w := newTown(t, "courier", frontier.Options{})
	first, read := w.runAgain(t, "first")
	if len(read) == 0 {
		t.Fatal("nothing was extracted")
	}
	second, read := w.runAgain(t, "second")
	if len(read) != 0 {
		t.Errorf("extracted again: %q", read)
	}
	if len(second) == 0 || len(second) > len(first) {
		t.Errorf("%d visits, then %d", len(first), len(second))
	}
	changed, err := w.server.Revise()
	if err != nil {
		t.Fatal(err)
	}
	third, _ := w.runAgain(t, "third")
	var revised []string
	for _, v := range third {
		if v.Row.Change == "changed" {
			revised = append(revised, v.Row.URL)
		}
	}
	if len(revised) != 1 {
		t.Errorf("changed are %q, want the one of %v", revised, changed)
	}
	w.rows(t)
}
