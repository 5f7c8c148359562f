package main

import (
	"net/url"

	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/report"
	"newsarchive/page"
)

// maxPlaces bounds how many sites, and how many hosts, a run is counted by.
const maxPlaces = 20_000

// place counts a visit for its site and its host.
func (t *tally) place(v crawl.Visit) {
	u, err := url.Parse(v.Item.URL)
	if err != nil {
		return
	}
	if s := placed(t.sites, address.Site(u.Host)); s != nil {
		s.Site = page.Clean(address.Site(u.Host))
		t.placeSite(s, v)
	}
	if h := placed(t.hosts, u.Host); h != nil {
		h.Host = page.Clean(u.Host)
		h.Pages++
		h.Total += v.Took.Milliseconds()
		h.Slowest = max(h.Slowest, v.Took.Milliseconds())
	}
}

func (t *tally) placeSite(s *report.Site, v crawl.Visit) {
	s.Pages++
	s.Bytes += v.Bytes
	o := v.Row.Outcome
	switch {
	case isArticle(v.Row):
		s.Articles++
		if v.Row.Change == "new" {
			s.New++
		}
		if v.Row.Change == "changed" {
			s.Changed++
		}
	case o.Failed(v.Row.HTTPStatus):
		s.Failed++
	}
}

// placed returns what is counted for key, nil where there are too many already.
func placed[T any](m map[string]*T, key string) *T {
	if m[key] == nil && len(m) < maxPlaces {
		m[key] = new(T)
	}
	return m[key]
}
