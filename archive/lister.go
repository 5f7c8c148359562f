package archive

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"newsarchive/internal/address"
	"newsarchive/page"
)

// ListOptions say what List gives. The zero value is the newest version of each article.
type ListOptions struct {
	Query    Query       // only what holds it; words of the text are not looked at
	Versions bool        // every version as it was read last, not only the newest
	Limit    int         // rows at most; 0 for all
	Mark     *Duplicates // marks the newest versions of sealed segments, where not nil
}

// List gives the rows of articles by their day (published, else fetched), newest first,
// and then those of pages without one in the same order. A current catalog knows the order, so that the first rows come at once; without one all rows
// are read before. A *warc.DamageError stands for damage in one place, and what can be read
// follows.
func (r *Reader) List(ctx context.Context, o ListOptions) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		l := lister{r: r, ctx: ctx, o: o, files: rowFiles{root: r.root}}
		defer l.files.close()
		open, errs := l.gather(openSuffix) // before the catalog: what is sealed meanwhile is known to both
		c, err := r.catalog()
		if err != nil {
			c = nil
			open, errs = l.gather("", openSuffix)
		} else {
			errs = append(errs, c.damages()...)
		}
		for _, err := range errs {
			if !yield(page.Row{}, err) {
				return
			}
		}
		if err := l.give(c, open, yield); err != nil {
			yield(page.Row{}, fmt.Errorf("list %s: %w", r.dir, err))
		}
	}
}

// A lister is one List under way.
type lister struct {
	r     *Reader
	ctx   context.Context
	o     ListOptions
	files rowFiles
	stand map[uint64]stance // of rows that the catalog does not know

	articles map[uint64]bool // addresses of those among them that are articles
}

// stance is the newest version of an article, and the newest reading of each.
type stance struct {
	newest   int
	readings map[int]int
}

// listRow is a row that was found, and what decides about its place.
type listRow struct {
	place   rowPlace
	day     int64
	reading int
	outcome page.Outcome
	holds   bool      // the query
	latest  bool      // by the catalog
	url     uint64    // its key; of rows that were gathered
	row     *page.Row // in an archive where reading here and there is slow
}

// gather reads the rows of segments with one of the suffixes. Those that count come
// back in their order; errors tell of damage.
func (l *lister) gather(suffixes ...string) (list []listRow, errs []error) {
	l.stand, l.articles = map[uint64]stance{}, map[uint64]bool{}
	for _, name := range l.names(&errs, suffixes) {
		for at, err := range l.rows(name) {
			if err != nil {
				errs = append(errs, err)
				continue
			}
			l.stands(&at)
			list = append(list, at)
		}
	}
	list = slices.DeleteFunc(list, func(at listRow) bool { return !l.wanted(&at) })
	slices.SortFunc(list, func(a, b listRow) int { return before(&a, &b) })
	return list, errs
}

func (l *lister) names(errs *[]error, suffixes []string) []string {
	var endings []string
	for _, s := range suffixes {
		endings = append(endings, ".jsonl.gz"+s)
	}
	names, err := list(l.r.root, "articles", endings...)
	if err != nil {
		*errs = append(*errs, err)
	}
	return names
}

// rows gives the rows of one segment.
func (l *lister) rows(name string) iter.Seq2[listRow, error] {
	return func(yield func(listRow, error) bool) {
		sealed := strings.TrimSuffix(name, openSuffix)
		for r, err := range rowsAt(l.r.root, name) {
			if err != nil {
				if !yield(listRow{}, err) {
					return
				}
				continue
			}
			row := r.row
			at := listRow{rowPlace{path: sealed, at: r.offset, nth: r.nth, id: row.ID, version: row.Version}, dayOf(&row), reading(&row), row.Outcome, l.o.Query.Holds(&row), false, addressKey(address.Key(row.URL)), nil}
			if l.r.remote {
				at.row = &row
			}
			if row.Outcome.HasArticle() {
				l.articles[at.url], l.articles[addressKey(address.Key(row.URLRequested))] = true, true
			}
			if !yield(at, nil) {
				return
			}
		}
	}
}

// stands takes note of a row's place among those of its article.
func (l *lister) stands(at *listRow) {
	s, ok := l.stand[key(at.place.id)]
	if !ok {
		s.readings = map[int]int{}
	}
	s.newest = max(s.newest, at.place.version)
	s.readings[at.place.version] = max(s.readings[at.place.version], at.reading)
	l.stand[key(at.place.id)] = s
}

