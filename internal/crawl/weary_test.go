package crawl

import (
	"strings"
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

func TestListsThatBringNothingGetRareAndAreRetired(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	feed := frontier.Result{Item: frontier.Item{URL: "https://news.example/all.rss", Kind: frontier.Feed}}
	for _, tt := range []struct {
		says    string
		kind    frontier.Kind
		row     page.Row
		d       Discovery
		endless bool // its redirects
		never   bool // it is not weary at all
		rare    int  // the poll in vain from which on it is asked for more rarely
		retired string
	}{
		{says: "unchanged", kind: frontier.Feed, row: page.Row{Outcome: page.Unchanged}, rare: 13, retired: "nothing new came in "},
		{says: "changed, with nothing recent", kind: frontier.Sitemap, row: page.Row{Outcome: page.NotArticle, FetchedAt: now},
			d: Discovery{Newest: now.AddDate(-1, 0, 0)}, rare: 13, retired: "nothing new came in "},
		{says: "changed, others were first", kind: frontier.Feed, row: page.Row{Outcome: page.NotArticle, FetchedAt: now},
			d: Discovery{Newest: now.Add(-time.Hour)}, never: true},
		{says: "gone", kind: frontier.Feed, row: page.Row{Outcome: page.HTTPError, HTTPStatus: 410}, rare: 4, retired: "no list came (HTTP 410) in "},
		{says: "a page came", kind: frontier.Feed, row: page.Row{Outcome: page.NotArticle}, d: Discovery{Err: "neither a feed nor a sitemap"},
			rare: 4, retired: "no list came (neither a feed nor a sitemap) in "},
		{says: "the host is down", kind: frontier.Feed, row: page.Row{Outcome: page.NetworkError}, rare: 4},
		{says: "it leads to a host that is down", kind: frontier.Feed, row: page.Row{Outcome: page.NetworkError, HTTPStatus: 302}, rare: 4},
		{says: "it leads in a circle", kind: frontier.Feed, row: page.Row{Outcome: page.NetworkError, HTTPStatus: 302}, endless: true,
			rare: 4, retired: "no list came (network_error) in "},
		{says: "a section", kind: frontier.Section, row: page.Row{Outcome: page.NotArticle}, rare: 13},
		{says: "a start", kind: frontier.Start, row: page.Row{Outcome: page.Unchanged}, never: true},
		{says: "an article", kind: frontier.Article, row: page.Row{Outcome: page.Unchanged}, never: true},
	} {
		res := feed
		res.Item.Kind = tt.kind
		weary(&res, &page.Capture{Endless: tt.endless}, tt.row, tt.d)
		if (res.Quiet == nil) != tt.never {
			t.Errorf("%s: weary %v", tt.says, res.Quiet != nil)
			continue
		}
		if tt.never {
			continue
		}
		before, _ := res.Quiet(tt.rare - 1)
		rest, _ := res.Quiet(tt.rare)
		if before != 0 || rest != time.Hour {
			t.Errorf("%s: rests %v, then %v", tt.says, before, rest)
		}
		long, note := res.Quiet(100)
		if !strings.Contains(note, tt.retired) || (note == "") != (tt.retired == "") || (note != "") != (long == retiredRest) {
			t.Errorf("%s: in the end it rests %v: %q, want %q", tt.says, long, note, tt.retired)
		}
	}
}
