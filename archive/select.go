package archive

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"

	"github.com/klauspost/compress/gzip"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// Select gives every row that the query asks for, of the newest versions or of all,
// in the order of site, day (published, else fetched), id and version. It holds one
// row at a time, and says of newest versions what Duplicates knows. It needs a current catalog, else the error wraps ErrNoCatalog;
// rows of segments that are still open are not found. A *warc.DamageError stands for damage
// in one place, where rows may have been that the query asks for; what can be read follows.
func (r *Reader) Select(ctx context.Context, q Query, versions bool) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		c, err := r.catalog()
		if err == nil {
			err = r.selectRows(ctx, c, q, versions, yield)
		}
		if err != nil {
			yield(page.Row{}, fmt.Errorf("select from %s: %w", r.dir, err))
		}
	}
}

func (r *Reader) selectRows(ctx context.Context, c *catalog, q Query, versions bool, yield func(page.Row, error) bool) error {
	for _, err := range c.damages() {
		if !yield(page.Row{}, err) {
			return nil
		}
	}
	same, err := c.families(ctx)
	if err != nil {
		return err
	}
	duplicates := duplicatesOf(same)
	text, args := q.ordered(versions)
	rows, err := c.db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	files := rowFiles{root: r.root}
	defer files.close()
	for rows.Next() {
		p, err := scanPlace(rows)
		if err != nil {
			return err
		}
		row, err := files.row(p)
		if err == nil && p.latest {
			duplicates.Mark(&row)
		}
		if !yield(row, err) {
			return nil
		}
	}
	return rows.Err()
}

// ordered is the text of Select's question to the catalog.
func (q Query) ordered(versions bool) (string, []any) {
	where, args := q.where()
	from := "article a join segment s on s.id = a.segment where true"
	if words := q.words(); words != "" {
		from = "words w join article a on a.rowid = w.rowid join segment s on s.id = a.segment where words match ?"
		args = append([]any{words}, args...)
	}
	if versions {
		where += " and a.current" // as they were read last
	} else {
		where += " and a.latest"
	}
	return selectPlace + "0.0, a.latest from " + from + where + " order by a.site, a.day, a.id, a.version, s.name, a.at, a.nth", args
}

func scanPlace(rows *sql.Rows) (p rowPlace, err error) {
	err = rows.Scan(&p.path, &p.at, &p.nth, &p.id, &p.version, &p.score, &p.latest)
	return p, err
}

// maxRowFiles is how many article segments are kept open.
const maxRowFiles = 64

// rowFiles reads rows here and there, and keeps files and memory for the next one.
type rowFiles struct {
	root  Tree
	open  map[string]File
	in    counted
	zr    gzip.Reader
	plain bytes.Buffer
}

// row reads a row from its segment, and checks that it is the one.
func (f *rowFiles) row(p rowPlace) (page.Row, error) {
	row, err := f.read(p)
	if err != nil {
		err = fmt.Errorf("read %s: %w", p.path, err)
	}
	return row, err
}

func (f *rowFiles) read(p rowPlace) (page.Row, error) {
	rows, err := f.rows(p.path, p.at)
	if err == nil && (p.nth >= len(rows) || rows[p.nth].ID != p.id || rows[p.nth].Version != p.version) {
		err = ErrNoCatalog
	}
	if err != nil {
		return page.Row{}, err
	}
	return rows[p.nth], nil
}

// rows reads the rows of the member at an offset of a segment.
func (f *rowFiles) rows(path string, at int64) ([]page.Row, error) {
	file, err := f.file(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = &warc.DamageError{Offset: at, Err: err}
	}
	if err != nil {
		return nil, err
	}
	if f.in.r == nil {
		f.in.r = bufio.NewReaderSize(nil, 32<<10)
	}
	f.in.from(file, at)
	m, err := readMember(&f.zr, &f.in, &f.plain)
	if err == io.EOF {
		err = &warc.DamageError{Offset: at, Err: io.ErrUnexpectedEOF}
	}
	if err != nil {
		return nil, err
	}
	return m.rows()
}

func (f *rowFiles) file(name string) (File, error) {
	if file := f.open[name]; file != nil {
		return file, nil
	}
	if len(f.open) >= maxRowFiles {
		f.close()
	}
	file, _, err := openSegment(f.root, name)
	if err == nil && f.open == nil {
		f.open = map[string]File{}
	}
	if err == nil {
		f.open[name] = file
	}
	return file, err
}

func (f *rowFiles) close() (err error) {
	for name, file := range f.open {
		err = errors.Join(err, file.Close())
		delete(f.open, name)
	}
	return err
}
