package archive

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strconv"
	"strings"
	"time"

	"newsarchive/archive/warc"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// span is what a row must say of the record at an offset.
type span struct {
	length     int64
	id, digest uint64 // hashes
}

// spans are the records of one WARC segment by their offsets.
type spans struct {
	file string
	at   map[int64]span
}

var seed = maphash.MakeSeed() // the hashes leave no process

func hashOf(s string) uint64 { return maphash.String(seed, s) }

// recordCheck is the check of one WARC segment.
type recordCheck struct {
	v     *verifier
	name  string
	seg   segment // counts and index, as a writer would have them
	info  string  // id of the segment's warcinfo
	ids   map[uint64]bool
	links []link // to records that were not seen yet
	part  int    // of the capture at hand
	parts int    // 0 outside a capture
	lossy bool   // records of the capture at hand were set aside
	hurt  bool   // records of the capture at hand, or the one before, cannot be read
	block bytes.Buffer
}

// link is a reference from the record at an offset.
type link struct {
	at     int64
	record string
	field  string
	to     uint64
	hurt   bool // of a capture with damage
}

// checkRecords checks a WARC segment: its digest, each record, the links between
// them, and its index.
func (v *verifier) checkRecords(name string, f File, e entry, open bool) {
	c := &recordCheck{v: v, name: name, ids: map[uint64]bool{}}
	v.records = spans{name, map[int64]span{}}
	sum := newSum()
	rd := warc.NewReader(io.TeeReader(f, sum))
	for !v.stopped() {
		rec, err := rd.Next()
		if err == nil {
			err = c.record(rec)
		}
		if err == io.EOF {
			break
		}
		var d *warc.DamageError
		if errors.As(err, &d) {
			if !open || !d.Torn() {
				c.faultOr(v.harm.reaches(name, d.Offset), FaultRecord, d.Offset, "", d.Error())
				v.harm.found(name, d.Offset)
				v.harm.lose(name, d.Offset)
			}
			c.part, c.parts, c.hurt = 0, 0, true
		} else if err != nil {
			v.fail(fmt.Errorf("%s: %w", name, err))
			return
		}
	}
	if v.done {
		return
	}
	c.end(open)
	v.earlier.next(name, c.ids)
	if !open && e.Path != "" {
		v.size(f, e)
		v.sum(e, sum)
		c.counted(e)
		c.index()
	}
}

func (c *recordCheck) fault(kind string, at int64, id, detail string) {
	c.faultOr(false, kind, at, id, detail)
}

// faultOr tells of a fault, or of what follows from one, as all does at a record that is
// known to be lost.
func (c *recordCheck) faultOr(follows bool, kind string, at int64, id, detail string) {
	if !c.v.done {
		c.v.fault(Fault{Kind: kind, File: c.name, Offset: at, Record: id, Detail: detail, Follows: follows || c.v.harm.reaches(c.name, at)})
	}
}

// record checks one record to its end.
func (c *recordCheck) record(rec *warc.Record) error {
	m, problem, err := c.read(rec)
	if err != nil {
		return err
	}
	id := m.entry.ID
	fault := func(kind, detail string) { c.fault(kind, rec.Offset, id, detail) }
	damaged := c.v.harm.found(c.name, rec.Offset)
	if problem != "" {
		fault(FaultDigest, problem)
		c.v.harm.lose(c.name, rec.Offset)
		c.v.harm.found(c.name, rec.Offset+max(1, rec.Length))
	}
	if rec.Offset != c.seg.size {
		c.faultOr(damaged, FaultRecord, rec.Offset, id, fmt.Sprintf("the bytes from offset %d to this record are none", c.seg.size))
	}
	c.seg.size = rec.Offset + rec.Length
	if c.ids[hashOf(id)] {
		fault(FaultRecord, "another record has the same id")
	}
	c.ids[hashOf(id)] = true
	c.seg.count(m.entry.Date)
	if m.indexed() {
		c.seg.index = append(c.seg.index, m.line(c.name))
	}
	c.v.records.at[rec.Offset] = span{rec.Length, hashOf(id), hashOf(m.entry.PayloadDigest)}
	c.v.count.Records++
	c.v.count.Bytes += rec.Size
	c.parted(rec)
	c.linked(rec)
	return nil
}

// read reads the block against its digests. The problem is "" if they hold.
func (c *recordCheck) read(rec *warc.Record) (m made, problem string, err error) {
	h := rec.Header
	c.block.Reset()
	check := warc.NewCheck(h.Get("WARC-Block-Digest"))
	if _, err = c.block.ReadFrom(io.LimitReader(rec.Block, maxBlock)); err != nil {
		return m, "", err
	}
	if check == nil {
		problem = "the record has no block digest that can be checked"
	} else {
		check.Write(c.block.Bytes())
	}
	rest := int64(0)
	if rec.Length == 0 { // else the block has been read to its end
		if rest, err = io.Copy(cmpWriter(check), rec.Block); err != nil {
			return m, "", err
		}
	}
	m = madeOf(rec)
	var ex page.Exchange
	if m.indexed() {
		ex, _ = contentOf(h, c.block.Bytes(), wire.Limits{Body: 1}) // what has no head has status 0
		m.described(&ex)
	}
	switch {
	case problem != "":
	case !check.Holds():
		problem = "the block does not have the digest that was taken of it"
	case m.entry.Type != warc.Revisit && m.indexed():
		s := Stored{}
		s.digest(m.entry.PayloadDigest, &ex, rest > 0)
		problem = s.Mismatch
	}
	return m, problem, nil
}

