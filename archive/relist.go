package archive

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"newsarchive/archive/warc"
)

// list appends a line for the file as it is now, where the manifest says another
// thing.
func (p *repair) list(name string, records int) error {
	b, err := readFile(p.root, name)
	if err != nil {
		return err
	}
	return p.manifest.add(entry{Path: name, Bytes: int64(len(b)), SHA256: hexSum(b), Records: records})
}

// counts reports whether the manifest says of the segment what its records say;
// only the last line of a path can be wrong there without a broken chain.
func (p *repair) counts(name string, e entry) bool {
	s, err := p.survey(name)
	return err == nil && s.counts().sameCount(e)
}

// survey reads the segment as it is now.
func (p *repair) survey(name string) (*segment, error) {
	f, err := openFile(p.root, name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := reopened(name, f)
	if strings.HasPrefix(name, "articles/") {
		err = s.surveyRows(f)
	} else {
		err = s.surveyRecords(f)
	}
	if err != nil {
		return nil, err
	}
	if s.size, err = f.Seek(0, io.SeekStart); err == nil {
		s.size, err = copyTo(p.ctx, s.sum, f)
	}
	return s, err
}

func (s *segment) surveyRows(f *os.File) error {
	for m, err := range members(f) {
		if err != nil {
			continue
		}
		rows, _ := decodeRows(m.lines)
		for _, r := range rows {
			s.count(r.FetchedAt)
		}
	}
	return nil
}

func (s *segment) surveyRecords(f *os.File) error {
	records := newScan(f)
	for {
		m, _, err := records.next()
		if err == io.EOF {
			return nil
		}
		if d := new(warc.DamageError); errors.As(err, &d) {
			continue
		}
		if err != nil {
			return err
		}
		s.count(m.entry.Date)
		if m.indexed() {
			s.index = append(s.index, m.line(s.path))
		}
	}
}

// relist makes the index of a mended segment again and lists both as they are.
func (p *repair) relist(name string) error {
	s, err := p.survey(name)
	if err != nil {
		return err
	}
	if _, listed := p.manifest.sealed[indexOf(name)]; strings.HasPrefix(name, "warc/") && (listed || len(s.index) > 0) {
		if err := p.reindexed(indexOf(name), sorted(s.index), len(s.index)); err != nil {
			return err
		}
	}
	e := s.entry()
	old := p.manifest.sealed[name]
	if old.SHA256 == e.SHA256 && !old.sameCount(e) {
		delete(p.manifest.sealed, name) // the line is wrong about the rest
	}
	return p.manifest.add(e)
}

// reindexed puts an index in its place, if another one stands there, and lists it.
func (p *repair) reindexed(name string, want []byte, lines int) error {
	if got, err := readFile(p.root, name); err != nil || !bytes.Equal(got, want) {
		if err == nil {
			if err := p.keep(name, got); err != nil {
				return err
			}
		}
		if err := writeWhole(p.root, name, want); err != nil {
			return err
		}
	}
	return p.manifest.add(entry{Path: name, Bytes: int64(len(want)), SHA256: hexSum(want), Records: lines})
}

// others repairs indexes, which are made again, and small files, which can only
// be set aside.
func (p *repair) others() error {
	segments, err := list(p.root, "warc", ".warc.gz")
	if err != nil {
		return err
	}
	for _, name := range segments {
		index := indexOf(name)
		got, err := readFile(p.root, index)
		e, listed := p.manifest.sealed[index]
		if listed && err == nil && hexSum(got) == e.SHA256 && bytes.Count(got, []byte("\n")) == e.Records {
			continue
		}
		if err := p.relist(name); err != nil {
			return err
		}
	}
	for _, top := range []string{"runs", "damaged"} {
		names, err := list(p.root, top, ".json", ".bin")
		for _, name := range names {
			if err == nil {
				err = p.small(name)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// small sets aside a copy of a file that is another than was listed, and lists
// it as it is.
func (p *repair) small(name string) error {
	b, err := readFile(p.root, name)
	if err != nil {
		return err
	}
	e, listed := p.manifest.sealed[name]
	if listed && e.SHA256 == hexSum(b) && (entry{}).sameCount(e) {
		return nil
	}
	if listed && e.SHA256 != hexSum(b) {
		if err := p.keep(name, b); err != nil {
			return err
		}
	}
	delete(p.manifest.sealed, name)
	return p.list(name, 0)
}
