package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// requisiteField names, on the records of a requisite, the record of the page
// that it belongs to.
const requisiteField = "Scrape-Requisite-Of"

// PutRequisite stores the records of c, which is what the page of a row needs to
// be seen: a stylesheet, an image, a font. Put must have given the row. There is
// no row of a requisite; Reader.Requisites gives them back.
func (a *Archive) PutRequisite(ctx context.Context, c *page.Capture, of page.Row) error {
	if of.WARCRecordID == "" {
		return fmt.Errorf("archive %s: the page that it belongs to has no record", page.Printable(c.Requested, 300))
	}
	j := &job{capture: c, of: of.WARCRecordID, done: make(chan struct{})}
	if err := a.put(ctx, j); err != nil {
		return fmt.Errorf("archive %s: %w", page.Printable(c.Requested, 300), err)
	}
	return nil
}

// Requisites gives the responses that were stored as requisites of the row's
// page, in the order of storing, redirects included. The capture of each holds one
// exchange; a revisit has the payload of its original. An error tells of damage,
// and what can be read after it follows.
//
// The index says where they are. Of a segment that is still open, what was written
// after its last checkpoint is walked; so is a sealed one whose index is gone.
func (r *Reader) Requisites(row page.Row) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		names, err := r.sessionFrom(row.WARCFile)
		if err != nil {
			yield(Stored{}, fmt.Errorf("read requisites of %.300s: %w", row.URL, err))
			return
		}
		at := row.WARCOffset
		for _, name := range names {
			if !r.requisitesIn(name, at, row.WARCRecordID, yield) {
				return
			}
			at = 0
		}
	}
}

// requisitesIn gives what belongs to the page in one segment, from an offset on. It
// reports whether the consumer wants more.
func (r *Reader) requisitesIn(name string, from int64, of string, yield func(Stored, error) bool) bool {
	lines, walked := r.requisiteLines(name, of)
	for _, line := range lines {
		if line.offset < from {
			continue
		}
		s, err := r.requisiteAt(name, line, of)
		if !yield(s, err) {
			return false
		}
	}
	return walked < 0 || r.walkRequisites(name, max(from, walked), of, yield)
}

// requisiteLines gives the index lines of the page's requisites in a segment, and the
// offset from which on the index does not reach; negative where it reaches to the end.
func (r *Reader) requisiteLines(name, of string) (lines []indexLine, rest int64) {
	rest = -1
	index, err := readFile(r.root, indexOf(name))
	if err != nil {
		if index, err = readFile(r.root, indexOf(name)+openSuffix); err != nil {
			return nil, 0
		}
		rest = 0
	}
	var found []byte
	mark := []byte(`"requisite-of":"` + of + `"`)
	for line := range bytes.Lines(index) {
		var c checkpoint
		if rest >= 0 && line[0] == '{' && json.Unmarshal(line, &c) == nil {
			rest = c.Bytes
		} else if bytes.Contains(line, mark) {
			found = append(found, line...)
		}
	}
	for _, line := range byOffset(found) {
		if rest < 0 || line.offset < rest { // others are walked
			lines = append(lines, line)
		}
	}
	return lines, rest
}

// requisiteAt reads the record that an index line names.
func (r *Reader) requisiteAt(name string, line indexLine, of string) (s Stored, err error) {
	f, _, err := openSegment(r.root, name)
	if err != nil {
		return s, err
	}
	defer f.Close()
	length, err := strconv.ParseInt(string(valueOf(line.text, "length")), 10, 64)
	var rec *warc.Record
	if err == nil {
		rec, err = recordAt(f, line.offset, length)
	}
	if err == nil && rec.Header.Get(requisiteField) != of {
		err = errors.New("the record there is another than the index says")
	}
	if err == nil {
		s, err = r.storedOf(rec, name)
		s.Offset = line.offset
	}
	if err != nil {
		err = fmt.Errorf("read %s, offset %d: %w", name, line.offset, err)
	}
	return s, err
}

// sessionFrom lists the WARC segments of one writing process from name on.
func (r *Reader) sessionFrom(name string) ([]string, error) {
	if name == "" {
		return nil, errors.New("the row has no record")
	}
	names, err := r.session(name)
	return slices.DeleteFunc(names, func(other string) bool { return path.Base(other) < path.Base(name) }), err
}

// session lists the WARC segments of the process that wrote the named one.
func (r *Reader) session(name string) ([]string, error) {
	all, err := list(r.root, "warc", ".warc.gz", ".warc.gz"+openSuffix)
	var names []string
	for _, other := range all {
		other = strings.TrimSuffix(other, openSuffix)
		if process(other) == process(name) {
			names = append(names, other)
		}
	}
	return names, err
}

// process is the part of a segment's name that stands for the writing process.
func process(name string) string {
	parts := strings.Split(path.Base(name), "-")
	if len(parts) != 3 {
		return name
	}
	return parts[1]
}

// walkRequisites reads a segment from an offset to its end. It reports whether the
// consumer wants more.
func (r *Reader) walkRequisites(name string, from int64, of string, yield func(Stored, error) bool) bool {
	f, _, err := openSegment(r.root, name)
	if err != nil {
		return yield(Stored{}, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return yield(Stored{}, err)
	}
	rd := warc.NewReader(io.NewSectionReader(f, from, max(0, info.Size()-from)))
	for {
		rec, err := rd.Next()
		if err == io.EOF {
			return true
		}
		if err == nil && (rec.Header.Get(requisiteField) != of || rec.Header.Type() == warc.Metadata) {
			continue
		}
		var s Stored
		if err == nil {
			s, err = r.storedOf(rec, name)
			s.Offset += from
		}
		if err != nil {
			err = fmt.Errorf("read %s: %w", name, err)
		}
		if !yield(s, err) {
			return false
		}
		if d := new(warc.DamageError); err != nil && !errors.As(err, &d) && !errors.Is(err, errOriginal) {
			return true
		}
	}
}
