// Package wire reads HTTP/1 responses out of the bytes that a connection or an
// archived record holds (RFC 9112), and undoes their transfer and content codings
// (RFC 9110 section 8.4).
//
// It opens no connection and writes nothing. The recorder of internal/fetch and
// the archive's readers share it, so that a page read back from a record is
// decoded exactly as it was on the day of its capture.
package wire

import (
	"cmp"
	"errors"
	"fmt"

	"newsarchive/page"
)

// What the head of a response may take, unless Limits say otherwise: many times
// what any honest server sends.
const (
	MaxHead   = 256 << 10 // bytes, heads of interim responses included
	MaxFields = 4000      // lines
)

// ErrHead reports a message that does not begin with a head of HTTP/1.
var ErrHead = errors.New("not an HTTP response head")

// ErrHeadTooLarge reports a head past Limits.Head or Limits.Fields.
var ErrHeadTooLarge = errors.New("response head is past its bounds")

// Limits bound what one response may become in memory. The zero value is usable:
// each field that is 0 takes its default.
type Limits struct {
	Head   int   // bytes of the heads; default MaxHead
	Fields int   // lines of the head; default MaxFields
	Entity int64 // bytes without transfer coding; default 16 MiB, above what a fetch keeps of the wire
	Body   int64 // bytes without content coding; default 20 MiB, about a hundred times a usual page
	Ratio  int   // Body may be this many times Entity, once it is past 1 MiB; default 200, since text rarely reaches 20
	Layers int   // content codings undone; default 2, as honest servers send one
	Window int64 // bytes that a zstd stream may refer back to; default 8 MiB (RFC 9659)
}

func (l Limits) filled() Limits {
	return Limits{
		Head:   cmp.Or(l.Head, MaxHead),
		Fields: cmp.Or(l.Fields, MaxFields),
		Entity: cmp.Or(l.Entity, 16<<20),
		Body:   cmp.Or(l.Body, 20<<20),
		Ratio:  cmp.Or(l.Ratio, 200),
		Layers: cmp.Or(l.Layers, 2),
		Window: cmp.Or(l.Window, maxWindow),
	}
}

// Read fills HeadLen, Status, Header, Entity, Body, DecodeError and Bounded of ex from
// ex.Wire, and Truncated where the message is cut short and Truncated was "":
// "disconnect" where bytes are missing, "length" where l.Entity cut.
//
// Heads of interim responses are skipped and counted in HeadLen. Entity and Body
// share memory with Wire where nothing had to be decoded.
//
// The error wraps ErrHead or ErrHeadTooLarge, or says that the framing of the
// body is contradictory; in the last case Status, Header and HeadLen are filled.
// A coding that is unknown, broken or too generous is no error: see DecodeError.
func Read(ex *page.Exchange, l Limits) error {
	_, err := ReadFirst(ex, l)
	return err
}

// ReadFirst does what Read does, and returns the bytes of ex.Wire that follow the
// message: what a server sent beyond the answer that was asked for.
func ReadFirst(ex *page.Exchange, l Limits) (rest []byte, err error) {
	l = l.filled()
	ex.Status, ex.HeadLen, ex.Header, ex.Entity, ex.Body, ex.DecodeError, ex.Bounded = 0, 0, nil, nil, nil, "", false
	h, err := readHead(ex.Wire, l)
	if err != nil {
		return nil, fmt.Errorf("read response of %s: %w", ex.URL, err)
	}
	ex.Status, ex.HeadLen, ex.Header = h.status, h.end, h.fields
	if h.cut {
		cut(ex, "disconnect")
		return nil, nil
	}
	if bodiless(ex) {
		return ex.Wire[ex.HeadLen:], nil
	}
	rest, err = readEntity(ex, l)
	if err != nil {
		return nil, fmt.Errorf("read response of %s: %w", ex.URL, err)
	}
	ex.Body, err = decode(ex.Entity, contentCodings(ex.Header), l)
	if err != nil {
		ex.DecodeError, ex.Bounded = err.Error(), beyondBound(err)
	}
	return rest, nil
}

// bodiless reports responses that end with their head (RFC 9112 section 6.3).
func bodiless(ex *page.Exchange) bool {
	return ex.Method == "HEAD" || ex.Status == 204 || ex.Status == 304 || ex.Status < 200
}

// cut marks ex as truncated unless a reason is known already.
func cut(ex *page.Exchange, reason string) { ex.Truncated = cmp.Or(ex.Truncated, reason) }
