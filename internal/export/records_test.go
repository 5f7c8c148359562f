package export

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"newsarchive/archive"
	"newsarchive/archive/warc"
	"newsarchive/page"
)

// exported is an export to a file, and its bytes.
func exported(t testing.TB, r *archive.Reader, name string, o Options) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if _, err := File(t.Context(), r, file, o); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// headers reads the records of a WARC file; at are their offsets.
func headers(t testing.TB, file []byte) (list []warc.Header, at []int64) {
	t.Helper()
	rd := warc.NewReader(bytes.NewReader(file))
	for {
		rec, err := rd.Next()
		if err == io.EOF {
			return list, at
		}
		if err != nil {
			t.Fatal(err)
		}
		list, at = append(list, rec.Header), append(at, rec.Offset)
	}
}

// described is a record in few words.
func described(h warc.Header) string {
	return h.Type() + " " + strings.TrimPrefix(h.TargetURI(), "https://")
}

func TestWARCHoldsAllThatThePageNeeds(t *testing.T) {
	r := library(t, visits)
	q := archive.Query{Terms: []string{"twin again"}}
	list, _ := headers(t, exported(t, r, "twin.warc.gz", Options{Format: WARC, Query: q}))
	var got []string
	for _, h := range list {
		got = append(got, described(h))
	}
	want := []string{"warcinfo ", "warcinfo ",
		"request news.example/style.css", "response news.example/style.css", // the first one, which later ones refer to
		"request news.example/twin", "response news.example/twin", // so does the page itself
		"request news.example/twin?again", "revisit news.example/twin?again", "request news.example/style.css", "revisit news.example/style.css"}
	if !slices.Equal(got, want) {
		t.Errorf("records\n%q, want\n%q", got, want)
	}
	if name := list[0].Get("WARC-Filename"); name != "twin.warc.gz" {
		t.Errorf("WARC-Filename is %q", name)
	}
	linked(t, list)
}

// TestAllThatWasImportedIsExported: nothing says which page needs an imported picture, so it
// goes with an export of everything, wherever its segment lies.
func TestAllThatWasImportedIsExported(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	for _, part := range []string{"/pic.png image/png PNG", "/story text/html <p>Story."} {
		a, err := archive.Open(dir, archive.Options{})
		if err != nil {
			t.Fatal(err)
		}
		m, err := a.NewImporter()
		if err != nil {
			t.Fatal(err)
		}
		f := strings.SplitN(part, " ", 3)
		block := "HTTP/1.1 200 OK\r\nContent-Type: " + f[1] + "\r\n\r\n" + f[2]
		file := fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000%d>\r\nWARC-Target-URI: https://news.example%s\r\n"+
			"WARC-Date: 2026-11-02T08:00:00Z\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(f[0]), f[0], len(block), block)
		for s, err := range archive.ReadWARC(strings.NewReader(file), "old.warc") {
			if err != nil {
				t.Fatal(err)
			}
			var read *page.Reading
			if f[1] == "text/html" {
				read = &page.Reading{Row: page.Row{URL: "https://news.example" + f[0], Site: "news.example", Outcome: page.OK, Title: "Story", Text: "Story."}}
			}
			if _, ok, err := m.Import(t.Context(), s, read); !ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		if err := errors.Join(m.Close(), a.Close()); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		query archive.Query
		want  []string
	}{
		{archive.Query{}, []string{"response news.example/pic.png", "response news.example/story"}},
		{archive.Query{Site: "news.example"}, []string{"response news.example/story"}},
	} {
		var got []string
		list, _ := headers(t, exported(t, opened(t, dir), "x.warc.gz", Options{Format: WARC, Query: tt.query}))
		for _, h := range list {
			if h.Type() == warc.Response {
				got = append(got, described(h))
			}
		}
		if slices.Sort(got); !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %q, want %q", tt.query, got, tt.want)
		}
	}
}

// linked checks that what records name is there too, originals before their revisits.
func linked(t *testing.T, list []warc.Header) {
	t.Helper()
	there := map[string]bool{}
	for _, h := range list {
		if there[h.ID()] {
			t.Errorf("%s is there twice", h.ID())
		}
		there[h.ID()] = true
		if to := h.Get("WARC-Refers-To"); to != "" && !there[to] {
			t.Errorf("%s comes before the record that it refers to", described(h))
		}
	}
	for _, h := range list {
		for _, field := range []string{"WARC-Warcinfo-ID", "WARC-Concurrent-To", "WARC-Refers-To"} {
			if id := h.Get(field); id != "" && !there[id] {
				t.Errorf("%s of %s is not there", field, described(h))
			}
		}
	}
}

