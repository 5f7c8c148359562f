package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsarchive/internal/wire"
	"newsarchive/page"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 123456789, time.UTC)

// exchangeOf is one exchange of a GET, decoded as the fetcher does.
func exchangeOf(t testing.TB, url, head, body string) page.Exchange {
	t.Helper()
	path := "/" + strings.SplitN(url, "/", 4)[3]
	host := strings.SplitN(url, "/", 4)[2]
	ex := page.Exchange{
		URL: url, Method: "GET", IP: netip.MustParseAddr("192.0.2.7"), Start: noon,
		Request: []byte("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"),
		Wire:    []byte(head + "\r\n" + body),
	}
	if err := wire.Read(&ex, wire.Limits{}); err != nil {
		t.Fatal(err)
	}
	return ex
}

func html(t testing.TB, url, body string) page.Exchange {
	return exchangeOf(t, url, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n", len(body)), body)
}

// ferry is a capture with a robots.txt answer, a redirect and a chunked document.
func ferry(t testing.TB, text string) (*page.Capture, *page.Reading) {
	t.Helper()
	body := "<title>Ferry</title><p>" + text
	chunked := exchangeOf(t, "https://news.example/ferry", "HTTP/1.1 200 Fine Really\r\nSERVER:   spaced   \r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n",
		fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(body), body))
	return &page.Capture{
			Requested: "https://news.example/f?id=1&utm_source=x",
			Exchanges: []page.Exchange{
				exchangeOf(t, "https://news.example/f?id=1&utm_source=x", "HTTP/1.1 301 Moved\r\nLocation: /ferry\r\nContent-Length: 5\r\n", "moved"),
				chunked,
			},
			Side:   []page.Exchange{exchangeOf(t, "https://news.example/robots.txt", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n", "")},
			Robots: "allowed",
		}, &page.Reading{Row: page.Row{
			URL: "https://news.example/ferry", URLRequested: "https://news.example/f?id=1&utm_source=x", URLCanonical: "https://news.example/ferry",
			Title: "Ferry", Text: text, Outcome: page.OK,
		}}
}

func opened(t testing.TB, dir string, o Options) *Archive {
	t.Helper()
	a, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func put(t testing.TB, a *Archive, c *page.Capture, r *page.Reading) page.Row {
	t.Helper()
	row, err := a.Put(context.Background(), c, r)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func closed(t testing.TB, a *Archive) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func reader(t testing.TB, dir string) *Reader {
	t.Helper()
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// elsewhere reads an archive as one that no file of this machine can be added to.
func elsewhere(t testing.TB, dir string) *Reader {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := OpenReaderIn("a bucket", root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// rows tells each row in a word: "id@version change".
func rows(t testing.TB, dir string) (list []string) {
	t.Helper()
	for r, err := range reader(t, dir).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprintf("%s@%d %s", strings.TrimPrefix(r.URLCanonical, "https://news.example"), r.Version, r.Change))
	}
	return list
}

func equal(t testing.TB, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// files lists the archive's files, but for its cache, with what is particular to a run left out.
func files(t testing.TB, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == cacheFolder {
			return filepath.SkipDir
		}
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			if top, rest, ok := strings.Cut(filepath.ToSlash(rel), "/"); ok {
				_, ext, _ := strings.Cut(filepath.Base(rest), ".")
				rel = top + "/*." + ext
			}
			list = append(list, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func TestPutAndReadBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	a := opened(t, dir, Options{Software: "scrape/test", RunID: "r1"})
	c, r := ferry(t, "Back in service.")
	row := put(t, a, c, r)
	if row.Version != 1 || row.Change != "new" || row.ID != ID("https://news.example/ferry") || row.RunID != "r1" || row.Schema != page.Schema {
		t.Errorf("row %+v", row)
	}
	check := func() {
		t.Helper()
		rd := reader(t, dir)
		got, err := rd.Row("https://NEWS.example:443/ferry#top")
		if err != nil || got.WARCRecordID != row.WARCRecordID || got.Title != "Ferry" {
			t.Fatalf("row %+v, %v", got, err)
		}
		back, err := rd.Capture(got)
		if err != nil {
			t.Fatal(err)
		}
		doc, sent := back.Document(), c.Document()
		if string(doc.Wire) != string(sent.Wire) || string(doc.Body) != string(sent.Body) || doc.IP != sent.IP || !doc.Start.Equal(noon.Truncate(time.Millisecond)) {
			t.Errorf("read back %+v", doc)
		}
	}
	check() // while the segments are open
	closed(t, a)
	check()
	equal(t, files(t, dir), "archive.json", "articles/*.jsonl.gz", "index/*.cdxj", "lock", "manifest.jsonl", "warc/*.warc.gz")
}

// TestFirstArticleIsNew: the version that has an article first is new, also after a
// page that failed, and after the archive was opened again.
func TestFirstArticleIsNew(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	c, article := ferry(t, "Back in service.")
	if row := put(t, a, c, &page.Reading{Row: page.Row{URLCanonical: "https://news.example/ferry", Outcome: page.HTTPError, HTTPStatus: 503}}); row.Version != 1 || row.Change != "new" {
		t.Errorf("the page that failed: version %d, %q", row.Version, row.Change)
	}
	closed(t, a)
	a = opened(t, dir, Options{})
	if row := put(t, a, c, article); row.Version != 2 || row.Change != "new" || row.PreviousVersion != 1 {
		t.Errorf("its article: version %d after %d, %q", row.Version, row.PreviousVersion, row.Change)
	}
	closed(t, a)
}

func TestVersions(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	c, first := ferry(t, "Back in service.")
	_, second := ferry(t, "Back in service on Monday.")
	gone := &page.Reading{Row: page.Row{URLCanonical: "https://news.example/ferry", Outcome: page.HTTPError, HTTPStatus: 410}}
	for _, step := range []struct {
		r                 *page.Reading
		version, previous int
		change            string
	}{
		{first, 1, 0, "new"},
		{first, 1, 0, "unchanged"},
		{second, 2, 1, "changed"},
		{gone, 2, 0, "kept"}, // an answer without an article replaces none
		{second, 2, 0, "unchanged"},
		{first, 3, 2, "changed"},
		{nil, 3, 0, ""}, // records only: the version that stands
	} {
		row := put(t, a, c, step.r)
		if row.Version != step.version || row.Change != step.change || row.PreviousVersion != step.previous || row.WARCRecordID == "" {
			t.Errorf("row version %d after %d, %q, want %+v", row.Version, row.PreviousVersion, row.Change, step)
		}
	}
	closed(t, a)
	a = opened(t, dir, Options{})
	if row := put(t, a, c, first); row.Version != 3 || row.Change != "unchanged" {
		t.Errorf("after reopening: version %d, %q", row.Version, row.Change)
	}
	closed(t, a)
	equal(t, rows(t, dir), "/ferry@1 new", "/ferry@2 changed", "/ferry@3 changed")
	var latest []int
	for row := range reader(t, dir).Latest() {
		latest = append(latest, row.Version)
	}
	if !slices.Equal(latest, []int{3}) {
		t.Errorf("latest %v", latest)
	}
}

// TestWholeArticleStands: what a gate or a lost connection left of an article is no new
// version of it, but the other way round it is.
func TestWholeArticleStands(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	c, whole := ferry(t, "Back in service. The whole of it.")
	less := func(o page.Outcome, truncated, text string) *page.Reading {
		_, r := ferry(t, text)
		r.Row.Outcome, r.Row.Truncated = o, truncated
		return r
	}
	preview, torso := less(page.Paywalled, "", "Back in"), less(page.Partial, "disconnect", "Back in service. The wh")
	steps := []struct {
		r       *page.Reading
		version int
		change  string
	}{
		{preview, 1, "new"},
		{torso, 2, "changed"}, // neither is whole
		{whole, 3, "changed"},
		{preview, 3, "kept"},
		{torso, 3, "kept"},
		{whole, 3, "unchanged"},
		{less(page.Partial, "length", "Back in service. The whole of it, and more than the bounds permit"), 4, "changed"},
		{whole, 5, "changed"},
	}
	for i, step := range steps {
		if row := put(t, a, c, step.r); row.Version != step.version || row.Change != step.change {
			t.Errorf("step %d: version %d, %q, want %d, %q", i, row.Version, row.Change, step.version, step.change)
		}
	}
	for range 2 { // the catalog is made when it is closed first
		closed(t, a)
		a = opened(t, dir, Options{})
		if row := put(t, a, c, preview); row.Version != 5 || row.Change != "kept" {
			t.Errorf("after reopening: version %d, %q", row.Version, row.Change)
		}
	}
	closed(t, a)
	told, added := reread(t, dir, ReextractOptions{Extract: func(*page.Capture) *page.Reading { return preview }})
	if len(added) != 0 {
		t.Errorf("captures that made no version would make one: %q", told)
	}
}

func TestFailedFetchIsKept(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	nothing := &page.Capture{Requested: "https://gone.example/x", Outcome: page.NetworkError, Err: "no such host\r\nX: y"}
	row := put(t, a, nothing, &page.Reading{Row: page.Row{Outcome: page.NetworkError}})
	if row.URL != "https://gone.example/x" || row.WARCRecordID == "" || row.Change != "new" {
		t.Errorf("row %+v", row)
	}
	garbage := html(t, "https://odd.example/x", "hello")
	garbage.Wire, garbage.HeadLen, garbage.Status = []byte("SSH-2.0-server\r\n"), 0, 0
	put(t, a, &page.Capture{Requested: garbage.URL, Exchanges: []page.Exchange{garbage}, Outcome: page.NetworkError}, nil)
	closed(t, a)
	c, err := reader(t, dir).Capture(row)
	if err != nil || c.Outcome != page.NetworkError || c.Document() != nil {
		t.Errorf("capture %+v, %v", c, err)
	}
}

func TestReaderFinds(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	c, r := ferry(t, "Back in service.")
	row := put(t, a, c, r)
	other := html(t, "https://news.example/bridge", "<p>Bridge")
	put(t, a, &page.Capture{Requested: other.URL, Exchanges: []page.Exchange{other}}, &page.Reading{Row: page.Row{Outcome: page.OK, Text: "Bridge"}})
	closed(t, a)
	rd := reader(t, dir)
	for key, want := range map[string]error{
		row.ID: nil, row.ID[:6]: nil, "https://news.example/f?id=1": nil, "https://news.example/ferry?utm_medium=y": nil,
		"https://news.example/tram": ErrNotFound, "a": ErrAmbiguous, "": ErrNotFound, row.ID + "0": ErrNotFound,
	} {
		got, err := rd.Row(key)
		if !errors.Is(err, want) || want == nil && got.ID != row.ID {
			t.Errorf("Row(%q) = %q, %v, want %v", key, got.ID, err, want)
		}
	}
}

// A page that failed first, and then gave an article under its canonical address, is
// that article.
func TestReaderFindsWhatAFailureBecame(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	ex := html(t, "https://news.example/story", "<p>Bridge")
	for _, row := range []page.Row{
		{URLCanonical: ex.URL, Outcome: page.HTTPError},
		{URLCanonical: "https://news.example/2026/bridge", Outcome: page.OK, Text: "Bridge"},
	} {
		put(t, a, &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: row})
	}
	closed(t, a)
	if row, err := reader(t, dir).Row(ex.URL); err != nil || row.Outcome != page.OK {
		t.Errorf("%s of %s, %v", row.Outcome, row.URLCanonical, err)
	}
}

func TestLockNamesItsHolder(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	_, err := Open(dir, Options{})
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), fmt.Sprintf("process %d", os.Getpid())) {
		t.Errorf("second writer: %v", err)
	}
	closed(t, a)
	closed(t, opened(t, dir, Options{}))
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("letter.txt", "dear")
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrNotArchive) {
		t.Errorf("a folder of other things: %v", err)
	}
	equal(t, files(t, dir), "letter.txt")
	if _, err := OpenReader(dir); !errors.Is(err, ErrNotArchive) {
		t.Errorf("reading a folder of other things: %v", err)
	}
	write("archive.json", `{"format":"scrape.archive/9"}`)
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrNotArchive) {
		t.Errorf("a later format: %v", err)
	}
	if _, err := Open(t.TempDir(), Options{Level: 10}); err == nil {
		t.Error("level 10 taken")
	}
}

func TestSymlinksAreRefused(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	a := opened(t, dir, Options{})
	c, r := ferry(t, "Back in service.")
	row := put(t, a, c, r)
	closed(t, a)
	if err := os.Symlink(outside, filepath.Join(dir, "warc", "2027")); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrSymlink) {
		t.Errorf("opened with a link: %v", err)
	}
	for _, name := range []string{"../x", "/etc/passwd", "warc/2027/x", "warc/../../x"} {
		row.WARCFile = name
		if _, err := reader(t, dir).Capture(row); err == nil {
			t.Errorf("read a record at %q", name)
		}
	}
}

func TestConcurrentPutsAndRotation(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{MaxSegment: 6000})
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			url := fmt.Sprintf("https://news.example/%02d", i)
			ex := html(t, url, strings.Repeat(fmt.Sprintf("<p>%d", i*i), 100))
			row, err := a.Put(context.Background(), &page.Capture{Requested: url, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: page.Row{Outcome: page.OK, Text: url}})
			if err != nil || row.Version != 1 {
				t.Errorf("put %d: %+v, %v", i, row, err)
			}
		})
	}
	wg.Wait()
	closed(t, a)
	rd, n := reader(t, dir), 0
	for row, err := range rd.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		c, err := rd.Capture(row)
		if err != nil || c.Document().URL != row.URL {
			t.Errorf("capture of %s: %v", row.URL, err)
		}
		n++
	}
	if list := files(t, dir); n != 40 || len(list) < 10 {
		t.Errorf("%d rows, files %q", n, list)
	}
	if _, err := a.Put(context.Background(), &page.Capture{}, nil); !errors.Is(err, ErrClosed) {
		t.Errorf("put after close: %v", err)
	}
}

