// Package warc reads and writes WARC files (ISO 28500:2017, WARC/1.1), the
// web archiving field's container for HTTP messages.
//
// The Reader takes what any producer wrote, WARC/1.0 among it, streams, and
// goes on after damage. A Batch builds records, one gzip member each, in memory
// so that one write puts them all on disk. Which records belong together and
// where files lie is left to the caller.
package warc

import (
	"mime"
	"net/url"
	"strings"
	"time"
)

// Record types of ISO 28500 section 6.
const (
	Info     = "warcinfo"
	Response = "response"
	Request  = "request"
	Resource = "resource"
	Metadata = "metadata"
	Revisit  = "revisit"
)

// Content types of blocks (section 6.3).
const (
	HTTPResponse = "application/http;msgtype=response"
	HTTPRequest  = "application/http;msgtype=request"
	Fields       = "application/warc-fields"
)

// Profiles of revisit records (section 6.7).
const (
	IdenticalPayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	NotModified      = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// A Field is one named field of a record header.
type Field struct{ Name, Value string }

// A Header holds the named fields of a record in their order.
type Header []Field

// Get returns the first value of the field, or "". Case of name is ignored.
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Values returns all values of the field, in order. Case of name is ignored.
func (h Header) Values(name string) (list []string) {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			list = append(list, f.Value)
		}
	}
	return list
}

// Type returns WARC-Type in lower case.
func (h Header) Type() string { return strings.ToLower(h.Get("WARC-Type")) }

// ID returns WARC-Record-ID as written, with its angle brackets.
func (h Header) ID() string { return h.Get("WARC-Record-ID") }

// TargetURI returns WARC-Target-URI without the angle brackets that the grammar
// of WARC/1.0 put around it.
func (h Header) TargetURI() string {
	uri := h.Get("WARC-Target-URI")
	if strings.HasPrefix(uri, "<") && strings.HasSuffix(uri, ">") {
		return uri[1 : len(uri)-1]
	}
	return uri
}

// Date returns WARC-Date, or the zero time where it cannot be read.
func (h Header) Date() time.Time { return ParseDate(h.Get("WARC-Date")) }

// ParseDate reads a date as it stands in a header. WARC/1.1 lets it say less than seconds,
// and some producers leave out the zone, which is UTC. The zero time stands for none.
func ParseDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// IsHTTPResponse reports whether the record is a response of an http or https
// address with the whole HTTP message in its block.
func (h Header) IsHTTPResponse() bool {
	if h.Type() != Response {
		return false
	}
	u, err := url.Parse(h.TargetURI())
	if err != nil || !strings.EqualFold(u.Scheme, "http") && !strings.EqualFold(u.Scheme, "https") {
		return false
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || kind != "application/http" {
		return false
	}
	msg := params["msgtype"]
	return msg == "" || strings.EqualFold(msg, "response")
}
