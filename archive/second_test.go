package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nlnwa/gowarc/v3"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// written is a record that the archive should hold, from what Put was given.
type written struct {
	kind, uri string
	block     []byte // nil where the archive words it itself
	payload   []byte // of a response or revisit; nil for none
	truncated string
	profile   string // last part of it
}

// everything makes an archive in which each kind of record occurs, and tells what
// it should hold, warcinfo records left out.
func everything(t testing.TB) (dir string, want []written) {
	t.Helper()
	dir = t.TempDir()
	answer := func(kind string, ex *page.Exchange, profile string) written {
		w := written{kind, ex.URL, ex.Wire, ex.Entity, ex.Truncated, profile}
		switch profile {
		case "identical-payload-digest":
			w.block, w.truncated = ex.Wire[:ex.HeadLen], "length"
		case "server-not-modified":
			w.payload = nil // its digest is that of the original
		}
		return w
	}
	var a *Archive
	add := func(c *page.Capture, r *page.Reading, profile, note string) page.Row {
		t.Helper()
		row := put(t, a, c, r)
		all := slices.Concat(c.Side, c.Exchanges)
		for i := range all {
			ex, kind, last := &all[i], "response", ""
			want = append(want, written{kind: "request", uri: ex.URL, block: ex.Request})
			if i == len(all)-1 && profile != "" {
				kind, last = "revisit", profile
			}
			if ex.HeadLen == 0 {
				want = append(want, written{kind: "metadata", uri: ex.URL, block: ex.Wire})
				continue
			}
			want = append(want, answer(kind, ex, last))
		}
		if note != "" {
			want = append(want, written{kind: "metadata", uri: note})
		}
		return row
	}
	a = opened(t, dir, Options{Software: "scrape/test", Operator: "an archivist"})
	c, r := ferry(t, "Back in service.")
	add(c, r, "", "")
	c, r = story(t, "https://news.example/story", "A.")
	first := add(c, r, "", "")
	c, r = story(t, "https://news.example/story?again", "A.")
	add(c, r, "identical-payload-digest", "")
	c, _ = story(t, "https://news.example/cut", "Cut.")
	c.Exchanges[0] = cutShort(t, "https://news.example/cut")
	add(c, &page.Reading{Row: page.Row{Outcome: page.Partial, Text: "Cut."}}, "", "")
	add(coded(t, "https://news.example/coded"), &page.Reading{Row: page.Row{Outcome: page.OK, Text: "Coded."}}, "", "")
	css := exchangeOf(t, "https://news.example/a.css", "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: 6\r\n", "p{top}")
	if err := a.PutRequisite(t.Context(), &page.Capture{Requested: css.URL, Exchanges: []page.Exchange{css}}, first); err != nil {
		t.Fatal(err)
	}
	want = append(want, written{kind: "request", uri: css.URL, block: css.Request}, answer("response", &css, ""))
	closed(t, a)

	a = opened(t, dir, Options{}) // and a second segment, that refers to the first
	c, r = story(t, "https://news.example/elsewhere", "A.")
	add(c, r, "identical-payload-digest", "")
	same := exchangeOf(t, "https://news.example/story", "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n", "")
	add(&page.Capture{Requested: same.URL, Exchanges: []page.Exchange{same}}, nil, "server-not-modified", "")
	gone := &page.Capture{Requested: "https://gone.example/x", Outcome: page.NetworkError, Err: "no such host"}
	add(gone, &page.Reading{Row: page.Row{Outcome: page.NetworkError}}, "", gone.Requested)
	odd := html(t, "https://odd.example/é", "hello")
	odd.Wire, odd.HeadLen, odd.Status = []byte("SSH-2.0-server\r\n"), 0, 0
	add(&page.Capture{Requested: odd.URL, Exchanges: []page.Exchange{odd}, Outcome: page.NetworkError}, nil, "", odd.URL)
	closed(t, a)
	return dir, want
}

