package discover

import (
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsarchive/internal/address"
)

// checkEntries holds what is true of the entries of any document.
func checkEntries(t *testing.T, entries []Entry) {
	t.Helper()
	seen := map[string]bool{}
	for _, e := range entries {
		u, err := url.Parse(e.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Fragment != "" || len(e.URL) > address.MaxLength {
			t.Fatalf("address %q: %v", e.URL, err)
		}
		if seen[e.URL] {
			t.Fatalf("%q twice", e.URL)
		}
		seen[e.URL] = true
		if strings.ContainsAny(e.Title, "\r\n") || len(e.Title) > maxTitle {
			t.Fatalf("title %q", e.Title)
		}
		if e.Published.IsZero() != (e.PublishedRaw == "") && e.Kind == Article && !e.Published.IsZero() {
			t.Fatalf("published %v raw %q", e.Published, e.PublishedRaw)
		}
		for _, at := range [...]time.Time{e.Published, e.Modified} {
			if !at.IsZero() && (at.Location() != time.UTC || at.Year() < 1989 || at.Year() > 2201) {
				t.Fatalf("time %v", at)
			}
		}
	}
}

func fuzzRead(f *testing.F, kind Kind, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	few := DefaultLimits()
	few.FeedItems, few.SitemapItems = 1, 1
	f.Fuzz(func(t *testing.T, body []byte) {
		if l, err := few.Read(body, site); err == nil && len(l.Entries) > 1 && l.Cut == "" {
			t.Fatalf("%d entries, at most one was wanted", len(l.Entries))
		}
		l, err := Read(body, site)
		if err != nil {
			if l != nil {
				t.Fatal("a list beside an error")
			}
			return
		}
		if l.Kind != Feed && l.Kind != Sitemap || l.Format == "" {
			t.Fatalf("list of no kind: %+v", l)
		}
		if utf8.Valid(body) && !utf8.ValidString(l.Title) {
			t.Fatalf("title %q", l.Title)
		}
		checkEntries(t, l.Entries)
	})
}

func FuzzFeed(f *testing.F) {
	fuzzRead(f, Feed, rssText, packed(rssText), utf16le(rssText),
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b></div></title><link href="/a"/><updated>2026-11-21T08:40:00Z</updated></entry></feed>`,
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"url":"/a","date_published":"2026-11-20T08:40:00Z"}]}`)
}

func FuzzSitemap(f *testing.F) {
	fuzzRead(f, Sitemap, newsText, packed(newsText), "https://news.example/a\nhttps://news.example/b\n",
		`<sitemapindex><sitemap><loc>/s.xml</loc><lastmod>2026-11-21</lastmod></sitemap></sitemapindex>`)
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(`<base href="//x"><link rel=alternate type=application/rss+xml href=/f><a rel=next href=?p=2><meta name=robots content=noai>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		h := Page(body, site)
		for _, u := range append(append([]string{}, h.Feeds...), h.Sitemaps...) {
			checkEntries(t, []Entry{{URL: u}})
		}
		r := RobotsTxt(body, site)
		for _, u := range r.Sitemaps {
			checkEntries(t, []Entry{{URL: u}})
		}
		_, _ = TDMRep(body)
	})
}
