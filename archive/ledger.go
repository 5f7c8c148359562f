package archive

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// ledgerFile holds what the writer must know of everything that is stored; ledgerSum the
// SHA-256 of its bytes. Both are a cache.
const (
	ledgerFile = cacheFolder + "/ledger.sqlite"
	ledgerSum  = cacheFolder + "/ledger.sha256"
)

const ledgerTables = `
create table segment(id integer primary key, path text unique not null, sha256 text not null); -- sealed: of rows, and indexes of records
create table version(key integer primary key, number integer not null, reading integer not null, print integer not null, worth integer not null);
create table payload(key integer primary key, file integer not null, at integer not null);
create table address(key integer primary key, file integer not null, at integer not null);
`

// ledger knows the newest version of each article, and where each payload and what each
// address got last lie, so that an archive takes as much memory, and opens as fast, whatever
// it holds. It is of the process that holds the archive's lock, and written where segments
// are sealed; what came since is kept beside it until then. Its sum says that no bit of it
// is another than was written: a version that is lost would be numbered again.
type ledger struct {
	dir     string
	db      *sql.DB
	version *sql.Stmt
	places  map[placeKind]*sql.Stmt
}

// placeKind is a table of places.
type placeKind string

const (
	byPayload placeKind = "payload" // the first response with the payload
	byAddress placeKind = "address" // what the newest visit of the address got
)

// openLedger opens the ledger and adds the sealed segments that it lacks. One that is
// damaged, or of other segments, is made anew; where there can be none it is in memory.
func openLedger(dir string, root Tree, sealed map[string]entry) (*ledger, error) {
	l := &ledger{dir: dir}
	known := map[string]string{}
	if l.whole() {
		if known, _ = l.segments(); !within(known, sealed) {
			l.db.Close()
			known, l.db = map[string]string{}, nil
		}
	}
	if l.db == nil {
		if err := l.make(); err != nil {
			return nil, err
		}
	}
	err := l.add(root, sealed, known)
	if err == nil {
		err = l.prepare()
	}
	if err != nil {
		l.db.Close()
		return nil, err
	}
	return l, nil
}

// within reports whether the manifest lists all segments as they are known.
func within(known map[string]string, sealed map[string]entry) bool {
	for path, sum := range known {
		if sealed[path].SHA256 != sum {
			return false
		}
	}
	return known != nil
}

// whole opens the file, if it has the bytes that were written last.
func (l *ledger) whole() bool {
	want, err := os.ReadFile(l.file(ledgerSum))
	if err != nil {
		return false
	}
	db, err := openCache(l.dir, ledgerFile, "rw", ledgerPragmas)
	if err != nil {
		return false
	}
	// What a writer that was killed did by halves is undone by the first look.
	if err := db.QueryRow("select count(*) from (select 1 from segment limit 1)").Scan(new(int)); err == nil {
		sum, err := l.sum()
		if err == nil && sum == strings.TrimSpace(string(want)) {
			l.db = db
			return true
		}
	}
	db.Close()
	return false
}

// ledgerPragmas sync what is written, so that nothing of the archive waits for the disk when a
// page is reported.
const ledgerPragmas = "&_pragma=journal_mode(DELETE)&_pragma=synchronous(NORMAL)&_pragma=cache_size(-16000)"

// make makes an empty ledger in the place of what is there.
func (l *ledger) make() error {
	err := errors.Join(removeCache(l.dir, ledgerFile), removeCache(l.dir, ledgerSum))
	if err == nil {
		l.db, err = openCache(l.dir, ledgerFile, "rwc", ledgerPragmas)
	}
	if errors.Is(err, ErrSymlink) {
		return err
	}
	if err != nil { // as on a full disk, which is told where something is to be stored
		if l.db, err = sql.Open("sqlite", "file::memory:"); err != nil {
			return err
		}
	}
	l.db.SetMaxOpenConns(1)
	_, err = l.db.Exec(ledgerTables)
	return err
}

// prepare makes ready to look things up, which takes less memory than to make it all.
func (l *ledger) prepare() (err error) {
	l.db.SetMaxOpenConns(1)
	if _, err := l.db.Exec("pragma cache_size = -1000; pragma shrink_memory"); err != nil {
		return err
	}
	l.places = map[placeKind]*sql.Stmt{}
	for _, kind := range []placeKind{byPayload, byAddress} {
		if l.places[kind], err = l.db.Prepare("select file, at from " + string(kind) + " where key = ?"); err != nil {
			return err
		}
	}
	l.version, err = l.db.Prepare("select number, reading, print, worth from version where key = ?")
	return err
}

// newest returns the newest version of the article with the key; zero for none.
func (l *ledger) newest(key uint64) (v version, err error) {
	var print int64
	err = l.version.QueryRow(int64(key)).Scan(&v.number, &v.reading, &print, &v.worth)
	v.print = uint64(print)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return v, err
}

// place returns where something lies, if it is known.
func (l *ledger) place(kind placeKind, key uint64) (place, bool) {
	var file int
	var at int64
	if err := l.places[kind].QueryRow(int64(key)).Scan(&file, &at); err != nil {
		return 0, false
	}
	return placeOf(file, at), true
}

// free returns a number that no segment has, greater than last.
func (l *ledger) free(last int) int {
	var used int
	_ = l.db.QueryRow("select coalesce(max(id), 0) from segment").Scan(&used) // a number that is taken is found out when it is written
	return max(used, last) + 1
}

// path returns the segment with the number; "" if there is none.
func (l *ledger) path(number int) (path string) {
	_ = l.db.QueryRow("select path from segment where id = ?", number).Scan(&path)
	return path
}

// segments returns the sums of the segments that are in the ledger by their paths; nil where
// that cannot be read.
func (l *ledger) segments() (map[string]string, error) {
	rows, err := l.db.Query("select path, sha256 from segment")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := map[string]string{}
	for rows.Next() {
		var path, sum string
		if err := rows.Scan(&path, &sum); err != nil {
			return nil, err
		}
		known[path] = sum
	}
	return known, rows.Err()
}

func (l *ledger) file(name string) string { return filepath.Join(l.dir, filepath.FromSlash(name)) }

// sum returns the SHA-256 of the file, in hex.
func (l *ledger) sum() (string, error) {
	f, err := os.Open(l.file(ledgerFile))
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

func (l *ledger) close() {
	if l != nil {
		l.db.Close()
	}
}
