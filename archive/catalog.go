package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// The catalog is a cache: what it says is in the sealed article segments, and it
// is made again from them. It holds no text, only the words of it, and where each
// row lies; rows are always read from their segments.
const (
	cacheFolder = ".cache"
	catalogFile = cacheFolder + "/catalog.sqlite"
)

// catalogVersion is the version of the tables below.
const catalogVersion = 12

const catalogTables = `
create table segment(
	id integer primary key, path text unique not null, name text not null, sha256 text not null);
create table damage(segment integer not null, at integer not null); -- offsets of members that could not be read
create table article(
	rowid integer primary key,
	segment integer not null, at integer not null, nth integer not null, -- member's offset, line in it
	id text not null, version integer not null, extraction integer not null,
	current integer not null, -- the newest reading of its version
	latest integer not null, -- and that is the newest version, of a page that counts
	became integer not null, -- the same, of a page that failed and is an article under another address
	print integer not null,
	url integer not null, requested integer not null, -- hashes of the shared spelling
	site text not null, outcome text not null, language text not null,
	authors integer not null, -- of table author
	day integer not null, -- published, else fetched; seconds since 1970
	fetched integer not null,
	sum integer not null); -- of id, version, print and outcome, for these decide versions to come
create table total(articles integer not null, compared integer not null); -- compared: copy is as likeness says
insert into total values(0, 0);
create table likeness( -- texts of the latest rows, to be compared
	article integer primary key, text integer not null, agency integer not null, sketch blob not null);
create table copy( -- those that share their text with others
	article integer not null, family integer not null, first integer not null, exact integer not null, wire integer not null);
create index article_id on article(id, version, extraction);
create index article_url on article(url);
create index article_requested on article(requested);
create index article_latest on article(id, version, extraction, print, outcome, sum) where latest or became;
create index article_day on article(day desc, id, version desc, latest) where current;
create index article_site on article(site, day desc, id) where latest;
create index article_outcome on article(outcome, day desc, id) where latest;
create index article_language on article(language, day desc, id) where latest;
create index article_authors on article(authors, day desc, id) where latest;
create table author(id integer primary key, names text unique not null); -- in lower case, a name a line

-- How many rows there are of each kind: of versions those that are current, of all
-- else those that are latest. Counting them would take a look at each.
create table tally(kind text not null, name text not null, n integer not null, primary key(kind, name)) without rowid;
create trigger version_added after insert on article when new.current begin
	insert into tally values('version', '', 1) on conflict(kind, name) do update set n = n + 1;
end;
create trigger version_gone after update of current on article when old.current and not new.current begin
	update tally set n = n - 1 where kind = 'version';
end;
create trigger article_added after insert on article when new.latest begin
	insert into tally values('outcome', new.outcome, 1), ('site', new.site, 1), ('language', new.language, 1), ('month', strftime('%Y-%m', new.day, 'unixepoch'), 1)
	on conflict(kind, name) do update set n = n + 1;
end;
create trigger article_gone after update of latest on article when old.latest and not new.latest begin
	update tally set n = n - 1 where (kind, name) in (values('outcome', old.outcome), ('site', old.site), ('language', old.language), ('month', strftime('%Y-%m', old.day, 'unixepoch')));
end;
create virtual table words using fts5(title, lead, text, content='', prefix='3', tokenize='unicode61 remove_diacritics 2');
`

// catalog is an open catalog.
type catalog struct {
	db *sql.DB

	mu      sync.Mutex
	damaged []error // for each place whose rows it does not hold; by compare
}

// openCatalog opens the catalog in the folder of an archive, and makes it where
// create is set. An unknown version is no catalog.
func openCatalog(dir string, create bool) (*catalog, error) {
	mode, pragmas := "ro", ""
	if create {
		mode, pragmas = "rwc", "&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=cache_size(-32000)"
	}
	db, err := openCache(dir, catalogFile, mode, pragmas)
	if err != nil {
		return nil, err
	}
	c := &catalog{db: db}
	if err := c.check(create); err != nil {
		db.Close()
		return nil, fmt.Errorf("catalog: %w", err)
	}
	return c, nil
}

// openCache opens a SQLite file in the folder of an archive: "ro" one to read, "rw" one to
// change, and with "rwc" it is made where there is none.
func openCache(dir, name, mode, pragmas string) (*sql.DB, error) {
	file := filepath.Join(dir, filepath.FromSlash(name))
	for _, name := range []string{filepath.Dir(file), file} {
		if info, err := os.Lstat(name); err == nil && info.Mode()&os.ModeSymlink != 0 {
			return nil, fmt.Errorf("%s: %w", name, ErrSymlink)
		}
	}
	if mode == "rwc" {
		if err := makePrivate(file); err != nil {
			return nil, err
		}
	} else if _, err := os.Stat(file); err != nil {
		return nil, err
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()+"?mode="+mode+"&_txlock=immediate&_pragma=busy_timeout(10000)"+pragmas)
}

// makePrivate makes a file that nobody else may read; what SQLite puts beside it has
// the same mode.
func makePrivate(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

func (c *catalog) close() error { return c.db.Close() }

// check makes the tables in an empty file.
func (c *catalog) check(create bool) error {
	tx, err := c.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRow("pragma user_version").Scan(&version); err != nil {
		return err
	}
	if version == catalogVersion {
		return nil
	}
	if version != 0 || !create {
		return fmt.Errorf("version %d is not known", version)
	}
	if _, err := tx.Exec(catalogTables + labelTables + fmt.Sprintf("pragma user_version = %d", catalogVersion)); err != nil {
		return err
	}
	return tx.Commit()
}

// removeCatalog removes the catalog with the files beside it.
func removeCatalog(dir string) error { return removeCache(dir, catalogFile) }

func removeCache(dir, name string) error {
	var errs error
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		err := os.Remove(filepath.Join(dir, filepath.FromSlash(name)) + suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = errors.Join(errs, err)
		}
	}
	return errs
}

// current reports whether the catalog holds the sealed article segments, these
// and no others.
func (c *catalog) current(root Tree, sealed map[string]entry) (bool, error) {
	missing, extra, err := c.compare(root, sealed)
	return len(missing) == 0 && !extra, err
}

// compare lists the sealed article segments that the catalog lacks, and reports
// whether it holds others: also where one that was damaged is whole again.
func (c *catalog) compare(root Tree, sealed map[string]entry) (missing []entry, extra bool, err error) {
	whole, err := c.compareDamages(root)
	if err != nil {
		return nil, false, err
	}
	held := map[string]string{}
	rows, err := c.db.Query("select path, sha256 from segment")
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var path, sum string
		if err := rows.Scan(&path, &sum); err != nil {
			return nil, false, err
		}
		held[path] = sum
	}
	for path, e := range withoutGone(root, sealed) {
		if !strings.HasPrefix(path, "articles/") {
			continue
		}
		if sum, ok := held[path]; !ok {
			missing = append(missing, e)
		} else if sum != e.SHA256 {
			extra = true
		}
		delete(held, path)
	}
	return missing, extra || whole || len(held) > 0, rows.Err()
}

// add takes the rows of sealed segments in, all or none.
func (c *catalog) add(ctx context.Context, root Tree, segments []entry) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	w, err := newCatalogWriter(ctx, tx)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "update total set compared = 0"); err != nil {
		return err
	}
	for _, e := range segments {
		if err := w.segment(root, e); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("update total set articles = articles + ?", w.fresh); err != nil {
		return err
	}
	return tx.Commit()
}
