package archive

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"newsarchive/page"
)

// Kinds of labels. A label is a name that rows share: the section they stand in, their tags.
const (
	sectionLabel = "section"
	tagLabel     = "tag"
)

// fewLabelled is how many rows a label has at most for them to be looked up one by one
// where no words are asked for; those of a more common one are met soon in the order of days.
const fewLabelled = 5000

const labelTables = `
create table label(id integer primary key, kind text not null, name text not null, unique(kind, name)); -- without case and accents
create table labelled(label integer not null, article integer not null, primary key(label, article)) without rowid;
create index labelled_article on labelled(article, label);
`

// label is how a name is compared: without case and accents, one space between words.
func label(name string) string {
	plain, _ := folded(strings.Join(strings.Fields(name), " "))
	return plain
}

// labels adds those of a row.
func (w *catalogWriter) labels(rowid int64, r *page.Row) error {
	if err := w.label(rowid, sectionLabel, r.Section); err != nil {
		return err
	}
	for _, tag := range r.Tags {
		if err := w.label(rowid, tagLabel, tag); err != nil {
			return err
		}
	}
	return nil
}

func (w *catalogWriter) label(rowid int64, kind, name string) error {
	if name = label(name); name == "" {
		return nil
	}
	key := kind + ":" + name
	id, known := w.labelIDs[key]
	if !known {
		if _, err := w.newLabel.Exec(kind, name); err != nil {
			return err
		}
		if err := w.labelID.QueryRow(kind, name).Scan(&id); err != nil {
			return err
		}
		w.labelIDs[key] = id
	}
	_, err := w.labelled.Exec(id, rowid)
	return err
}

// Missing gives the site, sections and tags that a query asks for and no article has, each
// with those that there are, as Query has them. It needs a current catalog.
func (r *Reader) Missing(ctx context.Context, q Query) (missing []MissingLabel, err error) {
	c, err := r.catalog()
	if err != nil {
		return nil, fmt.Errorf("look into %s: %w", r.dir, err)
	}
	if q.Site != "" {
		sites, err := column[string](c.db.QueryContext(ctx, "select name from tally where kind = 'site' and n > 0 limit 20000"))
		if err != nil {
			return nil, err
		}
		if !slices.Contains(sites, q.Site) {
			missing = append(missing, MissingLabel{"site", q.Site, sites})
		}
	}
	for _, l := range q.labels() {
		ids, args := l.ids()
		found := false
		if err := c.db.QueryRowContext(ctx, "select exists("+ids+")", args...).Scan(&found); err != nil {
			return nil, err
		}
		if !found {
			m := MissingLabel{Kind: l.kind, Name: l.name}
			if m.Others, err = c.labelNames(ctx, l.kind); err != nil {
				return nil, err
			}
			missing = append(missing, m)
		}
	}
	return missing, nil
}

// A MissingLabel is a site, a section or a tag that no article has.
type MissingLabel struct {
	Kind, Name string // "site", "section" or "tag"
	Others     []string
}

// labelNames gives the names of a kind, so many at most that a likely one may be sought
// among them.
func (c *catalog) labelNames(ctx context.Context, kind string) (names []string, err error) {
	return column[string](c.db.QueryContext(ctx, "select name from label where kind = ? limit 20000", kind))
}

// column reads the only column of rows.
func column[T any](rows *sql.Rows, err error) (list []T, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var value T
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	return list, rows.Err()
}

// A labelWanted is a label that a query asks for.
type labelWanted struct{ kind, name string }

func (q Query) labels() (list []labelWanted) {
	if q.Section != "" {
		list = append(list, labelWanted{sectionLabel, q.Section})
	}
	for _, tag := range q.Tags {
		list = append(list, labelWanted{tagLabel, tag})
	}
	return list
}

// ids is the question for the label, or for those that begin so.
func (l labelWanted) ids() (string, []any) {
	if bare, begins := strings.CutSuffix(l.name, "*"); begins {
		return "select id from label where kind = ? and name >= ? and name < ?", []any{l.kind, bare, bare + "\U0010FFFF"}
	}
	return "select id from label where kind = ? and name = ?", []any{l.kind, l.name}
}

// with is the condition that a row has the label: looked up among all that have it, or row
// by row.
func (l labelWanted) with(each bool) (string, []any) {
	ids, args := l.ids()
	if each && strings.HasSuffix(l.name, "*") { // of the labels that begin so there may be many, of a row's few
		return "exists (select 1 from labelled l where l.article = a.rowid and exists (" + ids + " and id = l.label))", args
	} else if each {
		return "exists (select 1 from labelled l where l.article = a.rowid and l.label in (" + ids + "))", args
	}
	return "a.rowid in (select article from labelled where label in (" + ids + "))", args
}

// labels takes the labels out of the query, and says whether rows are best looked up by one
// of them.
func (c *catalog) labels(ctx context.Context, q *Query, p *searchPlan) (where string, args []any, err error) {
	few := fewLabelled
	if q.words() != "" {
		few = someRows
	}
	for _, l := range q.labels() {
		n := 0
		ids, idArgs := l.ids()
		if err := c.db.QueryRowContext(ctx, "select count(*) from (select 1 from labelled where label in ("+ids+") limit ?)", append(idArgs, few+1)...).Scan(&n); err != nil {
			return "", nil, err
		}
		p.none = p.none || n == 0
		p.fewLabelled = p.fewLabelled || n <= few
		p.manyLabelled = p.manyLabelled || n > few
		condition, more := l.with(n > few)
		where, args = where+" and "+condition, append(args, more...)
	}
	q.Section, q.Tags = "", nil
	return where, args, nil
}
