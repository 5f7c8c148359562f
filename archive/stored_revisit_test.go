package archive

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
)

// revisitRecord is the revisit of a page whose payload another address gave.
func revisitRecord(url, head, digest string) string {
	r := wgetRecord(url, head, "", digest)
	return strings.Replace(r, "WARC-Type: response\r\n", "WARC-Type: revisit\r\nWARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest\r\nWARC-Truncated: length\r\n", 1)
}

// bodiesOf tells the address and body of each response, or what is wrong.
func bodiesOf(list iter.Seq2[Stored, error]) (told []string) {
	for s, err := range list {
		if err != nil {
			told = append(told, err.Error())
			continue
		}
		doc := s.Capture.Document()
		told = append(told, doc.URL+" "+string(doc.Body)+s.Mismatch+s.Undecoded+doc.Truncated)
	}
	return told
}

func TestRevisitHasThePayloadOfItsOriginal(t *testing.T) {
	original := wgetRecord("http://a.example/one", plainHead, "hello", sha1Label("hello"))
	want := []string{"http://a.example/one hello", "http://a.example/two hello"}
	for _, head := range []string{plainHead, chunkedHead, "HTTP/1.1 200 OK\r\nContent-Type: text/html"} {
		file := original + revisitRecord("http://a.example/two", head, sha1Label("hello"))
		equal(t, bodiesOf(ReadWARC(strings.NewReader(file), "x.warc")), want...)
	}
}

func TestRevisitInAPackage(t *testing.T) {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for i, record := range []string{
		wgetRecord("http://a.example/one", plainHead, "hello", sha1Label("hello")),
		revisitRecord("http://a.example/two", plainHead, sha1Label("hello")),
	} {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("archive/%d.warc", i), Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, record)
	}
	zw.Close()
	equal(t, bodiesOf(ReadWACZ(bytes.NewReader(b.Bytes()), int64(b.Len()), "x.wacz")), "http://a.example/one hello", "http://a.example/two hello")
}

func TestRevisitWithoutItsOriginalIsNamed(t *testing.T) {
	page := revisitRecord("http://a.example/two", plainHead, sha1Label("hello"))
	const left = "read x.warc: the revisit of http://a.example/two at offset 0 is left out: no response with its payload was found (none has its digest)"
	equal(t, bodiesOf(ReadWARC(strings.NewReader(page), "x.warc")), left)
	picture := strings.Replace(page, "text/html", "image/png", 1)
	equal(t, bodiesOf(ReadWARC(strings.NewReader(picture), "x.warc")))
}

// TestRevisitIsImported: it gets a row and stays a revisit, in an archive that is sound.
func TestRevisitIsImported(t *testing.T) {
	long := "<p>" + strings.Repeat("The ferry is late. ", 100)
	file := wgetRecord("http://a.example/one", "HTTP/1.1 200 OK\r\nContent-Type: text/html", long, sha1Label(long)) +
		revisitRecord("http://a.example/two", "HTTP/1.1 200 OK\r\nContent-Type: text/html", sha1Label(long))
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	m, err := a.NewImporter()
	if err != nil {
		t.Fatal(err)
	}
	for s, err := range ReadWARC(strings.NewReader(file), "x.warc") {
		if err != nil {
			t.Fatal(err)
		}
		if _, stored, err := m.Import(t.Context(), s, asWritten(s.Capture)); err != nil || !stored {
			t.Fatalf("stored %v, %v", stored, err)
		}
	}
	closed(t, a)
	equal(t, faults(t, dir, VerifyOptions{Full: true, Extract: asWritten}))
	if got := rows(t, dir); len(got) != 2 {
		t.Errorf("rows %q", got)
	}
	for row, err := range reader(t, dir).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if c, err := reader(t, dir).Capture(row); err != nil || string(c.Document().Body) != long {
			t.Errorf("%s: %v", row.URL, err)
		}
	}
}
