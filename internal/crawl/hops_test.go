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
	found := endsOf(t, server.URL)
	if found["/ferry"] != page.OK {
		t.Errorf("the ends are %v", found)
	}
}

// A loop of redirects ends as it does for a page that is asked for alone, whichever of its
// addresses comes first; a page that redirects to itself until a cookie comes is read.
func TestARedirectLoopFails(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<title>Paper</title><a href=/loop/a>Ferry returns</a> <a href=/ferry>Ferry returns</a>`)
		case "/loop/a":
			http.Redirect(w, r, "/loop/b", http.StatusFound)
		case "/loop/b":
			http.Redirect(w, r, "/loop/a", http.StatusFound)
		case "/ferry":
			if _, err := r.Cookie("seen"); err != nil {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
				http.Redirect(w, r, "/ferry", http.StatusFound)
				return
			}
			fmt.Fprint(w, article("", "", "Ferry returns", ferry))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	found := endsOf(t, server.URL)
	if len(found) != 3 || found["/loop/a"]+found["/loop/b"] != page.NetworkError || found["/ferry"] != page.OK {
		t.Errorf("the ends are %v", found)
	}
}

// endsOf crawls a site and returns the outcome of each address, by its path.
func endsOf(t *testing.T, site string) map[string]page.Outcome {
	t.Helper()
	allow, err := fetch.ParseAllowNet("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{AllowNet: []fetch.AllowNet{allow}})
	defer client.Close()
	found := map[string]page.Outcome{}
	c := crawl.Crawl{
		Frontier: frontier.NewMemory(frontier.Options{Backoff: time.Millisecond}), NewFetcher: func() crawl.Fetcher { return client.Worker() },
		Extract: extract.New(extract.Options{}), Done: func(v crawl.Visit) { found[strings.TrimPrefix(v.Row.URL, site)] = v.Row.Outcome },
		Scope: crawl.Scope{Sites: []string{address.Site(strings.TrimPrefix(site, "http://"))}, Depth: math.MaxInt},
	}
	if err := c.Run(t.Context(), []string{site + "/"}); err != nil {
		t.Fatal(err)
	}
	return found
}
