package archive

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"newsarchive/archive/warc"
)

// FuzzReadWARC: whatever the bytes, each response has one exchange whose parts
// lie inside its wire bytes, and the reading ends.
func FuzzReadWARC(f *testing.F) {
	f.Add([]byte(wgetRecord("http://a.example/", plainHead, "hello", sha1Label("hello"))))
	f.Add([]byte(wgetRecord("http://a.example/", chunkedHead, chunks, sha1Label(chunks))))
	f.Add([]byte(recordOf("request", "1", "http://a.example/", reqType, getOne) + recordOf("response", "2", "http://a.example/", respType, plainHead+"\r\n\r\nhello", "WARC-Concurrent-To: <urn:uuid:1>")))
	f.Add([]byte(recordOf("resource", "1", "urn:x", "text/html", "hello") + recordOf("revisit", "2", "http://a.example/", respType, "HTTP/1.1 304 Not Modified\r\n\r\n", "WARC-Profile: server-not-modified")))
	f.Fuzz(func(t *testing.T, file []byte) {
		steps := 0
		for s, err := range ReadWARC(bytes.NewReader(file), "x.warc") {
			if steps++; steps > 2*len(file)+2 {
				t.Fatal("no end")
			}
			if err != nil {
				continue
			}
			doc := s.Capture.Document()
			if doc == nil || doc.HeadLen > len(doc.Wire) || s.PayloadDigest == "" || s.Offset+s.Length > int64(len(file)) {
				t.Fatalf("%+v of %d bytes", s, len(file))
			}
		}
	})
}

// FuzzMembers: whatever the bytes, members come in order, lie inside the file
// and do not overlap.
func FuzzMembers(f *testing.F) {
	b, _ := killed(f)
	table := b[b.name(f, ".jsonl.gz.open")]
	f.Add(table)
	f.Add(append([]byte("\x1f\x8b\x08junk"), table...))
	f.Add(append(bytes.Clone(table[:50]), table...))
	f.Fuzz(func(t *testing.T, file []byte) {
		end, last := int64(0), int64(-1)
		for m, err := range members(bytes.NewReader(file)) {
			if m.offset <= last {
				t.Fatalf("member at %d after one at %d", m.offset, last)
			}
			last = m.offset
			if err != nil {
				continue
			}
			if m.offset < end || m.offset+m.length > int64(len(file)) {
				t.Fatalf("member %d+%d, the last ended at %d of %d", m.offset, m.length, end, len(file))
			}
			end = m.offset + m.length
		}
	})
}

// FuzzSURT: a key is one word in lower case, so that the lines of an index sort
// and split.
func FuzzSURT(f *testing.F) {
	f.Add("https://www.news.example:8443/a b/../%zz?b=%20&a#c")
	f.Fuzz(func(t *testing.T, url string) {
		key := surt(warc.EncodeURI(url))
		if strings.ContainsAny(key, " \r\n\t") || key != strings.ToLower(key) {
			t.Fatalf("surt(%q) = %q", url, key)
		}
	})
}

// readAll takes the records of a file and returns the bytes of their blocks.
func readAll(r io.Reader) (int64, error) {
	var total int64
	rd := warc.NewReader(r)
	for {
		rec, err := rd.Next()
		if err == io.EOF {
			return total, nil
		}
		if err != nil {
			return total, err
		}
		n, err := io.Copy(io.Discard, rec.Block)
		if err != nil {
			return total, err
		}
		total += n
	}
}
