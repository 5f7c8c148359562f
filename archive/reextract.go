package archive

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"

	"newsarchive/archive/warc"
	"newsarchive/page"
)

// What reading a capture again gives, in comparison with the row that stands.
const (
	Recovered = "recovered" // an article where there was none
	Changed   = "changed"   // other values
	Worse     = "worse"     // less: no article any more, a poorer outcome, no headline, or less than half of the words
	Unchanged = "unchanged" // the same row, or for a capture without one the text that stood then
	Added     = "added"     // a capture without a row is a version of an article
	Missed    = "missed"    // so it is, but later versions are there: it has no number, and is not for Supersede
)

// A Reread is a capture that was read again from its record.
type Reread struct {
	Old, New page.Row // New is the row to be, ready for Supersede; Old is zero where the capture made no version
	Verdict  string   // Recovered, Changed, Worse, Unchanged, Added or Missed
	Fields   []string // keys whose values differ, in the order of the row
}

// ReextractOptions say what is read again. Extract is required.
type ReextractOptions struct {
	Match   func(*page.Row) bool              // of the rows that stand; nil for all
	Extract func(*page.Capture) *page.Reading // called by several goroutines
	// Unversioned says which captures are read that made no version, since their text
	// was as before or could not be read; of the row the address, site and time are
	// known. They come last. nil for none.
	Unversioned func(*page.Row) bool
}

// Reextract reads the captures of rows again from their records and compares. It
// opens no connection and writes nothing. Each version of each article is read, in
// the order of Rows, and then captures that made no version, where they are wanted.
// An error stands for a record that cannot be read, and the next row follows, but for
// the error of ctx.
func (r *Reader) Reextract(ctx context.Context, o ReextractOptions) iter.Seq2[Reread, error] {
	return func(yield func(Reread, error) bool) {
		h := newHistory()
		more := r.rereadRows(ctx, o, h, func(n Reread, err error) bool {
			if err == nil {
				h.again(&n.New)
			}
			return yield(n, err)
		})
		if more && o.Unversioned != nil {
			r.unversioned(ctx, h, o, yield)
		}
	}
}

// rereadRows reports whether the consumer wants more.
func (r *Reader) rereadRows(ctx context.Context, o ReextractOptions, h *history, yield func(Reread, error) bool) bool {
	var batch []page.Row
	for row, err := range r.Rows() {
		if err != nil {
			if !yield(Reread{}, err) {
				return false
			}
			continue
		}
		h.add(&row)
		if row.WARCFile == "" || o.Match != nil && !o.Match(&row) {
			continue
		}
		if batch = append(batch, row); len(batch) == readAhead {
			if !r.rereadAll(ctx, batch, o, yield) {
				return false
			}
			batch = batch[:0]
		}
	}
	return r.rereadAll(ctx, batch, o, yield)
}

