package archive

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// recover makes whole what a killed writer left: WARC segments first, for their
// rows are judged by what is left of them. It may be killed itself; the next run
// does the rest.
func (a *Archive) recover() error {
	for _, top := range []string{"warc", "articles", "index", "runs"} {
		temps, err := list(a.root, top, tempSuffix)
		if err != nil {
			return err
		}
		for _, name := range temps {
			if err := a.root.Remove(name); err != nil {
				return err
			}
		}
	}
	if err := a.each("warc", ".warc.gz", a.recoverRecords); err != nil {
		return err
	}
	if err := a.recoverCheckpoints(); err != nil {
		return err
	}
	if err := a.each("articles", ".jsonl.gz", a.recoverRows); err != nil {
		return err
	}
	return a.recoverReports()
}

// each recovers the open segments under top.
func (a *Archive) each(top, suffix string, recover func(name string, f *os.File) (*segment, error)) error {
	names, err := list(a.root, top, suffix+openSuffix)
	if err != nil {
		return err
	}
	for _, open := range names {
		name := strings.TrimSuffix(open, openSuffix)
		stem := strings.TrimSuffix(strings.TrimPrefix(name, top+"/"), suffix)
		if err := a.recoverOne(name, planOf(stem).index, recover); err != nil {
			return fmt.Errorf("%s: %w", open, err)
		}
	}
	return nil
}

func (a *Archive) recoverOne(name, index string, recover func(string, *os.File) (*segment, error)) error {
	f, err := openFile(a.root, name+openSuffix, os.O_RDWR|os.O_APPEND)
	if err != nil {
		return denied(err)
	}
	s, err := recover(name, f)
	if err != nil {
		f.Close()
		return err
	}
	if s.size == 0 {
		s.f.Close()
		return a.root.Remove(name + openSuffix)
	}
	return s.seal(a.root, a.commit.manifest, index)
}

// cutBack brings the file to the segment's size and hashes what is left.
func (s *segment) cutBack(f *os.File) error {
	if err := f.Truncate(s.size); err != nil {
		return err
	}
	s.unsync = true
	if _, err := f.Seek(s.hashed, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(s.sum, f)
	return err
}

// recoverRecords finds the last whole capture of a WARC segment.
func (a *Archive) recoverRecords(name string, f *os.File) (*segment, error) {
	s := a.resume(name, f)
	whole := *s // as it was after the last whole capture
	rd, start := s.rest(f)
	sc := scan{rd: rd}
	for {
		m, last, err := sc.next()
		if err == io.EOF {
			break
		}
		if d := new(warc.DamageError); errors.As(err, &d) {
			continue // a torn end is cut below; damage before a whole capture stays, for repair
		}
		if err != nil {
			return nil, err
		}
		m.span.Offset += start
		s.count(m.entry.Date)
		if m.indexed() {
			s.index = append(s.index, m.line(name))
		}
		if last {
			s.size = m.span.Offset + m.span.Length
			whole = *s
		}
	}
	return &whole, whole.cutBack(f)
}

func reopened(name string, f *os.File) *segment {
	return &segment{path: name, f: f, sum: newSum(), opened: time.Now()}
}

// recoverRows keeps the rows whose records are there.
func (a *Archive) recoverRows(name string, f *os.File) (*segment, error) {
	s := reopened(name, f)
	var keep []member
	sizes := map[string]int64{}
	for m, err := range members(f) {
		if err != nil {
			continue // damage, most often the torn end
		}
		rows, err := decodeRows(m.lines)
		whole := err == nil
		for _, r := range rows {
			whole = whole && a.holds(sizes, &r)
		}
		if !whole {
			continue
		}
		m.lines = nil
		keep = append(keep, m)
		for _, r := range rows {
			s.count(r.FetchedAt)
		}
		s.size += m.length
	}
	if n := len(keep); n == 0 || keep[n-1].offset+keep[n-1].length == s.size {
		return s, s.cutBack(f) // what is kept has no gap
	}
	return s, a.rewrite(s, f, keep)
}

// holds reports whether the record of the row is in the archive.
func (a *Archive) holds(sizes map[string]int64, r *page.Row) bool {
	if r.WARCFile == "" {
		return true
	}
	size, ok := sizes[r.WARCFile]
	if !ok {
		f, _, err := openSegment(a.root, r.WARCFile)
		if err == nil {
			if info, err := f.Stat(); err == nil {
				size = info.Size()
			}
			f.Close()
		}
		sizes[r.WARCFile] = size
	}
	return r.WARCOffset+r.WARCLength <= size
}

// rewrite puts the kept members in the place of the file.
func (a *Archive) rewrite(s *segment, f *os.File, keep []member) error {
	temp := s.path + tempSuffix
	out, err := create(a.root, temp)
	if err != nil {
		return denied(err)
	}
	for _, m := range keep {
		if _, err = io.Copy(io.MultiWriter(out, s.sum), io.NewSectionReader(f, m.offset, m.length)); err != nil {
			break
		}
	}
	if err = errors.Join(err, out.Sync(), f.Close()); err != nil {
		return errors.Join(noSpace(err), out.Close())
	}
	s.f = out
	return rename(a.root, temp, s.path+openSuffix)
}
