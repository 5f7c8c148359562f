package archive

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// story is a capture of more than a kilobyte.
func story(t testing.TB, url, text string) (*page.Capture, *page.Reading) {
	t.Helper()
	body := "<title>Story</title><p>" + text + strings.Repeat(" The ferry left on time.", 60)
	ex := html(t, url, body)
	return &page.Capture{Requested: url, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: page.Row{Outcome: page.OK, Title: url, Text: text}}
}

// kind tells what record each row points at: its type, profile and original.
func kind(t testing.TB, dir string, row page.Row) string {
	t.Helper()
	h, err := headerIn(reader(t, dir).root, row.WARCFile, row.WARCOffset)
	if err != nil {
		t.Fatal(err)
	}
	word := h.Type()
	if p := h.Get("WARC-Profile"); p != "" {
		word += " " + p[strings.LastIndexByte(p, '/')+1:] + " of " + h.Get("WARC-Refers-To-Target-URI")
	}
	return word
}

func TestRevisits(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	type step struct {
		what, url, text string
		change          func(*page.Exchange)
		want            string
	}
	run := func(s step) page.Row {
		t.Helper()
		c, r := story(t, s.url, s.text)
		if s.change != nil {
			s.change(c.Document())
		}
		row := put(t, a, c, r)
		if got := kind(t, dir, row); got != s.want {
			t.Errorf("%s: %s, want %s", s.what, got, s.want)
		}
		return row
	}
	const identical = "revisit identical-payload-digest of https://news.example/"
	notModified := func(ex *page.Exchange) {
		*ex = exchangeOf(t, ex.URL, "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n", "")
	}
	first := []step{
		{"the first", "https://news.example/a", "A.", nil, "response"},
		{"the same payload", "https://news.example/a", "A.", nil, identical + "a"},
		{"the same payload elsewhere", "https://news.example/b", "A.", nil, identical + "a"},
		{"another payload", "https://news.example/b", "B.", nil, "response"},
		{"an answer cut short", "https://news.example/t", "T.", func(ex *page.Exchange) { ex.Truncated = "time" }, "response"},
		{"an error page", "https://news.example/b", "B.", func(ex *page.Exchange) { *ex = exchangeOf(t, ex.URL, "HTTP/1.1 404 Not Found\r\n", string(ex.Body)) }, "response"},
		{"the whole answer", "https://news.example/t", "T.", nil, "response"},
		{"a short answer", "https://news.example/s", "S.", func(ex *page.Exchange) { *ex = html(t, ex.URL, "short") }, "response"},
		{"a short answer again", "https://news.example/s", "S.", func(ex *page.Exchange) { *ex = html(t, ex.URL, "short") }, "response"},
	}
	for _, s := range first {
		run(s)
	}
	closed(t, a)
	a = opened(t, dir, Options{})
	run(step{"the whole answer in the next run", "https://news.example/t", "T.", nil, identical + "t"})
	closed(t, a)
	if err := removeCache(dir, ledgerFile); err != nil {
		t.Fatal(err)
	}
	a = opened(t, dir, Options{})
	run(step{"after the ledger was lost", "https://news.example/t", "T.", nil, "response"}) // the first one in the index was cut
	run(step{"and again", "https://news.example/t", "T.", nil, identical + "t"})
	rows := []page.Row{
		run(step{"the next run", "https://news.example/c", "A.", nil, identical + "a"}),
		run(step{"not modified", "https://news.example/b", "", notModified, "revisit server-not-modified of https://news.example/b"}),
		run(step{"not modified since a revisit", "https://news.example/c", "", notModified, "revisit server-not-modified of https://news.example/a"}),
		run(step{"not modified, never seen", "https://news.example/d", "", notModified, "response"}),
	}
	closed(t, a)
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
	rd := reader(t, dir)
	for i, want := range []string{"A.", "B.", "A.", ""} {
		c, err := rd.Capture(rows[i])
		if err != nil {
			t.Fatal(err)
		}
		if doc := c.Document(); !strings.Contains(string(doc.Body), want) || (want != "") != (len(doc.Body) > minRevisit) || doc.Truncated != "" || doc.DecodeError != "" {
			t.Errorf("payload of %s, status %d, truncated %q: %.40q", rows[i].URL, doc.Status, doc.Truncated, doc.Body)
		}
	}
}

func TestNoRevisitWhereNotWanted(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{NoDedupe: true})
	for range 2 {
		c, r := story(t, "https://news.example/a", "A.")
		if got := kind(t, dir, put(t, a, c, r)); got != warc.Response {
			t.Errorf("a %s", got)
		}
	}
}

func TestNoRevisitOfADamagedOriginal(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	c, r := story(t, "https://news.example/a", "A.")
	row := put(t, a, c, r)
	closed(t, a)
	name := filepath.Join(dir, row.WARCFile)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data[row.WARCOffset+row.WARCLength/2] ^= 8
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	a = opened(t, dir, Options{})
	if got := kind(t, dir, put(t, a, c, r)); got != warc.Response {
		t.Errorf("a %s", got)
	}
}

func TestVerifyFindsALostOriginal(t *testing.T) {
	dir := t.TempDir()
	var first page.Row
	for run := range 2 {
		a := opened(t, dir, Options{})
		c, r := story(t, fmt.Sprintf("https://news.example/%d", run), "A.")
		if row := put(t, a, c, r); run == 0 {
			first = row
		}
		closed(t, a)
	}
	if err := os.Remove(filepath.Join(dir, first.WARCFile)); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(faults(t, dir, VerifyOptions{Full: true}), "\n"); !strings.Contains(got, "link warc/") || !strings.Contains(got, errOriginal.Error()) {
		t.Errorf("faults:\n%s", got)
	}
}

// What a Reader gives of a revisit may be stored elsewhere: its payload comes with it.
func TestCapturesOfRevisitsAreStoredWhole(t *testing.T) {
	t.Parallel()
	from := t.TempDir()
	a := opened(t, from, Options{})
	chunked := func(ex *page.Exchange) {
		*ex = exchangeOf(t, ex.URL, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(ex.Body), ex.Body))
	}
	var rows []page.Row
	for _, change := range []func(*page.Exchange){nil, nil, chunked, func(ex *page.Exchange) { *ex = exchangeOf(t, ex.URL, "HTTP/1.1 304 Not Modified\r\n", "") }} {
		c, r := story(t, "https://news.example/a", "A.")
		if change != nil {
			change(c.Document())
		}
		rows = append(rows, put(t, a, c, r))
	}
	closed(t, a)
	rd := reader(t, from)
	for i, row := range rows {
		c, err := rd.Capture(row)
		if err != nil {
			t.Fatal(err)
		}
		to := t.TempDir()
		a := opened(t, to, Options{})
		copied := put(t, a, c, &page.Reading{Row: row})
		closed(t, a)
		equal(t, faults(t, to, VerifyOptions{Full: true}))
		again, err := reader(t, to).Capture(copied)
		if err != nil {
			t.Fatal(err)
		}
		if want := c.Document(); want.Status == 200 && string(again.Document().Body) != string(want.Body) {
			t.Errorf("capture %d: %.60q, want %.60q", i, again.Document().Body, want.Body)
		}
	}
}
