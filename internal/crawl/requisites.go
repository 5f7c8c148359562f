package crawl

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/requisite"
	"newsarchive/page"
)

// Requisites say what is fetched beside a page so that it can be seen later.
// NewFetcher and Keep are required. Beside single pages, like a browser,
// it asks one host for one thing after the other without a pause between them; a crawl
// keeps the pace of hosts. robots.txt holds all the same, for nobody looks at the page now.
type Requisites struct {
	NewFetcher func() Fetcher
	// Keep stores a capture durably as a requisite of the page that the row is of.
	Keep func(ctx context.Context, c *page.Capture, of page.Row) error
	Lead bool // only the article's first image; else all that the page needs
	// Bounds for one page: requisites, default 200; bytes received, default 64 MiB;
	// time, default 60 s.
	MaxCount int
	MaxBytes int64
	MaxTime  time.Duration
}

// Taken counts the requisites of a page. What fails never fails the page.
type Taken struct {
	Kept   int   // responses that arrived whole and well
	Failed int   // could not be had, or were answered with an error
	Left   int   // not asked for, since a bound was reached
	Bytes  int64 // received
}

// Add adds up.
func (t *Taken) Add(o Taken) {
	t.Kept, t.Failed, t.Left, t.Bytes = t.Kept+o.Kept, t.Failed+o.Failed, t.Left+o.Left, t.Bytes+o.Bytes
}

// importRounds is how deep stylesheets may import stylesheets.
const importRounds = 5

// hostsAtOnce is how many hosts a page's requisites are asked of at the same time.
const hostsAtOnce = 6

// taking is the work for one page.
type taking struct {
	*Requisites
	ctx  context.Context
	of   page.Row
	pace page.Pace // nil for none
	site string
	seen map[string]bool

	mu    sync.Mutex
	done  Taken
	asked int
	found []requisite.Found // in the stylesheets of this round
	fatal error             // of the archive
}

// take fetches and keeps what the page needs. Its error is one of the archive.
func (q *Requisites) take(ctx context.Context, c *page.Capture, of page.Row, kept bool, pace *Pace) (Taken, error) {
	if q == nil || !kept || of.WARCRecordID == "" {
		return Taken{}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(q.MaxTime, time.Minute))
	defer cancel()
	t := &taking{Requisites: q, ctx: ctx, of: of, site: of.Site, seen: map[string]bool{}}
	if pace != nil {
		t.pace = pace
	}
	waiting := t.wanted(q.of(c, of))
	for round := 0; round < importRounds && len(waiting) > 0 && waiting[0].Kind == requisite.Style; round++ {
		n := slices.IndexFunc(waiting, func(f requisite.Found) bool { return f.Kind != requisite.Style })
		if n < 0 {
			n = len(waiting)
		}
		t.fetchAll(waiting[:n])
		waiting = byKind(append(waiting[n:], t.wanted(t.found)...))
		t.found = nil
	}
	t.fetchAll(waiting)
	return t.done, t.fatal
}

// of lists what a page names.
func (q *Requisites) of(c *page.Capture, row page.Row) []requisite.Found {
	doc := c.Document()
	if doc == nil || doc.Status < 200 || doc.Status > 299 {
		return nil
	}
	if q.Lead {
		if !row.Outcome.HasArticle() || len(row.Images) == 0 {
			return nil
		}
		return []requisite.Found{{URL: row.Images[0], Kind: requisite.Image}}
	}
	if kind := doc.Header.Get("Content-Type"); kind == "" || strings.Contains(strings.ToLower(kind), "html") {
		return byKind(requisite.HTML(doc.Body, kind, doc.URL))
	}
	return nil
}

// byKind puts first what a page misses most.
func byKind(list []requisite.Found) []requisite.Found {
	slices.SortStableFunc(list, func(a, b requisite.Found) int { return cmp.Compare(a.Kind, b.Kind) })
	return list
}

// wanted leaves out what was asked for, and scripts of other sites: those are
// advertisements and counters, and fetch more than the archive can have.
func (t *taking) wanted(list []requisite.Found) (out []requisite.Found) {
	for _, f := range list {
		if t.seen[f.URL] || f.Kind == requisite.Script && siteOf(f.URL) != t.site {
			continue
		}
		t.seen[f.URL] = true
		out = append(out, f)
	}
	return out
}

func siteOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return address.Site(u.Host)
}

// fetchAll fetches the list, several hosts at the same time.
func (t *taking) fetchAll(list []requisite.Found) {
	hosts := map[string][]requisite.Found{}
	for _, f := range list {
		u, err := url.Parse(f.URL)
		if err == nil {
			hosts[u.Host] = append(hosts[u.Host], f)
		}
	}
	slots := make(chan struct{}, hostsAtOnce)
	var all sync.WaitGroup
	for _, list := range hosts {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			f := t.NewFetcher()
			for _, wanted := range list {
				t.fetch(f, wanted)
			}
		})
	}
	all.Wait()
}

// fetch fetches and keeps one requisite.
func (t *taking) fetch(f Fetcher, wanted requisite.Found) {
	if !t.begin() {
		return
	}
	c, err := f.Fetch(t.ctx, page.Request{URL: wanted.URL, Header: t.header(wanted), Pace: t.pace})
	if err != nil { // the time is over
		t.add(Taken{Left: 1})
		return
	}
	n := Taken{Bytes: received(c)}
	doc := c.Document()
	if doc == nil || c.Outcome != "" || doc.Status < 200 || doc.Status > 299 || doc.Truncated != "" {
		n.Failed = 1
	} else {
		n.Kept = 1
	}
	t.add(n)
	if n.Kept == 1 && wanted.Kind == requisite.Style {
		more := requisite.CSS(doc.Body, doc.URL)
		t.mu.Lock()
		t.found = append(t.found, more...)
		t.mu.Unlock()
	}
	if len(c.Exchanges)+len(c.Side) == 0 {
		return
	}
	if err := t.Keep(context.WithoutCancel(t.ctx), c, t.of); err != nil {
		t.mu.Lock()
		t.fatal = errors.Join(t.fatal, err)
		t.mu.Unlock()
	}
}

// begin asks for leave to fetch one more.
func (t *taking) begin() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fatal != nil || t.ctx.Err() != nil || t.asked >= cmp.Or(t.MaxCount, 200) || t.done.Bytes >= cmp.Or(t.MaxBytes, 64<<20) {
		t.done.Left++
		return false
	}
	t.asked++
	return true
}

func (t *taking) add(n Taken) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done.Add(n)
}

// accepts are the Accept fields that browsers send.
var accepts = map[requisite.Kind]string{
	requisite.Style: "text/css,*/*;q=0.1",
	requisite.Image: "image/avif,image/webp,image/svg+xml,image/*,*/*;q=0.8",
}

// header is what a browser would send: what it takes, and, as many hosts of images
// insist, where it stands. Another origin is told no more than the page's own origin.
func (t *taking) header(wanted requisite.Found) page.Header {
	h := http.Header{"Accept": {"*/*"}}
	if a, ok := accepts[wanted.Kind]; ok {
		h.Set("Accept", a)
	}
	from, err := url.Parse(t.of.URL)
	to, terr := url.Parse(wanted.URL)
	switch {
	case err != nil || terr != nil || from.Scheme == "https" && to.Scheme == "http":
	case from.Scheme == to.Scheme && from.Host == to.Host:
		h.Set("Referer", from.String())
	default:
		h.Set("Referer", from.Scheme+"://"+from.Host+"/")
	}
	return page.Header(h)
}
