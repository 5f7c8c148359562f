package warc

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"io"
	"testing"
	"time"
)

func TestPackedBlockIsStored(t *testing.T) {
	for _, size := range []int{0, 1, maxStored, maxStored + 1, 3*maxStored + 17} {
		body := make([]byte, size)
		rand.Read(body)
		head := []byte("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
		e := Entry{Type: Response, Date: time.Now(), URI: "https://news.example/", ContentType: HTTPResponse, Block: [][]byte{head, body}}
		b, err := NewBatch(0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Add(e); err != nil {
			t.Fatal(err)
		}
		deflated := b.Len()
		b.Reset()
		e.Packed = true
		var spans [2]Span // a member must not depend on the one before it
		for i := range spans {
			if spans[i], err = b.Add(e); err != nil {
				t.Fatal(err)
			}
		}
		if got := spans[0].Length; got > deflated+40 {
			t.Errorf("%d bytes stored take %d, deflated %d", size, got, deflated)
		}
		if _, err := readAll(bytes.NewReader(b.Bytes())); err != nil {
			t.Error(err)
		}
		rd := NewReader(bytes.NewReader(b.Bytes()))
		for i := range spans {
			rec, err := rd.Next()
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(rec.Block)
			if err != nil || !bytes.Equal(got, append(bytes.Clone(head), body...)) || rec.Length != spans[i].Length {
				t.Errorf("%d bytes read, length %d, %v", len(got), rec.Length, err)
			}
		}
		if _, err := rd.Next(); err != io.EOF {
			t.Error(err)
		}
	}
}

// readAll reads with the standard library, which checks sum and size.
func readAll(r io.Reader) ([]byte, error) {
	zr, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(zr)
}
