package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
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
// It reads the headers of what was written after the page, up to the end of the
// session: where that is much, the call takes its time.
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

// sessionFrom lists the WARC segments of one writing process from name on.
func (r *Reader) sessionFrom(name string) ([]string, error) {
	if name == "" {
		return nil, errors.New("the row has no record")
	}
	all, err := list(r.root, "warc", ".warc.gz", ".warc.gz"+openSuffix)
	var names []string
	for _, other := range all {
		other = strings.TrimSuffix(other, openSuffix)
		if process(other) == process(name) && path.Base(other) >= path.Base(name) {
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

// requisitesIn reports whether the consumer wants more.
func (r *Reader) requisitesIn(name string, from int64, of string, yield func(Stored, error) bool) bool {
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
