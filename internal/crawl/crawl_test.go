package crawl_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
	"newsarchive/internal/testsite"
	"newsarchive/page"
)

// town is a crawl of one made-up site through the real packages.
type town struct {
	*crawl.Crawl
	server *testsite.Server
	site   testsite.Site
	dir    string
	store  *archive.Archive
	visits []crawl.Visit
}

func newTown(t *testing.T, folder string, fo frontier.Options) *town {
	t.Helper()
	server, err := testsite.Start(testsite.Options{Only: []string{folder}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	allow, err := fetch.ParseAllowNet("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{AllowNet: []fetch.AllowNet{allow}})
	t.Cleanup(client.Close)
	w := &town{server: server, site: server.Site(folder), dir: filepath.Join(t.TempDir(), "archive")}
	if w.store, err = archive.Open(w.dir, archive.Options{}); err != nil {
		t.Fatal(err)
	}
	w.Crawl = &crawl.Crawl{
		Frontier:   frontier.NewMemory(fo),
		NewFetcher: func() crawl.Fetcher { return client.Worker() },
		Extract:    extract.New(extract.Options{}),
		Store:      w.store,
		Scope:      crawl.Scope{Sites: []string{address.Site(strings.TrimPrefix(w.site.URL, "http://"))}, Depth: math.MaxInt},
		Workers:    3,
		Done:       func(v crawl.Visit) { w.visits = append(w.visits, v) },
	}
	return w
}

// rows closes the archive and returns the newest rows by path.
func (w *town) rows(t *testing.T) map[string]page.Row {
	t.Helper()
	if err := w.store.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := archive.OpenReader(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	rows := map[string]page.Row{}
	for row, err := range r.Latest() {
		if err != nil {
			t.Fatal(err)
		}
		rows[strings.TrimPrefix(row.URL, w.site.URL)] = row
	}
	return rows
}

func TestCrawlFindsEveryPageOnce(t *testing.T) {
	w := newTown(t, "courier", frontier.Options{})
	if err := w.Run(t.Context(), []string{w.site.Start}); err != nil {
		t.Fatal(err)
	}
	if rows := w.rows(t); rows["/city/bridge-reopens"].Outcome != page.OK || rows["/business/seaweed-mill"].Outcome != page.OK {
		t.Errorf("articles are missing among %d rows", len(rows))
	}
	for path, n := range w.server.Counts("courier") {
		if n > 1 {
			t.Errorf("%s was requested %d times", path, n)
		}
		if strings.HasPrefix(path, "/internal/") {
			t.Errorf("%s was requested although robots.txt disallows it", path)
		}
	}
	if worst := w.server.Worst("courier"); worst != 1 {
		t.Errorf("the site had %d requests at a time, want 1", worst)
	}
}

func TestScope(t *testing.T) {
	s := crawl.Scope{Sites: []string{"news.example"}, Exclude: []*regexp.Regexp{regexp.MustCompile(`/video/`)}}
	for _, tt := range []struct {
		link string
		want bool
	}{
		{"https://news.example/story", true},
		{"https://www.news.example/story.html", true}, // same registered domain
		{"https://news.example.evil.example/story", false},
		{"https://other.example/story", false},
		{"https://news.example/photo.JPG", false},
		{"https://news.example/video/1", false},
		{"https://news.example/user/logout", false},
		{"https://news.example/logout-law-passed", true}, // a word of a headline
		{"https://news.example/v1.0/story", true},
	} {
		if got := s.Admits(tt.link); got != tt.want {
			t.Errorf("Admits(%q) = %v, want %v", tt.link, got, tt.want)
		}
	}
}

func TestStoppedRunFinishesThePageInFlight(t *testing.T) {
	w := newTown(t, "courier", frontier.Options{})
	w.Workers = 1
	ctx, stop := context.WithCancel(t.Context())
	w.Done = func(v crawl.Visit) {
		w.visits = append(w.visits, v)
		stop()
	}
	if err := w.Run(ctx, []string{w.site.Start}); !errors.Is(err, context.Canceled) {
		t.Fatalf("Run ended with %v", err)
	}
	if len(w.visits) != 1 || !w.visits[0].Kept {
		t.Errorf("visits are %+v, want the one in flight, kept", w.visits)
	}
	w.rows(t)
}

func TestRevisedArticleMakesANewVersion(t *testing.T) {
	w := newTown(t, "courier", frontier.Options{})
	w.Scope = crawl.Scope{}
	start := []string{w.site.URL + "/city/bridge-reopens"}
	if err := w.Run(t.Context(), start); err != nil {
		t.Fatal(err)
	}
	if _, err := w.server.Revise(); err != nil {
		t.Fatal(err)
	}
	w.Frontier = frontier.NewMemory(frontier.Options{})
	if err := w.Run(t.Context(), start); err != nil {
		t.Fatal(err)
	}
	row := w.rows(t)["/city/bridge-reopens"]
	if row.Version != 2 || row.Change != "changed" || row.PreviousVersion != 1 {
		t.Errorf("version %d, change %q, previous %d", row.Version, row.Change, row.PreviousVersion)
	}
}

// broken is an archive that cannot be written.
type broken struct{}

func (broken) Put(_ context.Context, c *page.Capture, _ *page.Reading) (page.Row, error) {
	return page.Row{}, fmt.Errorf("archive %s: %w", c.Requested, archive.ErrNoSpace)
}

func TestBrokenArchiveEndsTheRun(t *testing.T) {
	w := newTown(t, "courier", frontier.Options{Delay: time.Millisecond})
	w.Store = broken{}
	err := w.Run(t.Context(), []string{w.site.Start})
	if !errors.Is(err, archive.ErrNoSpace) || !strings.Contains(err.Error(), w.site.URL) {
		t.Errorf("Run ended with %v", err)
	}
	if len(w.visits) != 0 {
		t.Errorf("%d visits were reported", len(w.visits))
	}
	if err := w.store.Close(); err != nil {
		t.Error(err)
	}
}

// gone is a frontier whose server went away.
type gone struct{ crawl.Frontier }

func (gone) Add(context.Context, []frontier.Item) (int, error) { return 0, nil }
func (gone) Lease(context.Context) (*frontier.Lease, error)    { return nil, io.ErrUnexpectedEOF }

func TestAFrontierThatFailsIsNamed(t *testing.T) {
	c := crawl.Crawl{Frontier: gone{}, NewFetcher: func() crawl.Fetcher { return nil }}
	if err := c.Run(t.Context(), nil); !errors.Is(err, io.ErrUnexpectedEOF) || err.Error() != "lease a host from the frontier: unexpected EOF" {
		t.Errorf("Run = %v", err)
	}
}
