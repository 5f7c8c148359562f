package crawl

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

func captureOf(url, body string) *page.Capture {
	return &page.Capture{Requested: url, Exchanges: []page.Exchange{{URL: url, Status: 200, Body: []byte(body)}}}
}

func TestFinderEntersASiteByItsFeedsAndSitemaps(t *testing.T) {
	f := &Finder{Sitemaps: func(string) []string {
		return []string{"https://news.example/news.xml", "https://elsewhere.example/s.xml"}
	}}
	got := f.Find(frontier.Item{}, captureOf("https://news.example/", `<link rel=alternate type=application/rss+xml href=/rss.xml>`), nil)
	want := Discovery{Found: []frontier.Item{
		{URL: "https://news.example/rss.xml", Kind: frontier.Feed, Depth: 1},
		{URL: "https://news.example/news.xml", Kind: frontier.Sitemap, Depth: 1},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("discovery (-want +got):\n%s", diff)
	}
}

func TestFinderTakesDatesFromLists(t *testing.T) {
	body := `<urlset><url><loc>/a?utm_source=x</loc><news><publication_date>2026-11-21T08:40:00Z</publication_date></news></url></urlset>`
	got := new(Finder).Find(frontier.Item{Kind: frontier.Sitemap, Depth: 1}, captureOf("https://news.example/news.xml", body), nil)
	want := Discovery{Found: []frontier.Item{{URL: "https://news.example/a", Depth: 2,
		Published: time.Date(2026, 11, 21, 8, 40, 0, 0, time.UTC), PublishedSource: "sitemap"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("discovery (-want +got):\n%s", diff)
	}
}
