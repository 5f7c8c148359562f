package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsarchive/archive/warc"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// A Member is a record of the archive and where its gzip member lies.
type Member struct {
	File           string // path in the archive
	Offset, Length int64  // bytes
	Header         warc.Header
}

// Records reads records of an archive as they lie on disk. It keeps the last
// segment open, so rows are best asked for in the order of their records. It is
// for one goroutine.
type Records struct {
	root  Tree
	name  string
	file  File    // of name; nil at first
	index []int64 // offsets of its responses, in order

	accounts sync.Once
	damages  []Damage
}

// ErrLost reports a record that a repair accounts for as lost.
var ErrLost = errors.New("the record is lost to damage")

// Lost reports whether a repair accounts for the record there as lost.
func (r *Records) Lost(file string, offset int64) bool {
	r.accounts.Do(func() { r.damages = readDamages(r.root) })
	return gone(r.damages, file) || lost(r.damages, file, offset)
}

// Records returns a Records of the archive, to be closed.
func (r *Reader) Records() *Records { return &Records{root: r.root} }

// Close frees what the Records holds.
func (r *Records) Close() error {
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}

// Capture gives the records of the capture that the row points at: requests,
// redirects, answers of robots.txt, the document, and what else was kept with it.
func (r *Records) Capture(row page.Row) ([]Member, error) {
	list, err := r.capture(row)
	if err != nil {
		return nil, fmt.Errorf("read records of %.300s at %s, offset %d: %w", row.URL, row.WARCFile, row.WARCOffset, err)
	}
	return list, nil
}

func (r *Records) capture(row page.Row) ([]Member, error) {
	if err := r.open(row.WARCFile); err != nil {
		return nil, err
	}
	before, _ := slices.BinarySearch(r.index, row.WARCOffset)
	for i := before; ; i-- {
		from := int64(0)
		if i > 0 {
			from = r.index[i-1]
		}
		list, whole, err := r.around(from, row.WARCOffset)
		if whole || i <= 0 || err != nil {
			return list, err
		}
	}
}

// around reads records from an offset on and returns the capture of the record at
// the other one. It is whole if its first record was seen.
func (r *Records) around(from, at int64) (list []Member, whole bool, err error) {
	found := false
	for m, err := range r.from(from) {
		if err != nil {
			return list, whole, err
		}
		part, parts := partOf(m.Header)
		if !found && part <= 1 {
			list, whole = list[:0], true
		}
		list = append(list, m)
		found = found || m.Offset == at
		if !found && m.Offset > at {
			return nil, false, errors.New("no record begins there")
		}
		if found && part >= parts {
			return list, whole, nil
		}
	}
	if !found {
		return nil, false, errors.New("no record begins there")
	}
	return list, whole, nil
}

// partOf reads "2/6"; a record without it is a capture of its own.
func partOf(h warc.Header) (part, parts int) {
	k, n, _ := strings.Cut(h.Get(partField), "/")
	part, kerr := strconv.Atoi(k)
	parts, nerr := strconv.Atoi(n)
	if kerr != nil || nerr != nil {
		return 1, 1
	}
	return part, parts
}

// from gives the records of the open segment from an offset on. A *warc.DamageError
// tells of damage, and what can be read after it follows.
func (r *Records) from(offset int64) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		rd := warc.NewReader(io.NewSectionReader(r.file, offset, math.MaxInt64-offset))
		for {
			rec, err := rd.Next()
			if err == io.EOF {
				return
			}
			var m Member
			if err == nil {
				_, err = io.Copy(io.Discard, rec.Block)
				m = Member{r.name, offset + rec.Offset, rec.Length, rec.Header}
			}
			damage := new(warc.DamageError)
			if !yield(m, err) || err != nil && !errors.As(err, &damage) {
				return
			}
		}
	}
}

// Captures gives the captures of a WARC segment from an offset on, each with all
// its records. A *warc.DamageError tells of damage, and what can be read after it
// follows.
func (r *Records) Captures(file string, offset int64) iter.Seq2[[]Member, error] {
	return func(yield func([]Member, error) bool) {
		if err := r.open(file); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", file, err))
			return
		}
		var list []Member
		for m, err := range r.from(offset) {
			if err != nil {
				if !yield(nil, fmt.Errorf("read %s: %w", file, err)) {
					return
				}
				continue
			}
			part, parts := partOf(m.Header)
			if part <= 1 {
				list = nil
			}
			list = append(list, m)
			if part >= parts && !yield(list, nil) {
				return
			}
		}
	}
}

