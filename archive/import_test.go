package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"newsarchive/page"
)

func TestImport(t *testing.T) {
	dir := t.TempDir()
	const url = "http://a.example/"
	file := wgetRecord(url, chunkedHead, chunks, sha1Label("hello")) +
		wgetRecord(url+"2", plainHead, "hello", sha1Label("other")) +
		strings.Replace(wgetRecord(url+"3", plainHead, "hello", sha1Label("hello")), "WARC-Date: 2026-11-21T12:00:00Z\r\n", "", 1)
	take := func() (stored, known, refused int) {
		a := opened(t, dir, Options{})
		m, err := a.NewImporter()
		if err != nil {
			t.Fatal(err)
		}
		for s, err := range ReadWARC(strings.NewReader(file), "old.warc") {
			if err != nil {
				t.Fatal(err)
			}
			_, ok, err := m.Import(t.Context(), s, &page.Reading{Row: page.Row{Outcome: page.OK, Text: "hello"}})
			switch {
			case errors.Is(err, ErrMismatch) || errors.Is(err, ErrUnreadable):
				refused++
			case err != nil:
				t.Fatal(err)
			case ok:
				stored++
			default:
				known++
			}
		}
		closed(t, a)
		return stored, known, refused
	}
	if s, k, r := take(); s != 1 || k != 0 || r != 2 {
		t.Errorf("first: %d stored, %d known, %d refused", s, k, r)
	}
	if s, k, r := take(); s != 0 || k != 1 || r != 2 {
		t.Errorf("again: %d stored, %d known, %d refused", s, k, r)
	}
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
	rd := reader(t, dir)
	row, err := rd.Row(url)
	if err != nil {
		t.Fatal(err)
	}
	c, err := rd.Capture(row)
	if err != nil {
		t.Fatal(err)
	}
	doc := c.Document()
	if string(doc.Wire) != chunkedHead+"\r\n\r\n"+chunks || doc.Start.Format("2006-01-02T15:04:05Z") != "2026-11-21T12:00:00Z" || doc.IP.String() != "192.0.2.7" {
		t.Errorf("stored %q of %v", doc.Wire, doc.Start)
	}
	h, err := headerIn(rd.root, row.WARCFile, row.WARCOffset)
	if err != nil || h.Get(sourceField) != "old.warc <urn:uuid:11111111-2222-4333-8444-666666666666>" {
		t.Errorf("source %q, %v", h.Get(sourceField), err)
	}
}

// TestImportAgainBringsLostRows: where the process ended between a record and its row.
func TestImportAgainBringsLostRows(t *testing.T) {
	dir := t.TempDir()
	at := func(day, text string) string {
		return strings.Replace(wgetRecord("http://a.example/"+text[:1], "HTTP/1.1 200 OK\r\nContent-Type: text/html", text, sha1Label(text)), "2026-11-21", day, 1)
	}
	file := at("2026-11-01", "one") + at("2026-11-02", "one") + at("2026-11-03", "other") + at("2026-11-04", "owl") + at("2026-11-05", "two")
	take := func(withRows int) (stored int) {
		a := opened(t, dir, Options{})
		m, err := a.NewImporter()
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for s, err := range ReadWARC(strings.NewReader(file), "old.warc") {
			if err != nil {
				t.Fatal(err)
			}
			var r *page.Reading
			if n++; n <= withRows {
				r = &page.Reading{Row: page.Row{Outcome: page.OK, Text: string(s.Capture.Document().Body)}}
			}
			if _, ok, err := m.Import(t.Context(), s, r); err != nil {
				t.Fatal(err)
			} else if ok {
				stored++
			}
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		closed(t, a)
		return stored
	}
	if n := take(2); n != 5 || len(rows(t, dir)) != 1 { // as if the rest had no time to write rows
		t.Fatalf("%d stored, rows %q", n, rows(t, dir))
	}
	if n := take(5); n != 3 || len(rows(t, dir)) != 4 {
		t.Errorf("again: %d stored, rows %q", n, rows(t, dir))
	}
	if n := take(5); n != 0 || len(rows(t, dir)) != 4 {
		t.Errorf("once more: %d stored, rows %q", n, rows(t, dir))
	}
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
}

func TestCheckWACZ(t *testing.T) {
	record := wgetRecord("http://a.example/", plainHead, "hello", sha1Label("hello"))
	resource := func(name, content string) string {
		return fmt.Sprintf(`{"path":%q,"hash":"sha256:%s","bytes":%d}`, name, hexSum([]byte(content)), len(content))
	}
	good := `{"resources":[` + resource("archive/a.warc", record) + `]}`
	for _, tt := range []struct {
		name, pack string
		files      []string // name and content by turns
		want       string   // of the error; "" for none
	}{
		{"sound", good, []string{"archive/a.warc", record}, ""},
		{"another digest", good, []string{"archive/a.warc", strings.Replace(record, "hello", "jello", 1)}, "digest"},
		{"another size", good, []string{"archive/a.warc", record + "\n"}, "bytes"},
		{"a file is missing", good, []string{"archive/b.warc", record}, "not there"},
		{"no datapackage", "", []string{"archive/a.warc", record}, "no datapackage.json"},
		{"no JSON", "[", []string{"archive/a.warc", record}, "datapackage.json"},
		{"an unknown digest", `{"resources":[{"path":"archive/a.warc","hash":"crc:1"}]}`, []string{"archive/a.warc", record}, "no digest"},
		{"a name that leads out", good, []string{"archive/a.warc", record, "archive/../../x", "y"}, "leads out"},
		{"an absolute name", good, []string{"archive/a.warc", record, "/etc/x", "y"}, "leads out"},
		{"a name of Windows", good, []string{"archive/a.warc", record, `archive\x`, "y"}, "leads out"},
		{"a name twice", good, []string{"archive/a.warc", record, "archive/a.warc", record}, "two entries"},
	} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		list := tt.files
		if tt.pack != "" {
			list = append([]string{"datapackage.json", tt.pack}, list...)
		}
		for i := 0; i < len(list); i += 2 {
			w, err := z.CreateHeader(&zip.FileHeader{Name: list[i]})
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, list[i+1])
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		err := CheckWACZ(bytes.NewReader(b.Bytes()), int64(b.Len()), "x.wacz")
		if (tt.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