// cmpWriter is where bytes go that are only hashed, or nowhere.
func cmpWriter(check *warc.Check) io.Writer {
	if check == nil {
		return io.Discard
	}
	return check
}

// parted holds the record to the numbering of its capture.
func (c *recordCheck) parted(rec *warc.Record) {
	value := rec.Header.Get(partField)
	if rec.Header.Get(damagedField) != "" {
		c.lossy, c.part, c.parts = true, 0, 0
		return
	}
	if strings.HasPrefix(value, "1/") {
		c.lossy, c.hurt = false, false
	}
	if value == "" {
		if c.parts > 0 {
			c.incomplete(rec.Offset)
		}
		c.part, c.parts = 0, 0
		return
	}
	k, n, _ := strings.Cut(value, "/")
	part, kerr := strconv.Atoi(k)
	parts, nerr := strconv.Atoi(n)
	if kerr != nil || nerr != nil || !c.lossy && (part != c.part+1 || c.parts != 0 && parts != c.parts) {
		c.incomplete(rec.Offset)
	}
	c.part, c.parts = part, parts
	if part >= parts {
		c.part, c.parts = 0, 0
	}
}

func (c *recordCheck) incomplete(at int64) {
	c.faultOr(c.hurt, FaultRecord, at, "", "records of the capture before this record, or of its own, are missing")
}

// linked checks the record's references inside the segment and notes those that
// may be answered later.
func (c *recordCheck) linked(rec *warc.Record) {
	h := rec.Header
	if rec.Offset == 0 && h.Type() == warc.Info {
		c.info = h.ID()
		return
	}
	if got := h.Get("WARC-Warcinfo-ID"); got != c.info || got == "" {
		c.faultOr(c.info == "" && c.v.harm.reaches(c.name, 0), FaultLink, rec.Offset, h.ID(), "WARC-Warcinfo-ID is not that of the segment")
	}
	if to := h.Get("WARC-Concurrent-To"); to != "" && !c.ids[hashOf(to)] && !c.lossy {
		c.links = append(c.links, link{rec.Offset, h.ID(), "WARC-Concurrent-To", hashOf(to), c.hurt})
	}
	c.pageOf(h, rec.Offset)
	if h.Type() == warc.Revisit {
		err := c.v.r.checkOriginal(h)
		if file, offset, oerr := originalOf(h); err != nil && oerr == nil && lost(c.v.damages, file, offset) {
			c.v.count.Lost++
		} else if err != nil {
			c.faultOr(oerr == nil && c.v.harm.reaches(file, offset), FaultLink, rec.Offset, h.ID(), err.Error())
			c.v.harm.lose(c.name, rec.Offset) // its payload is
			c.v.harm.found(c.name, rec.Offset+max(1, rec.Length))
		}
	}
}

// end checks what only the whole segment shows.
func (c *recordCheck) end(open bool) {
	if c.parts > 0 && !open && !lost(c.v.damages, c.name, c.seg.size) {
		c.incomplete(c.seg.size)
		c.v.harm.lose(c.name, c.seg.size)
	}
	for _, l := range c.links {
		if !c.ids[l.to] {
			c.faultOr(l.hurt, FaultLink, l.at, l.record, l.field+" names a record that is not in the segment")
		}
	}
}

// counted compares what the manifest says of the segment's records.
func (c *recordCheck) counted(e entry) {
	if want := c.seg.counts(); !want.sameCount(e) {
		c.v.whole(FaultManifest, c.name, "%d records from %s to %s, the manifest says %d from %s to %s",
			want.Records, stamp(want.First), stamp(want.Last), e.Records, stamp(e.First), stamp(e.Last))
	}
}

func (e entry) sameCount(o entry) bool {
	return e.Records == o.Records && stamp(e.First) == stamp(o.First) && stamp(e.Last) == stamp(o.Last)
}

func stamp(t *time.Time) string {
	if t == nil {
		return "none"
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// index compares the index with the records line by line.
func (c *recordCheck) index() {
	want := sorted(c.seg.index)
	name := indexOf(c.name)
	got, err := readFile(c.v.r.root, name)
	if err != nil && len(want) == 0 || bytes.Equal(got, want) {
		return
	}
	if err != nil {
		if _, listed := c.v.sealed[name]; !listed { // else it is reported as missing
			c.v.whole(FaultIndex, name, "there is no index of %s", c.name)
		}
		return
	}
	at := 0
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			break
		}
		at = i + 1
	}
	at = bytes.LastIndexByte(got[:at], '\n') + 1
	c.v.fault(Fault{Kind: FaultIndex, File: name, Offset: int64(at), Detail: "the index does not say what the records of " + c.name + " are",
		Follows: len(c.v.harm.lost[c.name]) > 0})
}

// indexOf is the path of a WARC segment's index.
func indexOf(name string) string {
	return "index/" + strings.TrimSuffix(strings.TrimPrefix(name, "warc/"), ".warc.gz") + ".cdxj"
}
