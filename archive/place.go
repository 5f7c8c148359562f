package archive

import (
	"bytes"
	"cmp"
	"time"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// putRecords writes the records of one job, with one write.
func (c *committer) putRecords(j *job) error {
	if c.failed != nil {
		return c.failed
	}
	p := c.a.plan.Load()
	if j.info != p.info { // a segment was sealed since
		if err := j.encode(p); err != nil {
			return err
		}
	}
	if len(j.made) == 0 {
		return nil
	}
	err := c.write(j, p)
	if err != nil {
		c.failed = err
	}
	return err
}

func (c *committer) write(j *job, p *plan) error {
	first := c.records == nil
	s, err := c.segment(&c.records, p.warc)
	if err != nil {
		return err
	}
	data, start := j.batch.Bytes(), s.size
	now := time.Now().UTC().Truncate(time.Millisecond)
	if first {
		b := c.a.batches.Get().(*warc.Batch)
		defer c.a.batches.Put(b)
		defer b.Reset()
		span, err := warcinfo(b, p, c.a.opt, now)
		if err != nil {
			return err
		}
		start = span.Length
		data = append(append(make([]byte, 0, start+j.batch.Len()), b.Bytes()...), data...)
	}
	if err := s.append(data); err != nil {
		return err
	}
	if first {
		s.count(now)
	}
	j.placed(s, start)
	return nil
}

// placed takes note of where the records lie now.
func (j *job) placed(s *segment, start int64) {
	for i := range j.made {
		m := &j.made[i]
		m.span.Offset += start
		s.count(m.entry.Date)
		if m.indexed() {
			s.index = append(s.index, m.line(s.path))
		}
	}
	j.locate(s.path)
}

// locate completes the row with what the capture says.
func (j *job) locate(path string) {
	r, c := &j.row, j.capture
	r.URLRequested = cmp.Or(r.URLRequested, c.Requested)
	r.Outcome = cmp.Or(r.Outcome, c.Outcome)
	if doc := c.Document(); doc != nil {
		r.URL = cmp.Or(r.URL, doc.URL)
		r.HTTPStatus = cmp.Or(r.HTTPStatus, doc.Status)
	}
	if j.main < 0 {
		return
	}
	m := j.made[j.main]
	r.FetchedAt = m.entry.Date
	r.WARCFile, r.WARCOffset, r.WARCLength = path, m.span.Offset, m.span.Length
	r.WARCRecordID, r.WARCPayloadDigest = m.entry.ID, m.entry.PayloadDigest
}

// putRows writes the rows of the jobs with one write.
func (c *committer) putRows(jobs []*job) error {
	var stored []*job
	var data []byte
	for _, j := range jobs {
		if j.err != nil {
			continue
		}
		c.complete(&j.row)
		old, err := c.versions.newest(j.row.ID)
		if err != nil {
			return err
		}
		if j.row.Version = old.number; !j.keep || !c.versions.decide(&j.row, old) {
			continue
		}
		member, err := c.compress(j.row)
		if err != nil {
			return err
		}
		data = append(data, member...)
		stored = append(stored, j)
	}
	if len(stored) == 0 {
		return nil
	}
	s, err := c.segment(&c.rows, c.a.plan.Load().rows)
	if err != nil {
		return err
	}
	if err := s.append(data); err != nil {
		return err
	}
	for _, j := range stored {
		s.count(j.row.FetchedAt)
	}
	return nil
}

// complete fills what every row of this archive says.
func (c *committer) complete(r *page.Row) {
	r.Schema, r.Software, r.RunID = page.Schema, c.a.opt.Software, c.a.opt.RunID
	r.URL = cmp.Or(r.URL, r.URLRequested)
	fill(r)
	r.Change, r.PreviousVersion, r.Extraction = "", 0, 1
	if r.FetchedAt.IsZero() {
		r.FetchedAt = time.Now().UTC().Truncate(time.Millisecond)
	}
}

// fill fills what decides about versions.
func fill(r *page.Row) {
	r.URLCanonical = cmp.Or(r.URLCanonical, r.URL)
	if r.TextSHA256 == "" && r.Text != "" {
		r.TextSHA256 = hexSum([]byte(page.Clean(r.Text)))
	}
	r.ID = ID(r.URLCanonical)
	r.Normalize()
}

// compress returns the row as one gzip member.
func (c *committer) compress(r page.Row) ([]byte, error) {
	line, err := r.AppendLine(nil)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if c.zw == nil {
		c.zw, _ = gzip.NewWriterLevel(nil, cmp.Or(c.a.opt.Level, warc.DefaultLevel)) // Open has checked the level
	}
	c.zw.Reset(&b)
	c.zw.Write(line) // a bytes.Buffer does not fail
	if err := c.zw.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
