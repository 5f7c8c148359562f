package archive

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"newsarchive/archive/warc"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// partField numbers the records of one capture, "2/6". The last one shows that
// the capture is whole.
const partField = "Scrape-Part"

// job is one Put on its way to the disk.
type job struct {
	capture *page.Capture
	row     page.Row // as given, then as stored
	keep    bool     // store the row
	batch   *warc.Batch
	known   *originals // for revisits; nil for none
	info    string     // warcinfo that the batch names
	made    []made
	main    int    // of made: what the row points at, -1 for nothing
	source  string // of an imported response; else ""
	of      string // record of the page that a requisite belongs to; else ""
	err     error
	done    chan struct{}
}

// made is a record of the batch, with what the index and the row say of it.
type made struct {
	entry  warc.Entry
	span   warc.Span
	status int
	mime   string
	cut    bool   // the message was cut short
	info   string // warcinfo that it names; of a record that was read
	note   bool   // it stands in the place of damaged bytes
	of     string // record of the page that it is a requisite of
}

// indexed reports whether the index has a line for the record.
func (m *made) indexed() bool {
	return m.entry.Type == warc.Response || m.entry.Type == warc.Revisit || m.entry.Type == warc.Resource
}

// encode builds the records of the capture for the segment of p.
func (j *job) encode(p *plan) error {
	j.batch.Reset()
	j.info, j.main = p.info, -1
	j.made = j.records()
	for i := range j.made {
		m := &j.made[i]
		e := m.entry // the added fields stay out of made, for it may be encoded again
		e.Fields = append(slices.Clip(e.Fields),
			warc.Field{Name: "WARC-Warcinfo-ID", Value: p.info},
			warc.Field{Name: partField, Value: fmt.Sprintf("%d/%d", i+1, len(j.made))})
		var err error
		if m.span, err = j.batch.Add(e); err != nil {
			return err
		}
	}
	return nil
}

// records lists the records of the capture in their order: answers of robots.txt,
// each hop of the chain, and last what the bytes themselves cannot say.
func (j *job) records() []made {
	var list []made
	for i := range j.capture.Side {
		list = append(list, j.exchange(&j.capture.Side[i])...)
	}
	for i := range j.capture.Exchanges {
		list = append(list, j.exchange(&j.capture.Exchanges[i])...)
	}
	if n := len(list) - 1; n >= 0 && len(j.capture.Exchanges) > 0 && list[n].indexed() {
		j.main = n
	}
	if note, ok := j.note(list); ok {
		list = append(list, note)
		if j.main < 0 {
			j.main = len(list) - 1
		}
	}
	return list
}

// exchange returns the records of one exchange: what was sent, what came.
func (j *job) exchange(ex *page.Exchange) []made {
	var list []made
	ex = unreferred(ex)
	common := []warc.Field{{Name: "WARC-IP-Address", Value: ip(ex)}}
	at := dateOf(ex)
	var concurrent warc.Field
	if len(ex.Request) > 0 {
		id := warc.NewID()
		concurrent = warc.Field{Name: "WARC-Concurrent-To", Value: id}
		list = append(list, made{entry: warc.Entry{Type: warc.Request, ID: id, Date: at, URI: ex.URL,
			ContentType: warc.HTTPRequest, Fields: common, Block: [][]byte{ex.Request}}})
	}
	if len(ex.Wire) == 0 && !ex.Resource {
		return list
	}
	fields := append(slices.Clip(common), concurrent, warc.Field{Name: "WARC-Truncated", Value: ex.Truncated}, warc.Field{Name: sourceField, Value: j.source},
		warc.Field{Name: requisiteField, Value: j.of})
	answer := made{entry: warc.Entry{Type: warc.Response, ID: warc.NewID(), Date: at, URI: ex.URL,
		ContentType: warc.HTTPResponse, Fields: fields, Block: [][]byte{ex.Wire[:ex.HeadLen], ex.Wire[ex.HeadLen:]}, Packed: precompressed(ex)},
		cut: ex.Truncated != "", of: j.of}
	answer.described(headOf(ex))
	if ex.Resource {
		answer.entry.Type, answer.entry.ContentType = warc.Resource, oneLine(ex.Header.Get("Content-Type"))
		answer.entry.PayloadDigest = warc.Digest(ex.Wire)
	} else if ex.HeadLen > 0 && ex.Status >= 200 {
		digest := warc.Digest(ex.Entity)
		answer.entry.PayloadDigest = digest
		if to := j.known.payload(ex, digest); to != nil {
			answer.refer(warc.IdenticalPayload, ex.Wire[:ex.HeadLen], to)
		} else if to := j.known.notModified(ex); to != nil {
			answer.refer(warc.NotModified, ex.Wire, to)
		}
	} else { // not HTTP, or no whole head: kept, but nobody may take it for a response
		answer.entry.Type, answer.entry.ContentType = warc.Metadata, "application/octet-stream"
	}
	return append(list, answer)
}

