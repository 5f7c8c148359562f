package wire

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"newsarchive/page"
)

// readEntity finds the body of ex in its wire bytes and undoes the transfer
// coding, in the order of RFC 9112 section 6.3.
func readEntity(ex *page.Exchange, l Limits) error {
	rest := ex.Wire[ex.HeadLen:]
	coding := strings.ToLower(strings.Join(ex.Header["Transfer-Encoding"], ","))
	switch strings.TrimSpace(coding) {
	case "chunked":
		if markup(rest) {
			ex.Entity = rest
			bound(ex, l)
			return nil
		}
		entity, reason := dechunk(rest, l.Entity)
		ex.Entity = entity
		cut(ex, reason)
		return nil
	case "", "identity":
	default:
		return fmt.Errorf("transfer coding %.40q is not supported", coding)
	}
	length, err := contentLength(ex.Header["Content-Length"])
	if err != nil {
		return err
	}
	switch {
	case length > int64(len(rest)):
		cut(ex, "disconnect")
	case length >= 0:
		rest = rest[:length]
	}
	ex.Entity = rest
	bound(ex, l)
	return nil
}

// bound cuts an entity that is longer than the limit.
func bound(ex *page.Exchange, l Limits) {
	if int64(len(ex.Entity)) > l.Entity {
		ex.Entity = ex.Entity[:l.Entity]
		cut(ex, "length")
	}
}

// markup reports bytes that begin as HTML and XML do, and no chunk and no
// compressed stream that decodes. Other tools' records often keep the fields of
// codings that were removed from the body; such a body is taken as it stands.
func markup(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(b) > 0 && b[0] == '<'
}

// contentLength returns what the fields agree on, or -1 where there is none.
func contentLength(values []string) (int64, error) {
	length := int64(-1)
	for _, value := range values {
		for v := range strings.SplitSeq(value, ",") {
			n, err := strconv.ParseUint(strings.TrimSpace(v), 10, 63)
			if err != nil {
				return 0, fmt.Errorf("bad Content-Length %.40q", value)
			}
			if length >= 0 && length != int64(n) {
				return 0, errors.New("Content-Length fields contradict each other")
			}
			length = int64(n)
		}
	}
	return length, nil
}

// dechunk joins the chunks of b (RFC 9112 section 7.1) up to limit bytes. The
// reason is "" where the last chunk was reached; trailer fields are left out.
func dechunk(b []byte, limit int64) (entity []byte, reason string) {
	entity = make([]byte, 0, min(int64(len(b)), limit))
	for {
		size, rest, ok := chunkSize(b)
		if !ok {
			return entity, "disconnect"
		}
		if size == 0 {
			return entity, ""
		}
		have := min(size, uint64(len(rest)))
		if room := uint64(limit) - uint64(len(entity)); have > room {
			return append(entity, rest[:room]...), "length"
		}
		entity = append(entity, rest[:have]...)
		if have < size || !bytes.HasPrefix(rest[have:], []byte("\r\n")) {
			return entity, "disconnect"
		}
		b = rest[have+2:]
	}
}

// maxChunkLine is the most bytes of a chunk's size and its extensions.
const maxChunkLine = 4 << 10

func chunkSize(b []byte) (size uint64, rest []byte, ok bool) {
	i := bytes.Index(b[:min(len(b), maxChunkLine)], []byte("\r\n"))
	if i < 0 {
		return 0, nil, false
	}
	digits, _, _ := bytes.Cut(b[:i], []byte(";"))
	digits = bytes.TrimRight(digits, " \t")
	if len(digits) == 0 || len(digits) > 16 {
		return 0, nil, false
	}
	for _, c := range digits {
		d := strings.IndexByte("0123456789abcdef", c|0x20)
		if d < 0 || c < '0' {
			return 0, nil, false
		}
		size = size<<4 | uint64(d)
	}
	return size, b[i+2:], true
}
