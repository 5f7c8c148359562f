package archive

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"

	"newsarchive/archive/warc"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// payloads knows where the responses of files that are read lie, by the digest of
// their payload and by address and date, so that a revisit gets what it leaves out. About
// 40 bytes each stay in memory.
type payloads struct {
	files     []io.ReaderAt
	at        map[uint64]spot
	elsewhere func(warc.Header) *page.Exchange // looks where no file was read; nil for nowhere
	left      map[string]int                   // records that were not given, by type
}

// spot is where a record lies: so many plain bytes behind the beginning of a member.
type spot struct {
	place
	within int64
}

// farWithin is how much of a member is read again for a record in the midst of it.
const farWithin = 64 << 20

var errElsewhere = errors.New("no response with its payload was found")

// file begins a file; where it cannot be read at will its responses are not known.
func (p *payloads) file(r any) {
	ra, _ := r.(io.ReaderAt)
	p.files = append(p.files, ra)
}

func digestKey(label string) uint64 { return hashOf("digest " + warc.OneSpelling(label)) }

// visitKey is that of an address at a second, written as in an index.
func visitKey(uri, stamp string) uint64 { return hashOf("visit " + stamp + " " + warc.EncodeURI(uri)) }

// keysOf are those under which the response of a revisit may be known.
func keysOf(revisit warc.Header) (keys []uint64) {
	if digest := revisit.Get("WARC-Payload-Digest"); digest != "" {
		keys = append(keys, digestKey(digest))
	}
	if date := warc.ParseDate(revisit.Get("WARC-Refers-To-Date")); !date.IsZero() {
		keys = append(keys, visitKey(originalURI(revisit), date.Format(stampLayout)))
	}
	return keys
}

// originalURI is the address that gave the payload of a revisit.
func originalURI(revisit warc.Header) string {
	return warc.EncodeURI(cmp.Or(strings.Trim(revisit.Get("WARC-Refers-To-Target-URI"), "<>"), revisit.TargetURI()))
}

const stampLayout = "20060102150405"

// add takes note of a response in the newest file.
func (p *payloads) add(rec *warc.Record) {
	h := rec.Header
	n := len(p.files) - 1
	if p.files[n] == nil || h.Get("WARC-Truncated") != "" || rec.Within > farWithin {
		return
	}
	if p.at == nil {
		p.at = map[uint64]spot{}
	}
	at := spot{placeOf(n, rec.Offset), rec.Within}
	keys := []uint64{visitKey(h.TargetURI(), h.Date().Format(stampLayout))}
	if digest := h.Get("WARC-Payload-Digest"); digest != "" {
		keys = append(keys, digestKey(digest))
	}
	for _, key := range keys {
		if _, ok := p.at[key]; !ok {
			p.at[key] = at
		}
	}
}

// original reads the response that a revisit refers to again.
func (p *payloads) original(revisit warc.Header) (ex *page.Exchange, err error) {
	err = errors.New("none has its digest")
	for _, key := range keysOf(revisit) {
		if at, ok := p.at[key]; ok {
			if ex, err = p.payload(at, revisit.Get("WARC-Payload-Digest")); err == nil {
				return ex, nil
			}
		}
	}
	return nil, err
}

// payload reads the response at a place, if it has the payload.
func (p *payloads) payload(at spot, digest string) (*page.Exchange, error) {
	rd := warc.NewReader(io.NewSectionReader(p.files[at.file()], at.offset(), math.MaxInt64-at.offset()))
	rec, err := rd.Next()
	for err == nil && rec.Offset == 0 && rec.Within < at.within {
		rec, err = rd.Next()
	}
	if err != nil {
		return nil, err
	}
	if !holdsPayload(rec.Header) || rec.Within != at.within {
		return nil, errors.New("another record is there")
	}
	same := warc.OneSpelling(rec.Header.Get("WARC-Payload-Digest")) == warc.OneSpelling(digest)
	s, err := storedOf(rec, "")
	if problem := s.Mismatch + s.Undecoded; err == nil && problem != "" {
		err = errors.New("the original: " + problem)
	}
	if err == nil && !same && !isPayload(s.Capture.Document(), digest) {
		err = errors.New("the original has another payload")
	}
	if err != nil {
		return nil, err
	}
	return s.Capture.Document(), nil
}

// isPayload reports whether the answer has the payload of that digest, which some
// producers take over the transfer coding too, and others over what the content coding
// stands for. Where there is no digest it was found by address and date, and that must do.
func isPayload(ex *page.Exchange, digest string) bool {
	if digest == "" {
		return true
	}
	for _, payload := range [][]byte{ex.Entity, ex.Wire[ex.HeadLen:], ex.Body} {
		c := warc.NewCheck(digest)
		if c == nil {
			return false
		}
		if c.Write(payload); c.Holds() {
			return true
		}
	}
	return false
}

// stored reads a response, a file, or a revisit that stands for one. Other records have
// no capture, and are counted.
func (p *payloads) stored(rec *warc.Record, name string) (s Stored, err error) {
	switch h := rec.Header; {
	case holdsPayload(h):
		p.add(rec)
		s, err = storedOf(rec, name)
	case h.Type() == warc.Revisit && webAddress(h.TargetURI()):
		s, err = p.whole(rec, name)
	}
	if err == nil && s.Capture == nil {
		p.leave(rec.Header.Type())
	}
	s.concurrent = rec.Header.Values("WARC-Concurrent-To")
	return s, err
}

// whole gives a revisit with an identical payload the body that it leaves out. The answer
// that nothing was modified is whole as it is. Other revisits have no capture.
func (p *payloads) whole(rec *warc.Record, name string) (Stored, error) {
	h := rec.Header
	s, err := storedOf(rec, name)
	if err != nil {
		return s, err
	}
	ex := &s.Capture.Exchanges[0]
	if ex.Status == http.StatusNotModified {
		return s, nil
	}
	if !strings.Contains(h.Get("WARC-Profile"), "identical-payload-digest") {
		return Stored{}, nil
	}
	from, err := p.original(h)
	if err != nil && p.elsewhere != nil {
		if from = p.elsewhere(h); from != nil {
			err = nil
		}
	}
	if kind := ex.Header.Get("Content-Type"); err != nil && kind != "" && !strings.Contains(kind, "html") {
		return Stored{}, nil // no page lacks it
	}
	if err != nil {
		return s, fmt.Errorf("the revisit of %s at offset %d is left out: %w (%v)", page.Printable(ex.URL, 300), rec.Offset, errElsewhere, err)
	}
	s.Undecoded = ""
	if err := behind(ex, from); err != nil {
		s.Undecoded = err.Error()
	}
	return s, nil
}

func webAddress(uri string) bool {
	uri = strings.ToLower(uri)
	return strings.HasPrefix(uri, "http://") || strings.HasPrefix(uri, "https://")
}

// behind puts the payload of an answer behind the head of another, in the transfer
// coding that the head speaks of.
func behind(ex, from *page.Exchange) error {
	if from.Resource && ex.HeadLen == 0 {
		ex.Resource, ex.Header, ex.Wire, ex.Entity, ex.Body, ex.Truncated = true, from.Header, from.Wire, from.Entity, from.Body, from.Truncated
		return nil
	}
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
