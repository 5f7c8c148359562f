package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// A Record is one record as read. It is valid until the next call of Next.
type Record struct {
	Version string // such as "WARC/1.0"
	Header  Header

	// Offset is where the record's gzip member begins in the file, or the
	// record itself in a file that is not compressed.
	Offset int64
	// Length is the size in bytes of that member, or of the plain record with
	// its closing line ends. It is known once Block has been read to its end
	// and stays 0 where several records share one gzip member.
	Length int64
	// Within counts the plain bytes of the member before the record: 0 unless
	// records share a member.
	Within int64
	// Size is the block's declared Content-Length. Nothing is allocated from it.
	Size int64
	// Block reads the block. An early end is a *DamageError.
	Block io.Reader
}

// A DamageError reports bytes that are not a whole record. Reading may go on:
// the next call of Next looks for the next record.
type DamageError struct {
	Offset int64 // of the member or record that is damaged
	Err    error
}

func (e *DamageError) Error() string {
	if e.Torn() {
		return fmt.Sprintf("the record at offset %d is cut short", e.Offset)
	}
	return fmt.Sprintf("the record at offset %d is damaged: %v", e.Offset, e.Err)
}

func (e *DamageError) Unwrap() error { return e.Err }

// Torn reports whether the file ends inside the record.
func (e *DamageError) Torn() bool { return errors.Is(e.Err, io.ErrUnexpectedEOF) }

// A Reader reads the records of one file, plain or compressed with gzip, one
// member for each record or not.
type Reader struct {
	count counter
	in    *bufio.Reader // the file's own bytes
	zr    *gzip.Reader  // nil until the first member
	plain *bufio.Reader // what zr gives

	rec    *Record
	block  block
	member int64 // offset of the open gzip member, -1 outside one
	within int64 // plain bytes read of the open member
	lost   bool  // after damage: look for the next record first
	err    error // final
}

// plainAhead is how much is inflated ahead of a record's reader: a header fits.
// What a block has beyond goes to its reader without another copy.
const plainAhead = 4 << 10

// DefaultAhead is how much a Reader reads ahead, in bytes.
const DefaultAhead = 128 << 10

// NewReader returns a Reader of the file that r gives from its first byte.
func NewReader(r io.Reader) *Reader { return NewReaderSize(r, DefaultAhead) }

// NewReaderSize is NewReader with so many bytes read ahead: less where only the
// header of one record is wanted.
func NewReaderSize(r io.Reader, size int) *Reader {
	rd := &Reader{count: counter{r: r}, member: -1}
	rd.in = bufio.NewReaderSize(&rd.count, size)
	return rd
}

// Next returns the next record. It returns io.EOF at the end of the file, a
// *DamageError for damage (calling Next again goes on behind it), and any other
// error of the file itself, which is final.
func (r *Reader) Next() (*Record, error) {
	if r.err != nil {
		return nil, r.err
	}
	rec, err := r.next()
	var damage *DamageError
	switch {
	case err != nil && r.count.err != nil:
		r.err = r.count.err
		return nil, r.err
	case errors.As(err, &damage):
		r.lost = true
	case err != nil:
		r.err = err
	}
	return rec, err
}

func (r *Reader) next() (*Record, error) {
	if err := r.finish(); err != nil {
		return nil, err
	}
	if r.lost {
		if err := r.resync(); err != nil {
			return nil, err
		}
	}
	for {
		if r.member < 0 {
			if err := r.open(); err != nil {
				return nil, err
			}
		}
		rec, err := r.record()
		if err == io.EOF && r.member >= 0 { // the member's end
			r.member = -1
			continue
		}
		return rec, err
	}
}

// offset is how far the file has been read.
func (r *Reader) offset() int64 { return r.count.n - int64(r.in.Buffered()) }

// open enters the next gzip member, or does nothing before a plain record.
func (r *Reader) open() error {
	if _, err := skipEOL(r.in); err != nil {
		return err
	}
	r.within = 0
	magic, _ := r.in.Peek(4)
	switch {
	case len(magic) >= 2 && magic[0] == 0x1f && magic[1] == 0x8b:
		return r.openMember()
	case string(magic) == "\x28\xb5\x2f\xfd":
		return &DamageError{Offset: r.offset(), Err: errors.New("compressed with zstd, which is not read")}
	}
	return nil
}

func (r *Reader) openMember() error {
	at := r.offset()
	var err error
	if r.zr == nil {
		r.zr, err = gzip.NewReader(r.in)
	} else {
		err = r.zr.Reset(r.in)
	}
	if err != nil {
		if r.zr == nil {
			r.zr = new(gzip.Reader)
		}
		return r.damage(at, err)
	}
	r.zr.Multistream(false)
	if r.plain == nil {
		r.plain = bufio.NewReaderSize(r.zr, plainAhead)
	} else {
		r.plain.Reset(r.zr)
	}
	r.member, r.within = at, 0
	return nil
}

// record reads the header of the record at hand.
func (r *Reader) record() (*Record, error) {
	at, from, skipped := r.offset(), r.in, int64(0)
	if r.member >= 0 {
		var err error
		at, from = r.member, r.plain
		skipped, err = skipEOL(from)
		if err == io.EOF {
			return nil, err
		}
		if err != nil {
			return nil, r.damage(at, err)
		}
	}
	err := begins(from)
	var p parsed
	if err == nil {
		p, err = readHeader(from)
	}
	if err != nil {
		return nil, r.damage(at, err)
	}
	rec := &Record{Version: p.version, Header: p.header, Offset: at, Size: p.length, Within: r.within + skipped}
	r.within = rec.Within + p.size
	r.rec, r.block = rec, block{r: r, from: from, left: p.length}
	rec.Block = &r.block
	return rec, nil
}

// damage gives err the offset it belongs to and leaves the member.
func (r *Reader) damage(at int64, err error) error {
	r.member, r.rec = -1, nil
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return &DamageError{Offset: at, Err: err}
}

// finish reads what is left of the record at hand. Damage is returned unless the
// block's reader has had it.
func (r *Reader) finish() error {
	if r.block.r == nil || r.block.told {
		r.block, r.rec = block{}, nil
		return nil
	}
	_, err := io.Copy(io.Discard, &r.block)
	r.block, r.rec = block{}, nil
	return err
}
