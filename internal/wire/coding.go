package wire

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"newsarchive/page"
)

// Accept is the Accept-Encoding field that offers what Read can undo. Deflate is
// undone but not offered: servers disagree on what it means.
const Accept = "gzip, br, zstd"

// maxWindow is the zstd window that RFC 9659 lets a content coding use.
const maxWindow = 8 << 20

// freeOutput is how large a body may become before Limits.Ratio is asked.
const freeOutput = 1 << 20

var errRatio = errors.New("output is out of proportion to the input")

// A layersError says how many codings there are, and how many are undone.
type layersError struct{ have, most int }

func (e layersError) Error() string {
	return fmt.Sprintf("%d content codings, at most %d are undone", e.have, e.most)
}

// beyondBound reports whether decoding was stopped by Limits, and not by its input.
func beyondBound(err error) bool {
	var layers layersError
	return errors.As(err, &layers) || errors.Is(err, errRatio) || errors.Is(err, errFull) ||
		errors.Is(err, zstd.ErrWindowSizeExceeded) || errors.Is(err, zstd.ErrDecoderSizeExceeded)
}

// contentCodings returns the codings in the order in which they were applied.
func contentCodings(h page.Header) []string {
	var codings []string
	for _, value := range h["Content-Encoding"] {
		for v := range strings.SplitSeq(value, ",") {
			v = strings.ToLower(strings.TrimSpace(v))
			if v != "" && v != "identity" {
				codings = append(codings, v)
			}
		}
	}
	return codings
}

// decode undoes the codings of entity, last one first. With the error comes what
// was decoded of the innermost coding, or nil where that was not reached.
func decode(entity []byte, codings []string, l Limits) ([]byte, error) {
	if len(codings) > l.Layers {
		return nil, layersError{len(codings), l.Layers}
	}
	ratio := max(freeOutput, int64(len(entity))*int64(l.Ratio))
	body := entity
	var failed error
	for i := len(codings) - 1; i >= 0 && len(body) > 0; i-- {
		out, err := undo(codings[i], body, min(l.Body, ratio), l)
		if len(out) == 0 && err != nil && markup(body) {
			continue // undone already
		}
		if err != nil {
			failed = cmp.Or(failed, fmt.Errorf("%.20q: %w", codings[i], err))
		}
		body = out
	}
	return body, failed
}

// undo decodes one coding up to limit bytes, which is below l.Body where the
// ratio bounds and not the size.
func undo(coding string, in []byte, limit int64, l Limits) ([]byte, error) {
	r, err := decoder(coding, in, l.Window)
	if err != nil {
		return nil, err
	}
	if c, ok := r.(io.Closer); ok {
		defer c.Close()
	}
	out, err := readUpTo(r, limit, expected(coding, in))
	if err == errFull && limit < l.Body {
		return out, errRatio
	}
	return out, err
}

func decoder(coding string, in []byte, window int64) (io.Reader, error) {
	switch coding {
	case "gzip", "x-gzip":
		return newGzip(in)
	case "deflate":
		if len(in) >= 2 && in[0]&0x0f == 8 && (int(in[0])<<8|int(in[1]))%31 == 0 {
			return zlib.NewReader(bytes.NewReader(in))
		}
		return flate.NewReader(bytes.NewReader(in)), nil
	case "br":
		return brotli.NewReader(bytes.NewReader(in)), nil
	case "zstd":
		d, err := zstd.NewReader(bytes.NewReader(in), zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(uint64(window)))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return nil, errors.New("unknown content coding")
}

// expected guesses how many bytes in decodes to. A gzip stream says so at its end
// (RFC 1952 section 2.3.1); what it says is believed as far as it is plausible.
func expected(coding string, in []byte) int64 {
	guess := int64(len(in)) * 4
	if n := len(in); (coding == "gzip" || coding == "x-gzip") && n > 4 {
		said := int64(binary.LittleEndian.Uint32(in[n-4:]))
		if said >= int64(n)/2 && said <= int64(n)*16 {
			return said
		}
	}
	return guess
}

// readers are gzip readers at rest: each has tables of some 40 kB.
var readers sync.Pool

// members reads the members of a gzip stream one after the other and, as
// browsers do, takes anything but a further member for the end.
type members struct {
	in *bytes.Reader
	z  *gzip.Reader
}

func newGzip(b []byte) (*members, error) {
	in := bytes.NewReader(b)
	z, ok := readers.Get().(*gzip.Reader)
	if !ok {
		z = new(gzip.Reader)
	}
	if err := z.Reset(in); err != nil {
		readers.Put(z)
		return nil, err
	}
	z.Multistream(false)
	return &members{in, z}, nil
}

// Close gives the reader back. It must not be used after.
func (m *members) Close() error {
	readers.Put(m.z)
	m.z = nil
	return nil
}

func (m *members) Read(p []byte) (int, error) {
	for {
		n, err := m.z.Read(p)
		if err != io.EOF {
			return n, err
		}
		if n > 0 {
			return n, nil
		}
		if m.in.Len() == 0 || m.z.Reset(m.in) != nil {
			return 0, io.EOF
		}
		m.z.Multistream(false)
	}
}

var errFull = errors.New("output is past the size limit")

// readUpTo reads r to its end, or to limit and errFull. Some hint bytes are expected.
func readUpTo(r io.Reader, limit, hint int64) ([]byte, error) {
	buf := make([]byte, 0, min(limit, hint+512)+1)
	for {
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > limit {
			return buf[:limit], errFull
		}
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			return buf, err
		}
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
	}
}
