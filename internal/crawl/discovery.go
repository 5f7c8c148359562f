package crawl

import (
	"cmp"
	"fmt"
	"net/http"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A Discovery is what a feed, a sitemap or a start page led to.
type Discovery struct {
	Found []frontier.Item // in the order to visit them; those known already are dropped
	// MinRest is how long the list asks to be left alone (its TTL); 0 if it does not.
	MinRest time.Duration
	// Newest is the latest time that an entry of a list names; zero if none does.
	Newest time.Time
	Err    string // one line that says why the document could not be read; "" if it could
}

// read extracts a capture. Feeds and sitemaps are no pages: nothing is extracted
// from those that came, nor from what did not change since the last visit, and
// neither has a row in the archive.
func (c *Crawl) read(it frontier.Item, capture *page.Capture) *page.Reading {
	switch {
	case asBefore(it, capture):
		return unread(it, capture, endAgain(it))
	case it.Kind.List() && answered(capture):
		return unread(it, capture, page.NotArticle)
	}
	r := c.Extract.Extract(capture)
	if c.leadsAway(it, capture, r) {
		capture.Next, capture.Outcome = r.AMPOf, page.Unchanged
		capture.Err = page.Printable("AMP version of "+r.AMPOf+", which is visited by itself", 300)
		return unread(it, capture, page.Unchanged)
	}
	date(&r.Row, it)
	if r.Row.TDM == "" { // the page says nothing itself
		r.Row.TDM = capture.TDM
	}
	return r
}

// leadsAway reports an AMP page whose article is visited in its place. Two pages that
// say this of one another are none.
func (c *Crawl) leadsAway(it frontier.Item, capture *page.Capture, r *page.Reading) bool {
	return r.AMPOf != "" && !c.Chains && answered(capture) && (it.Depth == 0 || c.scopeOf(it).Admits(r.AMPOf)) &&
		address.Key(r.AMPOf) != address.Key(it.From)
}

// answered reports a capture whose document was sent.
func answered(capture *page.Capture) bool {
	doc := capture.Document()
	return capture.Outcome == "" && capture.Next == "" && doc != nil && doc.Status == http.StatusOK
}

// leads asks Discover. A panic there is one document's failure.
func (c *Crawl) leads(it frontier.Item, capture *page.Capture, reading *page.Reading) (d Discovery) {
	defer func() {
		if p := recover(); p != nil {
			d = Discovery{Err: fmt.Sprintf("fault while reading: %v", p)}
		}
	}()
	return c.Discover(it, capture, reading)
}

// discover adds what a list or a start page led to, and returns it.
func (c *Crawl) discover(res *frontier.Result, capture *page.Capture, reading *page.Reading) (d Discovery) {
	it := res.Item
	enters := it.Kind == frontier.Start || c.Enter && it.Kind == frontier.Page && it.Depth == 0 && it.From == ""
	if c.Discover == nil || !it.Kind.List() && !enters || !answered(capture) || res.Trace.Outcome == page.Unchanged {
		return d
	}
	if it.Kind.List() {
		reading = nil
	}
	d = c.leads(it, capture, reading)
	if it.Kind == frontier.Sitemap {
		var left string
		if d.Found, left = c.quota.within(it, d.Found, c.most(c.MaxSitemaps), c.most(c.MaxListed)); left != "" {
			d.Err = left
		}
	}
	scope := c.scopeOf(it)
	for _, found := range d.Found {
		if !found.Kind.List() && !scope.Admits(found.URL) {
			continue
		}
		found.From, found.Site = cmp.Or(found.From, it.URL), cmp.Or(found.Site, it.Site)
		if found.Depth == 0 && !found.Kind.List() {
			found.Depth = it.Depth + 1
		}
		res.Found = append(res.Found, found)
	}
	res.Rest = max(res.Rest, d.MinRest)
	if d.Err != "" {
		res.Trace.Err = page.Printable(d.Err, 300)
	}
	return d
}

// date gives an article that names no date of its own the one that a feed or a
// sitemap named.
func date(row *page.Row, it frontier.Item) {
	if row.PublishedAt != nil || it.Published.IsZero() || !row.Outcome.HasArticle() {
		return
	}
	at := it.Published.UTC().Truncate(time.Second)
	row.PublishedAt, row.PublishedSource = &at, it.PublishedSource
	row.PublishedPrecision, row.PublishedRaw = cmp.Or(it.PublishedPrecision, "second"), at.Format(time.RFC3339)
	if it.PublishedPrecision == "day" {
		row.PublishedRaw = at.Format(time.DateOnly)
	}
}
