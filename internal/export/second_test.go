package export

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/nlnwa/gowarc/v3"

	"newsarchive/archive"
)

// An exported WARC file is read by another reader, which finds the same records at
// the same places, and nothing to complain of.
func TestAnotherReaderReadsExportedWARC(t *testing.T) {
	file := exported(t, library(t, visits), "all.warc.gz", Options{Format: WARC, Query: archive.Query{}})
	want, at := headers(t, file)
	rd, err := gowarc.NewWarcFileReaderFromStream(bytes.NewReader(file), 0, gowarc.WithSyntaxErrorPolicy(gowarc.ErrFail), gowarc.WithUnknownRecordTypePolicy(gowarc.ErrFail))
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	for rec, err := range rd.Records() {
		if err != nil {
			t.Fatal(err)
		}
		chunked := false // it takes payload digests over the chunks, against ISO 28500 section 6.3.2
		if b, ok := rec.WarcRecord.Block().(gowarc.HttpResponseBlock); ok {
			chunked = b.HttpHeader().Get("Transfer-Encoding") != ""
		}
		for _, v := range rec.Validation {
			if d := new(gowarc.DigestError); !chunked || !errors.As(v, &d) {
				t.Errorf("offset %d: %v", rec.Offset, v)
			}
		}
		if h, n := rec.WarcRecord.WarcHeader(), len(got); n < len(want) {
			for _, f := range want[n] {
				if !slices.Contains(h.GetAll(f.Name), f.Value) {
					t.Errorf("offset %d: %s is %q, want %q", rec.Offset, f.Name, h.GetAll(f.Name), f.Value)
				}
			}
		}
		got = append(got, rec.Offset)
		rec.Close()
	}
	if !slices.Equal(got, at) {
		t.Errorf("records at %d, want %d", got, at)
	}
}
