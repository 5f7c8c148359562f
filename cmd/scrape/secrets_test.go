package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// Secrets that must stay where they are: ours, and those that a site gives away.
const (
	ofArgument = "zq4argument"
	ofProxy    = "zq4proxy"
	ofCookie   = "zq4cookie"
	ofLink     = "zq4link"
	ofRedirect = "zq4redirect"
)

// leaky is a site that gives cookies, and addresses with somebody's credentials.
type leaky struct {
	*httptest.Server
	mu      sync.Mutex
	cookies int // requests that brought the cookie back
	logins  int // requests with credentials
}

func startLeaky(t *testing.T) *leaky {
	l := &leaky{}
	l.Server = httptest.NewServer(http.HandlerFunc(l.serve))
	t.Cleanup(l.Close)
	return l
}

func (l *leaky) serve(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	if c, err := r.Cookie("session"); err == nil && c.Value == ofCookie {
		l.cookies++
	}
	if r.Header.Get("Authorization") != "" {
		l.logins++
	}
	l.mu.Unlock()
	lent := func(name, secret, path string) string {
		return "http://" + name + ":" + secret + "@" + r.Host + path
	}
	switch r.URL.Path {
	case "/robots.txt":
		http.NotFound(w, r)
		return
	case "/moved":
		http.Redirect(w, r, lent("mover", ofRedirect, "/arrived"), http.StatusFound)
		return
	case "/forbidden":
		w.Header().Set("WWW-Authenticate", `Basic realm="press"`)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: "session", Value: ofCookie, Path: "/"})
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!doctype html><html lang="en"><head><title>Ferry runs again %[1]s</title>
<link rel="canonical" href="%[2]s"><meta property="og:image" content="%[3]s"></head><body>
<article><h1>Ferry runs again %[1]s</h1>`, r.URL.Path, lent("reader", ofLink, r.URL.Path), lent("reader", ofLink, "/lead.jpg"))
	for n := range 12 {
		fmt.Fprintf(w, "<p>Sentence %d of the story at %s: the ferry to the island leaves at noon, the harbour office said on Monday.</p>\n", n, r.URL.Path)
	}
	fmt.Fprintf(w, `<p>More in <a href="%s">an earlier report</a> and in <a href="/story/two">a later one</a>, or <a href="/moved">elsewhere</a>.</p>
