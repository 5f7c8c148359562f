package archive

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"newsarchive/archive/warc"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// A scan reads the records of a WARC segment for what the index says of them.
type scan struct {
	rd   *warc.Reader
	head bytes.Buffer // of the record at hand; kept, since it grows to the largest
}

func newScan(r io.Reader) *scan { return &scan{rd: warc.NewReader(r)} }

// whole gives the records that can be read, until ctx ends; damage is passed over, and any
// other error is the last thing given.
func (s *scan) whole(ctx context.Context) iter.Seq2[made, error] {
	return func(yield func(made, error) bool) {
		for ctx.Err() == nil {
			m, _, err := s.next()
			if err == io.EOF {
				return
			}
			if d := new(warc.DamageError); errors.As(err, &d) {
				continue
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// next reads a record whole, and tells whether it ends a capture.
func (s *scan) next() (made, bool, error) {
	rec, err := s.rd.Next()
	if err != nil {
		return made{}, false, err
	}
	s.head.Reset()
	if _, err = s.head.ReadFrom(io.LimitReader(rec.Block, wire.MaxHead+4096)); err == nil {
		_, err = io.Copy(io.Discard, rec.Block)
	}
	if err != nil {
		return made{}, false, err
	}
	m := madeOf(rec)
	if m.indexed() {
		ex, _ := contentOf(rec.Header, s.head.Bytes(), wire.Limits{Entity: 1, Body: 1}) // the head is what matters, and is filled where there is one
		m.described(&ex)
	}
	k, n, ok := strings.Cut(rec.Header.Get(partField), "/")
	return m, ok && k == n, nil
}

// madeOf tells what the header of a record says.
func madeOf(rec *warc.Record) made {
	h := rec.Header
	return made{span: warc.Span{Offset: rec.Offset, Length: rec.Length}, info: h.Get("WARC-Warcinfo-ID"), note: h.Get(damagedField) != "", of: h.Get(requisiteField),
		entry: warc.Entry{Type: h.Type(), ID: h.ID(), Date: h.Date(), URI: h.TargetURI(), PayloadDigest: h.Get("WARC-Payload-Digest")}}
}

// contentOf is what the block of a record holds: an HTTP response, or a file. The error
// is that of wire.Read.
func contentOf(h warc.Header, block []byte, l wire.Limits) (page.Exchange, error) {
	ex := page.Exchange{URL: warc.EncodeURI(h.TargetURI()), Method: "GET", Start: h.Date(), Wire: block, Truncated: h.Get("WARC-Truncated")}
	if h.Type() == warc.Resource {
		ex.Resource, ex.Header, ex.Entity, ex.Body = true, page.Header{"Content-Type": {h.Get("Content-Type")}}, block, block
		return ex, nil
	}
	return ex, wire.Read(&ex, l)
}

// described takes what the index says of the answer.
func (m *made) described(ex *page.Exchange) {
	m.status, m.mime = ex.Status, mediaType(ex.Header.Get("Content-Type"))
	if m.entry.Type == warc.Revisit {
		m.mime = RevisitMIME
	}
}
