package archive

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"strings"
	"time"

	"newsarchive/page"
)

// Supersede stores rows that Reextract gave, as later readings of the captures
// that they are of or as versions that were Added, and returns how many there were. The rows that stood before
// stay, as earlier readings. All of them are stored or none: an error of the
// sequence, or a process that is killed, leaves the archive as it was. Puts must
// not run at the same time.
func (a *Archive) Supersede(ctx context.Context, rows iter.Seq2[page.Row, error]) (int, error) {
	n, err := a.supersede(ctx, rows)
	if err != nil {
		return 0, fmt.Errorf("store new readings in %s: %w", a.dir, err)
	}
	return n, nil
}

func (a *Archive) supersede(ctx context.Context, rows iter.Seq2[page.Row, error]) (int, error) {
	p := a.names.next(time.Now())
	name := strings.TrimSuffix(p.rows, ".jsonl.gz") + readingsSuffix
	temp := name + tempSuffix
	f, err := create(a.root, temp)
	if err != nil {
		return 0, denied(err)
	}
	s := &segment{path: name, f: f, sum: newSum(), opened: time.Now()}
	last, err := a.fill(ctx, s, rows)
	if err == nil {
		err = s.sync()
	}
	if err != nil || s.records == 0 {
		return 0, errors.Join(err, s.close(), a.root.Remove(temp))
	}
	// This is the moment: before it recovery removes the file, after it recovery seals it.
	if err := rename(a.root, temp, name+openSuffix); err != nil {
		return 0, errors.Join(err, s.close())
	}
	if err := s.seal(a.root, a.commit.manifest, p.index); err != nil {
		return 0, err
	}
	maps.Copy(a.commit.versions.fresh, last)
	return s.records, nil
}

// fill writes the rows, and returns those that are the newest of their article.
func (a *Archive) fill(ctx context.Context, s *segment, rows iter.Seq2[page.Row, error]) (versions, error) {
	last := versions{}
	newest := func(id string) (version, error) {
		if v, ok := last[key(id)]; ok {
			return v, nil
		}
		return a.commit.versions.newest(id)
	}
	for r, err := range rows {
		if err == nil {
			err = ctx.Err()
		}
		known, unknown := newest(r.ID)
		err = errors.Join(err, unknown)
		added := r.Extraction == 1 && r.Version == known.number+1
		if err == nil && (!added && r.Extraction < 2 || r.ID == "" || r.ID != ID(r.URLCanonical)) {
			err = fmt.Errorf("%s: neither a later reading of an article nor its next version", page.Printable(r.URL, 300))
		}
		if err != nil {
			return nil, err
		}
		r.Schema, r.Software, r.RunID = page.Schema, a.opt.Software, a.opt.RunID
		r.Normalize()
		member, err := a.commit.compress(r)
		if err == nil {
			err = a.commit.room(int64(len(member)))
		}
		if err == nil {
			err = s.append(member)
		}
		if err != nil {
			return nil, err
		}
		s.count(r.FetchedAt)
		if added || r.Version == known.number && reading(&r) > known.reading {
			last[key(r.ID)] = versionOf(&r)
		}
	}
	return last, nil
}