// unreferred is the exchange, or, where it was read from a revisit, the answer that it stands
// for: behind the head of the revisit the payload of its original. A 304 has none of its own.
func unreferred(ex *page.Exchange) *page.Exchange {
	if ex.HeadLen == 0 || len(ex.Wire) > ex.HeadLen || len(ex.Entity) == 0 {
		return ex
	}
	whole := *ex
	if ex.Status == http.StatusNotModified {
		whole.Entity, whole.Body = nil, nil
	} else if behind(&whole, ex) != nil {
		return ex
	}
	return &whole
}

// headOf is the exchange with its status and header, read from its bytes where the
// caller left them out: the index says what the record says.
func headOf(ex *page.Exchange) *page.Exchange {
	if ex.Header != nil || ex.HeadLen == 0 {
		return ex
	}
	head := page.Exchange{URL: ex.URL, Wire: ex.Wire[:ex.HeadLen]}
	_ = wire.Read(&head, wire.Limits{}) // what has no head has status 0
	return &head
}

// precompressed reports a body that was compressed before it was sent: undoing its
// coding made it larger, or it is of a kind that is compressed by itself.
func precompressed(ex *page.Exchange) bool {
	if len(ex.Body) > len(ex.Entity) {
		return true
	}
	switch kind := mediaType(ex.Header.Get("Content-Type")); kind {
	case "image/jpeg", "image/png", "image/webp", "image/avif", "font/woff", "font/woff2":
		return true
	default:
		return strings.HasPrefix(kind, "video/") || strings.HasPrefix(kind, "audio/")
	}
}

// note returns the metadata record that tells how the fetch ended, where that is
// more than a document that arrived.
func (j *job) note(list []made) (made, bool) {
	c := j.capture
	if j.main >= 0 && c.Outcome == "" && c.Err == "" && c.Rule == "" {
		return made{}, false
	}
	block, err := warc.FieldsBlock([]warc.Field{
		{Name: "requested", Value: oneLine(c.Requested)},
		{Name: "outcome", Value: oneLine(string(c.Outcome))},
		{Name: "error", Value: oneLine(c.Err)},
		{Name: "robots", Value: oneLine(c.Robots)},
		{Name: "robots-rule", Value: oneLine(c.Rule)},
	})
	if err != nil { // oneLine leaves nothing to refuse
		return made{}, false
	}
	e := warc.Entry{Type: warc.Metadata, ID: warc.NewID(), Date: time.Now().UTC().Truncate(time.Millisecond), URI: c.Requested,
		ContentType: warc.Fields, Block: [][]byte{block}, Fields: []warc.Field{{Name: requisiteField, Value: j.of}}}
	if doc := c.Document(); doc != nil {
		e.URI, e.Date = doc.URL, dateOf(doc)
	}
	if n := len(list); n > 0 && len(c.Exchanges) > 0 && list[n-1].entry.URI == e.URI {
		e.Fields = append(e.Fields, warc.Field{Name: "WARC-Concurrent-To", Value: list[n-1].entry.ID})
	}
	return made{entry: e}, true
}

// oneLine returns s without what a field may not hold.
func oneLine(s string) string { return page.Printable(s, 2000) }

func ip(ex *page.Exchange) string {
	if !ex.IP.IsValid() {
		return ""
	}
	return ex.IP.Unmap().WithZone("").String()
}

// dateOf is the exchange's WARC-Date.
func dateOf(ex *page.Exchange) time.Time {
	at := ex.Start
	if at.IsZero() {
		at = time.Now()
	}
	return at.UTC().Truncate(time.Millisecond)
}

// warcinfo builds the first record of a segment.
func warcinfo(b *warc.Batch, p *plan, o Options, now time.Time) (warc.Span, error) {
	block, err := warc.FieldsBlock([]warc.Field{
		{Name: "software", Value: oneLine(o.Software)},
		{Name: "format", Value: "WARC File Format 1.1"},
		{Name: "conformsTo", Value: "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		{Name: "robots", Value: oneLine(o.Robots)},
		{Name: "operator", Value: oneLine(o.Operator)},
		{Name: "http-header-user-agent", Value: oneLine(o.UserAgent)},
		{Name: "insecure-hosts", Value: oneLine(strings.Join(o.InsecureHosts, " "))},
		{Name: "bounds", Value: oneLine(o.Bounds)},
	})
	if err != nil {
		return warc.Span{}, err
	}
	return b.Add(warc.Entry{Type: warc.Info, ID: p.info, Date: now, ContentType: warc.Fields, Block: [][]byte{block},
		Fields: []warc.Field{{Name: "WARC-Filename", Value: baseName(p.warc)}}})
}
