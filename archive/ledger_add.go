package archive

import (
	"database/sql"
	"errors"
	"os"
	"slices"
	"strings"
)

// news is what a writer learned since the ledger was written last.
type news struct {
	versions versions
	places   map[placeKind]map[uint64]place
	gone     map[placeKind]map[uint64]bool // places that hold no response, as was found
	files    map[int]string                // indexes of records that are not in the ledger, by their numbers
}

func emptyNews() news {
	return news{versions{}, map[placeKind]map[uint64]place{byPayload: {}, byAddress: {}}, map[placeKind]map[uint64]bool{byPayload: {}, byAddress: {}}, map[int]string{}}
}

// ledgerWriter writes in one transaction.
type ledgerWriter struct {
	tx      *sql.Tx
	version *sql.Stmt
	replace map[placeKind]*sql.Stmt
}

// write does all or nothing, and notes the sum of what came of it.
func (l *ledger) write(act func(*ledgerWriter) error) error {
	tx, err := l.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	w := &ledgerWriter{tx: tx, replace: map[placeKind]*sql.Stmt{}}
	if w.version, err = tx.Prepare(`insert into version values(?, ?, ?, ?, ?) on conflict(key) do update set
		number = excluded.number, reading = excluded.reading, print = excluded.print, worth = excluded.worth
		where (excluded.number, excluded.reading) >= (version.number, version.reading)`); err != nil {
		return err
	}
	for _, kind := range []placeKind{byPayload, byAddress} {
		if w.replace[kind], err = tx.Prepare("insert or replace into " + string(kind) + " values(?, ?, ?)"); err != nil {
			return err
		}
	}
	if err := act(w); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return l.noteSum()
}

// noteSum notes the sum. A ledger without one is made anew.
func (l *ledger) noteSum() error {
	sum, err := l.sum()
	if errors.Is(err, os.ErrNotExist) { // in memory
		return nil
	}
	if err == nil {
		var root *os.Root
		if root, err = os.OpenRoot(l.dir); err == nil {
			err = errors.Join(writeWhole(root, ledgerSum, []byte(sum+"\n")), root.Close())
		}
	}
	return err
}

func (w *ledgerWriter) segment(id any, path, sum string) error {
	_, err := w.tx.Exec("insert into segment values(?, ?, ?)", id, path, sum)
	return err
}

func (w *ledgerWriter) newest(key uint64, v version) error {
	_, err := w.version.Exec(int64(key), v.number, v.reading, int64(v.print), v.worth)
	return err
}

func (w *ledgerWriter) place(kind placeKind, key uint64, p place) error {
	_, err := w.replace[kind].Exec(int64(key), p.file(), p.offset())
	return err
}

// segments notes that the segments are sealed, under the numbers that some have already.
func (w *ledgerWriter) segments(numbers map[int]string, sealed []entry) error {
	given := map[string]bool{}
	for number, path := range numbers {
		given[path] = true
		if i := slices.IndexFunc(sealed, func(e entry) bool { return e.Path == path }); i >= 0 {
			if err := w.segment(number, path, sealed[i].SHA256); err != nil {
				return err
			}
		}
	}
	for _, e := range sealed {
		if !given[e.Path] && e.Path != "" {
			if err := w.segment(nil, e.Path, e.SHA256); err != nil {
				return err
			}
		}
	}
	return nil
}

// add reads the sealed segments that are not known, the oldest first.
func (l *ledger) add(root Tree, sealed map[string]entry, known map[string]string) error {
	var missing []entry
	for path, e := range sealed {
		if _, ok := known[path]; !ok && (strings.HasPrefix(path, "articles/") || strings.HasPrefix(path, "index/")) {
			missing = append(missing, e)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	slices.SortFunc(missing, func(a, b entry) int { return strings.Compare(baseName(a.Path), baseName(b.Path)) })
	return l.write(func(w *ledgerWriter) error {
		for _, e := range missing {
			var err error
			if strings.HasPrefix(e.Path, "index/") {
				err = w.addIndex(root, e)
			} else {
				err = w.addRows(root, e)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *ledgerWriter) addRows(root Tree, e entry) error {
	for r, err := range rowsOfEach(root, []string{e.Path}) {
		if err == nil {
			err = w.newest(key(r.ID), versionOf(&r))
		}
		if err != nil {
			return err
		}
	}
	return w.segment(nil, e.Path, e.SHA256)
}

// addIndex notes the responses of an index. What cannot be read is not known, and will be
// stored again.
func (w *ledgerWriter) addIndex(root Tree, e entry) error {
	lines, err := readFile(root, e.Path)
	if err != nil {
		return nil
	}
	if err := w.segment(nil, e.Path, e.SHA256); err != nil {
		return err
	}
	var file int
	if err := w.tx.QueryRow("select id from segment where path = ?", e.Path).Scan(&file); err != nil {
		return err
	}
	for _, line := range byOffset(lines) {
		if string(valueOf(line.text, "status")) != "200" {
			continue
		}
		lies := placeOf(file, line.offset)
		payload := payloadKey(string(valueOf(line.text, "digest")))
		if err := w.response(lies, addressKey(string(valueOf(line.text, "url"))), payload, string(valueOf(line.text, "mime")) == RevisitMIME); err != nil {
			return err
		}
	}
	return nil
}

// response notes a response, or a revisit, for which its original stands.
func (w *ledgerWriter) response(lies place, address, payload uint64, revisit bool) error {
	var file int
	var at int64
	err := w.tx.QueryRow("select file, at from payload where key = ?", int64(payload)).Scan(&file, &at)
	known := err == nil
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	stands, ok := standsFor(lies, placeOf(file, at), known, revisit)
	if !ok {
		return nil
	}
	if !known && payload != 0 {
		if err := w.place(byPayload, payload, lies); err != nil {
			return err
		}
	}
	return w.place(byAddress, address, stands)
}

// put takes the news in, and that the segments are sealed.
func (l *ledger) put(n news, sealed []entry) error {
	return l.write(func(w *ledgerWriter) error {
		if err := w.segments(n.files, sealed); err != nil {
			return err
		}
		for k, v := range n.versions {
			if err := w.newest(k, v); err != nil {
				return err
			}
		}
		for kind, keys := range n.gone {
			for k := range keys {
				if _, err := w.tx.Exec("delete from "+string(kind)+" where key = ?", int64(k)); err != nil {
					return err
				}
			}
		}
		for kind, places := range n.places {
			for k, p := range places {
				if err := w.place(kind, k, p); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
