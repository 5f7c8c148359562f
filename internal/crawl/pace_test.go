package crawl_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// messenger serves an article behind two redirects, with a lead image, and notes when
// it was asked for what.
type messenger struct {
	robots string
	mu     sync.Mutex
	asked  []string
	times  []time.Time
}

func (m *messenger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	m.asked, m.times = append(m.asked, r.URL.Path), append(m.times, time.Now())
	m.mu.Unlock()
	switch r.URL.Path {
	case "/robots.txt":
		http.Redirect(w, r, "/rules.txt", http.StatusFound)
	case "/rules.txt":
		fmt.Fprint(w, m.robots)
	case "/":
		http.Redirect(w, r, "/front", http.StatusFound)
	case "/front":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<title>Messenger</title><a href="/go/1">Ferry returns</a>`)
	case "/go/1":
		http.Redirect(w, r, "/go/2", http.StatusMovedPermanently)
	case "/go/2":
		http.Redirect(w, r, "/ferry", http.StatusMovedPermanently)
	case "/ferry":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<title>Ferry returns</title><meta property="og:type" content="article"><meta property="og:image" content="/lead.jpg">
<article><h1>Ferry returns</h1><p>%s</article>`, strings.Repeat("The ferry crosses the sound again after a winter in the yard. ", 30))
	default:
		w.Header().Set("Content-Type", "image/jpeg")
		w.Write(picture)
	}
}

// crawled runs a crawl of the messenger and returns what was asked for, in order.
func (m *messenger) crawled(t *testing.T, pause, delay time.Duration) []string {
	t.Helper()
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	allow, err := fetch.ParseAllowNet("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{AllowNet: []fetch.AllowNet{allow}})
	t.Cleanup(client.Close)
	store, err := archive.Open(filepath.Join(t.TempDir(), "archive"), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fetcher := func() crawl.Fetcher { return client.Worker() }
	c := crawl.Crawl{
		Frontier: frontier.NewMemory(frontier.Options{Delay: delay}), NewFetcher: fetcher, Extract: extract.New(extract.Options{}), Store: store,
		Scope: crawl.Scope{Sites: []string{address.Site(strings.TrimPrefix(server.URL, "http://"))}, Depth: math.MaxInt}, Workers: 3, Done: func(crawl.Visit) {}, MaxPause: pause,
		CrawlDelay: func(string) time.Duration { return client.CrawlDelay(server.URL) },
		Requisites: &crawl.Requisites{NewFetcher: fetcher, Keep: store.PutRequisite, Lead: true},
	}
	if err := c.Run(t.Context(), []string{server.URL + "/"}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return m.asked
}

// paced asks that each request came so long after the one before, from that to a path on.
func (m *messenger) paced(t *testing.T, from string, pace time.Duration) {
	t.Helper()
	const slack = 5 * time.Millisecond // of clocks; a pause is never shorter
	for i := max(1, slices.Index(m.asked, from)); i < len(m.asked); i++ {
		if gap := m.times[i].Sub(m.times[i-1]); gap < pace-slack {
			t.Errorf("%s came %v after %s, the pace is %v", m.asked[i], gap, m.asked[i-1], pace)
		}
	}
}

// Whatever a crawl asks of a host comes at the host's pace: robots.txt and the page
// behind it, redirects, images.
func TestEveryRequestKeepsThePace(t *testing.T) {
	want := []string{"/robots.txt", "/rules.txt", "/", "/front", "/go/1", "/go/2", "/ferry", "/lead.jpg"}
	m := new(messenger)
	if asked := m.crawled(t, 0, 100*time.Millisecond); !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	m.paced(t, "/robots.txt", 100*time.Millisecond)
	m = &messenger{robots: "User-agent: *\nCrawl-delay: 0.2\n"}
	if asked := m.crawled(t, 0, 0); !slices.Equal(asked, want) {
		t.Errorf("with a Crawl-delay: asked for %q, want %q", asked, want)
	}
	m.paced(t, "/", 200*time.Millisecond) // before that it is not known
}

// Where the pace is slower than a visit may wait, the rest is left to other visits, and
// no article is lost.
func TestLongPausesAreLeftToTheFrontier(t *testing.T) {
	m := &messenger{robots: "User-agent: *\nCrawl-delay: 0.3\n"}
	want := []string{"/robots.txt", "/rules.txt", "/", "/front", "/go/1", "/go/2", "/ferry"} // the image would be too late
	if asked := m.crawled(t, 100*time.Millisecond, 0); !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	m.paced(t, "/", 300*time.Millisecond)
}

// hasty asks for robots.txt before each page, and never gets to one.
type hasty struct{ visits *int }

func (h hasty) Fetch(ctx context.Context, req page.Request) (*page.Capture, error) {
	*h.visits++
	u, err := url.Parse(req.URL)
	if err != nil {
		return nil, err
	}
	req.Pace.Asked(u)
	if req.Pace.Wait(ctx, u, true) {
		return nil, errors.New("it was waited for")
	}
	return &page.Capture{Requested: req.URL, Outcome: page.NetworkError, Err: "too early"}, nil
}

// A page that always comes too early for its host has its end like others.
func TestTooEarlyHasAnEnd(t *testing.T) {
	visits, ends := 0, 0
	c := crawl.Crawl{
		Frontier: frontier.NewMemory(frontier.Options{Delay: 20 * time.Millisecond, MaxTries: 2, Backoff: time.Millisecond}), MaxPause: time.Millisecond,
		NewFetcher: func() crawl.Fetcher { return hasty{&visits} }, Extract: extract.New(extract.Options{}), Done: func(crawl.Visit) { ends++ },
	}
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	if err := c.Run(ctx, []string{"https://news.example/"}); err != nil || ends != 1 || visits < 3 || visits > 10 {
		t.Errorf("%d visits, %d ends, %v", visits, ends, err)
	}
}
