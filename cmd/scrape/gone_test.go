package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsarchive/archive"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

const (
	ferryPage = `<html><head><title>Ferry back in service</title></head><body><article><h1>Ferry back in service</h1>
<p>The ferry to Holm Island went back into service on Monday morning after a pause of nine weeks, the harbour office said.</p>
<p>Engineers had found a crack in the shaft of the port engine in September, and a new shaft had to be forged abroad and fitted.</p>
<p>About three hundred people stood on the quay when the first boat arrived, among them pupils of the only school of the island.</p></article></body></html>`
	consentPage = `<html><head><title>Your choices</title></head><body><div id="consent"><p>We and our partners store cookies.</p><button>Accept all</button></div></body></html>`
)

// visited stores answers of one address, a day apart, each in a session, and returns the archive.
func visited(t *testing.T, address string, answers ...string) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "kept")
	x, err := (&app{}).extractor()
	if err != nil {
		t.Fatal(err)
	}
	for day, answer := range answers {
		status, body, _ := strings.Cut(answer, " ")
		ex := page.Exchange{URL: address, Method: "GET", Start: time.Date(2026, 11, 1+day, 9, 0, 0, 0, time.UTC),
			Request: []byte("GET /ferry HTTP/1.1\r\nHost: news.example\r\n\r\n"),
			Wire:    fmt.Appendf(nil, "HTTP/1.1 %s x\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body)}
		if err := wire.Read(&ex, wire.Limits{Body: 1 << 20}); err != nil {
			t.Fatal(err)
		}
		c := &page.Capture{Requested: address, Exchanges: []page.Exchange{ex}}
		a, err := archive.Open(dir, archive.Options{})
		if err == nil {
			_, err = a.Put(context.Background(), c, x.Extract(c))
		}
		if err == nil {
			err = a.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestWhatBecameOfAnArticleIsSaid by show and list: an address that answers no more, and a
// page in the place of the article.
func TestWhatBecameOfAnArticleIsSaid(t *testing.T) {
	const address = "https://news.example/ferry"
	for _, tt := range []struct {
		name       string
		answers    []string
		gone, at   string // of show
		show, list string // in the words for people
	}{
		{"it stands", []string{"200 " + ferryPage, "200 " + ferryPage}, "", "", "", ""},
		{"gone", []string{"200 " + ferryPage, "404 no", "410 no"}, "404", "2026-11-02T09:00:00Z", "gone 2026-11-02 (HTTP 404)", "[gone 2026-11-02 (HTTP 404)] Ferry back"},
		{"back", []string{"200 " + ferryPage, "404 no", "200 " + ferryPage}, "", "", "", ""},
		{"a page of choices", []string{"200 " + ferryPage, "200 " + consentPage, "200 " + consentPage + " "}, "blocked", "2026-11-02T09:00:00Z", "blocked since 2026-11-02", ""},
		{"refused", []string{"200 " + ferryPage, "403 no"}, "", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := visited(t, address, tt.answers...)
			say := func(args ...string) string {
				var out, errs bytes.Buffer
				if code := run(append(args, "--archive", dir), nil, &out, &errs); code != exitOK {
					t.Fatalf("%q ends with %d: %s", args, code, &errs)
				}
				return out.String()
			}
			var line struct {
				Gone  string  `json:"gone"`
				At    *string `json:"gone_at"`
				Title string  `json:"title"`
			}
			if err := json.Unmarshal([]byte(say("show", address, "--json")), &line); err != nil || line.Gone != tt.gone || line.Title != "Ferry back in service" ||
				(line.At == nil) != (tt.at == "") || line.At != nil && *line.At != tt.at {
				t.Errorf("show --json: %+v, %v", line, err)
			}
			if out := say("show", address); !strings.Contains(out, tt.show) || tt.show == "" && (strings.Contains(out, "gone") || strings.Contains(out, " since ")) {
				t.Errorf("show: %s", out)
			}
			if out := say("list"); !strings.Contains(out, tt.list) || tt.list == "" && strings.Contains(out, "gone") {
				t.Errorf("list: %s", out)
			}
			if out := say("list", "--json"); strings.Contains(out, `"gone_at":"`) != (tt.list != "") || !strings.Contains(out, `"gone_at":`) {
				t.Errorf("list --json: %.200s", out)
			}
			if out := say("show", address, "-f", "json"); strings.Contains(out, "gone_at") {
				t.Error("the stored row is another")
			}
		})
	}
}
