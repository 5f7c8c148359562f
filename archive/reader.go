package archive

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"newsarchive/archive/warc"
	"newsarchive/internal/address"
	"newsarchive/page"
)

// A Reader reads an archive, also while another process writes to it. It sees
// what is written when a method is called. Its methods may be called from
// several goroutines.
type Reader struct {
	dir    string
	root   Tree
	remote bool // no folder: it has no catalog

	mu    sync.Mutex
	cat   *catalog // nil until it is asked for, and where there is none
	catAt int64    // size of the manifest when cat was current
	temp  string   // folder of a catalog of this Reader's own; "" for none
}

// OpenReader opens the archive in the folder dir. ErrNotArchive reports a file, or a
// folder that holds none.
func OpenReader(dir string) (*Reader, error) {
	root, err := openRoot(dir)
	if err == nil {
		if err = readMarker(root); err != nil {
			root.Close()
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w: it has no %s", ErrNotArchive, markerFile)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", dir, err)
	}
	return &Reader{dir: dir, root: root}, nil
}

// Close frees what the Reader holds.
func (r *Reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var err error
	if r.cat != nil {
		err = r.cat.close()
		r.cat = nil
	}
	return errors.Join(err, r.removeTemporary(), r.root.Close())
}

// Latest gives the newest version of each article, in the order of Rows. It
// reads the rows twice, or with a current catalog once, and keeps only ids in
// memory.
func (r *Reader) Latest() iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		newest, rest := r.newest()
		for row, err := range rest {
			if err == nil && row.Version > newest.number(row.ID) {
				newest[key(row.ID)] = version{number: row.Version}
			}
		}
		for row, err := range r.Rows() {
			if err == nil && row.Version != newest.number(row.ID) {
				continue
			}
			if err == nil {
				delete(newest, key(row.ID)) // written since: not twice
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// newest gives the newest versions that the catalog knows, none without one, and
// the rows that it does not know.
func (r *Reader) newest() (versions, iter.Seq2[page.Row, error]) {
	if c, err := r.catalog(); err == nil {
		if v, err := c.newest(); err == nil {
			return v, rowsOf(r.root, openSuffix)
		}
	}
	return versions{}, r.Rows()
}

// Row returns the newest version of the article that key names: an id, the
// beginning of an id that no other shares, or an address of the page in any
// spelling. It returns ErrNotFound or ErrAmbiguous. Damage is reported only where nothing
// was found: then the error wraps a *warc.DamageError beside ErrNotFound, for the article may have
// stood there. Where rows could not be read for another reason, that is the error.
func (r *Reader) Row(key string) (page.Row, error) {
	found := map[string]page.Row{} // by id, the newest version of each
	var damages []error
	var failed error
	for row, err := range r.candidates(key) {
		if d := new(warc.DamageError); errors.As(err, &d) {
			damages = append(damages, err)
		} else if err != nil {
			failed = errors.Join(failed, err)
		} else if had, ok := found[row.ID]; names(key, &row) && (!ok || !newer(&had, &row)) {
			found[row.ID] = row
		}
		if len(found) > 1 && !strings.Contains(key, "/") {
			return page.Row{}, fmt.Errorf("%.300q: %w", key, ErrAmbiguous)
		}
	}
	switch {
	case len(found) > 0:
	case failed != nil:
		return page.Row{}, fmt.Errorf("look for %.300q in %s: %w", key, r.dir, failed)
	default:
		return page.Row{}, missing(key, append(damages, r.Damage()...))
	}
	return slices.MaxFunc(slices.Collect(maps.Values(found)), nearer(ID(key))), nil
}

// missing is the error of an article that is not among the rows that can be read.
func missing(key string, damages []error) error {
	if len(damages) == 0 {
		return fmt.Errorf("%.300q: %w", key, ErrNotFound)
	}
	return fmt.Errorf("%.300q: %w in what can be read: %w", key, ErrNotFound, damages[0])
}

// nearer compares pages that one address reaches: those with an article come before
// failures, then the one whose own address it is, then what was fetched last.
func nearer(own string) func(a, b page.Row) int {
	rank := func(r *page.Row) int {
		n := 0
		if r.Outcome.HasArticle() {
			n = 2
		}
		if r.ID == own {
			n++
		}
		return n
	}
	return func(a, b page.Row) int {
		return cmp.Or(rank(&a)-rank(&b), a.FetchedAt.Compare(b.FetchedAt), strings.Compare(a.ID, b.ID))
	}
}

// candidates gives the rows that key may name, and others where there is no
// current catalog.
func (r *Reader) candidates(key string) iter.Seq2[page.Row, error] {
	rows, ok := iter.Seq2[page.Row, error](nil), false
	if strings.Contains(key, "/") {
		same := int64(addressKey(address.Key(key)))
		rows, ok = r.rowsWhere("(a.id = ? or a.url = ? or a.requested = ?)", ID(key), same, same)
	} else if key != "" { // two articles are enough to tell that it is not one
		rows, ok = r.rowsWhere("a.id in (select distinct id from article where id >= ? and id < ? limit 2)", key, key+"~")
	}
	if !ok {
		return r.Rows()
	}
	return rows
}

// names reports whether key names the row's article.
func names(key string, row *page.Row) bool {
	if !strings.Contains(key, "/") {
		return key != "" && strings.HasPrefix(row.ID, key)
	}
	same := address.Key(key)
	return row.ID == ID(key) || address.Key(row.URL) == same || address.Key(row.URLRequested) == same
}
