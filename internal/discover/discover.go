// Package discover reads what sites publish so that their articles are found:
// feeds (RSS, Atom, JSON Feed), sitemaps with their news extension and their
// indexes, and the pages and robots.txt files that lead to them.
//
// It is bytes and an address in, entries out: it asks for nothing, keeps nothing
// and decides nothing about what is visited. Every reader has bounds of its own
// and says where one of them ended the reading.
package discover

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// A Kind is what an address is said to lead to; "" where nothing says so.
type Kind string

// The kinds.
const (
	Feed    Kind = "feed"
	Sitemap Kind = "sitemap"
	Section Kind = "section"
	Article Kind = "article"
)

// The formats of a List.
const (
	RSS      = "rss"
	Atom     = "atom"
	JSONFeed = "json"
	URLSet   = "urlset" // sitemaps.org
	News     = "news"   // a urlset with the news extension
	Index    = "index"  // a sitemap of sitemaps
	Text     = "text"   // one address a line
)

// An Entry is one address that a list or a page names.
type Entry struct {
	URL          string // absolute, http or https, without fragment
	Kind         Kind
	Title        string    // on one line; may be ""
	Published    time.Time // UTC; zero where none is named. Never the time of a change
	PublishedRaw string    // as written
	Modified     time.Time // UTC; zero where none is named
}

// clock is a time of day, with its seconds or without.
var clock = regexp.MustCompile(`\b\d{1,2}:\d{2}(:\d{2})?`)

// Precision is how fine the date of publication is as it was written: "day",
// "minute" or "second"; "" where none is named.
func (e Entry) Precision() string {
	switch m := clock.FindStringSubmatch(strings.ReplaceAll(e.PublishedRaw, "T", " ")); {
	case e.Published.IsZero():
		return ""
	case m == nil:
		return "day"
	case m[1] == "":
		return "minute"
	}
	return "second"
}

// A List is what a feed or a sitemap says.
type List struct {
	Kind    Kind   // Feed or Sitemap
	Format  string // one of the formats
	Title   string
	TTL     time.Duration // how long the list asks not to be fetched again; 0 if it does not
	Entries []Entry       // in the order of the document, each address once
	Cut     string        // the bound that ended the reading; "" if it was read whole
}

// Newest returns the latest time that an entry names, be it of publication or of
// change; zero if none does.
func (l *List) Newest() (newest time.Time) {
	for _, e := range l.Entries {
		for _, t := range [...]time.Time{e.Published, e.Modified} {
			if t.After(newest) {
				newest = t
			}
		}
	}
	return newest
}

// Limits bound what is read of one list. The zero value stands for DefaultLimits.
type Limits struct {
	Feed         int64 // bytes of a feed, unpacked
	FeedItems    int
	Sitemap      int64 // bytes of a sitemap, unpacked; the rest is not read
	SitemapItems int
}

// DefaultLimits are those of Read; those of sitemaps are the protocol's own.
func DefaultLimits() Limits {
	return Limits{Feed: 10 << 20, FeedItems: 10_000, Sitemap: 50 << 20, SitemapItems: 50_000}
}

// Bounds that are not to be set.
const (
	maxDepth      = 200     // elements in one another
	maxNamespaces = 64      // declared around one element
	maxTitle      = 500     // bytes kept of a title
	maxWords      = 40_000  // of a tag: a name and a value for each attribute; more than there are in rootBytes
	maxParts      = 400_000 // elements and attributes of a feed: it is held as a whole
)

// ErrNoList reports a document that is neither a feed nor a sitemap.
var ErrNoList = errors.New("neither a feed nor a sitemap")

// Read reads a feed or a sitemap of any format, packed with gzip or not. Relative
// addresses are taken to be relative to base. What it returns beside an error is
// nil: a list is read as far as a bound allows, or not at all.
func Read(body []byte, base *url.URL) (*List, error) { return Limits{}.Read(body, base) }

// Read is as the function Read, within these limits.
func (m Limits) Read(body []byte, base *url.URL) (list *List, err error) {
	defer func() {
		if p := recover(); p != nil { // in a parser that is not ours
			list, err = nil, fmt.Errorf("read list: fault in the parser: %v", p)
		}
	}()
	if m == (Limits{}) {
		m = DefaultLimits()
	}
	src := newSource(body)
	switch root := src.root(); root {
	case "rss", "RDF", "feed", "{":
		return m.readFeed(src, root, base)
	case "urlset", "sitemapindex":
		return m.readSitemap(src, base)
	case "http":
		return m.readText(src, base)
	}
	return nil, ErrNoList
}

// collector gathers entries, each address once, up to a bound.
type collector struct {
	list *List
	base *url.URL
	most int
	seen map[string]bool
}

func newCollector(l *List, base *url.URL, most int) *collector {
	return &collector{list: l, base: base, most: most, seen: map[string]bool{}}
}

// add takes one entry, whose URL may be relative; it returns false when full.
func (c *collector) add(e Entry) bool {
	u, ok := resolve(c.base, e.URL)
	if !ok || c.seen[u] {
		return true
	}
	if len(c.list.Entries) >= c.most {
		c.list.Cut = tooMany(c.most)
		return false
	}
	c.seen[u] = true
	e.URL, e.Title = u, oneLine(e.Title)
	c.list.Entries = append(c.list.Entries, e)
	return true
}

// tooMany is what List.Cut says of a list with more than most entries.
func tooMany(most int) string { return fmt.Sprintf("more than %d entries", most) }

// oneLine makes a title one line of bounded length.
func oneLine(s string) string {
	b := bytes.Join(bytes.Fields([]byte(s)), []byte(" "))
	if len(b) > maxTitle {
		b = bytes.ToValidUTF8(b[:maxTitle], nil)
	}
	return string(b)
}
