package testsite

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// encode writes UTF-8 text in the named charset. "utf-16" has a byte order mark
// and is little-endian, as most such pages are. A character that the charset
// lacks is an error.
func encode(text []byte, name string) ([]byte, error) {
	if name == "" {
		return text, nil
	}
	var enc encoding.Encoding
	if name == "utf-16" {
		enc = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	} else if enc, _ = charset.Lookup(name); enc == nil {
		return nil, fmt.Errorf("encode page: unknown charset %s", name)
	}
	out, err := enc.NewEncoder().Bytes(text)
	if err != nil {
		return nil, fmt.Errorf("encode page in %s: %w", name, err)
	}
	return out, nil
}

// pack applies a content coding; "" leaves the body as it is.
func pack(body []byte, coding string) ([]byte, error) {
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "":
		return body, nil
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1)) // fails on bad options only
	default:
		return nil, fmt.Errorf("pack page: unknown content coding %s", coding)
	}
	if _, err := w.Write(body); err != nil {
		return nil, fmt.Errorf("pack page: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack page: %w", err)
	}
	return b.Bytes(), nil
}
