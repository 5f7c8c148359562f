package archive

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// recordOf is a record as other tools write it; fields are whole lines without their ends.
func recordOf(kind, id, uri, contentType, block string, fields ...string) string {
	head := append([]string{"WARC/1.0", "WARC-Type: " + kind, "WARC-Record-ID: <urn:uuid:" + id + ">", "WARC-Target-URI: " + uri, "WARC-Date: 2026-11-21T12:00:00Z",
		"Content-Type: " + contentType, fmt.Sprint("Content-Length: ", len(block))}, fields...)
	return strings.Join(head, "\r\n") + "\r\n\r\n" + block + "\r\n\r\n"
}

const (
	respType = "application/http;msgtype=response"
	reqType  = "application/http;msgtype=request"
	getOne   = "GET /one HTTP/1.1\r\nHost: a.example\r\nIf-None-Match: x\r\n\r\n"
)

// takeIn imports files as the command does, and counts.
func takeIn(t *testing.T, dir string, files ...string) (stored, known int, left map[string]int) {
	t.Helper()
	a := opened(t, dir, Options{})
	defer closed(t, a)
	m, err := a.NewImporter()
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	o := Originals{In: a}
	for i, f := range files {
		for s, err := range o.Read(strings.NewReader(f), int64(len(f)), fmt.Sprintf("%d.warc", i)) {
			if err != nil {
				t.Fatal(err)
			}
			var r *page.Reading
			if doc := s.Capture.Document(); strings.HasPrefix(doc.Header.Get("Content-Type"), "text/html") {
				r = asWritten(s.Capture)
			}
			_, ok, err := m.Import(t.Context(), s, r)
			switch {
			case err != nil:
				t.Fatal(err)
			case ok:
				stored++
			default:
				known++
			}
		}
	}
	return stored, known, o.Left()
}

// kindsIn lists the records of an archive but for warcinfo: type, address, type of the block.
func kindsIn(t *testing.T, dir string) (kinds []string) {
	t.Helper()
	rd := reader(t, dir)
	names, err := list(rd.root, "warc", ".warc.gz")
	if err != nil {
		t.Fatal(err)
	}
	records := rd.Records()
	defer records.Close()
	for _, name := range names {
		for capture, err := range records.Captures(name, 0) {
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range capture {
				if m.Header.Type() != warc.Info {
					kinds = append(kinds, m.Header.Type()+" "+m.Header.TargetURI()+" "+m.Header.Get("Content-Type"))
				}
			}
		}
	}
	return kinds
}

// TestResourcesAreImported: files that came without HTTP, from wget by FTP, warcit or a browser.
func TestResourcesAreImported(t *testing.T) {
	dir := t.TempDir()
	file := recordOf("resource", "1", "http://a.example/dir/index.html", "text/html; charset=utf-8", "<p>hello", "WARC-Payload-Digest: "+sha1Label("<p>hello")) +
		recordOf("revisit", "2", "http://a.example/dir/", "text/html", "", "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
			"WARC-Payload-Digest: "+sha1Label("<p>hello"), "WARC-Refers-To-Target-URI: http://a.example/dir/index.html", "WARC-Refers-To-Date: 2026-11-21T12:00:00Z") +
		recordOf("resource", "3", "urn:view:http://a.example/dir/", "image/png", "\x89PNG") +
		recordOf("resource", "4", "ftp://a.example/x.html", "text/html", "<p>by ftp") +
		recordOf("resource", "5", "metadata://gnu.org/software/wget/warc/wget.log", "text/plain", "")
	if stored, known, left := takeIn(t, dir, file); stored != 5 || known != 0 || len(left) != 0 {
		t.Errorf("%d stored, %d known, left %v", stored, known, left)
	}
	if stored, known, _ := takeIn(t, dir, file); stored != 0 || known != 5 {
		t.Errorf("again: %d stored, %d known", stored, known)
	}
	equal(t, kindsIn(t, dir), "resource http://a.example/dir/index.html text/html; charset=utf-8", "resource http://a.example/dir/ text/html; charset=utf-8",
		"resource urn:view:http://a.example/dir/ image/png", "resource ftp://a.example/x.html text/html", "resource metadata://gnu.org/software/wget/warc/wget.log text/plain")
	equal(t, faults(t, dir, VerifyOptions{Full: true, Extract: asWritten}))
	rd := reader(t, dir)
	for _, tt := range []struct{ url, want string }{{"http://a.example/dir/", "<p>hello"}, {"ftp://a.example/x.html", "<p>by ftp"}} {
		row, err := rd.Row(tt.url)
		if err != nil {
			t.Fatal(err)
		}
		c, err := rd.Capture(row)
		if err != nil {
			t.Fatal(err)
		}
		if doc := c.Document(); string(doc.Body) != tt.want || !doc.Resource || doc.Status != 0 || !strings.HasPrefix(doc.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %+v", tt.url, doc)
		}
	}
	for v, err := range rd.Visits() {
		if err != nil || v.Status != "-" {
			t.Errorf("%+v, %v", v, err)
		}
	}
}

