package archive

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"newsarchive/archive/warc"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// Capture reads the record that the row points at, checks it against its
// digests and decodes it as on the day of its capture. Where nothing arrived
// that day the capture has no exchange.
func (r *Reader) Capture(row page.Row) (*page.Capture, error) {
	c, err := r.capture(row)
	if err != nil {
		return nil, fmt.Errorf("read record of %.300s at %s, offset %d: %w", row.URL, row.WARCFile, row.WARCOffset, err)
	}
	return c, nil
}

func (r *Reader) capture(row page.Row) (*page.Capture, error) {
	if row.WARCFile == "" {
		return nil, errors.New("the row has no record")
	}
	f, _, err := openSegment(r.root, row.WARCFile)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rec, err := recordAt(f, row.WARCOffset, row.WARCLength)
	if err != nil {
		return nil, err
	}
	if rec.Header.ID() != row.WARCRecordID {
		return nil, fmt.Errorf("the record there is %.100q, not %s", rec.Header.ID(), row.WARCRecordID)
	}
	if rec.Header.Type() == warc.Metadata {
		return &page.Capture{Requested: row.URLRequested, Outcome: row.Outcome}, nil
	}
	stored, err := r.storedOf(rec, row.WARCFile)
	if err != nil {
		return nil, err
	}
	if stored.Mismatch != "" {
		return nil, errors.New(stored.Mismatch)
	}
	stored.Capture.Requested = row.URLRequested
	return stored.Capture, nil
}

// stored reads the response record at an offset.
func (r *Reader) stored(file string, offset int64) (Stored, error) {
	f, _, err := openSegment(r.root, file)
	if err != nil {
		return Stored{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Stored{}, err
	}
	rec, err := recordAt(f, offset, max(0, info.Size()-offset))
	if err != nil {
		return Stored{}, err
	}
	return storedOf(rec, file)
}

// storedOf reads a response, or a revisit with the payload of its original.
func (r *Reader) storedOf(rec *warc.Record, file string) (Stored, error) {
	h := rec.Header
	s, err := storedOf(rec, file)
	if err == nil && h.Type() == warc.Revisit {
		err = r.complete(s.Capture.Document(), h)
	}
	return s, err
}

// recordAt returns the record whose gzip member begins at the offset.
func recordAt(f io.ReaderAt, offset, length int64) (*warc.Record, error) {
	return recordAhead(f, offset, length, warc.DefaultAhead)
}

func recordAhead(f io.ReaderAt, offset, length int64, ahead int) (*warc.Record, error) {
	rec, err := warc.NewReaderSize(io.NewSectionReader(f, offset, length), ahead).Next()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return rec, err
}

// headAhead is what is read ahead where only the header of a record is wanted.
const headAhead = 4 << 10

// recordFrom does the same, and refuses a place where no record begins.
func recordFrom(f io.ReaderAt, offset, length int64, ahead int) (*warc.Record, error) {
	rec, err := recordAhead(f, offset, length, ahead)
	if err == nil && rec.Offset != 0 {
		err = errors.New("no record begins there")
	}
	return rec, err
}

// headerIn reads the record at an offset of a WARC segment to its end and
// returns its header.
func headerIn(root Tree, name string, at int64) (warc.Header, error) {
	h, _, err := memberAt(root, name, at)
	return h, err
}

// memberAt does the same and returns the length of the gzip member as well.
func memberAt(root Tree, name string, at int64) (warc.Header, int64, error) {
	if !strings.HasPrefix(name, "warc/") || at < 0 {
		return nil, 0, errors.New("no place in the archive")
	}
	f, _, err := openSegment(root, name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	rec, err := recordFrom(f, at, max(0, info.Size()-at), warc.DefaultAhead)
	if err == nil {
		_, err = io.Copy(io.Discard, rec.Block)
	}
	if err != nil {
		return nil, 0, err
	}
	return rec.Header, rec.Length, nil
}

// limits bound a record that is read back.
var limits = wire.Limits{}
