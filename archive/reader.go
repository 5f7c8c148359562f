package archive

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"newsarchive/archive/warc"
	"newsarchive/internal/address"
	"newsarchive/internal/wire"
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
	return errors.Join(err, r.root.Close())
}

// Latest gives the newest version of each article, in the order of Rows. It
// reads the rows twice, or with a current catalog once, and keeps only ids in
// memory.
func (r *Reader) Latest() iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		newest, rest := r.newest()
		for row, err := range rest {
			if err == nil && row.Version > newest.newest(row.ID) {
				newest[key(row.ID)] = version{number: row.Version}
			}
		}
		for row, err := range r.Rows() {
			if err == nil && row.Version != newest.newest(row.ID) {
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
// spelling. It returns ErrNotFound or ErrAmbiguous; damage is reported only
// where nothing was found.
func (r *Reader) Row(key string) (page.Row, error) {
	found := map[string]page.Row{} // by id, the newest version of each
	var damage error
	for row, err := range r.candidates(key) {
		if err != nil {
			damage = errors.Join(damage, err)
			continue
		}
		if had, ok := found[row.ID]; names(key, &row) && (!ok || !newer(&had, &row)) {
			found[row.ID] = row
		}
	}
	switch {
	case len(found) == 0:
		return page.Row{}, errors.Join(fmt.Errorf("%.300q: %w", key, ErrNotFound), damage)
	case len(found) > 1 && !strings.Contains(key, "/"):
		return page.Row{}, fmt.Errorf("%.300q: %w", key, ErrAmbiguous)
	}
	return slices.MaxFunc(slices.Collect(maps.Values(found)), nearer(ID(key))), nil
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
	} else if len(key) > 1 {
		rows, ok = r.rowsWhere("a.id >= ? and a.id < ?", key, key+"~")
	}
	if !ok {
		return r.Rows()
	}
	return rows
}

// names reports whether key names the row's article.
func names(key string, row *page.Row) bool {
	if !strings.Contains(key, "/") {
		return len(key) > 1 && strings.HasPrefix(row.ID, key)
	}
	same := address.Key(key)
	return row.ID == ID(key) || address.Key(row.URL) == same || address.Key(row.URLRequested) == same
}

// Capture reads the record that the row points at, checks it against its
// digests and decodes it as on the day of its capture. Where nothing arrived
// that day the capture has no exchange.
func (r *Reader) Capture(row page.Row) (*page.Capture, error) {
	c, err := r.capture(row)
	if err != nil {
		return nil, fmt.Errorf("read record of %.300s at %s, offset %d: %w", row.URL, row.WARCFile, row.WARCOffset, err)
	}
	return c, nil
}

func (r *Reader) capture(row page.Row) (*page.Capture, error) {
	if row.WARCFile == "" {
		return nil, errors.New("the row has no record")
	}
	f, _, err := openSegment(r.root, row.WARCFile)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rec, err := recordAt(f, row.WARCOffset, row.WARCLength)
	if err != nil {
		return nil, err
	}
	if rec.Header.ID() != row.WARCRecordID {
		return nil, fmt.Errorf("the record there is %.100q, not %s", rec.Header.ID(), row.WARCRecordID)
	}
	if rec.Header.Type() == warc.Metadata {
		return &page.Capture{Requested: row.URLRequested, Outcome: row.Outcome}, nil
	}
	stored, err := r.storedOf(rec, row.WARCFile)
	if err != nil {
		return nil, err
	}
	if stored.Mismatch != "" {
		return nil, errors.New(stored.Mismatch)
	}
	stored.Capture.Requested = row.URLRequested
	return stored.Capture, nil
}

// stored reads the response record at an offset.
func (r *Reader) stored(file string, offset int64) (Stored, error) {
	f, _, err := openSegment(r.root, file)
	if err != nil {
		return Stored{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Stored{}, err
	}
	rec, err := recordAt(f, offset, max(0, info.Size()-offset))
	if err != nil {
		return Stored{}, err
	}
	return storedOf(rec, file)
}

// storedOf reads a response, or a revisit with the payload of its original.
func (r *Reader) storedOf(rec *warc.Record, file string) (Stored, error) {
	h := rec.Header
	s, err := storedOf(rec, file)
	if err == nil && h.Type() == warc.Revisit {
		err = r.complete(s.Capture.Document(), h)
	}
	return s, err
}

// recordAt returns the record whose gzip member begins at the offset.
func recordAt(f io.ReaderAt, offset, length int64) (*warc.Record, error) {
	return recordAhead(f, offset, length, warc.DefaultAhead)
}

func recordAhead(f io.ReaderAt, offset, length int64, ahead int) (*warc.Record, error) {
	rec, err := warc.NewReaderSize(io.NewSectionReader(f, offset, length), ahead).Next()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return rec, err
}

// headAhead is what is read ahead where only the header of a record is wanted.
const headAhead = 4 << 10

// recordFrom does the same, and refuses a place where no record begins.
func recordFrom(f io.ReaderAt, offset, length int64, ahead int) (*warc.Record, error) {
	rec, err := recordAhead(f, offset, length, ahead)
	if err == nil && rec.Offset != 0 {
		err = errors.New("no record begins there")
	}
	return rec, err
}

// headerIn reads the record at an offset of a WARC segment to its end and
// returns its header.
func headerIn(root Tree, name string, at int64) (warc.Header, error) {
	h, _, err := memberAt(root, name, at)
	return h, err
}

// memberAt does the same and returns the length of the gzip member as well.
func memberAt(root Tree, name string, at int64) (warc.Header, int64, error) {
	if !strings.HasPrefix(name, "warc/") || at < 0 {
		return nil, 0, errors.New("no place in the archive")
	}
	f, _, err := openSegment(root, name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	rec, err := recordFrom(f, at, max(0, info.Size()-at), warc.DefaultAhead)
	if err == nil {
		_, err = io.Copy(io.Discard, rec.Block)
	}
	if err != nil {
		return nil, 0, err
	}
	return rec.Header, rec.Length, nil
}

// limits bound a record that is read back.
var limits = wire.Limits{}