// TestRequestsAreKeptBesideTheirResponses: in the orders of wget and of browsers.
func TestRequestsAreKeptBesideTheirResponses(t *testing.T) {
	block := plainHead + "\r\n\r\nhello"
	request := recordOf("request", "1", "http://a.example/one", reqType, getOne)
	for _, tt := range []struct {
		name, file string
		kept       bool
		left       map[string]int
	}{
		{"before it, as wget does", request + recordOf("response", "2", "http://a.example/one", respType, block, "WARC-Concurrent-To: <urn:uuid:1>"), true, map[string]int{}},
		{"after it, as browsers do", recordOf("response", "2", "http://a.example/one", respType, block) +
			recordOf("request", "1", "http://a.example/one", reqType, getOne, "WARC-Concurrent-To: <urn:uuid:7>", "WARC-Concurrent-To: <urn:uuid:2>"), true, map[string]int{}},
		{"before it, naming it", recordOf("request", "1", "http://a.example/one", reqType, getOne, "WARC-Concurrent-To: <urn:uuid:2>") + recordOf("response", "2", "http://a.example/one", respType, block), true, map[string]int{}},
		{"of another", request + recordOf("response", "2", "http://a.example/one", respType, block, "WARC-Concurrent-To: <urn:uuid:3>"), false, map[string]int{"request": 1}},
		{"of another address", recordOf("request", "1", "http://a.example/two", reqType, getOne) + recordOf("response", "2", "http://a.example/one", respType, block, "WARC-Concurrent-To: <urn:uuid:1>"), false, map[string]int{"request": 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			_, _, left := takeIn(t, dir, tt.file)
			want := []string{"response http://a.example/one " + respType}
			if tt.kept {
				want = append([]string{"request http://a.example/one " + reqType}, want...)
			}
			equal(t, kindsIn(t, dir), want...)
			if !maps.Equal(left, tt.left) {
				t.Errorf("left %v, want %v", left, tt.left)
			}
			equal(t, faults(t, dir, VerifyOptions{Full: true, Extract: asWritten}))
		})
	}
}

// TestNotModifiedIsImported: a revisit without payload says that a page was as before.
func TestNotModifiedIsImported(t *testing.T) {
	const profile = "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/server-not-modified"
	long := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + strings.Repeat("The ferry is late. ", 100)
	later := func(record, day string) string { return strings.Replace(record, "2026-11-21", day, 1) }
	confirmed := recordOf("revisit", "2", "http://a.example/one", respType, "HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", profile)
	file := later(confirmed, "2026-11-20") + recordOf("response", "1", "http://a.example/one", respType, long) + later(confirmed, "2026-11-22") +
		recordOf("revisit", "3", "http://a.example/one", respType, "", profile)
	dir := t.TempDir()
	stored, _, left := takeIn(t, dir, file)
	if stored != 3 || !maps.Equal(left, map[string]int{"revisit": 1}) {
		t.Errorf("%d stored, left %v", stored, left)
	}
	if stored, known, _ := takeIn(t, dir, file); stored != 0 || known != 3 {
		t.Errorf("again: %d stored, %d known", stored, known)
	}
	equal(t, kindsIn(t, dir), "response http://a.example/one "+respType, "response http://a.example/one "+respType, "revisit http://a.example/one "+respType)
	// Taken in later, it confirms nothing that came after it.
	takeIn(t, dir, later(confirmed, "2026-11-19"))
	got := kindsIn(t, dir)
	slices.Sort(got)
	equal(t, got, "response http://a.example/one "+respType, "response http://a.example/one "+respType, "response http://a.example/one "+respType, "revisit http://a.example/one "+respType)
	if got := rows(t, dir); len(got) != 1 {
		t.Errorf("rows %q", got)
	}
	equal(t, faults(t, dir, VerifyOptions{Full: true, Extract: asWritten}))
}

// TestWhatIsLeftOutIsCounted by type of record.
func TestWhatIsLeftOutIsCounted(t *testing.T) {
	picture := strings.Replace(revisitRecord("http://a.example/two", plainHead, sha1Label("hello")), "text/html", "image/png", 1)
	file := recordOf("warcinfo", "1", "", "application/warc-fields", "software: x\r\n") + recordOf("metadata", "2", "http://a.example/", "text/plain", "x") +
		recordOf("response", "3", "dns:a.example", "text/dns", "x") + recordOf("conversion", "4", "http://a.example/", "text/plain", "x") + picture + recordOf("of-mine", "5", "http://a.example/", "text/plain", "x")
	want := map[string]int{"warcinfo": 1, "metadata": 1, "response": 1, "conversion": 1, "revisit": 1, "other": 1}
	if stored, _, left := takeIn(t, t.TempDir(), file); stored != 0 || !maps.Equal(left, want) {
		t.Errorf("%d stored, left %v, want %v", stored, left, want)
	}
}
