package sites

import (
	"net/http"
	"net/url"
	"strings"
	"time"

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
	site := s.byID[it.Site]
	if site == nil {
		return crawl.Discovery{}
	}
	finder := site.finder()
	finder.Lists = s.Lists
	return finder.Find(it, capture, reading)
}

// finder reads for the site's channels.
func (s *Site) finder() *crawl.Finder {
	return &crawl.Finder{Feeds: s.has("feed"), Sitemaps: s.has("sitemap") || s.has("news_sitemap"), Sections: s.has("section"),
		Usual: true, Elsewhere: true, Robots: s.client.RobotsTxt, Wants: s.wants}
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

// Absent reports a feed or a sitemap that was looked for and never was there.
func Absent(it frontier.Item, status int) bool {
	return it.Kind.List() && it.Last.Digest == "" && (status == http.StatusNotFound || status == http.StatusGone)
}
