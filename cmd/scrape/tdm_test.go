//go:build unix

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A crawl records what a site's tdmrep.json reserves, once, and obeys it where that is
// asked for; what a page says itself counts before it.
func TestReservationsInAFileOfTheSite(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/.well-known/tdmrep.json" {
			fmt.Fprint(w, `[{"location":"/news/","tdm-reservation":1,"tdm-policy":"https://news.example/policy"}]`)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<title>Paper</title><a href=/news/ferry>Ferry returns</a> <a href=/news/open>Mill reopens</a>`)
		case "/news/open", "/news/ferry":
			free := map[string]string{"/news/open": `<meta name="tdm-reservation" content="0">`}[r.URL.Path]
			fmt.Fprintf(w, `<title>News</title><meta property="og:type" content="article">%s<article><h1>News of %s</h1><p>%s</article>`, free, r.URL.Path,
				strings.Repeat("The old "+r.URL.Path+" by the river has opened its doors again after a year of work. ", 20))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	m := newMortal(t)
	crawl := "scrape crawl " + server.URL + "/ --allow-net 127.0.0.0/8 --delay 0s --archive "
	line := func(archive, path string) string {
		out, errs, code := m.run(t, "scrape list -f json --archive "+archive)
		for row := range strings.Lines(out) {
			if strings.Contains(row, `"url":"`+server.URL+path+`"`) {
				return row
			}
		}
		t.Fatalf("%s is not in %s: code %d, %s%s", path, archive, code, out, errs)
		return ""
	}
	if _, errs, code := m.run(t, crawl+"noted"); code != exitOK {
		t.Fatalf("code %d: %s", code, errs)
	}
	for path, want := range map[string]string{
		"/news/ferry": `"tdm":"tdm-reservation: 1; tdm-policy: https://news.example/policy (/.well-known/tdmrep.json)"`,
		"/news/open":  `"tdm":"tdm-reservation: 0"`,
	} {
		if row := line("noted", path); !strings.Contains(row, want) || !strings.Contains(row, `"outcome":"ok"`) {
			t.Errorf("%s: want %s in %s", path, want, row)
		}
	}
	if out, _, _ := m.run(t, "find noted/warc -name '*.warc.gz' -exec zcat {} + | grep -ac '^WARC-Target-URI: .*/tdmrep.json'"); strings.TrimSpace(out) != "2" {
		t.Errorf("%s records of the file, want a request and a response", strings.TrimSpace(out))
	}
	if out, errs, code := m.run(t, "scrape reextract --archive noted && scrape verify --full --archive noted"); code != exitOK {
		t.Errorf("code %d: %s%s", code, out, errs)
	}
	if row := line("noted", "/news/ferry"); !strings.Contains(row, "tdm-reservation: 1;") {
		t.Errorf("reextract lost the reservation: %s", row)
	}
	m.run(t, crawl+"obeyed --tdm obey")
	if row := line("obeyed", "/news/ferry"); !strings.Contains(row, `"outcome":"robots_denied"`) || !strings.Contains(row, `"text":""`) {
		t.Errorf("not obeyed: %s", row)
	}
	if row := line("obeyed", "/news/open"); !strings.Contains(row, `"outcome":"ok"`) {
		t.Errorf("the page's own word does not count: %s", row)
	}
}
