package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"newsarchive/extract"
	"newsarchive/internal/report"
	"newsarchive/internal/testsite"
	"newsarchive/page"
)

// browserOf returns the address of a Chromium, or skips.
func browserOf(t *testing.T) string {
	if raced {
		t.Skip("the race detector sees nothing of a browser")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless_shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium is installed")
	return ""
}

// frames loads every document into a frame of its own, waits, and tells the server
// the numbers of those whose title a script has changed.
const frames = `<!doctype html><meta charset=utf-8><title>frames</title><script>
const n = %d, ran = [];
let next = 0, open = 0;
function load() {
  while (open < 20 && next < n) {
    const at = next++, f = document.createElement("iframe");
    open++;
    f.src = "/doc/" + at;
    f.onload = () => setTimeout(() => {
      let title = "RAN";
      try { title = f.contentDocument.title } catch (e) {}
      if (title === "RAN") ran.push(at);
      f.remove(); open--;
      next === n && open === 0 ? fetch("/done?ran=" + ran.join(",")) : load();
    }, 150);
    document.body.append(f);
  }
}
window.onload = load;
</script><body></body>`

// A gallery serves documents to a browser and keeps what else it is asked for.
type gallery struct {
	docs [][]byte
	done chan string

	mu    sync.Mutex
	other []string
}

func (g *gallery) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/doc/"))
	switch {
	case strings.HasPrefix(r.URL.Path, "/doc/") && err == nil && n < len(g.docs):
		w.Write(g.docs[n])
	case r.URL.Path == "/frames":
		fmt.Fprintf(w, frames, len(g.docs))
	case r.URL.Path == "/done":
		select {
		case g.done <- r.URL.Query().Get("ran"):
		default:
		}
	case r.URL.Path == "/favicon.ico":
		http.NotFound(w, r)
	case strings.HasSuffix(r.Host, "google.com"), strings.HasSuffix(r.Host, "googleapis.com"):
		http.NotFound(w, r) // the browser asks that of its own; no document names these hosts
	default:
		g.mu.Lock()
		g.other = append(g.other, "http://"+r.Host+r.URL.RequestURI())
		g.mu.Unlock()
		http.NotFound(w, r)
	}
}

// opened loads the documents in a browser to which every host is the loopback. It
// returns which of them ran something, and what else was asked for.
func opened(t *testing.T, browser string, docs [][]byte) (ran, other []string) {
	g := &gallery{docs: docs, done: make(chan string, 1)}
	server := httptest.NewServer(g)
	defer server.Close()
	address := server.Listener.Addr().String()
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps", "--no-proxy-server",
		"--user-data-dir="+t.TempDir(), "--host-resolver-rules=MAP * "+address, "--remote-debugging-port=0", "http://"+address+"/frames")
	cmd.WaitDelay = 10 * time.Second
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var list string
	select {
	case list = <-g.done:
	case <-ctx.Done():
		t.Errorf("the browser did not come to an end: %.2000s", said.Bytes())
	}
	cancel()
	_ = cmd.Wait() // it was killed
	if list != "" {
		ran = strings.Split(list, ",")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return ran, g.other
}

// story is a page with the vector wherever a page can bring text into the row.
func story(vector string) []byte {
	long := strings.Repeat("The council met on Monday and spoke of the bridge for three hours. ", 8)
	return fmt.Appendf(nil, `<!doctype html><html lang=en><head><title>Bridge %[2]s</title><meta name=author content="Ann %[3]s"></head><body><article><h1>Bridge %[1]s</h1>
<p>%[4]s</p><div>%[1]s</div><p>%[4]s</p><figure><img src="/bridge.jpg" alt="%[3]s"><figcaption>%[1]s</figcaption></figure><p>%[4]s</p></article></body></html>`,
		vector, strings.ReplaceAll(vector, "</title", ""), strings.ReplaceAll(vector, `"`, "&quot;"), long)
}

// In a browser nothing of what is stored runs, and nothing is asked for but the
// images that the stored HTML shows. The vectors as they are do run there, so that
// the test would see it.
func TestStoredHTMLIsInertInABrowser(t *testing.T) {
	browser := browserOf(t)
	vectors := testsite.Vectors()
	x := extract.New(extract.Options{})
	var stored, wild [][]byte
	shown := map[string]bool{}
	kept := 0
	for i, v := range vectors {
		r := x.HTML(story(v), "http://news.example/story")
		if strings.Contains(r.Row.HTML, "bridge for three hours") {
			kept++
		}
		for _, img := range r.Row.Images {
			shown[img] = true
		}
		stored = append(stored, []byte("<!doctype html><title>quiet</title>"+r.Row.HTML))
		if i%7 == 0 {
			wild = append(wild, []byte("<!doctype html><title>quiet</title><body>"+v))
		}
	}
	if kept < len(vectors)*9/10 {
		t.Errorf("only %d of %d stories were kept", kept, len(vectors))
	}
	ran, other := opened(t, browser, stored)
	for _, n := range ran {
		i, _ := strconv.Atoi(n)
		t.Errorf("a script ran of %q, stored as %s", vectors[i], stored[i])
	}
	for _, link := range other {
		if !shown[link] {
			t.Errorf("a stored page asked for %s", link)
		}
	}
	ran, _ = opened(t, browser, wild)
	if len(ran) < 10 {
		t.Errorf("of %d vectors as they are only %d ran: the test sees too little", len(wild), len(ran))
	}
	t.Logf("%d stored pages; of %d vectors as they are %d ran", len(stored), len(wild), len(ran))
}

// In the report of a run nothing runs and nothing is loaded, whatever its addresses,
// hosts and errors hold.
func TestReportIsInertInABrowser(t *testing.T) {
	browser := browserOf(t)
	var docs [][]byte
	for _, v := range testsite.Vectors() {
		now := time.Date(2026, 11, 23, 8, 50, 12, 0, time.UTC)
		r := report.Run{Schema: report.Schema, ID: v, Started: now, Ended: now.Add(time.Minute), Software: v, Pages: 1,
			Outcomes: map[page.Outcome]int{page.HTTPError: 1}, Sites: []report.Site{{Site: v, Pages: 1}}, Hosts: []report.Host{{Host: v, Pages: 1}},
			Failures: []report.Failure{{URL: "http://news.example/" + v, Outcome: page.HTTPError, Status: 404, Err: v}}}
		var b bytes.Buffer
		if err := report.HTML(&b, r, []report.Run{r}); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, b.Bytes())
	}
	ran, other := opened(t, browser, docs)
	if len(ran) > 0 || len(other) > 0 {
		t.Errorf("reports ran %v and asked for %q", ran, other)
	}
}
