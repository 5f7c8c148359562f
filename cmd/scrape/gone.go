package main

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/internal/bucket"
	"newsarchive/page"
)

// A fate is what became of a page after it was read. The zero value: nothing is known of it.
type fate struct {
	at   time.Time // of the first capture that says so
	what string    // "404", "410", "451", or the outcome of what stands there
}

// mark is the fate in a few words; "" for none.
func (f fate) mark() string {
	switch day := f.at.UTC().Format(time.DateOnly); {
	case f.what == "":
		return ""
	case archive.Ends(f.what):
		return fmt.Sprintf("gone %s (HTTP %s)", day, f.what)
	default:
		return fmt.Sprintf("%s since %s", f.what, day)
	}
}

// markedRow is a row as --json prints it, with its fate.
type markedRow struct {
	row  page.Row
	fate fate
}

// MarshalJSON puts the fate between the type and the keys of the row.
func (m markedRow) MarshalJSON() ([]byte, error) {
	line, err := m.row.MarshalJSON()
	if err != nil {
		return nil, err
	}
	at := "null"
	if m.fate.what != "" {
		at = strconv.Quote(m.fate.at.UTC().Format(time.RFC3339))
	}
	return append([]byte(fmt.Sprintf(`{"type":"article","gone_at":%s,"gone":%q,`, at, m.fate.what)), line[1:]...), nil
}

// fates knows what answers that it is gone. It reads no more indexes than the rows need that
// it is asked of: those of captures since, and twice as far back where one is older.
type fates struct {
	r    *archive.Reader
	gone *archive.Gone // nil at first
	from time.Time
}

// fatesFrom knows nothing of a bucket: it would take all indexes.
func (a *app) fatesFrom(r *archive.Reader) *fates {
	if bucket.Is(a.archiveDir) {
		return &fates{gone: &archive.Gone{}}
	}
	return &fates{r: r}
}

// of returns the fate of a row, none where an index cannot be read: scrape verify tells of
// that.
func (f *fates) of(row page.Row) fate {
	if !row.Outcome.HasArticle() {
		return fate{}
	}
	if f.gone == nil || f.r != nil && row.FetchedAt.Before(f.from) {
		f.from = row.FetchedAt.Add(-max(0, time.Since(row.FetchedAt)))
		gone, err := f.r.Gone(f.from)
		if err != nil {
			f.r, gone = nil, &archive.Gone{}
		}
		f.gone = gone
	}
	if end, ok := f.gone.Of(&row); ok {
		return fate{end.At, strconv.Itoa(end.Status)}
	}
	return fate{}
}

// fateOf finds what became of an article by its captures: also what came with status 200 and
// is no article, or stands behind a gate. Captures are read again from the newest back, as
// far as they say so.
func (a *app) fateOf(r *archive.Reader, row page.Row) (last fate) {
	if !row.Outcome.HasArticle() || bucket.Is(a.archiveDir) {
		return fate{}
	}
	x, err := a.extractor()
	if err != nil {
		return fate{}
	}
	captures, err := visitsOf(r, addressesIn(row))
	if err != nil {
		return fate{}
	}
	for _, v := range slices.Backward(captures) {
		if !v.At.After(row.FetchedAt) {
			break
		}
		f, known := fate{v.At, v.Status}, true
		if !archive.Ends(v.Status) {
			f.what, known = readAs(r, x, v, row)
		}
		if known && f.what == "" {
			break
		}
		if known {
			last = f
		}
	}
	return last
}

// readAs reads a capture again: "" where it holds an article no less than the row does. It
// is not known what a redirect, a refusal or a failing server stands for.
func readAs(r *archive.Reader, x *extract.Extractor, v archive.Visit, row page.Row) (outcome string, known bool) {
	if v.Status != "200" && v.Status != "304" && v.Status != "-" {
		return "", false
	}
	c, err := r.CaptureOf(v)
	if err != nil || c == nil || c.Outcome != "" {
		return "", false
	}
	read := x.Extract(c).Row
	if read.Outcome.HasArticle() && (read.Outcome != page.Paywalled || row.Outcome == page.Paywalled) {
		return "", true
	}
	return string(read.Outcome), true
}
