package crawl

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/discover"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A Finder reads what the lists and front pages of a site lead to. The zero value
// wants no lists, and of a list all entries.
type Finder struct {
	Feeds    bool // those that a front page declares
	Sitemaps bool // those, and what robots.txt names
	Sections bool // what a front page may have for sections
	// Usual tries the usual places once for what a front page does not declare.
	Usual bool
	// Elsewhere takes lists of other sites too that a front page or robots.txt names.
	Elsewhere bool
	// Robots tells what the robots.txt of an origin says beside its rules, as far as
	// it is known; nil: only a robots.txt that was fetched on the way counts.
	Robots func(origin string) discover.Robots
	// Wants reports whether an entry of a list is to be visited; nil: all are.
	Wants func(l *discover.List, e discover.Entry, now time.Time) bool
	Lists discover.Limits // of one feed or sitemap
}

// Find is a Crawl's Discover.
func (f *Finder) Find(it frontier.Item, capture *page.Capture, reading *page.Reading) Discovery {
	doc := capture.Document()
	if doc == nil {
		return Discovery{}
	}
	base, err := url.Parse(doc.URL)
	if err != nil {
		return Discovery{Err: err.Error()}
	}
	if !it.Kind.List() {
		return f.enter(it, capture, reading, base)
	}
	list, err := f.Lists.Read(doc.Body, base)
	if err != nil {
		return Discovery{Err: err.Error()}
	}
	d := Discovery{MinRest: list.TTL, Err: list.Cut, Newest: list.Newest()}
	for _, e := range list.Entries {
		if e.Kind == discover.Sitemap && it.Depth >= maxNested {
			d.Err = fmt.Sprintf("more than %d sitemaps in one another: those named here are not followed", maxNested)
		} else if f.Wants == nil || f.Wants(list, e, doc.Start) {
			d.Found = append(d.Found, entryItem(list, e, it.Depth))
		}
	}
	return d
}

// maxNested is how many sitemaps may lead from one to the next; sitemaps.org knows two.
const maxNested = 5

// enter returns the lists of a site, its feeds first, and its sections.
func (f *Finder) enter(it frontier.Item, capture *page.Capture, reading *page.Reading, base *url.URL) (d Discovery) {
	hints := discover.Page(capture.Document().Body, base)
	once := f.Usual && it.Last.At.IsZero()
	add := func(kind frontier.Kind, links []string) {
		for _, link := range links {
			if u, err := url.Parse(link); err == nil && (f.Elsewhere || address.Site(u.Host) == address.Site(base.Host)) {
				d.Found = append(d.Found, frontier.Item{URL: address.Key(link), Kind: kind, Depth: max(1, it.Depth)})
			}
		}
	}
	if f.Feeds {
		add(frontier.Feed, or(hints.Feeds, once, discover.UsualFeeds, base))
	}
	if f.Sitemaps {
		add(frontier.Sitemap, or(slices.Concat(f.robotsSitemaps(capture, base), hints.Sitemaps), once, discover.UsualSitemaps, base))
	}
	if f.Sections && reading != nil {
		for _, e := range discover.Sections(reading.Links, base) {
			add(frontier.Section, []string{e.URL})
		}
	}
	return d
}

// or returns what was declared, or else, if that is wanted, the usual places.
func or(declared []string, wanted bool, usual func(*url.URL) []string, base *url.URL) []string {
	if len(declared) == 0 && wanted {
		return usual(base)
	}
	return declared
}

// robotsSitemaps are the sitemaps that robots.txt names: the one that is in force,
// and one that was fetched on the way.
func (f *Finder) robotsSitemaps(capture *page.Capture, base *url.URL) (out []string) {
	if f.Robots != nil {
		out = slices.Clone(f.Robots(base.Scheme + "://" + base.Host).Sitemaps)
	}
	for i := range capture.Side {
		side := &capture.Side[i]
		at, err := url.Parse(side.URL)
		if err != nil || at.Path != "/robots.txt" || side.Status != http.StatusOK {
			continue
		}
		for _, link := range discover.RobotsTxt(side.Body, at).Sitemaps {
			if !slices.Contains(out, link) {
				out = append(out, link)
			}
		}
	}
	return out
}

// entryItem is an entry of a list as an address to visit. That an entry is an
// article is for its own page to say. A list is known by its address as it is
// written, a page without what only says where its link stood. A sitemap is one step
// farther away than the one that names it, a page one from the start.
func entryItem(list *discover.List, e discover.Entry, depth int) frontier.Item {
	it := frontier.Item{URL: address.Link(e.URL), Depth: 1, Published: e.Published}
	switch e.Kind {
	case discover.Feed:
		it.Kind, it.URL = frontier.Feed, address.Key(e.URL)
	case discover.Sitemap:
		it.Kind, it.URL, it.Depth = frontier.Sitemap, address.Key(e.URL), depth+1
	}
	if !e.Published.IsZero() {
		it.PublishedSource, it.PublishedPrecision = string(list.Kind), e.Precision()
	}
	return it
}
