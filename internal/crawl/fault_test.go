package crawl_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"newsarchive/extract"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A panic of what looks for lists is the failure of that document; the run goes on.
func TestAPanicIsOneDocumentsFailure(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<p>"+strings.Repeat("The bridge is open again. ", 40)+`<a href="/next">next</a>`)
	}))
	defer server.Close()
	allow, err := fetch.ParseAllowNet("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{AllowNet: []fetch.AllowNet{allow}, IgnoreRobots: true})
	defer client.Close()
	var visits []string
	c := crawl.Crawl{
		Frontier: frontier.NewMemory(frontier.Options{}), NewFetcher: func() crawl.Fetcher { return client.Worker() },
		Extract: extract.New(extract.Options{}), Enter: true,
		Discover: func(frontier.Item, *page.Capture, *page.Reading) crawl.Discovery { panic("in a parser") },
		Done:     func(v crawl.Visit) { visits = append(visits, fmt.Sprint(v.Row.Outcome, " ", v.Err)) },
	}
	if err := c.Run(t.Context(), []string{server.URL + "/"}); err != nil {
		t.Fatal(err)
	}
	if len(visits) == 0 || !strings.Contains(visits[0], "fault while reading: in a parser") {
		t.Errorf("visits %q", visits)
	}
}
