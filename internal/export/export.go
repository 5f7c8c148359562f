// Package export writes what an archive holds for other tools: data packages of
// rows (JSON Lines, CSV, Parquet, text) that say what they are, where they come
// from and what is missing in them, and the captures themselves as WARC or WACZ.
//
// Rows and records are streamed, one at a time. What is written appears whole and
// under its name at the end, or not at all. The choice of rows is the archive's:
// see archive.Query. docs/export.md describes the files.
package export

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"reflect"
	"time"

	"newsarchive/archive"
	"newsarchive/page"
)

// A Format is the form of an export.
type Format string

// The formats. The first four hold rows, the others records.
const (
	JSONL   Format = "jsonl"
	CSV     Format = "csv"
	Parquet Format = "parquet"
	Text    Format = "text"
	WARC    Format = "warc"
	WACZ    Format = "wacz"
)

// Formats lists them all.
var Formats = []Format{JSONL, CSV, Parquet, Text, WARC, WACZ}

// Records reports whether the format holds records, not rows.
func (f Format) Records() bool { return f == WARC || f == WACZ }

// ErrNothing reports that the archive holds nothing of what was asked for. Nothing
// was written.
var ErrNothing = errors.New("nothing in the archive matches")

// Options say what is exported and how it describes itself. The zero value is
// everything, the newest version of each page.
type Options struct {
	Format   Format // default JSONL
	Profile  Profile
	Query    archive.Query
	Asked    string                  // the query as it was typed, for the description
	Keep     func(page.Outcome) bool // further condition; nil for none
	Versions bool                    // every version, not only the newest
	Visits   []archive.Visit         // captures that a format of records takes too, with or without rows

	Title    string    // of the data set; default "News articles"
	Creator  string    // who answers for it; "" for unknown
	Software string    // default "scrape"
	Now      time.Time // of the export; default now

	Force bool // replace an earlier export, or a file

	beside string // where files that pass are made; "" for the system's folder
	whole  bool   // nothing was asked for but everything
}

func (o Options) filled() Options {
	o.Format = cmp.Or(o.Format, JSONL)
	o.Profile = cmp.Or(o.Profile, Full)
	o.Title = cmp.Or(o.Title, "News articles")
	o.Software = cmp.Or(o.Software, "scrape")
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	o.Now = o.Now.UTC().Truncate(time.Second)
	if o.Keep == nil {
		o.whole = reflect.ValueOf(o.Query).IsZero()
		o.Keep = func(page.Outcome) bool { return true }
	}
	return o
}

// profile is that of the rows: the texts of an export of texts stand in files of
// their own.
func (o Options) profile() Profile {
	if o.Format == Text {
		return NoText
	}
	return o.Profile
}

// A Result says what was written.
type Result struct {
	Rows    int   // rows, or the captures of so many
	Records int   // of WARC, in a format that holds them
	Files   int   // with those that describe
	Bytes   int64 // of them
	Lost    int   // rows that are left out, for their records are lost to damage; in a format that holds these
}

// rows gives what is asked for, fit to be written. left, which may be nil, is told of
// rows that the query finds and the export leaves out.
func (o Options) rows(ctx context.Context, r *archive.Reader, left func(*page.Row)) iter.Seq2[*page.Row, error] {
	return func(yield func(*page.Row, error) bool) {
		for row, err := range r.Select(ctx, o.Query, o.Versions) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !o.Keep(row.Outcome) || !o.Profile.keeps(&row) || o.Format == Text && !row.Outcome.HasArticle() {
				if left != nil {
					left(&row)
				}
				continue
			}
			row.Normalize()
			if !yield(&row, nil) {
				return
			}
		}
	}
}

// day is the day that a row counts for: published, else fetched.
func day(r *page.Row) time.Time {
	if r.PublishedAt != nil {
		return r.PublishedAt.UTC()
	}
	return r.FetchedAt.UTC()
}
