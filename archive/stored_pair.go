package archive

import (
	"errors"
	"io"
	"maps"
	"mime"
	"slices"

	"newsarchive/archive/warc"
)

// A pairing puts requests beside their responses: the record just before, as wget writes,
// or just after, as browsers do, where one of the two names the other. So a response waits
// for the record behind it.
type pairing struct {
	leave   func(kind string) // counts what is left out
	waiting *Stored
	request warc.Header // of the last record, if that is a request without its response
	sent    []byte
}

// asked takes a request.
func (p *pairing) asked(rec *warc.Record) error {
	p.unanswered()
	sent, err := io.ReadAll(io.LimitReader(rec.Block, maxBlock))
	if err != nil {
		return err
	}
	kind, _, _ := mime.ParseMediaType(rec.Header.Get("Content-Type"))
	if kind != "application/http" || len(sent) == maxBlock {
		p.leave(warc.Request)
		return nil
	}
	p.request, p.sent = rec.Header, sent
	if p.waiting != nil {
		p.join(p.waiting)
	}
	return nil
}

// answered takes a response and gives the one before it.
func (p *pairing) answered(s Stored, yield func(Stored, error) bool) bool {
	more := p.flush(yield)
	p.join(&s)
	p.unanswered()
	p.waiting = &s
	return more
}

// join gives the response the request, if they belong together.
func (p *pairing) join(s *Stored) {
	doc := s.Capture.Document()
	if p.request == nil || len(doc.Request) > 0 || warc.EncodeURI(p.request.TargetURI()) != doc.URL ||
		!slices.Contains(s.concurrent, p.request.ID()) && !slices.Contains(p.request.Values("WARC-Concurrent-To"), s.RecordID) {
		return
	}
	doc.Request, p.request = p.sent, nil
}

func (p *pairing) unanswered() {
	if p.request != nil {
		p.leave(warc.Request)
		p.request = nil
	}
}

// flush gives the response that waits, and reports whether more is wanted.
func (p *pairing) flush(yield func(Stored, error) bool) bool {
	s := p.waiting
	p.waiting = nil
	return s == nil || yield(*s, nil)
}

// broken gives an error in its place, and reports whether reading goes on.
func (p *pairing) broken(err error, yield func(Stored, error) bool) bool {
	damage := new(warc.DamageError)
	return p.flush(yield) && yield(Stored{}, err) && (errors.As(err, &damage) || errors.Is(err, errElsewhere))
}

// end gives what waits still.
func (p *pairing) end(yield func(Stored, error) bool) bool {
	p.unanswered()
	return p.flush(yield)
}

// Left tells how many records of what was read were not given, by their types, "other" for
// those that the standard does not name.
func (o *Originals) Left() map[string]int {
	left := map[string]int{}
	maps.Copy(left, o.known.left)
	return left
}

// leave counts a record that is not given.
func (p *payloads) leave(kind string) {
	if p.left == nil {
		p.left = map[string]int{}
	}
	if !slices.Contains(kinds, kind) {
		kind = "other"
	}
	p.left[kind]++
}

// kinds are the types of records of ISO 28500.
var kinds = []string{warc.Info, warc.Response, warc.Request, warc.Resource, warc.Metadata, warc.Revisit, "conversion", "continuation"}

// isFile reports a resource: a file that came without HTTP.
func isFile(h warc.Header) bool { return h.Type() == warc.Resource && h.TargetURI() != "" }

// holdsPayload reports whether a record has a payload of its own that can be kept.
func holdsPayload(h warc.Header) bool { return h.IsHTTPResponse() || isFile(h) }
