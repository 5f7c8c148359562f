package warc

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// DateFormat is how a Batch writes WARC-Date: UTC, milliseconds.
const DateFormat = "2006-01-02T15:04:05.000Z"

// DefaultLevel is the gzip level of a Batch that asks for none.
const DefaultLevel = 6

// An Entry is one record to write.
type Entry struct {
	Type          string
	ID            string    // NewID where empty
	Date          time.Time // of the capture event; written in UTC, cut to milliseconds
	URI           string    // WARC-Target-URI; "" for none. What RFC 3986 bars is percent-encoded
	ContentType   string    // of the block; "" for none
	PayloadDigest string    // as Digest gives it; "" for none
	Fields        []Field   // further fields; those with an empty value are left out
	Block         [][]byte  // the block, in parts so that no body is copied
	Packed        bool      // the last part of Block is compressed already; it is stored as it is
}

// A Span is where a record's gzip member lies, in bytes.
type Span struct{ Offset, Length int64 }

// A Batch builds the gzip members of records in memory, to be written at once.
// It is for one goroutine at a time.
type Batch struct {
	buf  bytes.Buffer
	head bytes.Buffer
	zw   *gzip.Writer
}

// NewBatch returns an empty Batch that compresses at the gzip level, 1 to 9;
// 0 means DefaultLevel.
func NewBatch(level int) (*Batch, error) {
	if level == 0 {
		level = DefaultLevel
	}
	if level < gzip.BestSpeed || level > gzip.BestCompression {
		return nil, fmt.Errorf("gzip level %d is not between 1 and 9", level)
	}
	zw, err := gzip.NewWriterLevel(nil, level)
	if err != nil {
		return nil, err
	}
	return &Batch{zw: zw}, nil
}

// Bytes returns the members so far. They are valid until the next Add or Reset.
func (b *Batch) Bytes() []byte { return b.buf.Bytes() }

// Len returns the size of the members so far, in bytes.
func (b *Batch) Len() int64 { return int64(b.buf.Len()) }

// Reset empties the batch and keeps its memory.
func (b *Batch) Reset() { b.buf.Reset() }

// Add appends the record and returns where its member lies in the batch. After
// an error the batch is as it was before.
func (b *Batch) Add(e Entry) (Span, error) {
	if err := b.header(e); err != nil {
		return Span{}, fmt.Errorf("write %s record of %.200q: %w", e.Type, e.URI, err)
	}
	start := b.buf.Len()
	add := b.addDeflated
	if e.Packed && len(e.Block) > 0 {
		add = b.addPacked
	}
	if err := add(e); err != nil {
		b.buf.Truncate(start)
		return Span{}, err
	}
	return Span{int64(start), int64(b.buf.Len() - start)}, nil
}

// recordEnd closes each record.
var recordEnd = []byte("\r\n\r\n")

// addDeflated appends the member of a record, deflated throughout.
func (b *Batch) addDeflated(e Entry) error {
	b.zw.Reset(&b.buf) // a bytes.Buffer does not fail
	b.zw.Write(b.head.Bytes())
	for _, part := range e.Block {
		b.zw.Write(part)
	}
	b.zw.Write(recordEnd)
	return b.zw.Close()
}

// header writes the record header of e to b.head.
func (b *Batch) header(e Entry) error {
	if e.ID == "" {
		e.ID = NewID()
	}
	length := 0
	for _, part := range e.Block {
		length += len(part)
	}
	fields := append([]Field{
		{"WARC-Type", e.Type},
		{"WARC-Record-ID", e.ID},
		{"WARC-Date", e.Date.UTC().Format(DateFormat)},
		{"WARC-Target-URI", EncodeURI(e.URI)},
		{"Content-Type", e.ContentType},
		{"Content-Length", strconv.Itoa(length)},
		{"WARC-Block-Digest", Digest(e.Block...)},
		{"WARC-Payload-Digest", e.PayloadDigest},
	}, e.Fields...)
	b.head.Reset()
	b.head.WriteString("WARC/1.1\r\n")
	for _, f := range fields {
		if f.Value == "" {
			continue
		}
		if err := f.check(); err != nil {
			return err
		}
		b.head.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	b.head.WriteString("\r\n")
	if b.head.Len() > maxHeader {
		return errHeaderLong
	}
	return nil
}

// check refuses what would end the field early or make it two.
func (f Field) check() error {
	if strings.ContainsAny(f.Value, "\r\n\x00") {
		return fmt.Errorf("field %s holds a line end or NUL", f.Name)
	}
	if f.Name == "" || strings.ContainsFunc(f.Name, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == ':' }) {
		return fmt.Errorf("not a field name: %q", f.Name)
	}
	return nil
}

// FieldsBlock writes fields as a block of application/warc-fields; those with an
// empty value are left out.
func FieldsBlock(fields []Field) ([]byte, error) {
	var b bytes.Buffer
	var errs error
	for _, f := range fields {
		if f.Value == "" {
			continue
		}
		errs = errors.Join(errs, f.check())
		b.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	return b.Bytes(), errs
}

// NewID returns a fresh record id, a random UUID (RFC 9562 section 5.4) as
// "<urn:uuid:...>".
func NewID() string {
	var u [16]byte
	rand.Read(u[:]) // never fails
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// EncodeURI percent-encodes the bytes that RFC 3986 bars from a URI: controls,
// space, quotes, angle brackets, braces and what is not ASCII. The rest stays.
func EncodeURI(uri string) string {
	barred := func(c byte) bool { return c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 }
	var b strings.Builder
	for i := range len(uri) {
		if c := uri[i]; barred(c) {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
