package archive

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// A group of jobs shares its syncs. These bound it.
const (
	maxGroup      = 64
	maxGroupBytes = 8 << 20
)

// committer owns the open segments. Only the goroutine of run touches it, and
// Open and Close while that does not run.
type committer struct {
	a        *Archive
	manifest *manifest
	versions versions
	records  *segment // nil until there is something to write
	rows     *segment
	zw       *gzip.Writer // for rows
	failed   error        // final
	wrap     func(file) file
}

// run commits groups of jobs until there are no more.
func (a *Archive) run() {
	defer close(a.done)
	for j := range a.jobs {
		group := a.gather(j)
		a.commit.group(group)
		for _, j := range group {
			close(j.done)
		}
	}
}

// gather adds to j the jobs that wait already.
func (a *Archive) gather(j *job) []*job {
	group, size := []*job{j}, j.batch.Len()
	for len(group) < maxGroup && size < min(maxGroupBytes, a.opt.MaxSegment) {
		select {
		case j, ok := <-a.jobs:
			if !ok {
				return group
			}
			group = append(group, j)
			size += j.batch.Len()
		default:
			return group
		}
	}
	return group
}

// group stores the jobs: records, sync, rows, sync. A job's err says how it went.
func (c *committer) group(jobs []*job) {
	err := c.begin(jobs)
	for _, j := range jobs {
		j.err = err
		if err == nil {
			j.err = c.putRecords(j)
		}
	}
	if err != nil {
		return
	}
	if err := c.records.sync(); err != nil {
		c.fail(jobs, err)
		return
	}
	if err := c.putRows(jobs); err != nil {
		c.fail(jobs, err)
	}
}

// fail fails the jobs and all that follow: after a write or a sync that failed
// nobody knows what the disk holds until it is read again.
func (c *committer) fail(jobs []*job, err error) {
	if c.failed == nil {
		c.failed = err
	}
	for _, j := range jobs {
		if j.err == nil {
			j.err = err
		}
	}
}

// begin makes sure that there is room, and a segment young and small enough.
func (c *committer) begin(jobs []*job) error {
	if c.failed != nil {
		return c.failed
	}
	if err := c.room(); err != nil {
		return err
	}
	var size int64
	for _, j := range jobs {
		size += j.batch.Len()
	}
	o, s := c.a.opt, c.records
	if s != nil && (s.size+size > o.MaxSegment || time.Since(s.opened) > o.MaxAge) {
		if err := c.rotate(); err != nil {
			c.failed = err
			return err
		}
	}
	return nil
}

// room reports ErrDiskLow where less is free than is to be left alone.
func (c *committer) room() error {
	least := c.a.opt.MinFree
	free, size, known := space(c.a.dir)
	if !known || least < 0 {
		return nil
	}
	if least == 0 {
		least = min(256<<20, size/20)
	}
	if free < least {
		return fmt.Errorf("%w: %d MiB, %d MiB are left alone", ErrDiskLow, free>>20, least>>20)
	}
	return nil
}

// rotate seals the open segments and plans the next.
func (c *committer) rotate() error {
	if err := c.seal(); err != nil {
		return err
	}
	c.a.plan.Store(c.a.names.next(time.Now()))
	return nil
}

// seal seals what is open, records before rows. After a failure the segments are
// left as they are: the next Open reads what the disk really holds.
func (c *committer) seal() error {
	if c.failed != nil {
		return errors.Join(fmt.Errorf("not sealed after a failure: %w", c.failed), c.records.close(), c.rows.close())
	}
	p := c.a.plan.Load()
	var errs error
	if c.records != nil {
		errs = c.records.seal(c.a.root, c.manifest, p.index)
	}
	if c.rows != nil && errs == nil {
		errs = c.rows.seal(c.a.root, c.manifest, "")
	}
	c.records, c.rows = nil, nil
	return errs
}

// segment returns *s, which it makes if there is none.
func (c *committer) segment(s **segment, path string) (*segment, error) {
	if *s != nil {
		return *s, nil
	}
	made, err := newSegment(c.a.root, path)
	if err != nil {
		return nil, err
	}
	if c.wrap != nil {
		made.f = c.wrap(made.f)
	}
	*s = made
	return made, nil
}

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
		if m.entry.Type == warc.Response {
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

// putRows writes the rows of the jobs, with one write, and syncs them.
func (c *committer) putRows(jobs []*job) error {
	var stored []*job
	var data []byte
	for _, j := range jobs {
		if j.err != nil {
			continue
		}
		c.complete(&j.row)
		if !j.keep || !c.versions.decide(&j.row) {
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
	return s.sync()
}

// complete fills what every row of this archive says.
func (c *committer) complete(r *page.Row) {
	r.Schema, r.Software, r.RunID = page.Schema, c.a.opt.Software, c.a.opt.RunID
	r.URL = cmp.Or(r.URL, r.URLRequested)
	r.URLCanonical = cmp.Or(r.URLCanonical, r.URL)
	if r.TextSHA256 == "" && r.Text != "" {
		r.TextSHA256 = hexSum([]byte(page.Clean(r.Text)))
	}
	r.ID = ID(r.URLCanonical)
	r.Version, r.Change, r.PreviousVersion = c.versions.newest(r.ID), "", 0
	if r.FetchedAt.IsZero() {
		r.FetchedAt = time.Now().UTC().Truncate(time.Millisecond)
	}
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
