package archive

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"newsarchive/page"
)

// countingTree counts the bytes that are read of WARC segments.
type countingTree struct {
	Tree
	bytes *atomic.Int64
}

func (t countingTree) FS() fs.FS { return countingFS{t.Tree.FS(), t.bytes} }

type countingFS struct {
	fs.FS
	bytes *atomic.Int64
}

func (c countingFS) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if file, ok := f.(File); ok && err == nil && strings.HasPrefix(name, "warc/") {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return countingFile{file, c.bytes}, nil
		}
	}
	return f, err
}

type countingFile struct {
	File
	bytes *atomic.Int64
}

func (f countingFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.File.ReadAt(p, off)
	f.bytes.Add(int64(n))
	return n, err
}

func counting(t testing.TB, dir string) (*Reader, *atomic.Int64) {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	n := new(atomic.Int64)
	r, err := OpenReaderIn(dir, countingTree{root, n})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r, n
}

// dressed stores a page with requisites; the one that is called shared is the same for
// all pages.
func dressed(t testing.TB, a *Archive, n int, requisites ...string) page.Row {
	t.Helper()
	url := fmt.Sprintf("https://news.example/%d", n)
	c, r := story(t, url, fmt.Sprintf("Story %d.", n))
	row := put(t, a, c, r)
	for _, what := range requisites {
		own := fmt.Sprint(n)
		if what == "shared" {
			own = ""
		}
		body := what + own + strings.Repeat("p { color: red }", 200)
		ex := exchangeOf(t, url+"/"+what+".css", fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: %d\r\n", len(body)), body)
		if err := a.PutRequisite(t.Context(), &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}, row); err != nil {
			t.Fatal(err)
		}
	}
	return row
}

// found tells the requisites of a row by the last parts of their addresses, and checks
// their bodies.
func found(t testing.TB, r *Reader, row page.Row) (list []string, own int64) {
	t.Helper()
	for s, err := range r.Requisites(row) {
		if err != nil {
			t.Fatal(err)
		}
		doc := s.Capture.Document()
		name := strings.TrimPrefix(doc.URL, row.URL+"/")
		if what, _, _ := strings.Cut(name, "."); !strings.HasPrefix(string(doc.Body), what) {
			t.Errorf("%s has the body %.20q", doc.URL, doc.Body)
		}
		list, own = append(list, name), own+s.Length
	}
	return list, own
}

func TestRequisitesAreFoundByTheIndex(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{MaxSegment: 40_000})
	var rows []page.Row
	for n := range 40 {
		rows = append(rows, dressed(t, a, n, "one", "two", "three"))
	}
	want := []string{"one.css", "two.css", "three.css"}
	for _, row := range []page.Row{rows[0], rows[20], rows[39]} { // while it is written
		list, _ := found(t, reader(t, dir), row)
		equal(t, list, want...)
	}
	closed(t, a)
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
	r, n := counting(t, dir)
	for _, row := range rows {
		n.Store(0)
		list, own := found(t, r, row)
		equal(t, list, want...)
		if n.Load() > own {
			t.Errorf("%d bytes of records are read for the requisites of %s, which have %d", n.Load(), row.URL, own)
		}
	}
	names, err := filepath.Glob(filepath.Join(dir, "index/*/*/*/*.cdxj"))
	if err != nil || len(names) < 3 {
		t.Fatalf("%d segments, %v", len(names), err)
	}
	for _, name := range names { // and without it all the same
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	list, _ := found(t, reader(t, dir), rows[20])
	equal(t, list, want...)
}

// Checkpoints divide what the index of an open segment tells from what is walked.
func TestRequisitesOfAnOpenSegment(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	a.commit.every = 10_000
	var rows []page.Row
	for n := range 30 {
		rows = append(rows, dressed(t, a, n, "one", "two", "shared"))
	}
	for _, row := range rows {
		list, _ := found(t, reader(t, dir), row)
		equal(t, list, "one.css", "two.css", "shared.css")
	}
}
