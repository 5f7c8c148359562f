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
	"math"
	"strings"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive/warc"
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

// members reads the gzip members of an article segment. After damage, which is
// given as a *warc.DamageError, it goes on at the next member that holds rows. That of
// a file that ends inside a member wraps io.ErrUnexpectedEOF.
func members(r io.ReaderAt) iter.Seq2[member, error] {
	return func(yield func(member, error) bool) {
		in := counted{r: bufio.NewReaderSize(nil, 64<<10)}
		var zr gzip.Reader
		var plain bytes.Buffer
		for at := int64(0); at >= 0; {
			if in.at != at || at == 0 { // else the next member is at hand
				in.from(r, at)
			}
			m, err := readMember(&zr, &in, &plain)
			if err == io.EOF {
				return
			}
			if !yield(m, err) {
				return
			}
			if at += m.length; err != nil {
				at = nextMember(r, m.offset+1)
			}
		}
	}
}

// readMember reads one member into plain, which the member shares. The error is io.EOF
// where nothing is left, a *warc.DamageError, or that of reading the file.
func readMember(zr *gzip.Reader, in *counted, plain *bytes.Buffer) (member, error) {
	m := member{offset: in.at}
	plain.Reset()
	err := zr.Reset(in)
	if err == io.EOF {
		return m, err
	}
	if err == nil {
		zr.Multistream(false)
		var n int64
		if n, err = plain.ReadFrom(io.LimitReader(zr, maxRow+1)); err == nil && n > maxRow {
			err = errRowSize
		}
		m.length, m.lines = in.at-m.offset, plain.Bytes()
	}
	switch {
	case err != nil && in.failed != nil:
		err = fmt.Errorf("member at offset %d: %w", m.offset, err)
	case err != nil:
		err = &warc.DamageError{Offset: m.offset, Err: err}
	}
	return m, err
}

// rows returns the rows of the member. What is no row is damage.
func (m member) rows() ([]page.Row, error) {
	rows, err := decodeRows(m.lines)
	if err != nil {
		err = &warc.DamageError{Offset: m.offset, Err: err}
	}
	return rows, err
}

// nextMember finds the first place from at on where a member with rows begins;
// -1 if there is none.
func nextMember(r io.ReaderAt, at int64) int64 {
	in := bufio.NewReaderSize(io.NewSectionReader(r, at, math.MaxInt64-at), 64<<10)
	for {
		window, err := in.Peek(4 << 10)
		if len(window) == 0 {
			return -1
		}
		for i := range window {
			if beginsRows(window[i:]) {
				return at + int64(i)
			}
			if err == nil && i == len(window)/2 {
				break // the rest is seen again with what follows
			}
		}
		n, _ := in.Discard(max(1, len(window)/2))
		at += int64(n)
	}
}

func beginsRows(b []byte) bool {
	if !bytes.HasPrefix(b, []byte{0x1f, 0x8b, 8}) {
		return false
	}
	zr, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return false
	}
	var first [1]byte
	_, err = io.ReadFull(zr, first[:])
	return err == nil && first[0] == '{'
}

// counted knows where in the file the next byte comes from.
type counted struct {
	r      *bufio.Reader
	at     int64
	failed error // why the file could not be read on; nil at its end
}

// from goes on at an offset of a file.
func (c *counted) from(r io.ReaderAt, at int64) {
	c.r.Reset(io.NewSectionReader(r, at, math.MaxInt64-at))
	c.at, c.failed = at, nil
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.at += int64(n)
	c.note(err)
	return n, err
}

func (c *counted) note(err error) {
	if err != nil && err != io.EOF {
		c.failed = err
	}
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.at++
	}
	c.note(err)
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

// rowsOf gives the rows of the segments with one of the suffixes ("" for sealed
// ones), oldest segment first. An error stands for damage in one place; the rows
// after it follow.
func rowsOf(root Tree, suffixes ...string) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		var endings []string
		for _, s := range suffixes {
			endings = append(endings, ".jsonl.gz"+s)
		}
		names, err := list(root, "articles", endings...)
		if err != nil {
			yield(page.Row{}, err)
			return
		}
		rowsOfEach(root, names)(yield)
	}
}

// rowsOfEach gives the rows of the segments one after another, as rowsOf does.
func rowsOfEach(root Tree, names []string) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		for _, name := range names {
			if !rowsOfFile(root, name, yield) {
				return
			}
		}
	}
}

// rowsOfFile reports whether the consumer wants more.
func rowsOfFile(root Tree, name string, yield func(page.Row, error) bool) bool {
	for at, err := range rowsAt(root, name) {
		if !yield(at.row, err) {
			return false
		}
	}
	return true
}

// A rowAt is a row and where it stands in its segment.
type rowAt struct {
	row    page.Row
	offset int64 // of its member
	nth    int   // in that
}

// rowsAt gives the rows of one segment. An error stands for damage in one place; the
// rows after it follow.
func rowsAt(root Tree, name string) iter.Seq2[rowAt, error] {
	return func(yield func(rowAt, error) bool) {
		f, open, err := openSegment(root, strings.TrimSuffix(name, openSuffix))
		if err != nil {
			yield(rowAt{}, err)
			return
		}
		defer f.Close()
		for m, err := range members(f) {
			if err != nil && open && errors.Is(err, io.ErrUnexpectedEOF) {
				continue // its writer has not finished this member
			}
			var rows []page.Row
			if err == nil {
				rows, err = m.rows()
			}
			for nth, row := range rows {
				if !yield(rowAt{row, m.offset, nth}, nil) {
					return
				}
			}
			if err != nil && !yield(rowAt{}, fmt.Errorf("read %s: %w", name, err)) {
				return
			}
		}
	}
}

// openSegment opens a segment for reading under its own name or, while it
// grows, under its ".open" name. It may be sealed between the two looks.
func openSegment(root Tree, name string) (f File, open bool, err error) {
	for _, try := range []string{name, name + openSuffix, name} {
		f, err = openRead(root, try)
		if !errors.Is(err, fs.ErrNotExist) {
			return f, try != name, err
		}
	}
	return nil, false, err
}
