package archive

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"time"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// A Visit is an answer that the index of a sealed segment lists.
type Visit struct {
	URL    string
	At     time.Time // to the second
	Status string    // of HTTP, three digits; "-" for a file that came without
	MIME   string    // "warc/revisit" for a revisit
	Digest string    // of the payload, as the record has it; "" for none
	File   string    // path of the WARC segment
	Offset int64
}

// Visits gives the answers of sealed segments, by segment and by offset.
func (r *Reader) Visits() iter.Seq2[Visit, error] {
	return r.visits(func(name string) ([]byte, error) { return readFile(r.root, name) })
}

// VisitsOf gives the answers of one address, whatever they were, in the order of Visits.
// Spellings that have one key in the index are one address.
func (r *Reader) VisitsOf(address string) iter.Seq2[Visit, error] {
	key := []byte(surt(warc.EncodeURI(address)) + " ")
	return r.visits(func(name string) ([]byte, error) {
		f, err := openRead(r.root, name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return nil, err
		}
		return linesFrom(f, info.Size(), key)
	})
}

// CaptureOf reads what a visit got, as Capture does, with the outcome of the fetch where not
// a whole document arrived. It is nil for what is no document of a capture: a redirect, a
// robots.txt, a requisite of a page.
func (r *Reader) CaptureOf(v Visit) (*page.Capture, error) {
	records := r.Records()
	defer records.Close()
	row := page.Row{URL: v.URL, WARCFile: v.File, WARCOffset: v.Offset}
	members, err := records.Capture(row)
	if err != nil || !document(members, &row) {
		return nil, err
	}
	c, err := r.Capture(row)
	if err == nil {
		c.Outcome = r.endOf(row)
	}
	return c, err
}

// visits gives the lines of each segment's index that are wanted.
func (r *Reader) visits(wanted func(name string) ([]byte, error)) iter.Seq2[Visit, error] {
	return func(yield func(Visit, error) bool) {
		names, err := list(r.root, "index", ".cdxj")
		if err != nil {
			yield(Visit{}, err)
			return
		}
		slices.SortFunc(names, func(a, b string) int { return cmp.Compare(baseName(a), baseName(b)) })
		for _, name := range names {
			lines, err := wanted(name)
			if err != nil && !yield(Visit{}, err) {
				return
			}
			for _, line := range byOffset(lines) {
				if !yield(visitOf(line), nil) {
					return
				}
			}
		}
	}
}

func visitOf(line indexLine) Visit {
	value := func(key string) string { return string(valueOf(line.text, key)) }
	v := Visit{URL: value("url"), Status: value("status"), MIME: value("mime"), Digest: value("digest"), File: value("filename"), Offset: line.offset}
	if parts := bytes.SplitN(line.text, []byte(" "), 3); len(parts) == 3 {
		v.At, _ = time.Parse(stampLayout, string(parts[1]))
	}
	return v
}
