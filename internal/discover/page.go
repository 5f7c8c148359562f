package discover

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Hints are what a page says about where else there is something to read.
type Hints struct {
	Feeds      []string    // declared ones first, then those that it links to
	Sitemaps   []string    // that it links to
	Alternates []Alternate // the same page in other languages
	AMP        string
	Canonical  string
	Next       string // the next page of a list
	Policy     []Signal
}

// An Alternate is a page in another language.
type Alternate struct {
	URL  string
	Lang string // as declared: BCP 47 or "x-default"
}

// maxPageBytes is how much of a page is looked through.
const maxPageBytes = 4 << 20

// maxHints bounds each list of Hints.
const maxHints = 200

// Page looks through a page for its hints. It takes any bytes, in any charset that
// has ASCII in it.
func Page(body []byte, base *url.URL) *Hints {
	s := pageScan{base: base, hints: new(Hints)}
	z := html.NewTokenizer(bytes.NewReader(body[:min(len(body), maxPageBytes)]))
	for {
		switch z.Next() {
		case html.ErrorToken:
			s.hints.Feeds = append(s.hints.Feeds, s.linked...)
			return s.hints
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch a := atom.Lookup(name); a {
			case atom.Base, atom.Link, atom.A, atom.Meta:
				s.tag(a, attributes(z, more))
			}
		}
	}
}

func attributes(z *html.Tokenizer, more bool) map[string]string {
	attrs := map[string]string{}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		if _, twice := attrs[string(k)]; !twice && len(attrs) < 32 {
			attrs[string(k)] = string(v)
		}
	}
	return attrs
}

type pageScan struct {
	base   *url.URL
	rebase bool // base element seen
	hints  *Hints
	linked []string // feeds that are linked to only
}

func (s *pageScan) tag(a atom.Atom, attrs map[string]string) {
	switch a {
	case atom.Base:
		s.setBase(attrs["href"])
	case atom.Meta:
		s.meta(attrs)
	case atom.Link:
		s.link(attrs)
	case atom.A:
		s.anchor(attrs)
	}
}

// setBase takes the first base element.
func (s *pageScan) setBase(href string) {
	if href == "" || s.rebase {
		return
	}
	s.rebase = true
	if u, err := url.Parse(href); err == nil && s.base != nil {
		s.base = s.base.ResolveReference(u)
	}
}

func (s *pageScan) link(attrs map[string]string) {
	u, ok := resolve(s.base, attrs["href"])
	if !ok {
		return
	}
	for rel := range strings.FieldsSeq(strings.ToLower(attrs["rel"])) {
		switch rel {
		case "alternate":
			s.alternate(u, attrs)
		case "feed":
			put(&s.hints.Feeds, u)
		case "sitemap":
			put(&s.hints.Sitemaps, u)
		case "amphtml":
			s.hints.AMP = first(s.hints.AMP, u)
		case "canonical":
			s.hints.Canonical = first(s.hints.Canonical, u)
		case "next":
			s.hints.Next = first(s.hints.Next, u)
		}
	}
}

func (s *pageScan) alternate(u string, attrs map[string]string) {
	kind, _, _ := strings.Cut(strings.ToLower(attrs["type"]), ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml":
		put(&s.hints.Feeds, u)
	case "application/json": // JSON Feed 1.0 had no type of its own
		if FeedAddress(u) {
			put(&s.hints.Feeds, u)
		}
	case "", "text/html":
		if lang := attrs["hreflang"]; lang != "" && len(s.hints.Alternates) < maxHints {
			s.hints.Alternates = append(s.hints.Alternates, Alternate{URL: u, Lang: lang})
		}
	}
}

func (s *pageScan) anchor(attrs map[string]string) {
	href := attrs["href"]
	if href == "" {
		return
	}
	next := slices.Contains(strings.Fields(strings.ToLower(attrs["rel"])), "next")
	if !next && !FeedAddress(href) && !SitemapAddress(href) {
		return
	}
	u, ok := resolve(s.base, href)
	switch {
	case !ok:
	case next:
		s.hints.Next = first(s.hints.Next, u)
	case FeedAddress(u):
		if !slices.Contains(s.hints.Feeds, u) {
			put(&s.linked, u)
		}
	case SitemapAddress(u):
		put(&s.hints.Sitemaps, u)
	}
}

func first(have, u string) string {
	if have != "" {
		return have
	}
	return u
}

func put(list *[]string, u string) {
	if len(*list) < maxHints && !slices.Contains(*list, u) {
		*list = append(*list, u)
	}
}

// feedNames are the last segments that addresses of feeds usually have.
var feedNames = []string{"rss", "feed", "feeds", "rss.xml", "feed.xml", "atom.xml", "index.rdf", "index.rss", "feed.json", "index.xml", "rss2.xml", "feed.atom", "feed.rss"}

// FeedAddress reports an address that usually belongs to a feed. It is a reason to
// ask, and none to believe.
func FeedAddress(link string) bool {
	p := pathOf(link)
	if ext := path.Ext(p); ext == ".rss" || ext == ".atom" {
		return true
	}
	return slices.Contains(feedNames, path.Base(p))
}

// SitemapAddress reports an address that usually belongs to a sitemap.
func SitemapAddress(link string) bool {
	name := path.Base(pathOf(link))
	return strings.Contains(name, "sitemap") && (strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".xml.gz") || strings.HasSuffix(name, ".txt"))
}

func pathOf(link string) string {
	if i := strings.IndexAny(link, "?#"); i >= 0 {
		link = link[:i]
	}
	return strings.TrimSuffix(strings.ToLower(link), "/")
}

// The usual places of feeds and sitemaps.
var (
	usualFeeds    = []string{"/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/feed.json", "/index.xml"}
	usualSitemaps = []string{"/sitemap.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_index.xml", "/sitemap.xml.gz"}
)

// UsualFeeds returns where the feeds of a site are that names none, likeliest first.
func UsualFeeds(origin *url.URL) []string { return usual(origin, usualFeeds) }

// UsualSitemaps returns where the sitemaps of a site are that names none.
func UsualSitemaps(origin *url.URL) []string { return usual(origin, usualSitemaps) }

// IsUsual reports an address that is one of either.
func IsUsual(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.RawQuery == "" && (slices.Contains(usualFeeds, u.Path) || slices.Contains(usualSitemaps, u.Path))
}

func usual(origin *url.URL, paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = (&url.URL{Scheme: origin.Scheme, Host: origin.Host, Path: p}).String()
	}
	return out
}