// wanted reports whether a row counts among those that were gathered, and is asked for.
func (l *lister) wanted(at *listRow) bool {
	s := l.stand[key(at.place.id)]
	return at.holds && s.readings[at.place.version] == at.reading && (l.o.Versions || s.newest == at.place.version && !(failed(at.outcome) && l.articles[at.url]))
}

// replaced reports whether a row of the catalog stands for nothing any more, since one
// that was gathered does.
func (l *lister) replaced(at *listRow) bool {
	s, ok := l.stand[key(at.place.id)]
	return ok && (s.readings[at.place.version] >= at.reading || !l.o.Versions && s.newest >= at.place.version)
}

func before(a, b *listRow) int {
	if a, b := a.outcome.HasArticle(), b.outcome.HasArticle(); a != b {
		return map[bool]int{true: -1, false: 1}[a]
	}
	return cmp.Or(cmp.Compare(b.day, a.day), strings.Compare(a.place.id, b.place.id), cmp.Compare(b.place.version, a.place.version))
}

// give gives the gathered rows and those of the catalog, if there is one, in one order.
func (l *lister) give(c *catalog, open []listRow, yield func(page.Row, error) bool) error {
	given := 0
	one := func(at *listRow) bool {
		row, err := l.row(at)
		if err == nil {
			given++
		}
		return yield(row, err) && (given == 0 || given != l.o.Limit) && l.ctx.Err() == nil
	}
	if c != nil {
		for at, err := range l.cataloged(c) {
			if err != nil {
				return err
			}
			for len(open) > 0 && before(&open[0], &at) < 0 {
				if !one(&open[0]) {
					return l.ctx.Err()
				}
				open = open[1:]
			}
			if !l.replaced(&at) && !one(&at) {
				return l.ctx.Err()
			}
		}
	}
	for i := range open {
		if !one(&open[i]) {
			break
		}
	}
	return l.ctx.Err()
}

// cataloged gives the rows that the catalog knows.
func (l *lister) cataloged(c *catalog) iter.Seq2[listRow, error] {
	return func(yield func(listRow, error) bool) {
		from, where, args, err := l.asked(c)
		for _, part := range articlesFirst {
			if err != nil || from == "" || !l.catalogedPart(c, from, where+part, args, yield, &err) {
				break
			}
		}
		if err != nil {
			yield(listRow{}, err)
		}
	}
}

// catalogedPart gives those that a condition holds for; false where no more are wanted.
func (l *lister) catalogedPart(c *catalog, from, where string, args []any, yield func(listRow, error) bool, failed *error) bool {
	rows, err := c.db.QueryContext(l.ctx, selectPlace+"a.outcome, a.day, a.extraction, a.latest from "+from+" join segment s on s.id = a.segment where "+where+
		" order by a.day desc, a.id, a.version desc", args...)
	if err != nil {
		*failed = err
		return false
	}
	defer rows.Close()
	for rows.Next() {
		var at listRow
		if err := rows.Scan(&at.place.path, &at.place.at, &at.place.nth, &at.place.id, &at.place.version, &at.outcome, &at.day, &at.reading, &at.latest); err != nil {
			*failed = err
			return false
		}
		if !yield(at, nil) {
			return false
		}
	}
	*failed = rows.Err()
	return *failed == nil
}

// asked is what List asks the catalog; from is "" where nothing can be found.
func (l *lister) asked(c *catalog) (from, where string, args []any, err error) {
	q := l.o.Query
	if q.nothing() {
		return "", "", nil, nil
	}
	if l.o.Versions {
		where, args = q.where()
		from, where = "article a indexed by article_day", "a.current"+where
	} else {
		p, err := c.plan(l.ctx, q)
		if err != nil || p.none {
			return "", "", nil, err
		}
		from, where, args = p.from(), p.where, p.args
	}
	if words := q.words(); words != "" {
		where, args = where+" and a.rowid in (select rowid from words where words match ?)", append(args, words)
	}
	return from, where, args, nil
}

func (l *lister) row(at *listRow) (page.Row, error) {
	if at.row != nil {
		return *at.row, nil
	}
	row, err := l.files.row(at.place)
	if _, newer := l.stand[key(at.place.id)]; l.o.Mark != nil && at.latest && !newer && err == nil {
		l.o.Mark.Mark(&row)
	}
	return row, err
}

// dayOf is the time that rows are ordered by: published, else fetched, in seconds
// since 1970.
func dayOf(r *page.Row) int64 {
	if r.PublishedAt != nil {
		return r.PublishedAt.Unix()
	}
	return r.FetchedAt.Unix()
}
