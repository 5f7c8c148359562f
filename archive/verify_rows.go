package archive

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"newsarchive/page"
)

// checkRows checks an article segment: its digest, each row, and each row
// against its record.
func (v *verifier) checkRows(name string, f File, e entry, open bool) {
	var s segment
	var again []placed
	for m, err := range members(f) {
		if v.stopped() {
			return
		}
		if err != nil {
			if !open || !errors.Is(err, io.ErrUnexpectedEOF) {
				v.fault(Fault{Kind: FaultRow, File: name, Offset: m.offset, Detail: err.Error()})
			}
			continue
		}
		rows, err := decodeRows(m.lines)
		if err != nil {
			v.fault(Fault{Kind: FaultRow, File: name, Offset: m.offset, Detail: err.Error()})
		}
		for i := range rows {
			r := &rows[i]
			s.count(r.FetchedAt)
			if problem, follows := v.checkRow(r); problem != "" && !v.done {
				v.fault(Fault{Kind: FaultRow, File: name, Offset: m.offset, Record: r.ID, Detail: problem, Follows: follows})
			} else if v.o.Extract != nil && r.WARCFile != "" && !lost(v.damages, r.WARCFile, r.WARCOffset) {
				if again = append(again, placed{*r, name, m.offset}); len(again) == readAhead {
					again = v.extractAll(again)
				}
			}
		}
	}
	v.extractAll(again)
	if open || v.done || e.Path == "" {
		return
	}
	v.size(f, e)
	if c := s.counts(); !c.sameCount(e) {
		v.whole(FaultManifest, name, "%d rows from %s to %s, the manifest says %d from %s to %s",
			c.Records, stamp(c.First), stamp(c.Last), e.Records, stamp(e.First), stamp(e.Last))
	}
	v.checkDigest(f, e)
}

// checkRow returns how the row contradicts itself or its record; "" if it does not. It
// follows where the record was found damaged.
func (v *verifier) checkRow(r *page.Row) (problem string, follows bool) {
	v.count.Rows++
	switch {
	case r.ID != ID(r.URLCanonical):
		return "the id is not that of the canonical address", false
	case r.Text != "" && r.TextSHA256 != hexSum([]byte(r.Text)):
		return "the text does not have the digest that was taken of it", false
	case r.WARCFile == "":
		return "", false
	case lost(v.damages, r.WARCFile, r.WARCOffset):
		v.count.Lost++
		v.count.Bereft++
		return "", false
	}
	return v.checkRecordOf(r), v.harm.reaches(r.WARCFile, r.WARCOffset)
}

// checkRecordOf returns how the row contradicts its record.
func (v *verifier) checkRecordOf(r *page.Row) string {
	if r.WARCFile == v.records.file {
		s, ok := v.records.at[r.WARCOffset]
		if !ok || s.length != r.WARCLength || s.id != hashOf(r.WARCRecordID) || s.digest != hashOf(r.WARCPayloadDigest) {
			return fmt.Sprintf("its record is not at %s, offset %d", r.WARCFile, r.WARCOffset)
		}
		return ""
	}
	h, length, err := memberAt(v.r.root, r.WARCFile, r.WARCOffset)
	if err != nil {
		return fmt.Sprintf("its record at %s, offset %d: %v", r.WARCFile, r.WARCOffset, err)
	}
	if h.ID() != r.WARCRecordID || h.Get("WARC-Payload-Digest") != r.WARCPayloadDigest || length != r.WARCLength {
		return fmt.Sprintf("its record is not at %s, offset %d", r.WARCFile, r.WARCOffset)
	}
	return ""
}

// readAhead is how many rows are extracted again together.
const readAhead = 64

// placed is a row with the place of its member.
type placed struct {
	row    page.Row
	file   string
	offset int64
}

// extractAll extracts the rows again, some at the same time, and reports those
// with another text in their order. It returns the list, empty.
func (v *verifier) extractAll(list []placed) []placed {
	problems := make([]string, len(list))
	compared, others := make([]bool, len(list)), make([]bool, len(list))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range list {
		slots <- struct{}{}
		wg.Go(func() {
			problems[i], compared[i], others[i] = v.extractAgain(list[i].row)
			<-slots
		})
	}
	wg.Wait()
	for i, p := range list {
		if compared[i] {
			v.count.Texts++
		}
		if others[i] {
			v.count.Others++
		}
		if problems[i] != "" && !v.done {
			v.fault(Fault{Kind: FaultText, File: p.file, Offset: p.offset, Record: p.row.ID, Detail: problems[i],
				Follows: v.harm.reaches(p.row.WARCFile, p.row.WARCOffset)})
		}
	}
	return list[:0]
}

// extractAgain reads the row's record with the extractor. It compares only where
// the extractor and its rules are those of the row; else it reports others.
func (v *verifier) extractAgain(row page.Row) (problem string, compared, others bool) {
	if v.ctx.Err() != nil {
		return "", false, false
	}
	c, err := v.r.Capture(row)
	if err != nil {
		return err.Error(), false, false
	}
	if c.Document() == nil {
		return "", false, false
	}
	if row.TextSHA256 == "" { // perhaps since the fetch failed, whatever arrived
		c.Outcome = v.r.endOf(row)
	}
	got := v.o.Extract(c).Row
	if got.Extractor != row.Extractor || got.ExtractorVersion != row.ExtractorVersion || got.RulesVersion != row.RulesVersion {
		return "", false, true
	}
	if got.TextSHA256 != row.TextSHA256 {
		return fmt.Sprintf("extracting again from %s, offset %d, gives another text", row.WARCFile, row.WARCOffset), true, false
	}
	return "", true, false
}
