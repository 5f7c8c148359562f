package crawl

import (
	"net/url"

	"newsarchive/internal/address"
	"newsarchive/internal/discover"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A Finder finds the articles of a site by its feeds and sitemaps: those that its
// front page declares and those that its robots.txt names.
type Finder struct {
	// Sitemaps tells what the robots.txt of an origin names; may be nil.
	Sitemaps func(origin string) []string
}

// Find is a Crawl's Discover.
func (f *Finder) Find(it frontier.Item, capture *page.Capture, _ *page.Reading) Discovery {
	doc := capture.Document()
	base, err := url.Parse(doc.URL)
	if err != nil {
		return Discovery{Err: err.Error()}
	}
	if !it.Kind.List() {
		return f.enter(it, doc.Body, base)
	}
	list, err := discover.Read(doc.Body, base)
	if err != nil {
		return Discovery{Err: err.Error()}
	}
	d := Discovery{MinRest: list.TTL, Err: list.Cut}
	for _, e := range list.Entries {
		d.Found = append(d.Found, entryItem(list, e, it.Depth+1))
	}
	return d
}

// enter returns the lists of a site, its feeds first.
func (f *Finder) enter(it frontier.Item, body []byte, base *url.URL) (d Discovery) {
	hints := discover.Page(body, base)
	maps := hints.Sitemaps
	if f.Sitemaps != nil {
		maps = append(f.Sitemaps(base.Scheme+"://"+base.Host), maps...)
	}
	site := address.Site(base.Host)
	for _, lists := range []struct {
		kind  frontier.Kind
		links []string
	}{{frontier.Feed, hints.Feeds}, {frontier.Sitemap, maps}} {
		for _, link := range lists.links {
			if u, err := url.Parse(link); err == nil && address.Site(u.Host) == site {
				d.Found = append(d.Found, frontier.Item{URL: address.Key(link), Kind: lists.kind, Depth: it.Depth + 1})
			}
		}
	}
	return d
}

// entryItem is an entry of a list as an address to visit. That an entry is an
// article is for its own page to say.
func entryItem(list *discover.List, e discover.Entry, depth int) frontier.Item {
	it := frontier.Item{URL: address.Link(e.URL), Depth: depth, Published: e.Published}
	switch e.Kind {
	case discover.Feed:
		it.Kind = frontier.Feed
	case discover.Sitemap:
		it.Kind = frontier.Sitemap
	}
	if !e.Published.IsZero() {
		it.PublishedSource = string(list.Kind)
	}
	return it
}
