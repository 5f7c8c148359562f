package archive

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"math"
	"strings"

	"newsarchive/page"
)

// ErrNoCatalog reports that there is no catalog, or one that lacks what was
// sealed since. Reindex makes it, and so does UpdateCatalog.
var ErrNoCatalog = errors.New("the catalog is missing or out of date")

// A Hit is an article that a search found.
type Hit struct {
	Row     page.Row
	Snippet string // of the text, around the first word that was searched for
	Score   float64
}

// Search gives the newest versions that the query asks for, at most limit of
// them (0 for all), in the order of their relevance, or newest first where the query
// has no words. Of more than 2,000 articles that hold the words, those that the archive got
// last are compared. It needs a current catalog, else the error wraps ErrNoCatalog; rows of
// segments that are still open are not found. A *warc.DamageError stands for damage in one
// place, where hits may have been; what can be read follows.
func (r *Reader) Search(ctx context.Context, q Query, limit int) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		c, err := r.catalog()
		if err != nil {
			yield(Hit{}, fmt.Errorf("search %s: %w", r.dir, err))
			return
		}
		if limit <= 0 {
			limit = math.MaxInt32
		}
		places, err := c.search(ctx, q, limit)
		if err != nil {
			yield(Hit{}, fmt.Errorf("search %s: %w", r.dir, err))
			return
		}
		for _, err := range c.damages() {
			if !yield(Hit{}, err) {
				return
			}
		}
		files := rowFiles{root: r.root}
		defer files.close()
		for _, p := range places {
			row, err := files.row(p)
			if !yield(Hit{Row: row, Snippet: snippet(&row, q.Terms), Score: p.score}, err) {
				return
			}
		}
	}
}

// rowPlace is where the catalog says that a row lies.
type rowPlace struct {
	path    string
	at      int64
	nth     int
	id      string
	version int
	score   float64
	latest  bool // set by Select only
}

const selectPlace = "select s.path, a.at, a.nth, a.id, a.version, "

func (c *catalog) places(ctx context.Context, text string, args ...any) (list []rowPlace, err error) {
	rows, err := c.db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p rowPlace
		if err := rows.Scan(&p.path, &p.at, &p.nth, &p.id, &p.version, &p.score); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// where is the part of the query that is not about words.
func (q Query) where() (string, []any) {
	var b strings.Builder
	var args []any
	and := func(condition string, values ...any) {
		b.WriteString(" and " + condition)
		args = append(args, values...)
	}
	if q.ID != "" {
		and("a.id = ?", q.ID)
	}
	if q.Site != "" {
		and("a.site = ?", q.Site)
	}
	if q.Language != "" {
		and("(a.language = ? or a.language like ? escape '!')", q.Language, escapeLike(q.Language)+"-%")
	}
	if q.Author != "" {
		and("a.authors in (select id from author where instr("+foldedNames+", ?) > 0)", q.Author)
	}
	for _, l := range q.labels() {
		condition, values := l.with(false)
		and(condition, values...)
	}
	if q.Outcomes != nil {
		var names []any
		for _, o := range q.Outcomes {
			names = append(names, string(o))
		}
		and("a.outcome in ("+marks(len(names))+")", names...)
	}
	if !q.Since.IsZero() {
		and("a.day >= ?", q.Since.Unix())
	}
	if !q.Until.IsZero() {
		and("a.day < ?", q.Until.Unix())
	}
	if len(q.Without) > 0 {
		and("not exists (select 1 from words x where x.rowid = a.rowid and x.words match ?)", match(q.Without, " OR "))
	}
	return b.String(), args
}

func escapeLike(s string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s)
}

// catalog returns the catalog if it is current. The Reader keeps it open and
// looks again when the manifest has grown.
func (r *Reader) catalog() (*catalog, error) {
	if r.remote {
		return nil, ErrNoCatalog
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	info, err := r.root.Lstat(manifestFile)
	if err != nil {
		return nil, err
	}
	if r.cat != nil && r.catAt == info.Size() {
		return r.cat, nil
	}
	if r.cat == nil {
		if r.cat, err = openCatalog(r.dir, false); err != nil {
			r.cat = nil
			return nil, fmt.Errorf("%w: %w", ErrNoCatalog, err)
		}
	}
	sealed, err := readManifest(r.root)
	if err != nil {
		return nil, err
	}
	ok, err := r.cat.current(r.root, sealed)
	if err != nil || !ok {
		r.cat.close()
		r.cat = nil
		return nil, errors.Join(ErrNoCatalog, err)
	}
	r.catAt = info.Size()
	return r.cat, nil
}

// rowsWhere gives the few rows that the catalog finds, in the order of Rows, and
// all of open segments. It gives false where there is no current catalog, or one
// that does not say what the segments are.
func (r *Reader) rowsWhere(condition string, args ...any) (iter.Seq2[page.Row, error], bool) {
	c, err := r.catalog()
	if err != nil {
		return nil, false
	}
	places, err := c.places(context.Background(), selectPlace+"0.0 from article a join segment s on s.id = a.segment where "+condition+
		" order by s.name, a.at, a.nth", args...)
	if err != nil {
		return nil, false
	}
	files := rowFiles{root: r.root}
	defer files.close()
	found := make([]page.Row, len(places))
	for i, p := range places {
		if found[i], err = files.row(p); err != nil {
			return nil, false
		}
	}
	return func(yield func(page.Row, error) bool) {
		for _, row := range found {
			if !yield(row, nil) {
				return
			}
		}
		rowsOf(r.root, openSuffix)(yield)
	}, true
}

// newest gives the newest version of each article in the catalog.
func (c *catalog) newest() (versions, error) {
	v := versions{}
	rows, err := c.db.Query("select id, version, extraction, print, outcome, sum from article where latest or became")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var number, extraction int
		var print, sum int64
		var id, outcome string
		if err := rows.Scan(&id, &number, &extraction, &print, &outcome, &sum); err != nil {
			return nil, err
		}
		if sum != versionSum(id, number, print, outcome) {
			return nil, errCatalog
		}
		v[key(id)] = version{number, extraction, uint64(print), worthOf(page.Outcome(outcome))}
	}
	var total int
	err = errors.Join(rows.Err(), c.db.QueryRow("select articles from total").Scan(&total))
	if err == nil && (total != n || total != len(v)) {
		err = errCatalog
	}
	return v, err
}

var errCatalog = errors.New("the catalog contradicts itself")

// versionSum stands for what decides about the next version of an article.
func versionSum(id string, version int, print int64, outcome string) int64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %d %d %s", id, version, print, outcome)
	return int64(h.Sum64())
}
