package archive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive/warc"
)

// A group of jobs shares its syncs. These bound it.
const (
	maxGroup      = 64
	maxGroupBytes = 8 << 20
	// linger is how long a group waits at most for as many jobs as the group before
	// it had: two syncs cost about as much as extracting an article. Whoever waits for
	// its own capture computes nothing meanwhile, so nobody waits for more than that,
	// and who stores one after the other never waits.
	linger = 3 * time.Millisecond
)

// committer owns the open segments. Only the goroutine of run touches it, and
// Open and Close while that does not run.
type committer struct {
	a        *Archive
	manifest *manifest
	versions numbering
	sealed   []entry  // since the ledger was written last
	records  *segment // nil until there is something to write
	rows     *segment
	zw       *gzip.Writer // for rows
	failed   error        // final
	wrap     func(file) file
	every    int64 // bytes between checkpoints
}

// run commits groups of jobs until there are no more.
func (a *Archive) run() {
	defer close(a.done)
	expected := 1
	for j := range a.jobs {
		group := a.gather(j, expected)
		expected = len(group)
		a.commit.group(group)
		for _, j := range group {
			close(j.done)
		}
	}
}

// gather adds to j the jobs that wait already and, up to as many as are expected,
// those that come while it lingers.
func (a *Archive) gather(j *job, expected int) []*job {
	var late <-chan time.Time
	if expected > 1 {
		late = time.After(linger)
	}
	group, size := []*job{j}, j.batch.Len()
	for len(group) < maxGroup && size < min(maxGroupBytes, a.opt.MaxSegment) {
		if len(group) >= expected {
			late = nil
		}
		next := a.next(late)
		if next == nil {
			break
		}
		group = append(group, next)
		size += next.batch.Len()
	}
	return group
}

// next is a job that comes before late does, one that waits already where late is
// nil; nil if there is none.
func (a *Archive) next(late <-chan time.Time) *job {
	if late == nil {
		select {
		case j := <-a.jobs:
			return j
		default:
			return nil
		}
	}
	select {
	case j := <-a.jobs:
		return j
	case <-late:
		return nil
	}
}

// group stores the jobs: records, rows, and one sync of both. A job's err says how it went.
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
	if err := c.putRows(jobs); err != nil {
		c.fail(jobs, err)
		return
	}
	if err := c.sync(); err != nil {
		c.fail(jobs, err)
		return
	}
	if err := c.records.checkpoint(c.a.root, c.a.plan.Load().index, c.every); err != nil {
		c.fail(jobs, err)
		return
	}
	c.remember(jobs)
}

// sync syncs records and rows at the same time: the disk takes hardly longer for both. Where
// the power fails between them, recovery drops the rows whose records are not there.
func (c *committer) sync() error {
	rows := make(chan error, 1)
	go func() { rows <- c.rows.sync() }()
	return errors.Join(c.records.sync(), <-rows)
}

// remember makes the responses of the jobs, which are durable now, originals of
// revisits to come.
func (c *committer) remember(jobs []*job) {
	if c.a.known == nil || c.records == nil {
		return
	}
	file := c.a.known.number(c.records.path)
	for _, j := range jobs {
		for _, m := range j.made {
			if j.err == nil && m.indexed() && m.status == 200 && !m.cut {
				c.a.known.add(file, m.span.Offset, warc.EncodeURI(m.entry.URI), m.entry.PayloadDigest, m.entry.Type == warc.Revisit)
			}
		}
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
	var size int64
	for _, j := range jobs {
		size += j.batch.Len()
	}
	if err := c.room(size); err != nil {
		return err
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

// room reports ErrDiskLow where after size more bytes less is free than is to be
// left alone.
func (c *committer) room(size int64) error {
	least := c.a.opt.MinFree
	free, disk, known := space(c.a.dir)
	if !known || least < 0 {
		return nil
	}
	if least == 0 {
		least = min(256<<20, disk/20)
	}
	if free-size < least {
		return fmt.Errorf("%w: %s, and %s are left alone", ErrDiskLow, mebibytes(free), mebibytes(least))
	}
	return nil
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

// rotate seals the open segments and plans the next.
func (c *committer) rotate() error {
	if err := c.seal(); err != nil {
		return err
	}
	c.note()
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
		c.sealed = append(c.sealed, c.manifest.sealed[p.index])
	}
	if c.rows != nil && errs == nil {
		errs = c.rows.seal(c.a.root, c.manifest, p.index)
		c.sealed = append(c.sealed, c.manifest.sealed[c.rows.path])
	}
	c.records, c.rows = nil, nil
	return errs
}

// note writes what is new since the last time into the ledger. Where that fails it stays
// beside it; the next run finds it in the segments.
func (c *committer) note() {
	if c.a.known == nil { // of which no note was taken
		c.sealed = slices.DeleteFunc(c.sealed, func(e entry) bool { return strings.HasPrefix(e.Path, "index/") })
	}
	err := c.a.known.note(func(n news) error {
		n.versions = c.versions.fresh
		return c.versions.ledger.put(n, c.sealed)
	})
	if err == nil {
		c.versions.fresh, c.sealed = versions{}, nil
	}
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
