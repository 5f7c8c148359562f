package archive

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"

	"newsarchive/archive/warc"
)

// good is what can be read of a file: members by their offsets, and how long
// the file is.
type good struct {
	members [][2]int64 // offset and length, in order
	size    int64
	edits   []edit // of their headers
}

func (g *good) add(f io.ReaderAt, offset, length int64) {
	if e, ok := headerEdit(f, offset); ok {
		g.edits = append(g.edits, e)
	}
	g.members = append(g.members, [2]int64{offset, length})
}

// fillGaps adds edits of what is not good. A gap that is too small takes the next
// member with it; at the end of the file it is cut.
func (g *good) fillGaps(fill func(offset, length int64) ([]byte, error), reason string) ([]edit, error) {
	at := int64(0) // up to here all is good or filled
	for _, m := range append(g.members, [2]int64{g.size, 0}) {
		if m[0] == at {
			at += m[1]
			continue
		}
		gap := edit{offset: at, length: m[0] - at, reason: reason}
		var err error
		if gap.with, err = fill(at, gap.length); err == errGapSmall && m[0] < g.size {
			gap.length += m[1]
			gap.with, err = fill(at, gap.length)
		} else if err == errGapSmall {
			err = nil
		}
		if err != nil {
			return nil, fmt.Errorf("bytes %d to %d: %w", at, at+gap.length, err)
		}
		g.edits = append(g.edits, gap)
		at = m[0] + m[1]
	}
	slices.SortStableFunc(g.edits, func(a, b edit) int { return cmp.Compare(a.offset, b.offset) })
	return apart(g.edits), nil
}

// apart leaves out edits inside of the one before.
func apart(edits []edit) (list []edit) {
	end := int64(-1)
	for _, e := range edits {
		if e.offset >= end {
			list = append(list, e)
			end = e.offset + e.length
		} else if last := &list[len(list)-1]; e.length > last.length {
			*last, end = e, e.offset+e.length
		}
	}
	return list
}

// recordEdits finds what is no whole record.
func (p *repair) recordEdits(f *os.File) ([]edit, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	g, id := good{size: info.Size()}, ""
	for m, err := range newScan(io.NewSectionReader(f, 0, g.size)).whole(p.ctx) {
		if err != nil {
			return nil, err
		}
		id = cmp.Or(id, m.info)
		g.add(f, m.span.Offset, m.span.Length)
	}
	if err := p.ctx.Err(); err != nil {
		return nil, err
	}
	id = cmp.Or(id, warc.NewID())
	return g.fillGaps(func(offset, length int64) ([]byte, error) { return recordFiller(offset, length, id, p.now) }, reasonRecord)
}

// rowEdits finds what is no whole member of rows.
func (p *repair) rowEdits(f *os.File) ([]edit, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	g := good{size: info.Size()}
	for m, err := range members(f) {
		if err == nil {
			_, err = decodeRows(m.lines)
		}
		if err == nil {
			g.add(f, m.offset, m.length)
		}
	}
	return g.fillGaps(func(_, length int64) ([]byte, error) { return rowFiller(length) }, reasonRow)
}
