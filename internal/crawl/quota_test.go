package crawl_test

import (
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"newsarchive/extract"
	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
)

// However many sitemaps and pages a site names, a run takes a bounded number of each,
// and says what it left; the pages that were named before are visited.
func TestSitemapsOfOneSiteEnd(t *testing.T) {
	var mu sync.Mutex
	var sitemaps, stories int
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		var n int
		switch {
		case r.URL.Path == "/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<title>Paper</title><link rel=sitemap href=/index.xml>`)
		case r.URL.Path == "/index.xml":
			fmt.Fprint(w, "<sitemapindex>")
			for i := range 50 {
				fmt.Fprintf(w, "<sitemap><loc>/s%d.xml</loc></sitemap>", i)
			}
			fmt.Fprint(w, "</sitemapindex>")
		case strings.HasSuffix(r.URL.Path, ".xml"):
			sitemaps++
			fmt.Sscanf(r.URL.Path, "/s%d.xml", &n)
			fmt.Fprint(w, "<urlset>")
			for i := range 10 {
				fmt.Fprintf(w, "<url><loc>/story-%d-%d</loc></url>", n, i)
			}
			fmt.Fprint(w, "</urlset>")
		case strings.HasPrefix(r.URL.Path, "/story-"):
			stories++
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<p>Nothing to read.`)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	allow, err := fetch.ParseAllowNet("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{AllowNet: []fetch.AllowNet{allow}})
	defer client.Close()
	complaints := map[string]string{}
	finder := crawl.Finder{Sitemaps: true}
	c := crawl.Crawl{
		Frontier: frontier.NewMemory(frontier.Options{}), NewFetcher: func() crawl.Fetcher { return client.Worker() },
		Extract: extract.New(extract.Options{}), Discover: finder.Find, Enter: true, MaxSitemaps: 4, MaxListed: 35,
		Scope: crawl.Scope{Sites: []string{address.Site(strings.TrimPrefix(server.URL, "http://"))}, Depth: math.MaxInt},
		Done: func(v crawl.Visit) {
			if v.Item.Kind == frontier.Sitemap && v.Err != "" {
				complaints[strings.TrimPrefix(v.Item.URL, server.URL)] = v.Err
			}
		},
	}
	if err := c.Run(t.Context(), []string{server.URL + "/"}); err != nil {
		t.Fatal(err)
	}
	if sitemaps != 4 || stories != 35 {
		t.Errorf("%d sitemaps and %d pages were visited, want 4 and 35", sitemaps, stories)
	}
	want := map[string]string{
		"/index.xml": "more than 4 sitemaps of one site: 46 named here are not followed",
		"/s3.xml":    "more than 35 pages in the sitemaps of one site: 5 named here are not followed",
	}
	if fmt.Sprint(complaints) != fmt.Sprint(want) {
		t.Errorf("complaints %q, want %q", complaints, want)
	}
}
