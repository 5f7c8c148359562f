package crawl

import (
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// reader is an extractor that says what it is told to.
type reader page.Outcome

func (r reader) Extract(c *page.Capture) *page.Reading {
	return &page.Reading{Row: page.Row{URL: c.Document().URL, Outcome: page.Outcome(r), HTTPStatus: c.Document().Status}}
}

// The same bytes end as they did before: cheaply where it is known how, else they are read.
func TestTheSameBytesEndAsBefore(t *testing.T) {
	const read = page.Outcome("read")
	body := []byte("<p>Subscribe to read on")
	for _, tt := range []struct {
		kind frontier.Kind
		last page.Outcome
		code int // of the last visit
		want page.Outcome
	}{
		{frontier.Article, page.OK, 200, page.Unchanged},
		{frontier.Article, page.Unchanged, 304, page.Unchanged},
		{frontier.Article, page.Paywalled, 200, page.Paywalled},
		{frontier.Article, page.Paywalled, 304, page.Paywalled},
		{frontier.Article, page.NotArticle, 200, page.NotArticle},
		{frontier.Article, page.Blocked, 200, page.Blocked},
		{frontier.Article, page.Blocked, 403, read}, // the bytes are those of a visit before
		{frontier.Article, page.Partial, 200, read}, // so they may be
		{frontier.Article, page.HTTPError, 404, read},
		{frontier.Article, page.NetworkError, 0, page.Unchanged}, // what failed left the bytes of an article (see trace)
		{frontier.Article, page.HTTPError, 503, page.Unchanged},
		{frontier.Article, page.Blocked, 429, page.Unchanged},
		{frontier.Page, page.NotArticle, 200, page.Unchanged},
		{frontier.Page, page.Empty, 200, page.Empty},
		{frontier.Section, page.NotArticle, 200, page.Unchanged},
		{frontier.Section, page.HTTPError, 503, page.Unchanged},
		{frontier.Feed, page.NotArticle, 200, page.Unchanged},
	} {
		it := frontier.Item{URL: "https://news.example/a", Kind: tt.kind, Depth: 1,
			Last: frontier.Trace{Outcome: tt.last, Status: tt.code, ETag: `"1"`, Digest: digestOf(body), Visits: 1, Rest: time.Hour}}
		c := &Crawl{Extract: reader(read)}
		capture := &page.Capture{Exchanges: []page.Exchange{{URL: it.URL, Status: 200, Body: body}}}
		got := c.read(it, capture).Row
		if got.Outcome != tt.want || (got.Change == "unchanged") != (tt.kind == frontier.Article && tt.want != read || tt.want == page.Empty) {
			t.Errorf("%q after %s: %s %q, want %s", tt.kind, tt.last, got.Outcome, got.Change, tt.want)
		}
		if asks := conditions(it) != nil; asks != (tt.want != read) {
			t.Errorf("%q after %s: asks for changes only: %v", tt.kind, tt.last, asks)
		}
	}
}

// A gate that stays as it was makes the rests of an article longer, as an article does.
func TestAGateThatStaysIsVisitedMoreRarely(t *testing.T) {
	c := &Crawl{Revisit: func(frontier.Item) Ladder { return Ladder{Steps: []time.Duration{time.Hour, 2 * time.Hour}} }}
	it := frontier.Item{URL: "https://news.example/a", Kind: frontier.Article, Depth: 1, Last: frontier.Trace{Outcome: page.Paywalled, Status: 200, Digest: "sha256:1", Visits: 1, Rung: 1}}
	res := frontier.Result{Item: it, Trace: it.Last}
	c.rest(&res, &page.Capture{}, page.Row{URL: it.URL, Outcome: page.Paywalled, Change: "unchanged"})
	if res.Rest != 3*time.Hour {
		t.Errorf("rests for %v, want 3h", res.Rest)
	}
}

// A visit that failed and may not fail again leaves what tells whether the article changed,
// unless the same bytes would not end as an article.
func TestAFailureForgetsNoArticle(t *testing.T) {
	for _, tt := range []struct {
		last page.Outcome
		kept bool
	}{{page.OK, true}, {page.Unchanged, true}, {page.Paywalled, false}, {page.Partial, false}, {page.Blocked, false}} {
		it := frontier.Item{URL: "https://news.example/a", Kind: frontier.Article, Depth: 1,
			Last: frontier.Trace{Outcome: tt.last, Status: 200, ETag: `"1"`, Digest: "sha256:1"}}
		for range 2 { // the second failure as the first one
			capture := &page.Capture{Exchanges: []page.Exchange{{URL: it.URL, Status: 503}}}
			it.Last = trace(it, capture, &page.Reading{Row: page.Row{Outcome: page.HTTPError, HTTPStatus: 503}})
		}
		if kept := conditions(it) != nil; kept != tt.kept {
			t.Errorf("after %s and a failure: asks for changes only: %v, want %v", tt.last, kept, tt.kept)
		}
	}
}
