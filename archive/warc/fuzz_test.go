package warc

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// FuzzReader: whatever the bytes, records come in order, lie inside the file and
// do not overlap, and the reader comes to an end.
func FuzzReader(f *testing.F) {
	b, _ := batch(f, 2)
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:b.Len()-5])
	f.Add([]byte(wgetFile))
	f.Add([]byte("WARC/1.1\r\nContent-Length: 9223372036854775807\r\n\r\nx"))
	var big bytes.Buffer
	zw := gzip.NewWriter(&big)
	zw.Write([]byte(wgetFile))
	zw.Close()
	f.Add(append(big.Bytes(), wgetFile...))
	f.Fuzz(func(t *testing.T, file []byte) {
		rd := NewReader(bytes.NewReader(file))
		end, member := int64(0), int64(-1)
		for steps := 0; ; steps++ {
			if steps > 2*len(file)+2 {
				t.Fatal("no end")
			}
			rec, err := rd.Next()
			if err == io.EOF {
				return
			}
			if d := new(DamageError); errors.As(err, &d) {
				if d.Offset < 0 || d.Offset > int64(len(file)) {
					t.Fatalf("damage at %d of %d", d.Offset, len(file))
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if rec.Offset < end && rec.Offset != member {
				t.Fatalf("record at %d, the one before ends at %d", rec.Offset, end)
			}
			if n, err := io.Copy(io.Discard, rec.Block); err == nil && n != rec.Size {
				t.Fatalf("block of %d bytes, declared %d", n, rec.Size)
			}
			end, member = rec.Offset+rec.Length, rec.Offset
			if rec.Length < 0 || end > int64(len(file)) {
				t.Fatalf("record %d+%d of %d", rec.Offset, rec.Length, len(file))
			}
		}
	})
}