func TestCapturesOfOldSegmentsComeWithTheirOriginals(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	for _, v := range []visit{visits[5], visits[6]} {
		a, err := archive.Open(dir, archive.Options{})
		if err != nil {
			t.Fatal(err)
		}
		put(t, a, v)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	r := opened(t, dir)
	list, _ := headers(t, exported(t, r, "x.warc.gz", Options{Format: WARC, Query: archive.Query{Terms: []string{"twin again"}}}))
	linked(t, list)
	infos := 0
	for _, h := range list {
		if h.Type() == warc.Info {
			infos++
		}
	}
	if infos != 3 {
		t.Errorf("%d warcinfo records; want that of the export and those of two segments", infos)
	}
}

func TestWACZ(t *testing.T) {
	r := library(t, visits)
	o := Options{Format: WACZ, Now: noon, Versions: true}
	b := exported(t, r, "all.wacz", o)
	if err := archive.CheckWACZ(bytes.NewReader(b), int64(len(b)), "all.wacz"); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	entries := map[string][]byte{}
	for _, f := range z.File {
		names = append(names, f.Name)
		entries[f.Name] = unpacked(t, f)
		if strings.HasPrefix(f.Name, "archive/") && f.Method != zip.Store {
			t.Errorf("%s is compressed again", f.Name)
		}
	}
	want := []string{"archive/data-00001.warc.gz", "indexes/index-00001.cdxj", "pages/pages.jsonl", "datapackage.json", "datapackage-digest.json"}
	if !slices.Equal(names, want) {
		t.Fatalf("entries %q, want %q", names, want)
	}
	list, at := headers(t, entries[want[0]])
	linked(t, list)
	indexed(t, entries[want[1]], list, at)
	pages := strings.Split(strings.TrimSpace(string(entries[want[2]])), "\n")
	if len(pages) != 1+len(visits) || !strings.Contains(pages[0], "json-pages-1.0") || !strings.Contains(pages[2], `"ts":"2026-11-22T12:00:00Z"`) {
		t.Errorf("pages: %s", entries[want[2]])
	}
}

func unpacked(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// indexed checks that the index is sorted and has a line for each answer, at its place.
func indexed(t *testing.T, index []byte, list []warc.Header, at []int64) {
	t.Helper()
	want := map[int64]string{}
	for i, h := range list {
		if h.Type() == warc.Response || h.Type() == warc.Revisit {
			want[at[i]] = h.TargetURI()
		}
	}
	last := ""
	for in := bufio.NewScanner(bytes.NewReader(index)); in.Scan(); last = in.Text() {
		if in.Text() < last {
			t.Errorf("not sorted: %s", in.Text())
		}
		var line struct{ URL, Offset, Filename string }
		if err := json.Unmarshal([]byte(strings.SplitN(in.Text(), " ", 3)[2]), &line); err != nil {
			t.Fatal(err)
		}
		offset, _ := strconv.ParseInt(line.Offset, 10, 64)
		if want[offset] != line.URL || line.Filename != "data-00001.warc.gz" {
			t.Errorf("at %d is %q, the index says %s of %s", offset, want[offset], line.URL, line.Filename)
		}
		delete(want, offset)
	}
	if len(want) > 0 {
		t.Errorf("not in the index: %v", want)
	}
}

// A package imports again, so that any reader of WACZ gets the pages.
func TestWACZIsReadBack(t *testing.T) {
	b := exported(t, library(t, visits), "all.wacz", Options{Format: WACZ, Versions: true})
	got := map[string]bool{}
	for s, err := range archive.ReadWACZ(bytes.NewReader(b), int64(len(b)), "all.wacz") {
		if err != nil {
			t.Fatal(err)
		}
		if s.Mismatch != "" || s.Undecoded != "" {
			t.Errorf("%s: %s %s", s.Capture.Requested, s.Mismatch, s.Undecoded)
		}
		got[s.Capture.Requested] = true
	}
	for _, v := range visits[:6] {
		if !got[v.url] {
			t.Errorf("%s is missing", v.url)
		}
	}
}

func TestDamageIsNotExported(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	a, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	row := put(t, a, visits[0])
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, filepath.FromSlash(row.WARCFile))
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	copy(b[row.WARCOffset:], "not gzip any more")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "x.wacz")
	if _, err := File(t.Context(), opened(t, dir), to, Options{Format: WACZ}); err == nil {
		t.Error("damage went unnoticed")
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("and a file was left")
	}
}

// TestFilesNeedNoTemporaryFolder: an image of nothing but the program has none.
func TestFilesNeedNoTemporaryFolder(t *testing.T) {
	r, dir := library(t, visits), t.TempDir()
	t.Setenv("TMPDIR", filepath.Join(dir, "none"))
	for _, f := range []Format{WACZ, WARC, Parquet, CSV, JSONL} {
		if _, err := File(t.Context(), r, filepath.Join(dir, "out."+string(f)), Options{Format: f}); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
}

// What a repair accounts for as lost is left out, and counted: the rest is exported.
func TestLostRecordsAreLeftOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	for i, v := range visits { // in a segment each
		a, err := archive.Open(dir, archive.Options{RunID: fmt.Sprintf("run-%d", i)})
		if err != nil {
			t.Fatal(err)
		}
		put(t, a, v)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	segments, err := filepath.Glob(filepath.Join(dir, "warc/*/*/*/*.warc.gz"))
	if err != nil || len(segments) != len(visits) {
		t.Fatalf("%d segments, %v", len(segments), err)
	}
	if err := os.Remove(segments[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Repair(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if err := archive.UpdateCatalog(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	for _, f := range []Format{WARC, WACZ} {
		file := filepath.Join(t.TempDir(), "all."+string(f))
		res, err := File(t.Context(), opened(t, dir), file, Options{Format: f})
		if err != nil || res.Lost != 1 || res.Rows == 0 {
			t.Errorf("%s: %+v, %v", f, res, err)
		}
	}
}
