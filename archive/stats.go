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
	if err := c.db.QueryRowContext(ctx, "select coalesce(sum(current), 0), coalesce(sum(latest), 0) from article").Scan(&s.Versions, &s.Articles); err != nil {
		return s, err
	}
	for _, q := range []struct {
		list *[]Count
		text string
	}{
		{&s.Outcomes, "select outcome, count(*) as n from article where latest group by 1 order by n desc, 1"},
		{&s.Sites, "select site, count(*) as n from article where latest group by 1 order by n desc, 1"},
		{&s.Months, "select strftime('%Y-%m', day, 'unixepoch'), count(*) from article where latest group by 1 order by 1"},
	} {
		if *q.list, err = c.counts(ctx, q.text); err != nil {
			return s, err
		}
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

func (c *catalog) counts(ctx context.Context, text string) (list []Count, err error) {
	rows, err := c.db.QueryContext(ctx, text)
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
