package sites

import (
	"context"
	"net/url"

	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/page"
)

// Fetcher returns a fetcher that takes each page with the bounds of its site.
func (s *Set) Fetcher() crawl.Fetcher {
	return &fetcher{set: s, workers: map[*fetch.Client]*fetch.Worker{}}
}

// fetcher is one worker's: of each client it has one worker of its own.
type fetcher struct {
	set     *Set
	workers map[*fetch.Client]*fetch.Worker
}

// Fetch fetches one page.
func (f *fetcher) Fetch(ctx context.Context, r page.Request) (*page.Capture, error) {
	client := f.set.spare
	if u, err := url.Parse(r.URL); err == nil {
		if site := f.set.byName[address.Site(u.Host)]; site != nil {
			client = site.client
		}
	}
	if f.workers[client] == nil {
		f.workers[client] = client.Worker()
	}
	return f.workers[client].Fetch(ctx, r)
}
