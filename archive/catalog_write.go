package archive

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"newsarchive/internal/address"
	"newsarchive/page"
)

// catalogWriter adds rows in one transaction. A statement that may change several
// rows makes the words flush what they have gathered to the disk, so none of the
// statements for a usual row is one.
type catalogWriter struct {
	ctx            context.Context
	tx             *sql.Tx
	article, words *sql.Stmt
	newest         *sql.Stmt
	later, outdate *sql.Stmt // other readings of a version
	reached, grown *sql.Stmt // articles at an address, and pages that failed there
	hide           *sql.Stmt // one of those
	replace        *sql.Stmt // the newest version of an id
	alike, unlike  *sql.Stmt // the text of a latest row, and of one that no longer is
	author, names  *sql.Stmt
	newLabel       *sql.Stmt
	labelID        *sql.Stmt
	labelled       *sql.Stmt
	labelIDs       map[string]int64 // those met so far, by kind and name
	fresh          int              // ids that were new
}

func newCatalogWriter(ctx context.Context, tx *sql.Tx) (*catalogWriter, error) {
	w := &catalogWriter{ctx: ctx, tx: tx, labelIDs: map[string]int64{}}
	for stmt, text := range map[**sql.Stmt]string{
		&w.article:  "insert into article(segment, at, nth, id, version, extraction, current, latest, became, print, url, requested, site, outcome, language, authors, day, fetched, sum) values(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		&w.words:    "insert into words(rowid, title, lead, text) values(?,?,?,?)",
		&w.newest:   "select version, extraction from article where id = ? order by version desc, extraction desc limit 1",
		&w.later:    "select exists(select 1 from article where id = ? and version = ? and extraction > ?)",
		&w.outdate:  "update article set current = 0, latest = 0, became = 0 where id = ? and version = ? and extraction < ?",
		&w.names:    "insert or ignore into author(names) values(?)",
		&w.author:   "select id from author where names = ?",
		&w.newLabel: "insert or ignore into label(kind, name) values(?,?)",
		&w.labelID:  "select id from label where kind = ? and name = ?",
		&w.labelled: "insert or ignore into labelled(label, article) values(?,?)",
		&w.replace:  "update article set latest = 0, became = 0 where rowid = (select rowid from article where id = ? and (latest or became))",
		&w.reached:  "select exists(select 1 from article a where (url = ? or requested = ?) and id <> ? and " + hasArticle + ")",
		&w.grown:    "select rowid from article a where url in (?, ?) and id <> ? and latest and " + hasFailed + " limit 1",
		&w.hide:     "update article set latest = 0, became = 1 where rowid = ?",
		&w.alike:    "insert into likeness(article, text, agency, sketch) values(?,?,?,?)",
		&w.unlike:   "delete from likeness where article = (select rowid from article where id = ? and latest)",
	} {
		var err error
		if *stmt, err = tx.PrepareContext(ctx, text); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// segment adds the rows of one segment that can be read, and where others cannot.
func (w *catalogWriter) segment(root Tree, e entry) error {
	f, err := openRead(root, e.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	res, err := w.tx.Exec("insert or ignore into segment(path, name, sha256) values(?,?,?)", e.Path, baseName(e.Path), e.SHA256)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); n == 0 || err != nil {
		return err // another process was faster
	}
	id, err := res.LastInsertId()
	if err != nil {
		return err
	}
	for m, err := range members(f) {
		var rows []page.Row
		if err == nil {
			rows, err = m.rows()
		}
		if err != nil {
			if _, err := w.tx.Exec("insert into damage(segment, at) values(?,?)", id, m.offset); err != nil {
				return err
			}
		}
		for nth := range rows {
			if err := w.row(id, m.offset, nth, &rows[nth]); err != nil {
				return err
			}
		}
		if err := w.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (w *catalogWriter) row(segment, at int64, nth int, r *page.Row) error {
	latest, current, err := w.standing(r)
	if err != nil {
		return err
	}
	url, requested := int64(addressKey(address.Key(r.URL))), int64(addressKey(address.Key(r.URLRequested)))
	became := false
	if latest {
		if became, err = w.became(r, url, requested); err != nil {
			return err
		}
		latest = !became
	}
	authors, err := w.authors(strings.ToLower(strings.Join(r.Authors, "\n")))
	if err != nil {
		return err
	}
	res, err := w.article.Exec(segment, at, nth, r.ID, r.Version, reading(r), current, latest, became, int64(fingerprint(r)), url, requested,
		r.Site, string(r.Outcome), strings.ToLower(r.Language), authors, dayOf(r), r.FetchedAt.Unix(), versionSum(r.ID, r.Version, int64(fingerprint(r)), string(r.Outcome)))
	if err != nil {
		return err
	}
	rowid, err := res.LastInsertId()
	if err != nil {
		return err
	}
	if latest {
		if err := w.likeness(rowid, r); err != nil {
			return err
		}
	}
	if err := w.labels(rowid, r); err != nil {
		return err
	}
	_, err = w.words.Exec(rowid, spaced(r.Title), spaced(r.Lead), spaced(r.Text))
	return err
}

// became reports whether the page failed and is an article of another id. Of an article
// it hides the pages that failed at its addresses.
func (w *catalogWriter) became(r *page.Row, url, requested int64) (became bool, err error) {
	if failed(r.Outcome) {
		err = w.reached.QueryRow(url, url, r.ID).Scan(&became)
		return became, err
	}
	for r.Outcome.HasArticle() {
		var rowid int64
		if err := w.grown.QueryRow(url, requested, r.ID).Scan(&rowid); err != nil {
			if errors.Is(err, sql.ErrNoRows) {
				err = nil
			}
			return false, err
		}
		if _, err := w.hide.Exec(rowid); err != nil {
			return false, err
		}
	}
	return false, nil
}

// failed reports outcomes of visits that came to nothing, where the page may be an article.
func failed(o page.Outcome) bool { return !o.HasArticle() && o != page.NotArticle }

// authors gives a list of authors a number.
func (w *catalogWriter) authors(names string) (id int64, err error) {
	if _, err = w.names.Exec(names); err == nil {
		err = w.author.QueryRow(names).Scan(&id)
	}
	return id, err
}

// standing finds out what the row is among those of its article, and takes that
// place from the others.
func (w *catalogWriter) standing(r *page.Row) (latest, current bool, err error) {
	var best page.Row // the newest that is there
	err = w.newest.QueryRow(r.ID).Scan(&best.Version, &best.Extraction)
	if errors.Is(err, sql.ErrNoRows) {
		w.fresh++
		return true, true, nil
	}
	if err != nil {
		return false, false, err
	}
	latest, current = newer(r, &best), true
	if r.Version <= best.Version {
		var later bool
		if err := w.later.QueryRow(r.ID, r.Version, reading(r)).Scan(&later); err != nil {
			return false, false, err
		}
		current = !later
	}
	if latest {
		if _, err := w.unlike.Exec(r.ID); err != nil {
			return false, false, err
		}
		if _, err := w.replace.Exec(r.ID); err != nil {
			return false, false, err
		}
	}
	if reading(r) > 1 {
		_, err = w.outdate.Exec(r.ID, r.Version, reading(r))
	}
	return latest, current, err
}
