package sites

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsarchive/internal/config"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// set is the set of one site with these settings.
func set(t *testing.T, settings string) *Set {
	t.Helper()
	text := fmt.Sprintf("identity: {name: x, contact: a@b.example}\nsites: [{id: news, site: news.example, %s}]\n", settings)
	c, err := config.Parse("s.yaml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(c, "", fetch.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func capture(url, body string) *page.Capture {
	return &page.Capture{Requested: url, Exchanges: []page.Exchange{{URL: url, Status: 200, Body: []byte(body),
		Start: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)}}}
}

func found(s *Set, kind frontier.Kind, c *page.Capture) (out []string) {
	for _, it := range s.Discover(frontier.Item{URL: c.Requested, Kind: kind, Site: "news"}, c, &page.Reading{}).Found {
		out = append(out, string(it.Kind)+" "+it.URL)
	}
	return out
}

const front = `<html><head><link rel="alternate" type="application/rss+xml" href="/all.rss"></head><body>x</body></html>`

func TestAStartLeadsToItsLists(t *testing.T) {
	c := capture("https://news.example/", front)
	c.Side = []page.Exchange{{URL: "https://news.example/robots.txt", Status: 200, Body: []byte("Sitemap: https://news.example/news.xml\n")}}
	if diff := cmp.Diff([]string{"feed https://news.example/all.rss", "sitemap https://news.example/news.xml"},
		found(set(t, "discover: [feed, news_sitemap]"), frontier.Start, c)); diff != "" {
		t.Error(diff)
	}
	if got := found(set(t, "discover: [links]"), frontier.Start, c); got != nil {
		t.Errorf("links alone lead to %v", got)
	}
	if got := found(set(t, "discover: [feed]"), frontier.Start, capture("https://news.example/", "<p>nothing</p>")); len(got) < 3 {
		t.Errorf("where nothing is declared the usual places are tried, got %v", got)
	}
}

func TestAnOldSitemapIsNoNews(t *testing.T) {
	c := capture("https://news.example/map.xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
		<url><loc>https://news.example/old</loc><lastmod>2019-01-01</lastmod></url>
		<url><loc>https://news.example/new</loc><lastmod>2026-11-25</lastmod></url>
		<url><loc>https://news.example/undated</loc></url></urlset>`)
	if diff := cmp.Diff([]string{" https://news.example/new"}, found(set(t, "discover: [news_sitemap]"), frontier.Sitemap, c)); diff != "" {
		t.Error(diff)
	}
	if got := found(set(t, "discover: [sitemap]"), frontier.Sitemap, c); len(got) != 3 {
		t.Errorf("all of it is wanted, got %v", got)
	}
}

func TestAnIndexLeadsToNewsSitemaps(t *testing.T) {
	c := capture("https://news.example/index.xml", `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
		<sitemap><loc>https://news.example/2019-01.xml</loc></sitemap>
		<sitemap><loc>https://news.example/google-news.xml</loc></sitemap></sitemapindex>`)
	if diff := cmp.Diff([]string{"sitemap https://news.example/google-news.xml"}, found(set(t, "discover: [news_sitemap]"), frontier.Sitemap, c)); diff != "" {
		t.Error(diff)
	}
}

func TestADateComesWithItsSource(t *testing.T) {
	c := capture("https://news.example/all.rss", `<rss version="2.0"><channel><title>x</title><ttl>30</ttl>
		<item><link>https://news.example/a</link><pubDate>Wed, 25 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>`)
	d := set(t, "discover: [feed]").Discover(frontier.Item{Kind: frontier.Feed, Site: "news"}, c, nil)
	if len(d.Found) != 1 || d.Found[0].PublishedSource != "feed" || d.Found[0].Published.Day() != 25 || d.MinRest != 30*time.Minute {
		t.Errorf("the feed leads to %+v", d)
	}
	if d := set(t, "discover: [feed]").Discover(frontier.Item{Kind: frontier.Feed, Site: "news"}, capture("https://news.example/x", "<p>"), nil); d.Err == "" {
		t.Error("a page is taken for a feed")
	}
}

func TestChannelsDecideWhichLinksAreFollowed(t *testing.T) {
	start, article := frontier.Item{Kind: frontier.Start, Site: "news"}, frontier.Item{Kind: frontier.Article, Site: "news", Depth: 1}
	for _, tt := range []struct {
		channels        string
		start, articles bool
	}{{"[links]", true, true}, {"[section]", true, false}, {"[feed]", false, false}} {
		s := set(t, "discover: "+tt.channels)
		if got := s.ScopeOf(start).Depth > start.Depth; got != tt.start {
			t.Errorf("%s: links of the start are followed: %v", tt.channels, got)
		}
		if got := s.ScopeOf(article).Depth > article.Depth; got != tt.articles {
			t.Errorf("%s: links of an article are followed: %v", tt.channels, got)
		}
	}
	if s := set(t, "depth: 2, exclude: /video/"); s.ScopeOf(start).Depth != 2 || s.ScopeOf(start).Admits("https://news.example/video/1") ||
		!s.ScopeOf(start).Admits("https://news.example/a") || s.ScopeOf(frontier.Item{Site: "gone"}).Admits("https://news.example/a") {
		t.Error("scope is not that of the config")
	}
}

func TestTheConfigsDigestIsOfWhatIsCrawled(t *testing.T) {
	a, b, c := set(t, "every: 1h"), set(t, "every: 1h, delay: 9s"), set(t, "every: 2h")
	if a.Durable()[0].Config != b.Durable()[0].Config || a.Durable()[0].Config == c.Durable()[0].Config {
		t.Error("a site is due at once after a change that is none of its schedule, or not after one that is")
	}
	if d := b.CrawlDelay("https://www.news.example/x"); d != 9*time.Second {
		t.Errorf("the pace is %v", d)
	}
}

func TestABudgetIsOfOneRun(t *testing.T) {
	s := set(t, "every: 1h, max_per_run: 2")
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for i, want := range []bool{false, true, true} {
		if got := s.Spent("news", now); got != want {
			t.Errorf("after visit %d the budget is spent: %v", i+1, got)
		}
	}
	if s.Spent("news", now.Add(time.Hour)) || s.Spent("gone", now) || set(t, "every: 1h").Spent("news", now) {
		t.Error("a budget is spent that is new, or is none")
	}
}

func TestTheLadderIsThatOfTheSite(t *testing.T) {
	s := set(t, "revisit: {schedule: [1h, 7d]}")
	if got := s.Ladder(frontier.Item{Site: "news"}).Steps; len(got) != 2 || got[1] != 7*24*time.Hour || s.Ladder(frontier.Item{}).Steps != nil {
		t.Errorf("the ladder is %v", got)
	}
	if got := s.Durable()[0].Ladder; len(got) != 2 || got[1] != 7*24*time.Hour {
		t.Errorf("the frontier is told of the ladder %v", got)
	}
}
