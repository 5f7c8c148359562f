package bounds

import "time"

// A Bound says what one of the Bounds is about.
type Bound struct {
	Name   string
	Says   string // what it bounds
	Beyond string // how a page ends that goes beyond it
	field  func(*Bounds) any
	most   int64 // no higher value can be set; 0 for any
}

// Table has every bound. The order is that of one page's way.
var Table = []Bound{
	{"time", "one fetch, redirects and robots.txt included", "cut, WARC-Truncated: time; network_error before a head", func(b *Bounds) any { return &b.Time }, 0},
	{"dial-time", "resolving and connecting; the same again for TLS", "network_error", func(b *Bounds) any { return &b.DialTime }, 0},
	{"head-time", "from the request to the first byte of the answer, and on to the end of its head", "network_error, WARC-Truncated: time", func(b *Bounds) any { return &b.HeadTime }, 0},
	{"rate", "bytes a second of a body, least", "cut, WARC-Truncated: time", func(b *Bounds) any { return &b.Rate }, 0},
	{"rate-window", "time over which the rate is taken", "", func(b *Bounds) any { return &b.RateWindow }, 0},
	{"address", "bytes of an address", "unsafe_address; a link is not followed", func(b *Bounds) any { return &b.Address }, 4096},
	{"redirects", "redirects of one fetch", "network_error", func(b *Bounds) any { return &b.Redirects }, 100},
	{"robots", "bytes of a robots.txt that are read", "the rest is not read", func(b *Bounds) any { return &b.Robots }, 0},
	{"head", "bytes of a response's head, interim ones included", "too_large, WARC-Truncated: length", func(b *Bounds) any { return &b.Head }, 0},
	{"fields", "lines of a response's head", "too_large", func(b *Bounds) any { return &b.Fields }, 0},
	{"wire", "bytes of a response as received, chunk heads included", "cut, WARC-Truncated: length", func(b *Bounds) any { return &b.Wire }, 1 << 30},
	{"body", "bytes of a body decoded", "decode_error; partial or too_large", func(b *Bounds) any { return &b.Body }, 1 << 30},
	{"ratio", "times that a body may grow by decoding, once past 1 MiB", "decode_error; partial or too_large", func(b *Bounds) any { return &b.Ratio }, 0},
	{"layers", "content codings on one another", "decode_error; partial or too_large", func(b *Bounds) any { return &b.Layers }, 16},
	{"window", "bytes that a zstd stream may refer back to", "decode_error; partial or too_large", func(b *Bounds) any { return &b.Window }, 512 << 20},
	{"feed", "bytes of a feed, unpacked", "not read; the list's error says so", func(b *Bounds) any { return &b.Feed }, 1 << 30},
	{"feed-items", "entries of a feed", "the rest is not read; the list says so", func(b *Bounds) any { return &b.FeedItems }, 0},
	{"sitemap", "bytes of a sitemap, unpacked", "the rest is not read; the list says so", func(b *Bounds) any { return &b.Sitemap }, 1 << 30},
	{"sitemap-items", "entries of a sitemap", "the rest is not read; the list says so", func(b *Bounds) any { return &b.SitemapItems }, 0},
	{"sitemaps", "sitemaps of one site that others name, in a run or a day of it", "no other is followed; the list says so", func(b *Bounds) any { return &b.Sitemaps }, 0},
	{"sitemap-pages", "new pages that the sitemaps of one site name, in a run or a day of it", "no other is queued; the list says so", func(b *Bounds) any { return &b.SitemapPages }, 0},
	{"html", "bytes of decoded markup that are parsed", "bounded_size; partial", func(b *Bounds) any { return &b.HTML }, 0},
	{"tags", "tags of a page, and so the nodes of its tree; an eighth of an answer without end", "bounded_nodes; partial", func(b *Bounds) any { return &b.Tags }, 0},
	{"attributes", "attributes of one tag", "bounded_attributes; partial", func(b *Bounds) any { return &b.Attributes }, 0},
	{"parse-time", "building the tree of one page", "bounded_time; partial", func(b *Bounds) any { return &b.ParseTime }, 0},
	{"links", "links of one page that are followed", "the rest is not followed", func(b *Bounds) any { return &b.Links }, 0},
	{"barren", "visits in a row of addresses of one form that bring no new article, where some did, and lead to more of the form", "such addresses are not queued", func(b *Bounds) any { return &b.Barren }, 0},
	{"unproven", "the same, where none ever did", "such addresses are not queued", func(b *Bounds) any { return &b.Unproven }, 0},
	{"host-barren", "visits in a row of one host that bring no new article", "forms of addresses that never brought one are not queued", func(b *Bounds) any { return &b.HostBarren }, 0},
	{"listed", "times as many visits, of a form whose pages lead to no more of it: a set that others list", "such addresses are not queued", func(b *Bounds) any { return &b.Listed }, 0},
	{"host-pages", "pages of one host, visited for the first time", "no other is queued but what feeds and sitemaps name", func(b *Bounds) any { return &b.HostPages }, 0},
	{"min-free", "bytes of the archive's disk left alone (default: 5 % of it, at most 256 MiB)", "the run ends with exit code 8", func(b *Bounds) any { return &b.MinFree }, 0},
}

// size reports the bounds that are written in bytes.
var size = map[string]bool{"wire": true, "head": true, "body": true, "window": true, "robots": true, "html": true, "feed": true, "sitemap": true, "min-free": true}

// Text returns the value of a bound as Set reads it.
func (one Bound) Text(b Bounds) string {
	switch v := one.field(&b).(type) {
	case *time.Duration:
		return v.String()
	case *int64:
		return number(*v, size[one.Name])
	}
	return ""
}
