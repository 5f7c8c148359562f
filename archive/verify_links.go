package archive

import (
	"errors"
	"io"
	"math"
	"path"

	"newsarchive/archive/warc"
)

// earlier tells which records the page of a requisite may be: those of the segments
// that the same process wrote before the one at hand.
type earlier struct {
	process string
	last    string          // path of the segment before, if the same process wrote it
	ids     map[uint64]bool // hashes of the ids in it
	known   map[uint64]bool // what was found of pages that are farther away
}

// next keeps what the segment holds for those that follow.
func (p *earlier) next(name string, ids map[uint64]bool) {
	if of := process(name); of != p.process {
		*p = earlier{process: of, known: map[uint64]bool{}}
	}
	p.last, p.ids = name, ids
}

// pageOf checks that the page which a requisite belongs to was written before it.
func (c *recordCheck) pageOf(h warc.Header, at int64) {
	id := h.Get(requisiteField)
	if id == "" || c.ids[hashOf(id)] || c.v.pageBefore(c.name, id) {
		return
	}
	if c.v.lostBefore(c.name) {
		c.v.count.Lost++
		return
	}
	c.faultOr(c.v.harm.session(c.name), FaultLink, at, h.ID(), requisiteField+" names a record that was not written before")
}

// pageBefore reports whether a record is in the segments of the session before one.
// It is nearly always in the last of them; the others are read again for it.
func (v *verifier) pageBefore(name, id string) bool {
	p, hash := &v.earlier, hashOf(id)
	if p.process != process(name) {
		return false
	}
	if p.ids[hash] {
		return true
	}
	found, asked := p.known[hash]
	if !asked {
		found = v.walkBack(p.last, id)
		p.known[hash] = found
	}
	return found
}

// walkBack looks for a record in the segments of the session before the last one,
// the newest first.
func (v *verifier) walkBack(last, id string) bool {
	names, err := v.r.session(last)
	if err != nil {
		v.fail(err)
	}
	for i := len(names) - 1; i >= 0; i-- {
		if path.Base(names[i]) < path.Base(last) && v.r.holds(names[i], id) {
			return true
		}
	}
	return false
}

// holds reports whether a record of the id is in the segment.
func (r *Reader) holds(name, id string) bool {
	f, _, err := openSegment(r.root, name)
	if err != nil {
		return false // it is reported as such
	}
	defer f.Close()
	rd := warc.NewReader(io.NewSectionReader(f, 0, math.MaxInt64))
	for {
		rec, err := rd.Next()
		if err == nil && rec.Header.ID() == id {
			return true
		}
		if d := new(warc.DamageError); err != nil && !errors.As(err, &d) {
			return false
		}
	}
}

// lostBefore reports whether a repair has set something aside that the process wrote
// up to the segment: the page may have been there.
func (v *verifier) lostBefore(name string) bool {
	for _, d := range v.damages {
		if process(d.File) == process(name) && path.Base(d.File) <= path.Base(name) {
			return true
		}
	}
	return false
}
