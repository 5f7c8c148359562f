package sites

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/discover"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// news is how old an entry of a sitemap may be that is no news sitemap, where the
// site is watched for news alone.
const news = 7 * 24 * time.Hour

// Discover reads what a feed, a sitemap or a start page leads to, as far as the
// site's channels ask for it.
func (s *Set) Discover(it frontier.Item, capture *page.Capture, reading *page.Reading) crawl.Discovery {
	site, doc := s.byID[it.Site], capture.Document()
	if site == nil || doc == nil {
		return crawl.Discovery{}
	}
	base, err := url.Parse(doc.URL)
	if err != nil {
		return crawl.Discovery{Err: err.Error()}
	}
	if it.Kind == frontier.Start {
		return site.enter(it, capture, reading, base)
	}
	list, err := discover.Read(doc.Body, base)
	if err != nil {
		return crawl.Discovery{Err: err.Error()}
	}
	d := crawl.Discovery{MinRest: list.TTL, Err: list.Cut}
	for _, e := range list.Entries {
		if site.wants(list, e, doc.Start) {
			d.Found = append(d.Found, item(list, e))
		}
	}
	return d
}

// wants reports whether an entry of a list is to be visited.
func (s *Site) wants(list *discover.List, e discover.Entry, now time.Time) bool {
	switch {
	case list.Kind == discover.Feed || list.Format == discover.News || s.has("sitemap"):
		return true
	case e.Kind == discover.Sitemap:
		u, err := url.Parse(e.URL)
		return err == nil && strings.Contains(strings.ToLower(u.Path), "news")
	}
	for _, t := range []time.Time{e.Published, e.Modified} {
		if !t.IsZero() && now.Sub(t) < news {
			return true
		}
	}
	return false
}

func item(list *discover.List, e discover.Entry) frontier.Item {
	it := frontier.Item{URL: address.Key(e.URL), Kind: kindOf(e.Kind), Published: e.Published}
	if !e.Published.IsZero() {
		it.PublishedSource = string(list.Kind)
	}
	return it
}

func kindOf(k discover.Kind) frontier.Kind {
	switch k {
	case discover.Feed:
		return frontier.Feed
	case discover.Sitemap:
		return frontier.Sitemap
	case discover.Section:
		return frontier.Section
	}
	return frontier.Page // what it is its own page says
}

// enter reads a start page: the lists that it declares, those of robots.txt, and
// its sections. Where nothing is declared, the usual places are tried once.
func (s *Site) enter(it frontier.Item, capture *page.Capture, reading *page.Reading, base *url.URL) (d crawl.Discovery) {
	hints := discover.Page(capture.Document().Body, base)
	add := func(kind frontier.Kind, links ...string) {
		for _, link := range links {
			d.Found = append(d.Found, frontier.Item{URL: address.Key(link), Kind: kind})
		}
	}
	if s.has("feed") {
		add(frontier.Feed, hints.Feeds...)
		if len(hints.Feeds) == 0 && it.Last.At.IsZero() {
			add(frontier.Feed, discover.UsualFeeds(base)...)
		}
	}
	if s.has("sitemap") || s.has("news_sitemap") {
		maps := append(robotsSitemaps(capture), hints.Sitemaps...)
		if len(maps) == 0 && it.Last.At.IsZero() {
			maps = discover.UsualSitemaps(base)
		}
		add(frontier.Sitemap, maps...)
	}
	if s.has("section") && reading != nil {
		for _, e := range discover.Sections(reading.Links, base) {
			add(frontier.Section, e.URL)
		}
	}
	return d
}

// robotsSitemaps are the sitemaps that the robots.txt names which was fetched on the way.
func robotsSitemaps(capture *page.Capture) (out []string) {
	for i := range capture.Side {
		side := &capture.Side[i]
		if base, err := url.Parse(side.URL); err == nil && base.Path == "/robots.txt" && side.Status == http.StatusOK {
			out = append(out, discover.RobotsTxt(side.Body, base).Sitemaps...)
		}
	}
	return out
}

// Absent reports a feed or a sitemap that was looked for and never was there.
func Absent(it frontier.Item, status int) bool {
	return it.Kind.List() && it.Last.Digest == "" && (status == http.StatusNotFound || status == http.StatusGone)
}
