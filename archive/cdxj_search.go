package archive

import (
	"bufio"
	"bytes"
	"io"
)

// probe is how much of an index is read to find a line in the middle of it, in bytes; what
// is no longer than that is read from its beginning.
const probe = 16 << 10

// linesFrom returns the lines of a sorted index that begin with key.
func linesFrom(index io.ReaderAt, size int64, key []byte) (lines []byte, err error) {
	lo, hi := int64(0), size // the first such line begins between them, if there is one; one begins at lo
	chunk := make([]byte, probe)
	for hi-lo > probe {
		mid := lo + (hi-lo)/2
		n, err := index.ReadAt(chunk, mid)
		if err != nil && err != io.EOF {
			return nil, err
		}
		begin := bytes.IndexByte(chunk[:n], '\n') + 1
		next := mid + int64(begin)
		if begin == 0 || begin+len(key) > n { // a very long line
			break
		}
		switch {
		case next >= hi: // none begins between mid and hi
			hi = mid
		case bytes.Compare(chunk[begin:begin+len(key)], key) < 0:
			lo = next
		default:
			hi = next
		}
	}
	return linesAfter(io.NewSectionReader(index, lo, size-lo), key)
}

// linesAfter reads lines until one is behind those that begin with key, and returns these.
func linesAfter(r io.Reader, key []byte) (lines []byte, err error) {
	buffered := bufio.NewReaderSize(r, probe)
	for {
		line, err := buffered.ReadBytes('\n')
		switch {
		case bytes.HasPrefix(line, key):
			lines = append(lines, line...)
		case bytes.Compare(line, key) > 0:
			return lines, nil
		}
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
	}
}
