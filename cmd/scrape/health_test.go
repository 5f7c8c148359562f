package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"newsarchive/archive"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// captures puts n pages of one day into the archive; broken ones give no article.
func captures(t *testing.T, dir string, day, n int, broken bool) {
	t.Helper()
	a, err := archive.Open(dir, archive.Options{RunID: fmt.Sprintf("day-%d", day)})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	at := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, day-60).Add(9 * time.Hour)
	for i := range n {
		url := fmt.Sprintf("https://news.example/%d/%d", day, i)
		ex := page.Exchange{URL: url, Method: "GET", Start: at.Add(time.Duration(i) * time.Minute),
			Request: []byte("GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"),
			Wire:    []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi")}
		if err := wire.Read(&ex, wire.Limits{}); err != nil {
			t.Fatal(err)
		}
		row := page.Row{URL: url, URLRequested: url, URLCanonical: url, Site: "news.example", Outcome: page.Empty}
		if !broken {
			row.Outcome, row.Title, row.Text, row.WordCount, row.TextSHA256, row.PublishedAt, row.Quality = page.OK, "A title", url, 400+i, url, &at, 90
		}
		if _, err := a.Put(context.Background(), &page.Capture{Requested: url, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: row}); err != nil {
			t.Fatal(err)
		}
	}
}

// A site whose pages give no article any more is told of once, and once when it
// has recovered; the webhook hears what standard output says.
func TestHealthTellsOfABrokenSiteOnce(t *testing.T) {
	var heard []alertLine
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var al alertLine
		if err := json.NewDecoder(r.Body).Decode(&al); err != nil {
			t.Error(err)
		}
		heard = append(heard, al)
	}))
	defer hook.Close()
	dir := filepath.Join(t.TempDir(), "archive")
	check := func(allow string) int {
		return run([]string{"health", "--archive", dir, "--webhook", hook.URL, "--webhook-allow-net", allow}, nil, io.Discard, io.Discard)
	}
	for day := range 20 {
		captures(t, dir, day, 4, false)
	}
	if code := check("127.0.0.1"); code != exitOK || len(heard) != 0 {
		t.Fatalf("quiet days: exit %d, %d alerts", code, len(heard))
	}
	captures(t, dir, 20, 6, true)
	if code := check("192.0.2.1"); code == exitOK || len(heard) != 0 {
		t.Fatalf("without an allowance: exit %d, %d alerts", code, len(heard))
	}
	for range 2 {
		if code := check("127.0.0.1"); code != exitPartial || len(heard) != 1 || heard[0].State != "broken" {
			t.Fatalf("one day without articles: exit %d, alerts %+v", code, heard)
		}
	}
	captures(t, dir, 21, 6, false)
	if code := check("127.0.0.1"); code != exitOK || len(heard) != 2 || heard[1].State != "ok" || heard[1].Was != "broken" {
		t.Fatalf("recovered: exit %d, alerts %+v", code, heard)
	}
}
