package crawl_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
)

// gazette serves one article with all that it needs, and counts what is asked for.
type gazette struct {
	mu    sync.Mutex
	asked []string
	refer map[string]string
}

var picture = bytes.Repeat([]byte("picture "), 1000)

func (g *gazette) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	g.asked = append(g.asked, r.URL.Path)
	g.refer[r.URL.Path] = r.Header.Get("Referer")
	g.mu.Unlock()
	serve := func(kind, body string) { w.Header().Set("Content-Type", kind); fmt.Fprint(w, body) }
	switch r.URL.Path {
	case "/robots.txt":
		serve("text/plain", "User-agent: *\nDisallow: /private/\n")
	case "/story":
		serve("text/html", `<title>Mill reopens</title><meta property="og:image" content="/lead.jpg"><link rel=stylesheet href=/a.css>
<link rel=icon href=/favicon.ico><script src=/own.js></script><script src=http://ads.example/x.js></script>
<article><h1>Mill reopens</h1><img src=/lead.jpg srcset="/small.jpg 320w, /large.jpg 960w"><img data-src=/private/lazy.jpg>
<p>`+strings.Repeat("The old mill by the river has opened its doors again after a year of work. ", 20)+`</article>`)
	case "/a.css":
		serve("text/css", `@import "b.css"; @font-face{font-family:f;src:url(f.woff2)}`)
	case "/b.css":
		serve("text/css", `@import "a.css"; @import "c.css"; body{background:url(back.png)}`)
	case "/lead.jpg", "/small.jpg", "/large.jpg", "/back.png", "/f.woff2", "/own.js", "/favicon.ico":
		w.Header().Set("Content-Type", "image/jpeg")
		w.Write(append(picture, r.URL.Path...))
	default:
		http.NotFound(w, r)
	}
}

// read takes the story as get does, with what q asks for, and returns the visit
// and what was asked for, in order of its path.
func (g *gazette) read(t *testing.T, dir, url string, q crawl.Requisites) (crawl.Visit, []string) {
	t.Helper()
	allow, err := fetch.ParseAllowNet("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{AllowNet: []fetch.AllowNet{allow}})
	defer client.Close()
	store, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	q.NewFetcher, q.Keep = func() crawl.Fetcher { return client.Worker() }, store.PutRequisite
	var got crawl.Visit
	c := &crawl.Crawl{Frontier: frontier.NewMemory(frontier.Options{MaxTries: 1}), NewFetcher: q.NewFetcher, Extract: extract.New(extract.Options{}),
		Store: store, Chains: true, Requisites: &q, Done: func(v crawl.Visit) { got = v }}
	g.asked, g.refer = nil, map[string]string{}
	if err := c.Run(context.Background(), []string{url + "/story"}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(g.asked)
	return got, g.asked
}

func startGazette(t *testing.T) (*gazette, string) {
	g := new(gazette)
	s := httptest.NewServer(g)
	t.Cleanup(s.Close)
	return g, s.URL
}

func TestRequisitesOfAPage(t *testing.T) {
	g, url := startGazette(t)
	dir := filepath.Join(t.TempDir(), "archive")
	v, asked := g.read(t, dir, url, crawl.Requisites{})
	want := []string{"/a.css", "/b.css", "/back.png", "/c.css", "/f.woff2", "/favicon.ico", "/large.jpg", "/lead.jpg", "/own.js", "/robots.txt", "/small.jpg", "/story"}
	if !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	if n := v.Requisites; n.Kept != 9 || n.Failed != 2 || n.Left != 0 || n.Bytes < 7*int64(len(picture)) {
		t.Errorf("taken %+v, want 9 kept, and one that is gone and one that robots.txt denies failed", n)
	}
	if g.refer["/lead.jpg"] != url+"/story" || g.refer["/story"] != "" {
		t.Errorf("referers %q", g.refer)
	}
	again, _ := g.read(t, dir, url, crawl.Requisites{})
	first, second := requisitesOf(t, dir, v), requisitesOf(t, dir, again)
	if len(first) != 10 || fmt.Sprint(first) != fmt.Sprint(second) { // with the 404, which is no less an answer
		t.Errorf("kept %q, then %q", first, second)
	}
	revisits(t, dir, 8) // the page and what is larger than 1 KiB
	sound(t, dir)
}

func TestLeadImageAlone(t *testing.T) {
	g, url := startGazette(t)
	v, asked := g.read(t, filepath.Join(t.TempDir(), "archive"), url, crawl.Requisites{Lead: true})
	if want := []string{"/lead.jpg", "/robots.txt", "/story"}; !slices.Equal(asked, want) || v.Requisites.Kept != 1 {
		t.Errorf("asked for %q, want %q; %+v", asked, want, v.Requisites)
	}
}

func TestRequisitesWithinBounds(t *testing.T) {
	g, url := startGazette(t)
	for _, q := range []crawl.Requisites{{MaxCount: 3}, {MaxBytes: 1 << 10}, {MaxTime: 1}} {
		dir := filepath.Join(t.TempDir(), "archive")
		v, asked := g.read(t, dir, url, q)
		if n := v.Requisites; n.Left == 0 || q.MaxCount > 0 && n.Kept+n.Failed != q.MaxCount || len(asked) > 7 {
			t.Errorf("%+v: taken %+v by asking for %q", q, n, asked)
		}
		if v.Row.Outcome != "ok" || !v.Kept {
			t.Errorf("the page suffers: %+v", v)
		}
		sound(t, dir)
	}
}

func requisitesOf(t *testing.T, dir string, v crawl.Visit) (paths []string) {
	t.Helper()
	r, err := archive.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for s, err := range r.Requisites(v.Row) {
		if err != nil {
			t.Fatal(err)
		}
		doc := s.Capture.Document()
		at := doc.URL[strings.LastIndex(doc.URL, "/"):]
		if doc.Header.Get("Content-Type") == "image/jpeg" && !bytes.Equal(doc.Body, append(picture, at...)) {
			t.Errorf("%s has another body of %d bytes", at, len(doc.Body))
		}
		paths = append(paths, at)
	}
	slices.Sort(paths)
	return paths
}

// revisits counts the revisit records in the indexes.
func revisits(t *testing.T, dir string, want int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "index", "*", "*", "*", "*.cdxj"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		n += bytes.Count(b, []byte("warc/revisit"))
	}
	if n != want {
		t.Errorf("%d revisits, want %d", n, want)
	}
}

func sound(t *testing.T, dir string) {
	t.Helper()
	r, err := archive.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for f, err := range r.Verify(t.Context(), archive.VerifyOptions{Full: true, Extract: extract.New(extract.Options{}).Extract}) {
		t.Error(f, err)
	}
}
