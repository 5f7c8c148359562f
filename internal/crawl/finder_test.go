package crawl

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsarchive/internal/discover"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

func captureOf(url, body string) *page.Capture {
	return &page.Capture{Requested: url, Exchanges: []page.Exchange{{URL: url, Status: 200, Body: []byte(body)}}}
}

func TestFinderEntersASiteByItsFeedsAndSitemaps(t *testing.T) {
	f := &Finder{Feeds: true, Sitemaps: true, Robots: func(string) discover.Robots {
		return discover.Robots{Sitemaps: []string{"https://news.example/news.xml", "https://elsewhere.example/s.xml"}}
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
	want := Discovery{Found: []frontier.Item{{URL: "https://news.example/a", Depth: 1,
		Published: time.Date(2026, 11, 21, 8, 40, 0, 0, time.UTC), PublishedSource: "sitemap", PublishedPrecision: "second"}},
		Newest: time.Date(2026, 11, 21, 8, 40, 0, 0, time.UTC)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("discovery (-want +got):\n%s", diff)
	}
}

// An index that names another index, and so on without end, is followed five deep, and
// says so; what it names beside is visited all the same.
func TestSitemapsInOneAnotherEnd(t *testing.T) {
	f := new(Finder)
	it := frontier.Item{URL: "https://news.example/0.xml", Kind: frontier.Sitemap, Depth: 1}
	for n := 1; ; n++ {
		body := fmt.Sprintf(`<sitemapindex><sitemap><loc>/%d.xml</loc></sitemap><url><loc>/story-%d</loc></url></sitemapindex>`, n, n)
		d := f.Find(it, captureOf(it.URL, body), nil)
		story := frontier.Item{URL: fmt.Sprintf("https://news.example/story-%d", n), Depth: 1}
		want := []frontier.Item{{URL: fmt.Sprintf("https://news.example/%d.xml", n), Kind: frontier.Sitemap, Depth: n + 1}, story}
		if n == 5 {
			if diff := cmp.Diff(want[1:], d.Found); diff != "" || d.Err != "more than 5 sitemaps in one another: those named here are not followed" {
				t.Errorf("at the end (-want +got):\n%s%s", diff, d.Err)
			}
			return
		}
		if diff := cmp.Diff(want, d.Found); diff != "" || d.Err != "" {
			t.Fatalf("step %d (-want +got):\n%s%s", n, diff, d.Err)
		}
		it = d.Found[0]
	}
}

func TestSitemapsOfRobotsTxtAreTheSameKnownOrFetchedOnTheWay(t *testing.T) {
	fetched := captureOf("https://news.example/", "<p>x")
	fetched.Side = []page.Exchange{{URL: "https://news.example/robots.txt", Status: 200, Body: []byte("Sitemap: /news.xml\n")}}
	inForce := func(string) discover.Robots {
		return discover.Robots{Sitemaps: []string{"https://news.example/news.xml"}}
	}
	want := []frontier.Item{{URL: "https://news.example/news.xml", Kind: frontier.Sitemap, Depth: 1}}
	for _, tt := range []struct {
		says    string
		f       Finder
		capture *page.Capture
	}{
		{"fetched on the way", Finder{Sitemaps: true}, fetched},
		{"known", Finder{Sitemaps: true, Robots: inForce}, captureOf("https://news.example/", "<p>x")},
		{"both", Finder{Sitemaps: true, Robots: inForce}, fetched},
	} {
		if diff := cmp.Diff(want, tt.f.Find(frontier.Item{}, tt.capture, nil).Found); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.says, diff)
		}
	}
}

func TestADayOfAListStaysADay(t *testing.T) {
	for raw, want := range map[string][2]string{
		"2026-11-21":                      {"day", "2026-11-21"},
		"2026-11-21T08:40Z":               {"minute", "2026-11-21T08:40:00Z"},
		"2026-11-21T08:40+01:00":          {"minute", "2026-11-21T07:40:00Z"},
		"2026-11-21T08:40:10Z":            {"second", "2026-11-21T08:40:10Z"},
		"Sat, 21 Nov 2026 08:40:00 +0100": {"second", "2026-11-21T07:40:00Z"},
	} {
		body := `<urlset><url><loc>/a</loc><news><publication_date>` + raw + `</publication_date></news></url></urlset>`
		d := new(Finder).Find(frontier.Item{Kind: frontier.Sitemap}, captureOf("https://news.example/news.xml", body), nil)
		row := page.Row{Outcome: page.OK}
		date(&row, d.Found[0])
		if got := [2]string{row.PublishedPrecision, row.PublishedRaw}; got != want || row.PublishedSource != "sitemap" {
			t.Errorf("%s came to the row as %v, want %v", raw, got, want)
		}
	}
}