<img src="%s" alt="ferry"></article></body></html>`, lent("reader", ofLink, "/story/one"), lent("reader", ofLink, "/ferry.jpg"))
}

// startProxy is a proxy that asks for a password.
func startProxy(t *testing.T) (address string, logins func() int) {
	var mu sync.Mutex
	n := 0
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte("clerk:"+ofProxy))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Header.Get("Proxy-Authorization") != want {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		mu.Lock()
		n++
		mu.Unlock()
		to, err := net.Dial("tcp", r.Host)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		from, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		fmt.Fprint(from, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { io.Copy(to, from); to.Close() }()
		io.Copy(from, to)
		from.Close()
	}))
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://"), func() int { mu.Lock(); defer mu.Unlock(); return n }
}

// TestSecretsReachNoDisk runs what a user would, with credentials wherever they may
// come from, and looks through all that was written and said.
func TestSecretsReachNoDisk(t *testing.T) {
	t.Parallel()
	site := startLeaky(t)
	proxy, proxied := startProxy(t)
	dir := t.TempDir()
	host := strings.TrimPrefix(site.URL, "http://")
	own := "http://archivist:" + ofArgument + "@" + host
	paid := "http://clerk:" + ofProxy + "@"
	config := "sites:\n  - id: press\n    start: [\"" + site.URL + "/\"]\n    allow_net: [127.0.0.0/8]\n"
	if err := os.WriteFile(filepath.Join(dir, "scrape.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	scrape := func(args ...string) {
		cmd := exec.Command("scrape", args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		fmt.Fprintf(&said, "%s: %v\n%s\n", args[0], err, out)
	}
	let := []string{"--allow-net", "127.0.0.0/8", "--delay", "0s", "-v", "--json"}
	scrape(append([]string{"get", own + "/story/one", own + "/moved", own + "/forbidden"}, let...)...)
	scrape(append([]string{"get", "-f", "json", "--page-only", own + "/story/one"}, let[:5]...)...)
	scrape(append([]string{"crawl", own + "/"}, let...)...)
	scrape(append([]string{"get", "--proxy", paid + proxy, site.URL + "/story/three"}, let...)...)
	scrape(append([]string{"get", "--proxy", paid + "127.0.0.1:1", site.URL + "/story/four"}, let...)...)
	scrape(append([]string{"get", "--proxy", "ftp://clerk:" + ofProxy + "@" + proxy, site.URL + "/story/five"}, let...)...)
	scrape(append([]string{"get", "http://archivist:" + ofArgument + "@127.0.0.1:1/story"}, let...)...)
	scrape("get", "http://archivist:"+ofArgument+"@localhost:1/story")
	scrape("get", "ftp://archivist:"+ofArgument+"@127.0.0.1:1/story")
	scrape("status")
	scrape("why", own+"/story/one")
	scrape("show", own+"/story/one", "-f", "json")
	scrape("show", own+"/nowhere")
	scrape("list", "--json")
	scrape("reextract", "--json")
	scrape("report")
	scrape("export", "-o", "rows")
	scrape("export", "-o", "table.csv")
	scrape("verify", "--full")

	if site.cookies == 0 || proxied() == 0 {
		t.Fatalf("%d requests brought the cookie, %d connections went through the proxy:\n%s", site.cookies, proxied(), said.Bytes())
	}
	if site.logins > 0 {
		t.Errorf("%d requests of credentials that an address had", site.logins)
	}
	written := readAllFiles(t, dir)
	written["what was said"] = said.Bytes()
	if len(written) < 12 {
		t.Fatalf("only %d files were written:\n%s", len(written), said.Bytes())
	}
	for name, content := range written {
		warc := strings.Contains(name, "/warc/")
		for _, secret := range []string{ofArgument, ofProxy, ofCookie, ofLink, ofRedirect, base64.StdEncoding.EncodeToString([]byte("clerk:" + ofProxy)),
			base64.StdEncoding.EncodeToString([]byte("archivist:" + ofArgument))} {
			for _, where := range regexp.MustCompile(`[^\n]{0,80}`+regexp.QuoteMeta(secret)+`[^\n]{0,40}`).FindAllString(string(content), 3) {
				// What a site sent is evidence and stays as it came; nothing else may hold it.
				if sent := secret == ofLink || secret == ofRedirect || secret == ofCookie && strings.HasPrefix(where, "Set-Cookie: "); warc && sent {
					continue
				}
				t.Errorf("%s holds %s: %q", name, secret, where)
			}
		}
	}
	mine(t, filepath.Join(dir, "archive"))
	states, err := filepath.Glob(filepath.Join(dir, "state-*"))
	if err != nil || len(states) == 0 {
		t.Errorf("%d files of the frontier, %v", len(states), err)
	}
	for _, name := range states {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

// readAllFiles gives the content of all files under dir, without compression.
func readAllFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "scrape.yaml" {
			return err
		}
		b, err := os.ReadFile(name)
		if strings.HasSuffix(name, ".gz") && err == nil {
			zr, zerr := gzip.NewReader(bufio.NewReader(bytes.NewReader(b)))
			if zerr != nil {
				return zerr
			}
			b, err = io.ReadAll(zr)
		}
		all[strings.TrimPrefix(name, dir)] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// mine checks that nobody else can read anything of an archive.
func mine(t *testing.T, dir string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if n++; err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v", name, info.Mode())
		}
		return err
	})
	if err != nil || n < 10 {
		t.Errorf("%d files, %v", n, err)
	}
}