func TestEmptyArchiveLeavesNoSegment(t *testing.T) {
	dir := t.TempDir()
	closed(t, opened(t, dir, Options{}))
	equal(t, files(t, dir), "archive.json", "lock", "manifest.jsonl")
}

func TestReadWARCOfOwnArchive(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	c, r := ferry(t, "Back in service.")
	row := put(t, a, c, r)
	closed(t, a)
	f, err := os.Open(filepath.Join(dir, row.WARCFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var urls []string
	for s, err := range ReadWARC(f, "x.warc.gz") {
		if err != nil || s.Mismatch != "" || s.Undecoded != "" {
			t.Fatalf("%+v, %v", s, err)
		}
		urls = append(urls, s.Capture.Document().URL)
		if s.RecordID == row.WARCRecordID && (s.Offset != row.WARCOffset || s.Length != row.WARCLength || s.PayloadDigest != row.WARCPayloadDigest) {
			t.Errorf("stored %+v, row %+v", s, row)
		}
	}
	equal(t, urls, "https://news.example/robots.txt", "https://news.example/f?id=1&utm_source=x", "https://news.example/ferry")
	for _, err := range ReadWARC(io.MultiReader(), "empty.warc") {
		if err == nil {
			t.Error("an empty file is no WARC")
		}
	}
}
