package archive

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"newsarchive/archive/warc"
)

// checkpointEvery is how many bytes of records lie between two checkpoints.
const checkpointEvery = 4 << 20

// checkpoint is a line in the index of an open segment: what the segment was
// after a capture that is synced. Recovery begins there instead of at the start,
// if the segment has the digest that is named here.
type checkpoint struct {
	Bytes   int64     `json:"bytes"`
	SHA256  string    `json:"sha256"` // of so many bytes of the segment
	Records int       `json:"records"`
	First   time.Time `json:"first"`
	Last    time.Time `json:"last"`
	Before  string    `json:"before"` // SHA-256 of what stands before this line
}

// checkpoint appends the index lines since the last one and a checkpoint, and
// syncs them. It does nothing until the segment has grown by so many bytes.
func (s *segment) checkpoint(root *os.Root, index string, every int64) error {
	if s == nil || s.size-s.told < every {
		return nil
	}
	if s.marks == nil {
		f, err := create(root, index+openSuffix)
		if err != nil {
			return denied(err)
		}
		s.marks, s.marked = f, newSum()
	}
	lines := bytes.Join(s.index[s.indexed:], nil)
	s.marked.Write(lines)
	c := checkpoint{s.size, hex.EncodeToString(s.sum.Sum(nil)), s.records, s.first, s.last, hex.EncodeToString(s.marked.Sum(nil))}
	mark, err := json.Marshal(c)
	if err != nil {
		return err
	}
	mark = append(mark, '\n')
	s.marked.Write(mark)
	if _, err := s.marks.Write(append(lines, mark...)); err != nil {
		return fmt.Errorf("write %s: %w", index+openSuffix, noSpace(err))
	}
	s.told, s.indexed = s.size, len(s.index)
	return s.marks.Sync()
}

// dropCheckpoints removes the index of an open segment, which is sealed now.
func (s *segment) dropCheckpoints(root *os.Root, index string) error {
	if s.marks != nil {
		s.marks.Close()
	}
	err := root.Remove(index + openSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// resume returns the open WARC segment as of its last checkpoint that holds, or
// as of its start.
func (a *Archive) resume(name string, f *os.File) *segment {
	s := reopened(name, f)
	c, lines, ok := lastCheckpoint(a.root, indexOf(name)+openSuffix)
	if !ok {
		return s
	}
	sum := newSum()
	if n, err := io.Copy(sum, io.NewSectionReader(f, 0, c.Bytes)); err != nil || n != c.Bytes || hex.EncodeToString(sum.Sum(nil)) != c.SHA256 {
		return s
	}
	s.size, s.sum, s.hashed, s.index = c.Bytes, sum, c.Bytes, lines
	s.records, s.first, s.last = c.Records, c.First, c.Last
	return s
}

// lastCheckpoint reads the index of an open segment. What follows a line that
// was not finished or was changed is not believed.
func lastCheckpoint(root *os.Root, name string) (last checkpoint, lines [][]byte, ok bool) {
	f, err := openFile(root, name, os.O_RDONLY)
	if err != nil {
		return last, nil, false
	}
	defer f.Close()
	sum := newSum()
	var seen [][]byte
	for in := bufio.NewReaderSize(f, 64<<10); ; {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return last, lines, ok
		}
		if line[0] != '{' {
			seen = append(seen, line)
		} else {
			var c checkpoint
			if json.Unmarshal(line, &c) != nil || c.Before != hex.EncodeToString(sum.Sum(nil)) {
				return last, lines, ok
			}
			last, lines, ok = c, seen, true
		}
		sum.Write(line)
	}
}

// recoverCheckpoints removes what sealing left of them.
func (a *Archive) recoverCheckpoints() error {
	names, err := list(a.root, "index", ".cdxj"+openSuffix)
	for _, name := range names {
		segment := "warc/" + strings.TrimSuffix(strings.TrimPrefix(name, "index/"), ".cdxj"+openSuffix) + ".warc.gz"
		if _, serr := a.root.Lstat(segment + openSuffix); errors.Is(serr, fs.ErrNotExist) {
			err = errors.Join(err, a.root.Remove(name))
		}
	}
	return err
}

// rest reads the records behind the segment's size, with offsets of the file.
func (s *segment) rest(f *os.File) (*warc.Reader, int64) {
	return warc.NewReader(io.NewSectionReader(f, s.size, 1<<62)), s.size
}
