// Package bounds names every bound that a site or a page is held to, with its
// default, its unit and what happens beyond it. Flags, configuration and the
// documentation read the same table; the packages below enforce it.
package bounds

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Bounds are the values of one run. Default returns them as they are meant.
type Bounds struct {
	Time       time.Duration // one fetch, redirects and robots.txt included
	DialTime   time.Duration // resolving and connecting; the same again for TLS
	HeadTime   time.Duration // from the request to the end of the head
	RateWindow time.Duration // in which a body must bring Rate times its seconds
	Rate       int64         // bytes a second, least

	Wire      int64 // bytes of one response as received
	Head      int64 // bytes of its head, interim ones included
	Fields    int64 // lines of its head
	Body      int64 // bytes of a body decoded
	Ratio     int64 // times that a body may grow by decoding, once past 1 MiB
	Layers    int64 // content codings on one another
	Window    int64 // bytes that a zstd stream may refer back to
	Redirects int64 // followed in one fetch
	Address   int64 // bytes of an address
	Robots    int64 // bytes of a robots.txt

	Feed         int64 // bytes of a feed, unpacked
	FeedItems    int64
	Sitemap      int64 // bytes of a sitemap, unpacked
	SitemapItems int64
	Sitemaps     int64 // of one site
	SitemapPages int64 // that these name

	HTML       int64         // bytes of decoded markup that are parsed
	Tags       int64         // tags of a page
	Attributes int64         // attributes of one tag
	Links      int64         // links of one page that are followed
	ParseTime  time.Duration // building one page's tree

	Barren     int64 // visits in a row of addresses of one form without a new article, once it brought some
	Unproven   int64 // the same of a form that never brought one
	HostBarren int64 // the same of a whole host
	Listed     int64 // times as many of a form that does not grow
	HostPages  int64 // pages of one host

	MinFree int64 // bytes of the archive's disk left alone; 0: 5 % of it, at most 256 MiB
}

// Default returns the bounds that hold where nothing else is said.
func Default() Bounds {
	return Bounds{
		Time: 30 * time.Second, DialTime: 10 * time.Second, HeadTime: 10 * time.Second, RateWindow: 6 * time.Second, Rate: 512,
		Wire: 10 << 20, Head: 256 << 10, Fields: 4000, Body: 20 << 20, Ratio: 200, Layers: 2, Window: 8 << 20,
		Redirects: 10, Address: 4096, Robots: 500 << 10,
		Feed: 10 << 20, FeedItems: 10_000, Sitemap: 50 << 20, SitemapItems: 50_000, Sitemaps: 20_000, SitemapPages: 10_000_000,
		HTML: 12 << 20, Tags: 200_000, Attributes: 1000, Links: 10_000, ParseTime: 4 * time.Second,
		Barren: 200, Unproven: 50, HostBarren: 1000, Listed: 50, HostPages: 1_000_000,
	}
}

// Set gives the bound of a name another value, as a user writes it: "45s",
// "20MiB", "300".
func (b *Bounds) Set(name, value string) error {
	for _, one := range Table {
		if one.Name == name {
			if err := one.set(b, value); err != nil {
				return fmt.Errorf("bound %s: %q: %w", name, value, err)
			}
			return nil
		}
	}
	return fmt.Errorf("no bound is called %q; there are %s", name, strings.Join(Names(), ", "))
}

// Read sets a bound from "NAME=VALUE".
func (b *Bounds) Read(s string) error {
	name, value, ok := strings.Cut(s, "=")
	if !ok {
		return errors.New("want NAME=VALUE, such as body=20MiB")
	}
	return b.Set(strings.TrimSpace(name), strings.TrimSpace(value))
}

// Names returns the names of all bounds, in the order of Table.
func Names() []string {
	names := make([]string, len(Table))
	for i, one := range Table {
		names[i] = one.Name
	}
	return names
}
