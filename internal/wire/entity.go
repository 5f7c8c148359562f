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
// coding, in the order of RFC 9112 section 6.3. It returns what follows the body.
func readEntity(ex *page.Exchange, l Limits) ([]byte, error) {
	body := ex.Wire[ex.HeadLen:]
	coding := strings.ToLower(strings.Join(ex.Header["Transfer-Encoding"], ","))
	switch strings.TrimSpace(coding) {
	case "chunked":
		if markup(body) {
			bound(ex, body, l)
			return nil, nil
		}
		entity, rest, reason := dechunk(body, l.Entity)
		ex.Entity = entity
		cut(ex, reason)
		return rest, nil
	case "", "identity":
	default:
		return nil, fmt.Errorf("transfer coding %.40q is not supported", coding)
	}
	length, err := contentLength(ex.Header["Content-Length"])
	if err != nil {
		return nil, err
	}
	if length > int64(len(body)) {
		cut(ex, "disconnect")
	}
	if length < 0 || length > int64(len(body)) {
		length = int64(len(body))
	}
	bound(ex, body[:length], l)
	return body[length:], nil
}

// bound makes entity that of ex, up to the limit.
func bound(ex *page.Exchange, entity []byte, l Limits) {
	if int64(len(entity)) > l.Entity {
		entity = entity[:l.Entity]
		cut(ex, "length")
	}
	ex.Entity = entity
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
// reason is "" where the last chunk was reached; trailer fields are left out, and
// rest is what comes after them.
func dechunk(b []byte, limit int64) (entity, rest []byte, reason string) {
	entity = make([]byte, 0, min(int64(len(b)), limit))
	for {
		size, data, ok := chunkSize(b)
		if !ok {
			return entity, nil, "disconnect"
		}
		if size == 0 {
			return entity, afterTrailer(data), ""
		}
		have := min(size, uint64(len(data)))
		if room := uint64(limit) - uint64(len(entity)); have > room {
			return append(entity, data[:room]...), nil, "length"
		}
		entity = append(entity, data[:have]...)
		if have < size || !bytes.HasPrefix(data[have:], []byte("\r\n")) {
			return entity, nil, "disconnect"
		}
		b = data[have+2:]
	}
}

// afterTrailer returns what follows the trailer section that b begins with.
func afterTrailer(b []byte) []byte {
	for {
		line, n, whole := nextLine(b)
		b = b[n:]
		if len(line) == 0 || !whole {
			return b
		}
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
