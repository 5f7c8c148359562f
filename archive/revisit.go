package archive

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"newsarchive/archive/warc"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// Fields of revisit records beyond those of ISO 28500: where the original lies.
const (
	originalFile   = "WARC-Refers-To-Filename"
	originalOffset = "WARC-Refers-To-File-Offset"
)

// minRevisit is the least size, in bytes, of an entity that is not stored again.
const minRevisit = 1 << 10

// payload finds a response with the payload of ex.
func (o *originals) payload(ex *page.Exchange, digest string) *original {
	if o == nil || ex.Status != 200 || ex.Truncated != "" || len(ex.Entity) <= minRevisit {
		return nil
	}
	whole := func(name string, at int64) (warc.Header, error) { return headerIn(o.root, name, at) }
	found := o.find(byPayload, payloadKey(digest), whole) // nothing else will hold the payload
	if found == nil || found.header.Get("WARC-Payload-Digest") != digest {
		return nil
	}
	return found
}

// notModified finds the response that a 304 answer to ex confirms: none that came later,
// for an answer may be imported after it.
func (o *originals) notModified(ex *page.Exchange) *original {
	if o == nil || ex.Status != 304 {
		return nil
	}
	found := o.find(byAddress, addressKey(warc.EncodeURI(ex.URL)), o.head)
	if found == nil || found.header.Date().After(dateOf(ex)) {
		return nil
	}
	return found
}

// refer makes a revisit of the response record m: the head of the answer alone,
// and where the rest is.
func (m *made) refer(profile string, head []byte, to *original) {
	m.entry.Type, m.entry.Block, m.entry.Packed, m.mime = warc.Revisit, [][]byte{head}, false, RevisitMIME
	m.entry.PayloadDigest = to.header.Get("WARC-Payload-Digest")
	if profile == warc.IdenticalPayload {
		m.entry.Fields = append(m.entry.Fields, warc.Field{Name: "WARC-Truncated", Value: "length"})
	}
	m.entry.Fields = append(m.entry.Fields,
		warc.Field{Name: "WARC-Profile", Value: profile},
		warc.Field{Name: "WARC-Refers-To", Value: to.header.ID()},
		warc.Field{Name: "WARC-Refers-To-Target-URI", Value: to.header.TargetURI()},
		warc.Field{Name: "WARC-Refers-To-Date", Value: to.header.Get("WARC-Date")},
		warc.Field{Name: originalFile, Value: to.file},
		warc.Field{Name: originalOffset, Value: strconv.FormatInt(to.offset, 10)})
}

// RevisitMIME is what an index, and a Visit, says of the type of a revisit.
const RevisitMIME = "warc/revisit"

var errOriginal = errors.New("the record that the revisit refers to is not there")

// originalOf returns where the original of a revisit lies.
func originalOf(h warc.Header) (file string, offset int64, err error) {
	offset, err = strconv.ParseInt(h.Get(originalOffset), 10, 64)
	if err != nil {
		return "", 0, fmt.Errorf("%w: it does not say where", errOriginal)
	}
	return h.Get(originalFile), offset, nil
}

// checkOriginal checks that the record which a revisit refers to is there and
// has the same payload.
func (r *Reader) checkOriginal(revisit warc.Header) error {
	file, offset, err := originalOf(revisit)
	if err != nil {
		return err
	}
	h, err := headerIn(r.root, file, offset)
	if err != nil {
		return fmt.Errorf("%w: %s, offset %d: %w", errOriginal, file, offset, err)
	}
	if h.Type() != warc.Response || h.ID() != revisit.Get("WARC-Refers-To") || h.TargetURI() != revisit.Get("WARC-Refers-To-Target-URI") ||
		h.Get("WARC-Date") != revisit.Get("WARC-Refers-To-Date") || h.Get("WARC-Payload-Digest") != revisit.Get("WARC-Payload-Digest") {
		return fmt.Errorf("%w: at %s, offset %d, is %.100s", errOriginal, file, offset, h.ID())
	}
	return nil
}

// complete gives the exchange of a revisit the payload of its original. The
// head stays that of the revisit.
func (r *Reader) complete(ex *page.Exchange, revisit warc.Header) error {
	if err := r.checkOriginal(revisit); err != nil {
		return err
	}
	file, offset, err := originalOf(revisit)
	if err != nil {
		return err
	}
	s, err := r.stored(file, offset)
	if err != nil {
		return err
	}
	if s.Mismatch != "" {
		return fmt.Errorf("its original at %s, offset %d: %s", file, offset, s.Mismatch)
	}
	doc := s.Capture.Document()
	ex.Truncated = doc.Truncated
	ex.Entity, ex.Body, ex.DecodeError, ex.Bounded = doc.Entity, doc.Body, doc.DecodeError, doc.Bounded
	if coding := ex.Header.Values("Content-Encoding"); strings.Join(coding, ",") != strings.Join(doc.Header.Values("Content-Encoding"), ",") && ex.Status == 200 {
		again := page.Exchange{Wire: append([]byte("HTTP/1.1 200 OK\r\nContent-Encoding: "+strings.Join(coding, ", ")+"\r\n\r\n"), doc.Entity...)}
		if err := wire.Read(&again, limits); err != nil {
			return err
		}
		ex.Body, ex.DecodeError, ex.Bounded = again.Body, again.DecodeError, again.Bounded
	}
	return nil
}