// RequisiteOf returns the id of the record of the page that the capture is a
// requisite of; "" if of none.
func RequisiteOf(capture []Member) string {
	for _, m := range capture {
		if id := m.Header.Get(requisiteField); id != "" {
			return id
		}
	}
	return ""
}

// Session lists the WARC segment and those that the same process wrote after it,
// where requisites of its pages may lie.
func (r *Reader) Session(file string) ([]string, error) { return r.sessionFrom(file) }

// open makes a WARC segment the open one and reads which responses it has. Without
// an index it is read from its beginning.
func (r *Records) open(name string) error {
	if r.file != nil && r.name == name {
		return nil
	}
	if !strings.HasPrefix(name, "warc/") {
		return errors.New("the row has no record")
	}
	f, _, err := openSegment(r.root, name)
	if err != nil {
		return err
	}
	r.Close()
	r.name, r.file, r.index = name, f, r.index[:0]
	lines, err := readFile(r.root, indexOf(name))
	if err != nil {
		return nil
	}
	for _, line := range byOffset(lines) {
		r.index = append(r.index, line.offset)
	}
	return nil
}

// Original returns the response that a revisit refers to; ErrLost where that is lost.
func (r *Records) Original(m Member) (Member, error) {
	file, offset, err := originalOf(m.Header)
	if err != nil {
		return Member{}, fmt.Errorf("%s, offset %d: %w", m.File, m.Offset, err)
	}
	if r.Lost(file, offset) {
		return Member{}, fmt.Errorf("original of %s, offset %d: %w", m.File, m.Offset, ErrLost)
	}
	h, length, err := memberAt(r.root, file, offset)
	if err == nil && h.ID() != m.Header.Get("WARC-Refers-To") {
		err = errOriginal
	}
	if err != nil {
		return Member{}, fmt.Errorf("original of %s, offset %d: %w", m.File, m.Offset, err)
	}
	return Member{file, offset, length, h}, nil
}

// Info returns the warcinfo record of a segment.
func (r *Records) Info(file string) (Member, error) {
	h, length, err := memberAt(r.root, file, 0)
	if err != nil {
		return Member{}, fmt.Errorf("first record of %s: %w", file, err)
	}
	return Member{file, 0, length, h}, nil
}

// Append appends the bytes of a member as they are on disk.
func (r *Records) Append(dst []byte, file string, offset, length int64) ([]byte, error) {
	if err := r.open(file); err != nil {
		return dst, err
	}
	n := len(dst)
	dst = slices.Grow(dst, int(length))[:n+int(length)]
	_, err := r.file.ReadAt(dst[n:], offset)
	return dst, err
}

// IndexLine returns the CDXJ line of a gzip member with one record, as it will lie
// at an offset of another file, with its newline; nil for a record that has none.
func IndexLine(gz []byte, file string, offset int64) ([]byte, error) {
	rec, err := warc.NewReader(bytes.NewReader(gz)).Next()
	if err != nil {
		return nil, err
	}
	m := madeOf(rec)
	if !m.indexed() {
		return nil, nil
	}
	head, err := io.ReadAll(io.LimitReader(rec.Block, 1<<20))
	if err != nil {
		return nil, err
	}
	ex, _ := contentOf(rec.Header, head, wire.Limits{Body: 1}) // what has no head has status 0
	m.described(&ex)
	m.span = warc.Span{Offset: offset, Length: int64(len(gz))}
	return m.line(file), nil
}

// ID returns the id that archive.json gives the archive, "urn:uuid:...".
func (r *Reader) ID() (string, error) {
	b, err := readFile(r.root, markerFile)
	var m marker
	if err == nil {
		err = json.Unmarshal(b, &m)
	}
	if err != nil {
		return "", fmt.Errorf("read %s: %w", markerFile, err)
	}
	return m.ID, nil
}
