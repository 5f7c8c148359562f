package archive

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"newsarchive/archive/warc"
)

func sha1Label(b string) string {
	sum := sha1.Sum([]byte(b))
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// wgetRecord is a response as wget writes it.
func wgetRecord(url, head, body, digest string) string {
	block := head + "\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:11111111-2222-4333-8444-666666666666>\r\n"+
		"WARC-Target-URI: <%s>\r\nWARC-Date: 2026-11-21T12:00:00Z\r\nWARC-IP-Address: 192.0.2.7\r\nWARC-Block-Digest: %s\r\n"+
		"WARC-Payload-Digest: %s\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		url, sha1Label(block), digest, len(block), block)
}

const (
	plainHead   = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5"
	chunkedHead = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked"
	packedHead  = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
	chunks      = "5\r\nhello\r\n0\r\n\r\n"
)

func TestReadWARCOfOthers(t *testing.T) {
	for _, tt := range []struct{ name, record, body, mismatch string }{
		{"plain", wgetRecord("http://a.example/", plainHead, "hello", sha1Label("hello")), "hello", ""},
		{"digest over chunks", wgetRecord("http://a.example/", chunkedHead, chunks, sha1Label(chunks)), "hello", ""},
		{"digest over the decoded body", wgetRecord("http://a.example/", packedHead, zipped("hello"), sha1Label("hello")), "hello", ""},
		{"digest over the entity", wgetRecord("http://a.example/", chunkedHead, chunks, sha1Label("hello")), "hello", ""},
		{"wrong payload digest", wgetRecord("http://a.example/", plainHead, "hello", sha1Label("other")), "hello", "the payload does not match " + sha1Label("other")},
		{"unknown algorithm", wgetRecord("http://a.example/", plainHead, "hello", "blake9:AAAA"), "hello", ""},
		{"changed block", strings.Replace(wgetRecord("http://a.example/", plainHead, "hello", sha1Label("hello")), "\r\n\r\nhello", "\r\n\r\nHello", 1), "Hello", "the block does not match " + sha1Label(plainHead+"\r\n\r\nhello")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			for s, err := range ReadWARC(strings.NewReader(tt.record), "x.warc") {
				if n++; err != nil {
					t.Fatal(err)
				}
				doc := s.Capture.Document()
				if string(doc.Body) != tt.body || s.Mismatch != tt.mismatch || doc.URL != "http://a.example/" || s.File != "x.warc" {
					t.Errorf("%+v, body %q", s, doc.Body)
				}
			}
			if n != 1 {
				t.Errorf("%d responses", n)
			}
		})
	}
}

func TestReadWARCGivesWhatIsBeforeTheCut(t *testing.T) {
	var b bytes.Buffer
	for i := range 3 {
		zw := gzip.NewWriter(&b)
		io.WriteString(zw, wgetRecord(fmt.Sprintf("http://a.example/%d", i), plainHead, "hello", sha1Label("hello")))
		zw.Close()
	}
	var got []string
	var damage *warc.DamageError
	for s, err := range ReadWARC(bytes.NewReader(b.Bytes()[:b.Len()-20]), "x.warc.gz") {
		if err == nil {
			got = append(got, s.Capture.Document().URL)
		} else if damage != nil || !errors.As(err, &damage) || !damage.Torn() {
			t.Errorf("error %v", err)
		}
	}
	equal(t, got, "http://a.example/0", "http://a.example/1")
	if damage == nil {
		t.Error("the cut was not told")
	}
}

func TestReadWARCCutsAHugeBody(t *testing.T) {
	t.Parallel()
	head := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d", maxBlock)
	record := wgetRecord("http://a.example/", head, strings.Repeat("a", maxBlock), sha1Label("unknown"))
	for s, err := range ReadWARC(strings.NewReader(record), "x.warc") {
		if err != nil || s.Mismatch != "" || s.Capture.Document().Truncated != "length" {
			t.Errorf("mismatch %q, truncated %q, %v", s.Mismatch, s.Capture.Document().Truncated, err)
		}
	}
}

// wacz packs files, in the order of names.
func wacz(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, wgetRecord("http://a.example/"+name, plainHead, "hello", sha1Label("hello")))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadWACZ(t *testing.T) {
	for _, tt := range []struct {
		names []string
		want  string
	}{
		{[]string{"archive/a.warc", "pages/pages.jsonl", "archive/b.warc", "fuzzy/c.warc"}, "archive/a.warc archive/b.warc"},
		{[]string{"archive/../../etc/a.warc", "archive/deep/a.warc", "/archive/a.warc"}, "error"},
		{[]string{"archive/a.warc", "archive/a.warc"}, "error"},
		{nil, "error"},
	} {
		data := wacz(t, tt.names...)
		var got []string
		for s, err := range ReadWACZ(bytes.NewReader(data), int64(len(data)), "x.wacz") {
			if err != nil {
				got = append(got, "error")
				continue
			}
			got = append(got, strings.TrimPrefix(s.Capture.Document().URL, "http://a.example/"))
			if !strings.HasPrefix(s.File, "x.wacz!archive/") {
				t.Errorf("file %q", s.File)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q gave %q, want %q", tt.names, got, tt.want)
		}
	}
	for _, err := range ReadWACZ(strings.NewReader("PK\x03\x04"), 4, "x.wacz") {
		if err == nil {
			t.Error("half a package was read")
		}
	}
}

func TestSURT(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://www.News.example/World/Story.html?b=2&a=1#top", "example,news)/world/story.html?a=1&b=2"},
		{"http://news.example:80/", "example,news)/"},
		{"http://www2.news.example:8080/a//b/../c/./", "example,news:8080)/a/c"},
		{"https://news.example/a%20b/%C3%A9%2f?x=%20", "example,news)/a%20b/%c3%a9/?x=%20"},
		{"https://news.example/?jsessionid=0123456789abcdef&q=1", "example,news)/?q=1"},
		{"https://wwwx.example/", "example,wwwx)/"},
		{"http://192.0.2.7/x", "7,2,0,192)/x"},
		{"https://news.example/50%?x%zz", "example,news)/50%25?x%zz"},
		{"https://news.example?q", "example,news)/?q"},
		{"urn:x:y", "urn:x:y"},
	} {
		if got := surt(tt.in); got != tt.want {
			t.Errorf("surt(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestSegmentsAreNamed: the digest of a record in several segments is that of the whole.
func TestSegmentsAreNamed(t *testing.T) {
	record := strings.Replace(wgetRecord("http://a.example/", plainHead, "hel", sha1Label("hello")), "WARC-Payload", "WARC-Segment-Number: 1\r\nWARC-Payload", 1)
	for s, err := range ReadWARC(strings.NewReader(record), "x.warc") {
		if err != nil || s.Mismatch != "" || !errors.Is(s.Check(), ErrUnreadable) || !strings.Contains(s.Undecoded, "segments") {
			t.Errorf("%q, %q, %v", s.Mismatch, s.Undecoded, err)
		}
	}
}

// TestAddressesAreSpelledAsTheyAreStored: so that a package shows the page that it lists.
func TestAddressesAreSpelledAsTheyAreStored(t *testing.T) {
	for s, err := range ReadWARC(strings.NewReader(wgetRecord("http://a.example/zwölf?q=ä b", plainHead, "hello", sha1Label("hello"))), "x.warc") {
		if want := "http://a.example/zw%C3%B6lf?q=%C3%A4%20b"; err != nil || s.Capture.Document().URL != want || s.Capture.Requested != want {
			t.Errorf("%q, %v", s.Capture.Requested, err)
		}
	}
}
