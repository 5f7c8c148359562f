package archive

import (
	"fmt"
	"io"
	"iter"
	"math"
	"net/netip"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// maxBlock is how much of a record's block is kept in memory: what the HTTP
// reader takes of head and body, with room for the marks between chunks.
const maxBlock = 20 << 20

// A Stored is one HTTP response, or one file without HTTP, found in a WARC file.
type Stored struct {
	Capture       *page.Capture // one exchange, with its request where that lies beside it
	File          string        // name of the file; "FILE.wacz!archive/NAME" inside a WACZ
	Offset        int64         // of the record's gzip member, or of the record in a plain file
	Length        int64         // of the member; 0 where several records share one
	RecordID      string        // with its angle brackets; "" if the record has none
	PayloadDigest string        // as in the record, else computed
	Mismatch      string        // how the record contradicts its own digests; "" if it does not
	Undecoded     string        // why the block is no readable HTTP response; "" if it is

	concurrent []string // records of the same exchange
}

// ReadWARC gives the http and https responses and the resources (files that came without
// HTTP) in a WARC file of any producer, plain or compressed, in their order. A revisit with
// an identical payload gets it from the response with it, wherever that is in the file, where
// r is an io.ReaderAt too that begins where r does; else it is left out, with an error (see
// Originals). A revisit that was not modified is given as its 304 answer. Other records are
// skipped. A *DamageError of package warc tells of damage, and what can be read after it
// follows; any other error is the last thing given. A body past what is kept in memory is
// cut and marked Truncated "length".
func ReadWARC(r io.Reader, name string) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		var o Originals
		if ra, ok := r.(io.ReaderAt); ok {
			o.Ahead = func() { o.known.survey(lying{io.NewSectionReader(ra, 0, math.MaxInt64), ra}) }
		}
		o.known.elsewhere = o.elsewhere
		readWARC(r, name, &o.known, yield)
	}
}

// readWARC reports whether the consumer wants more and the file can be left.
func readWARC(r io.Reader, name string, known *payloads, yield func(Stored, error) bool) bool {
	known.file(r)
	rd := warc.NewReader(r)
	pair := pairing{leave: known.leave}
	for records := 0; ; records++ {
		rec, err := rd.Next()
		if err == io.EOF {
			if records == 0 {
				return yield(Stored{}, fmt.Errorf("read %s: the file has no WARC record", name))
			}
			return pair.end(yield)
		}
		var s Stored
		if err == nil {
			if rec.Header.Type() == warc.Request {
				err = pair.asked(rec)
			} else if s, err = known.stored(rec, name); err == nil && s.Capture != nil && !pair.answered(s, yield) {
				return false
			}
		}
		if err != nil && !pair.broken(fmt.Errorf("read %s: %w", name, err), yield) {
			return false
		}
	}
}

// storedOf reads the record of a response or a file to its end.
func storedOf(rec *warc.Record, name string) (Stored, error) {
	h := rec.Header
	block := warc.NewCheck(h.Get("WARC-Block-Digest"))
	if block != nil && block.Holds() && h.Type() == warc.Revisit {
		block = nil // of nothing, though there is a block: wget writes that on each revisit
	}
	var in io.Reader = rec.Block
	if block != nil {
		in = io.TeeReader(in, block)
	}
	kept, err := io.ReadAll(io.LimitReader(in, maxBlock))
	if err != nil {
		return Stored{}, err
	}
	rest, err := io.Copy(io.Discard, in)
	if err != nil {
		return Stored{}, err
	}
	s := Stored{File: name, Offset: rec.Offset, Length: rec.Length, RecordID: h.ID()}
	ex, err := contentOf(h, kept, limits)
	if err != nil {
		s.Undecoded = err.Error()
	}
	ex.IP, _ = netip.ParseAddr(h.Get("WARC-IP-Address")) // the zero Addr stands for none
	if rest > 0 {
		ex.Truncated = "length"
	}
	if block != nil && !block.Holds() {
		s.Mismatch = "the block does not match " + page.Printable(h.Get("WARC-Block-Digest"), 150)
	}
	segment := h.Get("WARC-Segment-Number") != ""
	if segment {
		s.Undecoded = "it is one of several segments, which are not joined"
	}
	s.digest(h.Get("WARC-Payload-Digest"), &ex, rest > 0 || segment || h.Type() == warc.Revisit)
	s.Capture = &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}
	return s, nil
}

// digest sets the payload digest and compares it.
func (s *Stored) digest(label string, ex *page.Exchange, cut bool) {
	s.PayloadDigest = label
	if label == "" {
		s.PayloadDigest = warc.Digest(ex.Entity)
		return
	}
	if cut || s.Mismatch != "" || s.Undecoded != "" || ex.Truncated == "length" || warc.NewCheck(label) == nil || isPayload(ex, label) {
		return
	}
	s.Mismatch = "the payload does not match " + page.Printable(label, 150)
}
