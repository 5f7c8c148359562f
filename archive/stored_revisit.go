package archive

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"newsarchive/archive/warc"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// payloads knows where the responses of files that are read lie, by the digest of
// their payload, so that a revisit gets what it leaves out. About 20 bytes each stay
// in memory.
type payloads struct {
	files []io.ReaderAt
	at    map[uint64]place
}

var errElsewhere = errors.New("the response with its payload is not earlier in the file")

// file begins a file; where it cannot be read at will its responses are not known.
func (p *payloads) file(r any) {
	ra, _ := r.(io.ReaderAt)
	p.files = append(p.files, ra)
}

// add takes note of a response in the newest file.
func (p *payloads) add(rec *warc.Record) {
	digest := rec.Header.Get("WARC-Payload-Digest")
	n := len(p.files) - 1
	if digest == "" || p.files[n] == nil || rec.Header.Get("WARC-Truncated") != "" {
		return
	}
	if p.at == nil {
		p.at = map[uint64]place{}
	}
	if key := hashOf(digest); p.at[key] == 0 {
		p.at[key] = placeOf(n+1, rec.Offset)
	}
}

// original reads the response with a payload again.
func (p *payloads) original(digest string) (*page.Exchange, error) {
	at, ok := p.at[hashOf(digest)]
	if !ok {
		return nil, errors.New("none has that digest")
	}
	rec, err := recordAt(p.files[at.file()-1], at.offset(), math.MaxInt64-at.offset())
	if err != nil {
		return nil, err
	}
	s, err := storedOf(rec, "")
	if err == nil && (rec.Header.Type() != warc.Response || rec.Header.Get("WARC-Payload-Digest") != digest) {
		err = errors.New("another record is there")
	}
	if problem := s.Mismatch + s.Undecoded; err == nil && problem != "" {
		err = errors.New("the original: " + problem)
	}
	if err != nil {
		return nil, err
	}
	return s.Capture.Document(), nil
}

// stored reads a response, or a revisit that stands for one; it reports false for
// other records.
func (p *payloads) stored(rec *warc.Record, name string) (s Stored, ok bool, err error) {
	if !rec.Header.IsHTTPResponse() {
		return p.whole(rec, name)
	}
	p.add(rec)
	s, err = storedOf(rec, name)
	return s, true, err
}

// whole gives a revisit with an identical payload the body that it leaves out. It
// reports false for other revisits, which say only that nothing changed.
func (p *payloads) whole(rec *warc.Record, name string) (s Stored, ok bool, err error) {
	h := rec.Header
	if !isRevisit(h) {
		return s, false, nil
	}
	if s, err = storedOf(rec, name); err != nil {
		return s, true, err
	}
	ex := &s.Capture.Exchanges[0]
	from, err := p.original(h.Get("WARC-Payload-Digest"))
	if kind := ex.Header.Get("Content-Type"); err != nil && kind != "" && !strings.Contains(kind, "html") {
		return s, false, nil // no page lacks it
	}
	if err != nil {
		return s, true, fmt.Errorf("the revisit of %s at offset %d is left out: %w (%v)", page.Printable(ex.URL, 300), rec.Offset, errElsewhere, err)
	}
	s.Undecoded = ""
	if err := behind(ex, from); err != nil {
		s.Undecoded = err.Error()
	}
	return s, true, nil
}

// isRevisit reports a revisit of an http or https address with an identical payload.
func isRevisit(h warc.Header) bool {
	uri := strings.ToLower(h.TargetURI())
	return h.Type() == warc.Revisit && strings.Contains(h.Get("WARC-Profile"), "identical-payload-digest") &&
		(strings.HasPrefix(uri, "http://") || strings.HasPrefix(uri, "https://"))
}

// behind puts the payload of an answer behind the head of another, in the transfer
// coding that the head speaks of.
func behind(ex, from *page.Exchange) error {
	head := ex.Wire[:ex.HeadLen]
	if ex.HeadLen == 0 {
		head = from.Wire[:from.HeadLen] // the revisit kept none: the same answer came
	}
	body := from.Entity
	probe := page.Exchange{URL: ex.URL, Wire: head}
	if err := wire.Read(&probe, limits); probe.Header == nil && err != nil {
		return err
	}
	if strings.Contains(strings.ToLower(strings.Join(probe.Header.Values("Transfer-Encoding"), ",")), "chunked") && len(body) > 0 {
		body = slices.Concat(fmt.Appendf(nil, "%x\r\n", len(body)), body, []byte("\r\n0\r\n\r\n"))
	}
	ex.Wire, ex.Truncated = slices.Concat(head, body), from.Truncated
	return wire.Read(ex, limits)
}
