package crawl

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"
	"sync"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/frontier"
)

// A quota bounds what sitemaps add to a run: how many of them a site may name, and how
// many pages. What was known does not count.
type quota struct {
	mu    sync.Mutex
	sites map[string]*added // by site
}

// added is what the sitemaps of a site added since a time.
type added struct {
	sitemaps, pages int
	since           time.Time
}

// quotaTime is for how long a quota is: runs may have no end.
const quotaTime = 24 * time.Hour

func (q *quota) of(it frontier.Item, now time.Time) *added {
	site := it.Site
	if u, err := url.Parse(it.URL); err == nil && site == "" {
		site = address.Site(u.Host)
	}
	if q.sites == nil {
		q.sites = map[string]*added{}
	}
	a := q.sites[site]
	if a == nil || now.Sub(a.since) > quotaTime {
		a = &added{since: now}
		q.sites[site] = a
	}
	return a
}

// most is a bound of which 0 is none.
func (c *Crawl) most(n int) int { return cmp.Or(n, math.MaxInt) }

// within leaves out what the quota of the list's site has no room for. It returns the
// rest, and says what was left.
func (q *quota) within(it frontier.Item, found []frontier.Item, sitemaps, pages int) (rest []frontier.Item, left string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	a := q.of(it, time.Now())
	maps, others := sitemaps-a.sitemaps, pages-a.pages
	rest = slices.DeleteFunc(slices.Clone(found), func(f frontier.Item) bool {
		room := &others
		if f.Kind == frontier.Sitemap {
			room = &maps
		}
		*room--
		return *room < 0
	})
	switch {
	case maps < 0:
		return rest, fmt.Sprintf("more than %d sitemaps of one site: %d named here are not followed", sitemaps, -maps)
	case others < 0:
		return rest, fmt.Sprintf("more than %d pages in the sitemaps of one site: %d named here are not followed", pages, -others)
	}
	return rest, ""
}

// count notes what a list added.
func (q *quota) count(it frontier.Item, found []frontier.Item, n int) {
	if it.Kind != frontier.Sitemap || n == 0 {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	a := q.of(it, time.Now())
	if slices.ContainsFunc(found, func(f frontier.Item) bool { return f.Kind == frontier.Sitemap }) { // an index names nothing else
		a.sitemaps += n
	} else {
		a.pages += n
	}
}