// cutShort is an answer whose body ended before its length.
func cutShort(t testing.TB, url string) page.Exchange {
	ex := exchangeOf(t, url, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n", strings.Repeat("<p>Cut.", 300))
	ex.Truncated = "disconnect"
	return ex
}

// coded is a capture whose body came compressed, with heads spelled oddly.
func coded(t testing.TB, url string) *page.Capture {
	var gz bytes.Buffer
	zw := gzip.NewWriter(&gz)
	fmt.Fprint(zw, strings.Repeat("<p>Coded.", 400))
	zw.Close()
	ex := exchangeOf(t, url, fmt.Sprintf("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nX-ODD:  two  words \r\nContent-Length: %d\r\n", gz.Len()), gz.String())
	return &page.Capture{Requested: url, Exchanges: []page.Exchange{ex}}
}

// second is a record as gowarc read it.
type second struct {
	file           string
	offset, length int64
	kind           string
	fields         *gowarc.WarcFields
	block          []byte
}

func (s second) get(field string) string { return s.fields.Get(field) }

// readSecond reads a file with gowarc at its strictest. It takes a payload digest
// over the chunks, against ISO 28500 section 6.3.2: such a digest is all that it may
// complain of, and the test takes its own.
func readSecond(t testing.TB, dir, name string) (list []second) {
	t.Helper()
	rd, err := gowarc.NewWarcFileReader(filepath.Join(dir, name), 0, gowarc.WithSyntaxErrorPolicy(gowarc.ErrFail),
		gowarc.WithUnknownRecordTypePolicy(gowarc.ErrFail), gowarc.WithSpecViolationPolicy(gowarc.ErrWarn))
	if err != nil {
		t.Fatal(err)
	}
	defer rd.Close()
	for rec, err := range rd.Records() {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		in, err := rec.WarcRecord.Block().RawBytes()
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		chunked := bytes.Contains(block, []byte("\r\nTransfer-Encoding: chunked\r\n"))
		for _, v := range rec.Validation {
			if d := new(gowarc.DigestError); !chunked || !errors.As(v, &d) {
				t.Errorf("%s, offset %d: %v", name, rec.Offset, v)
			}
		}
		list = append(list, second{name, rec.Offset, rec.Size, rec.WarcRecord.Type().String(), rec.WarcRecord.WarcHeader(), block})
		rec.Close()
	}
	return list
}

func secondReading(t testing.TB, dir string) (list []second) {
	t.Helper()
	_, sealed, err := reader(t, dir).Sealed()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range sealed { // in the order of writing
		if strings.HasPrefix(f.Path, "warc/") {
			list = append(list, readSecond(t, dir, f.Path)...)
		}
	}
	return list
}

// What the archive writes is read by another WARC reader, bodies by the standard
// library's HTTP, and both find what Put was given.
func TestAnotherReaderFindsWhatWasPut(t *testing.T) {
	dir, want := everything(t)
	var got []second
	infos := 0
	for _, s := range secondReading(t, dir) {
		if s.kind != "warcinfo" {
			got = append(got, s)
			continue
		}
		if infos++; !bytes.Contains(s.block, []byte("software: scrape")) || s.offset != 0 || s.get("WARC-Filename") != filepath.Base(s.file) {
			t.Errorf("warcinfo of %s at %d: %q", s.file, s.offset, s.block)
		}
	}
	if infos != 2 || len(got) != len(want) {
		t.Fatalf("%d warcinfo records and %d others, want 2 and %d", infos, len(got), len(want))
	}
	for i, w := range want {
		g := got[i]
		profile := g.get("WARC-Profile")
		if g.kind != w.kind || g.get("WARC-Target-URI") != warc.EncodeURI(w.uri) || g.get("WARC-Truncated") != w.truncated || profile[strings.LastIndexByte(profile, '/')+1:] != w.profile {
			t.Errorf("record %d is a %s of %s, truncated %q, profile %q; want a %s of %s, %q, %q",
				i, g.kind, g.get("WARC-Target-URI"), g.get("WARC-Truncated"), profile, w.kind, w.uri, w.truncated, w.profile)
		}
		if w.block != nil && !bytes.Equal(g.block, w.block) {
			t.Errorf("block of record %d, %s of %s: %.200q, want %.200q", i, g.kind, w.uri, g.block, w.block)
		}
		if label := g.get("WARC-Payload-Digest"); w.payload != nil && label != sha256Label(w.payload) {
			t.Errorf("payload digest of record %d, %s of %s: %s, want %s", i, g.kind, w.uri, label, sha256Label(w.payload))
		}
	}
}

func sha256Label(b []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(b)) }

