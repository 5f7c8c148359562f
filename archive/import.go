package archive

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// sourceField says which record of another file a record was taken from.
const sourceField = "Scrape-Source"

// Imported reports whether a capture was taken from a file of another tool.
func Imported(capture []Member) bool {
	return slices.ContainsFunc(capture, func(m Member) bool { return m.Header.Get(sourceField) != "" })
}

// An Importer takes responses and resources from files of other tools into an archive. Its
// methods may be called from several goroutines; the captures of one address must
// come in their order.
type Importer struct {
	a    *Archive
	mu   sync.Mutex
	seen map[uint64]bool // what the archive holds, by address, second and payload; true for what came since

	asking sync.Once
	rows   *catalog // of before the import; nil where there is none
}

// NewImporter returns an Importer. It reads the indexes of the archive, so that
// what was imported once is not imported again; about 10 bytes a record stay in
// memory.
func (a *Archive) NewImporter() (*Importer, error) {
	m := &Importer{a: a, seen: map[uint64]bool{}}
	names, err := list(a.root, "index", ".cdxj")
	if err != nil {
		return nil, fmt.Errorf("import into %s: %w", a.dir, err)
	}
	for _, name := range names {
		lines, err := readFile(a.root, name)
		if err != nil {
			return nil, fmt.Errorf("import into %s: %w", a.dir, err)
		}
		for _, l := range byOffset(lines) {
			m.seen[recordKey(string(valueOf(l.text, "url")), stampOf(l.text), string(valueOf(l.text, "status")), string(valueOf(l.text, "digest")))] = false
		}
	}
	return m, nil
}

// recordKey is that of an answer. One that nothing was modified has no payload, though a
// revisit names that which it confirms.
func recordKey(uri, stamp, status, digest string) uint64 {
	if status == "304" {
		digest = ""
	}
	return addressKey(uri + " " + stamp + " " + digest)
}

// Reasons why a record is not taken in.
var (
	// ErrMismatch reports a record that contradicts its own digests.
	ErrMismatch = errors.New("the record does not hold its digest")
	// ErrUnreadable reports a record without a readable answer or date, or one that is too large to be kept as it is.
	ErrUnreadable = errors.New("the record cannot be taken in")
)

// Check returns why the response is not taken in: an error that wraps ErrMismatch
// or ErrUnreadable, or nil.
func (s *Stored) Check() error {
	doc := s.Capture.Document()
	at := fmt.Sprintf("%s, offset %d", s.File, s.Offset)
	switch {
	case s.Mismatch != "":
		return fmt.Errorf("%s: %w: %s", at, ErrMismatch, s.Mismatch)
	case s.Undecoded != "":
		return fmt.Errorf("%s: %w: %s", at, ErrUnreadable, s.Undecoded)
	case doc.Start.IsZero():
		return fmt.Errorf("%s: %w: it has no date", at, ErrUnreadable)
	case len(doc.Wire) >= maxBlock:
		return fmt.Errorf("%s: %w: it is larger than %d MiB", at, ErrUnreadable, maxBlock>>20)
	}
	return nil
}

// Import stores a response with its own date and, where r is not nil, the row of
// what was read from it. It reports false where the archive holds the response
// already: the same address, second and payload. A page whose row was not stored since
// the process ended between the two is stored once more. Its errors are those of Put and
// of Stored.Check.
func (m *Importer) Import(ctx context.Context, s Stored, r *page.Reading) (page.Row, bool, error) {
	return m.store(ctx, s, r, "")
}

// ImportRequisite does that with a response that the page of a row needs to be seen. Import
// must have given the row, and stored its page.
func (m *Importer) ImportRequisite(ctx context.Context, s Stored, of page.Row) (bool, error) {
	_, stored, err := m.store(ctx, s, nil, of.WARCRecordID)
	return stored, err
}

// store takes a response in, as a requisite of the page whose record has the id; "" for none.
func (m *Importer) store(ctx context.Context, s Stored, r *page.Reading, of string) (page.Row, bool, error) {
	if err := s.Check(); err != nil {
		return page.Row{}, false, err
	}
	doc := s.Capture.Document()
	first, since := m.first(recordKey(warc.EncodeURI(doc.URL), doc.Start.UTC().Format(stampLayout), strconv.Itoa(doc.Status), warc.Digest(doc.Entity)))
	if !first && (since || r == nil || !m.lacks(ctx, r.Row, doc)) {
		return page.Row{}, false, nil
	}
	j := &job{capture: s.Capture, source: oneLine(strings.TrimSpace(s.File + " " + s.RecordID)), of: of, done: make(chan struct{})}
	if r != nil {
		j.row, j.keep = r.Row, true
	}
	if err := m.a.put(ctx, j); err != nil {
		return page.Row{}, false, fmt.Errorf("import %s: %w", page.Printable(doc.URL, 300), err)
	}
	return j.row, true, nil
}

// first reports whether the key is new, else whether it came since the import began, and
// takes note of it.
func (m *Importer) first(key uint64) (first, since bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	since, known := m.seen[key]
	m.seen[key] = true
	return !known, since
}

// lacks reports whether a page should have a row and has none: its text is another than
// that of the newest version, which is older.
func (m *Importer) lacks(ctx context.Context, r page.Row, doc *page.Exchange) bool {
	m.asking.Do(func() {
		if UpdateCatalog(ctx, m.a.dir) == nil {
			m.rows, _ = openCatalog(m.a.dir, false)
		}
	})
	if m.rows == nil {
		return false
	}
	r.URL = cmp.Or(r.URL, doc.URL)
	fill(&r)
	var fetched, print int64
	var outcome page.Outcome
	err := m.rows.db.QueryRowContext(ctx, "select fetched, print, outcome from article where id = ? and (latest or became)", r.ID).Scan(&fetched, &print, &outcome)
	if err != nil {
		return errors.Is(err, sql.ErrNoRows)
	}
	return fetched < doc.Start.Unix() && uint64(print) != fingerprint(&r) && !poorer(&r, worthOf(outcome))
}

// Close ends the import. It does not close the archive.
func (m *Importer) Close() error {
	if m.rows == nil {
		return nil
	}
	return m.rows.close()
}
