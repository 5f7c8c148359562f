package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"
	"time"
)

// A file is what a segment is written to; tests put failing ones in its place.
type file interface {
	io.WriteCloser
	Sync() error
	Truncate(size int64) error
}

// segment is an append-only file of gzip members that grows under its ".open"
// name. It is synced and sealed by whoever writes to it.
type segment struct {
	path    string // when sealed
	f       file
	size    int64
	sum     hash.Hash
	records int
	first   time.Time // earliest and latest date of its records
	last    time.Time
	opened  time.Time
	index   [][]byte // CDXJ lines, unsorted; of WARC segments
	unsync  bool     // holds bytes that are not synced
	hashed  int64    // bytes that sum has seen; of a segment that is recovered

	marks   *os.File  // checkpoints; nil before the first
	marked  hash.Hash // of what stands in marks
	told    int64     // size at the last checkpoint
	indexed int       // lines of index that stand in marks
}

func newSegment(root *os.Root, path string) (*segment, error) {
	f, err := create(root, path+openSuffix)
	if err != nil {
		return nil, fmt.Errorf("make segment %s: %w", path, denied(err))
	}
	return &segment{path: path, f: f, sum: newSum(), opened: time.Now()}, nil
}

func newSum() hash.Hash { return sha256.New() }

// append writes data with one call of write, and cuts the file back to where it
// was if that fails.
func (s *segment) append(data []byte) error {
	n, err := s.f.Write(data)
	if err == nil && n < len(data) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return fmt.Errorf("write to %s: %w", s.path, errors.Join(noSpace(err), s.f.Truncate(s.size)))
	}
	s.sum.Write(data)
	s.size += int64(n)
	s.unsync = true
	return nil
}

// count takes note of one record.
func (s *segment) count(at time.Time) {
	s.records++
	if s.first.IsZero() || at.Before(s.first) {
		s.first = at
	}
	if at.After(s.last) {
		s.last = at
	}
}

func (s *segment) sync() error {
	if s == nil || !s.unsync {
		return nil
	}
	if err := s.f.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", s.path, noSpace(err))
	}
	s.unsync = false
	return nil
}

// close closes the file and leaves it ".open".
func (s *segment) close() error {
	if s == nil {
		return nil
	}
	if s.marks != nil {
		s.marks.Close()
	}
	return s.f.Close()
}

// seal makes the segment immutable: its index, its line in the manifest, its
// final name. Each step may be repeated after a kill.
func (s *segment) seal(root *os.Root, m *manifest, index string) error {
	err := s.sync()
	if err = errors.Join(err, s.f.Close()); err != nil {
		return err
	}
	var entries []entry
	if len(s.index) > 0 {
		lines := sorted(s.index)
		if err := writeWhole(root, index, lines); err != nil {
			return fmt.Errorf("write %s: %w", index, err)
		}
		entries = append(entries, entry{Path: index, Bytes: int64(len(lines)), SHA256: hexSum(lines), Records: len(s.index)})
	}
	if err := m.add(append(entries, s.entry())...); err != nil {
		return fmt.Errorf("write %s: %w", manifestFile, err)
	}
	if err := rename(root, s.path+openSuffix, s.path); err != nil {
		return fmt.Errorf("seal %s: %w", s.path, err)
	}
	return s.dropCheckpoints(root, index)
}

// entry is the segment's line in the manifest, but for the line before.
func (s *segment) entry() entry {
	e := s.counts()
	e.Path, e.Bytes, e.SHA256 = s.path, s.size, hex.EncodeToString(s.sum.Sum(nil))
	return e
}

// counts is what the segment's line says of its records.
func (s *segment) counts() entry {
	e := entry{Records: s.records}
	if s.records > 0 {
		e.First, e.Last = &s.first, &s.last
	}
	return e
}

// sorted joins the lines of an index in their order.
func sorted(lines [][]byte) []byte {
	slices.SortFunc(lines, bytes.Compare)
	return bytes.Join(lines, nil)
}
