package main

import (
	"context"
	"net/url"

	"newsarchive/internal/discover"
)

// maxLists is how many feeds and sitemaps discover asks for.
const maxLists = 20

// A listFind is one feed or sitemap.
type listFind struct {
	URL  string
	List *discover.List // nil where it could not be read
	Why  string         // it could not be read
}

// lists reads the named lists and those that they name in turn; where none is named,
// the first of the usual ones that is there.
func (d *discovering) lists(ctx context.Context, named, usual []string) error {
	seen := map[string]bool{}
	if len(named) == 0 {
		first, err := d.first(ctx, usual)
		if err != nil || first.List == nil {
			return err
		}
		d.found.Lists = append(d.found.Lists, first)
		seen[first.URL], named = true, first.names()
	}
	for ; len(named) > 0 && len(d.found.Lists) < maxLists; named = named[1:] {
		if seen[named[0]] {
			continue
		}
		seen[named[0]] = true
		find, err := d.list(ctx, named[0])
		if err != nil {
			return err
		}
		d.found.Lists = append(d.found.Lists, find)
		named = append(named, find.names()...)
	}
	return nil
}

// first reads the first of the lists that is there; the zero find if none is.
func (d *discovering) first(ctx context.Context, links []string) (listFind, error) {
	for _, link := range links {
		if find, err := d.list(ctx, link); err != nil || find.List != nil {
			return find, err
		}
	}
	return listFind{}, nil
}

// names are the feeds and sitemaps that a list leads to.
func (f listFind) names() (links []string) {
	if f.List == nil {
		return nil
	}
	for _, e := range f.List.Entries {
		if e.Kind == discover.Sitemap || e.Kind == discover.Feed {
			links = append(links, e.URL)
		}
	}
	return links
}

func (d *discovering) list(ctx context.Context, link string) (listFind, error) {
	find := listFind{URL: link}
	capture, err := d.ask(ctx, link)
	if err != nil {
		return find, err
	}
	doc := capture.Document()
	if doc == nil || doc.Status != 200 {
		find.Why = or(capture.Err, "there is none")
		return find, nil
	}
	base, err := url.Parse(doc.URL)
	if err == nil {
		find.List, err = listBounds(d.bounds).Read(doc.Body, base)
	}
	if err != nil {
		find.Why = err.Error()
	}
	return find, nil
}
