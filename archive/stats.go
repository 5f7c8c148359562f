package archive

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
)

// Stats counts what an archive holds.
type Stats struct {
	Articles int // ids
	Versions int // of all articles
	Outcomes []Count
	Sites    []Count // most articles first
	Months   []Count // of the publication, else of the fetching; "2026-11", in order
	Segments []Size
}

// A Count is a number of articles, each in its newest version.
type Count struct {
	Name string
	N    int
}

// A Size sums up files of one kind: "warc", "articles", "index", "runs".
type Size struct {
	Name  string
	Files int
	Bytes int64
}

// Stats counts with the catalog, which must be current: else the error wraps
// ErrNoCatalog. Rows of segments that are still open are not counted.
func (r *Reader) Stats(ctx context.Context) (Stats, error) {
	s, err := r.stats(ctx)
	if err != nil {
		return s, fmt.Errorf("count %s: %w", r.dir, err)
	}
	return s, nil
}

func (r *Reader) stats(ctx context.Context) (s Stats, err error) {
	c, err := r.catalog()
	if err != nil {
		return s, err
	}
	for kind, list := range map[string]*[]Count{"outcome": &s.Outcomes, "site": &s.Sites, "month": &s.Months} {
		order := "n desc, name"
		if kind == "month" {
			order = "name"
		}
		if *list, err = c.counts(ctx, "select name, n from tally where kind = ? and n > 0 order by "+order, kind); err != nil {
			return s, err
		}
	}
	for _, n := range s.Outcomes {
		s.Articles += n.N
	}
	err = c.db.QueryRowContext(ctx, "select coalesce(sum(n), 0) from tally where kind = 'version'").Scan(&s.Versions)
	if err != nil {
		return s, err
	}
	for _, top := range []string{"warc", "articles", "index", "runs"} {
		size, err := r.size(top)
		if err != nil {
			return s, err
		}
		s.Segments = append(s.Segments, size)
	}
	return s, nil
}

func (c *catalog) counts(ctx context.Context, text string, args ...any) (list []Count, err error) {
	rows, err := c.db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n Count
		if err := rows.Scan(&n.Name, &n.N); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// size sums up the files under top.
func (r *Reader) size(top string) (Size, error) {
	s := Size{Name: top}
	names, err := list(r.root, top, "")
	for _, name := range names {
		info, serr := fs.Stat(r.root.FS(), name)
		if serr == nil && !strings.HasSuffix(name, tempSuffix) {
			s.Files++
			s.Bytes += info.Size()
		}
	}
	return s, err
}