// rereadAll reads a batch, some at the same time, and gives it in its order. It
// reports whether the consumer wants more.
func (r *Reader) rereadAll(ctx context.Context, batch []page.Row, o ReextractOptions, yield func(Reread, error) bool) bool {
	done, errs := make([]Reread, len(batch)), make([]error, len(batch))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i := range batch {
		slots <- struct{}{}
		all.Go(func() {
			if errs[i] = ctx.Err(); errs[i] == nil {
				done[i], errs[i] = r.reread(batch[i], o.Extract)
			}
			<-slots
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		yield(Reread{}, fmt.Errorf("extract again: %w", err))
		return false
	}
	for i := range done {
		if !yield(done[i], errs[i]) {
			return false
		}
	}
	return true
}

func (r *Reader) reread(old page.Row, extract func(*page.Capture) *page.Reading) (Reread, error) {
	c, err := r.Capture(old)
	if err != nil {
		return Reread{Old: old}, err
	}
	if c.Document() == nil { // nothing arrived, or was handed over: there is nothing to read
		return Reread{Old: old, New: old, Verdict: Unchanged}, nil
	}
	c.Outcome = r.endOf(old)
	got := extract(c).Row
	got.ID, got.URLCanonical, got.CanonicalSource = old.ID, old.URLCanonical, old.CanonicalSource
	got.Version, got.PreviousVersion, got.Extraction, got.Change = old.Version, old.PreviousVersion, reading(&old)+1, "reextracted"
	got.Schema, got.URLRequested, got.URL, got.FetchedAt = page.Schema, old.URLRequested, cmp.Or(got.URL, old.URL), old.FetchedAt
	got.WARCFile, got.WARCOffset, got.WARCLength = old.WARCFile, old.WARCOffset, old.WARCLength
	got.WARCRecordID, got.WARCPayloadDigest, got.RunID, got.Software = old.WARCRecordID, old.WARCPayloadDigest, old.RunID, old.Software
	keepListed(&got, &old)
	got.Normalize()
	n := Reread{Old: old, New: got, Fields: keysApart(&old, &got)}
	n.Verdict = verdict(&n)
	return n, nil
}

// listed are the sources of dates that no record of the page tells again: the list that
// led to it named them.
var listed = []string{"feed", "sitemap"}

// keepListed keeps what only lists and files of the site named, where the page still says
// nothing: the date, and reservations of text and data mining.
func keepListed(got, old *page.Row) {
	if got.TDM == "" && strings.HasSuffix(old.TDM, "tdmrep.json)") {
		got.TDM = old.TDM
	}
	if got.PublishedAt == nil && got.Outcome.HasArticle() && slices.Contains(listed, old.PublishedSource) {
		got.PublishedAt, got.PublishedPrecision = old.PublishedAt, old.PublishedPrecision
		got.PublishedRaw, got.PublishedSource = old.PublishedRaw, old.PublishedSource
	}
}

// endOf returns the outcome of the fetch itself, which the records tell beside the
// document where it was more than a document that arrived; "" else.
func (r *Reader) endOf(row page.Row) page.Outcome {
	f, _, err := openSegment(r.root, row.WARCFile)
	if err != nil {
		return ""
	}
	defer f.Close()
	at := row.WARCOffset + row.WARCLength
	rec, err := recordAt(f, at, 1<<20)
	if err != nil || rec.Header.Type() != warc.Metadata || rec.Header.Get("WARC-Concurrent-To") != row.WARCRecordID {
		return ""
	}
	note, err := io.ReadAll(io.LimitReader(rec.Block, 64<<10))
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(note)) {
		if value, ok := strings.CutPrefix(line, "outcome:"); ok {
			return page.Outcome(strings.TrimSpace(value))
		}
	}
	return ""
}

// aside are keys that say where a row comes from, and nothing of the page.
var aside = []string{"schema", "id", "version", "change", "previous_version", "extraction", "fetched_at", "warc_file", "warc_offset", "warc_length",
	"warc_record_id", "warc_payload_digest", "extractor", "extractor_version", "rules_version", "software", "run_id"}

// keysApart lists the keys in which two rows say different things of the page.
func keysApart(a, b *page.Row) (keys []string) {
	x, y := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for i := range x.NumField() {
		name, _, _ := strings.Cut(x.Type().Field(i).Tag.Get("json"), ",")
		if !slices.Contains(aside, name) && !same(x.Field(i), y.Field(i)) {
			keys = append(keys, name)
		}
	}
	return keys
}

// same compares two values of a row as they are stored: a list as one string.
func same(a, b reflect.Value) bool {
	x, list := a.Interface().(page.Lines)
	if y, ok := b.Interface().(page.Lines); list && ok {
		return strings.Join(x, "\n") == strings.Join(y, "\n")
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

func verdict(n *Reread) string {
	had, has := n.Old.Outcome.HasArticle(), n.New.Outcome.HasArticle()
	rank := func(r *page.Row) int { return slices.Index(page.Outcomes[:], r.Outcome) }
	switch {
	case len(n.Fields) == 0:
		return Unchanged
	case has && !had:
		return Recovered
	case had && !has,
		had && rank(&n.New) > rank(&n.Old),
		had && n.Old.Title != "" && n.New.Title == "",
		had && n.New.CharCount < n.Old.CharCount/2:
		return Worse
	}
	return Changed
}
