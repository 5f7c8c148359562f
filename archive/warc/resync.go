package warc

import (
	"bytes"
	"io"

	"github.com/klauspost/compress/gzip"
)

// probe is how many bytes of a candidate are looked at.
const probe = 4 << 10

// resync moves to the next place where a record begins, or returns io.EOF.
func (r *Reader) resync() error {
	r.lost = false
	bol := true // at the beginning of a line
	for {
		window, err := r.in.Peek(64 << 10)
		if len(window) == 0 {
			return err
		}
		n, found := candidate(window, bol)
		if !found && err == nil {
			n = len(window) - probe // a candidate at the end needs to be seen whole
		}
		bol = n > 0 && window[n-1] == '\n'
		if _, err := r.in.Discard(n); err != nil {
			return err
		}
		if found {
			return nil
		}
		if err != nil {
			return io.EOF
		}
	}
}

// candidate finds the first place in the window where a record or its gzip
// member begins; bol tells that the window begins a line.
func candidate(window []byte, bol bool) (int, bool) {
	for i := range window {
		switch {
		case window[i] == 'W':
			if (i == 0 && bol || i > 0 && window[i-1] == '\n') && bytes.HasPrefix(window[i:], []byte("WARC/1.")) {
				return i, true
			}
		case window[i] == 0x1f && beginsMember(window[i:]):
			return i, true
		}
	}
	return len(window), false
}

// beginsMember reports whether a gzip member with a WARC record begins here.
func beginsMember(b []byte) bool {
	if !bytes.HasPrefix(b, []byte{0x1f, 0x8b, 8}) {
		return false
	}
	zr, err := gzip.NewReader(bytes.NewReader(b[:min(len(b), probe)]))
	if err != nil {
		return false
	}
	var start [7]byte
	_, err = io.ReadFull(zr, start[:])
	return err == nil && string(start[:]) == "WARC/1."
}
