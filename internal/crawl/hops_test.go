package crawl_test

import (
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"newsarchive/extract"
	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// An article that was first met behind a redirect, and failed at first, is found.
func TestArticleBehindARedirectThatFailedAtFirst(t *testing.T) {
	failed := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<title>Paper</title><a href=/ferry/>Ferry returns</a>`)
		case "/ferry/":
			http.Redirect(w, r, "/ferry", http.StatusMovedPermanently)
		case "/ferry":
			if !failed {
				failed = true
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			fmt.Fprint(w, article("", "", "Ferry returns", ferry))
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
	found := map[string]page.Outcome{}
	c := crawl.Crawl{
		Frontier: frontier.NewMemory(frontier.Options{Backoff: time.Millisecond}), NewFetcher: func() crawl.Fetcher { return client.Worker() },
		Extract: extract.New(extract.Options{}), Done: func(v crawl.Visit) { found[strings.TrimPrefix(v.Row.URL, server.URL)] = v.Row.Outcome },
		Scope: crawl.Scope{Sites: []string{address.Site(strings.TrimPrefix(server.URL, "http://"))}, Depth: math.MaxInt},
	}
	if err := c.Run(t.Context(), []string{server.URL + "/"}); err != nil {
		t.Fatal(err)
	}
	if found["/ferry"] != page.OK {
		t.Errorf("the ends are %v", found)
	}
}
