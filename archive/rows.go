package archive

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"

	"newsarchive/page"
)

// maxRow bounds one member of an article segment, in plain bytes.
const maxRow = 256 << 20

var errRowSize = fmt.Errorf("rows of more than %d MiB in one member", maxRow>>20)

// member is one gzip member of an article segment.
type member struct {
	offset, length int64
	lines          []byte // plain
}

// members reads the gzip members of an article segment. The error of a file
// that ends inside a member wraps io.ErrUnexpectedEOF.
func members(r io.Reader) iter.Seq2[member, error] {
	return func(yield func(member, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		count := &counted{r: in}
		var zr gzip.Reader
		var plain bytes.Buffer
		for {
			if _, err := in.Peek(1); err == io.EOF {
				return
			}
			m := member{offset: count.n}
			plain.Reset()
			err := readMember(&zr, count, &plain)
			if err != nil {
				yield(m, fmt.Errorf("member at offset %d: %w", m.offset, err))
				return
			}
			m.length, m.lines = count.n-m.offset, plain.Bytes()
			if !yield(m, nil) {
				return
			}
		}
	}
}

func readMember(zr *gzip.Reader, r *counted, plain *bytes.Buffer) error {
	if err := zr.Reset(r); err == io.EOF {
		return io.ErrUnexpectedEOF
	} else if err != nil {
		return err
	}
	zr.Multistream(false)
	n, err := plain.ReadFrom(io.LimitReader(zr, maxRow+1))
	if err == nil && n > maxRow {
		err = errRowSize
	}
	return err
}

// counted counts what is taken, byte by byte where a decompressor asks so.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// decodeRows returns the rows of a member's lines.
func decodeRows(lines []byte) ([]page.Row, error) {
	var rows []page.Row
	for line := range bytes.Lines(lines) {
		var r page.Row
		if err := json.Unmarshal(line, &r); err != nil {
			return rows, fmt.Errorf("not a row: %w", err)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// rowsOf gives every row of the archive, oldest segment first. An error stands
// for damage in one file; what follows is of the next.
func rowsOf(root *os.Root) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		names, err := list(root, "articles", ".jsonl.gz", ".jsonl.gz"+openSuffix)
		if err != nil {
			yield(page.Row{}, err)
			return
		}
		for _, name := range names {
			if !rowsOfFile(root, name, yield) {
				return
			}
		}
	}
}

// rowsOfFile reports whether the consumer wants more.
func rowsOfFile(root *os.Root, name string, yield func(page.Row, error) bool) bool {
	f, open, err := openSegment(root, strings.TrimSuffix(name, openSuffix))
	if err != nil {
		return yield(page.Row{}, err)
	}
	defer f.Close()
	for m, err := range members(f) {
		if err != nil && open && errors.Is(err, io.ErrUnexpectedEOF) {
			return true // its writer has not finished this member
		}
		var rows []page.Row
		if err == nil {
			rows, err = decodeRows(m.lines)
		}
		for _, r := range rows {
			if !yield(r, nil) {
				return false
			}
		}
		if err != nil {
			return yield(page.Row{}, fmt.Errorf("read %s: %w", name, err))
		}
	}
	return true
}

// openSegment opens a segment for reading under its own name or, while it
// grows, under its ".open" name. It may be sealed between the two looks.
func openSegment(root *os.Root, name string) (f *os.File, open bool, err error) {
	for _, try := range []string{name, name + openSuffix, name} {
		f, err = openFile(root, try, os.O_RDONLY)
		if !errors.Is(err, fs.ErrNotExist) {
			return f, try != name, err
		}
	}
	return nil, false, err
}