// Each digest holds over the bytes that the other readers see, each link leads to a
// record of the right kind, and offsets and lengths tile the files.
func TestAnotherReaderFindsDigestsAndLinksSound(t *testing.T) {
	dir, _ := everything(t)
	list := secondReading(t, dir)
	byID := map[string]second{}
	for _, s := range list {
		if _, twice := byID[s.fields.GetId("WARC-Record-ID")]; twice {
			t.Errorf("%s stands twice", s.get("WARC-Record-ID"))
		}
		byID[s.fields.GetId("WARC-Record-ID")] = s
	}
	kinds := map[string]int{}
	for _, s := range list {
		kinds[s.kind]++
		if label := s.get("WARC-Block-Digest"); label != sha256Label(s.block) {
			t.Errorf("block digest of %s at %d: %s, want %s", s.file, s.offset, label, sha256Label(s.block))
		}
		if date, err := s.fields.GetTime("WARC-Date"); err != nil || date.Location() != time.UTC {
			t.Errorf("date of %s at %d: %v %v", s.file, s.offset, date, err)
		}
		if info := byID[s.fields.GetId("WARC-Warcinfo-ID")]; s.kind != "warcinfo" && (info.kind != "warcinfo" || info.file != s.file) {
			t.Errorf("%s at %d has no warcinfo", s.file, s.offset)
		}
		if s.kind == "response" {
			if got := sha256Label(entity(t, s)); got != s.get("WARC-Payload-Digest") {
				t.Errorf("payload of %s at %d: %s, want %s", s.file, s.offset, s.get("WARC-Payload-Digest"), got)
			}
		}
		if s.kind == "response" || s.kind == "revisit" {
			if asked := byID[s.fields.GetId("WARC-Concurrent-To")]; asked.kind != "request" || asked.get("WARC-Target-URI") != s.get("WARC-Target-URI") {
				t.Errorf("%s at %d answers a %s of %s", s.file, s.offset, asked.kind, asked.get("WARC-Target-URI"))
			}
		}
		if s.kind == "revisit" {
			original := byID[s.fields.GetId("WARC-Refers-To")]
			if original.kind != "response" || original.get("WARC-Date") != s.get("WARC-Refers-To-Date") || original.get("WARC-Target-URI") != s.get("WARC-Refers-To-Target-URI") ||
				original.get("WARC-Payload-Digest") != s.get("WARC-Payload-Digest") || original.file != s.get("WARC-Refers-To-Filename") ||
				fmt.Sprint(original.offset) != s.get("WARC-Refers-To-File-Offset") {
				t.Errorf("%s at %d refers to %+v", s.file, s.offset, original)
			}
		}
	}
	for _, kind := range []string{"warcinfo", "request", "response", "revisit", "metadata"} {
		if kinds[kind] < 2 {
			t.Errorf("%d records of kind %s", kinds[kind], kind)
		}
	}
	tiled(t, dir, list)
}

// entity is the body of a response as net/http reads it, with its content coding.
func entity(t *testing.T, s second) []byte {
	t.Helper()
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(s.block)), nil)
	if err != nil {
		t.Fatalf("%s at %d: %v", s.file, s.offset, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil && (err != io.ErrUnexpectedEOF || s.get("WARC-Truncated") == "") {
		t.Errorf("body of %s at %d: %v", s.file, s.offset, err)
	}
	return body
}

// tiled checks that members follow one another without gap to the end of each file.
func tiled(t *testing.T, dir string, list []second) {
	t.Helper()
	for i, s := range list {
		end := s.offset + s.length
		if i+1 < len(list) && list[i+1].file == s.file {
			if list[i+1].offset != end {
				t.Errorf("%s: a member ends at %d, the next begins at %d", s.file, end, list[i+1].offset)
			}
		} else if info, err := os.Stat(filepath.Join(dir, s.file)); err != nil || info.Size() != end {
			t.Errorf("%s: the last member ends at %d of %v, %v", s.file, end, info, err)
		}
	}
}

// The index says what the record says, also where the caller left the header out.
func TestIndexNeedsNoHeaderOfTheCaller(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	c, r := story(t, "https://news.example/story", "A.")
	c.Exchanges[0].Header = nil
	put(t, a, c, r)
	closed(t, a)
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
}

// Rows and index point at the members that the other reader finds there.
func TestAnotherReaderFindsWhatRowsPointAt(t *testing.T) {
	dir, _ := everything(t)
	type spot struct {
		file   string
		offset int64
	}
	at := map[spot]second{}
	for _, s := range secondReading(t, dir) {
		at[spot{s.file, s.offset}] = s
	}
	rd := reader(t, dir)
	rows := collected(t, rd.Rows())
	for _, r := range rows {
		s := at[spot{r.WARCFile, r.WARCOffset}]
		if s.fields == nil || s.length != r.WARCLength || s.get("WARC-Record-ID") != r.WARCRecordID || s.get("WARC-Payload-Digest") != r.WARCPayloadDigest {
			t.Errorf("row of %s: %+v", r.URL, s)
		}
	}
	visits := 0
	for v, err := range rd.Visits() {
		s := at[spot{v.File, v.Offset}]
		if visits++; err != nil || s.fields == nil || s.get("WARC-Target-URI") != v.URL || s.kind != "response" && s.kind != "revisit" {
			t.Errorf("visit %+v, %v: %+v", v, err, s)
		}
	}
	if len(rows) != 7 || visits < 10 {
		t.Errorf("%d rows, %d visits", len(rows), visits)
	}
}
