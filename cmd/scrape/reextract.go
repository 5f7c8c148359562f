package main

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/page"
)

// reextracting is the command that reads the archive's records again.
type reextracting struct {
	*app
	outcomes []string
	site     string
	since    string
	until    string
	only     []string
	apply    bool
	done     reextracted
}

// reextracted is the summary that --json prints.
type reextracted struct {
	Type       string `json:"type"`
	Run        string `json:"run_id"`
	Rows       int    `json:"rows"` // read again
	Recovered  int    `json:"recovered"`
	Changed    int    `json:"changed"`
	Worse      int    `json:"worse"`
	Added      int    `json:"added"`  // versions of captures that made none
	Missed     int    `json:"missed"` // captures between versions that would have been one
	Unchanged  int    `json:"unchanged"`
	Unreadable int    `json:"unreadable"` // records that are damaged
	Applied    bool   `json:"applied"`
	Stored     int    `json:"rows_stored"`
}

// rereadLine is the line that --json prints for a row that would be another.
type rereadLine struct {
	Type       string       `json:"type"`
	Change     string       `json:"change"` // recovered, changed, worse, added, missed
	ID         string       `json:"id"`
	Version    int          `json:"version"`
	Extraction int          `json:"extraction"` // that the new row has
	URL        string       `json:"url"`
	Before     page.Outcome `json:"outcome_before"` // "" where the capture made no version
	After      page.Outcome `json:"outcome_after"`
	WordsThen  int          `json:"word_count_before"`
	WordsNow   int          `json:"word_count_after"`
	Fields     []string     `json:"fields"`
}

func (a *app) reextractCommand() *cobra.Command {
	x := &reextracting{app: a}
	cmd := &cobra.Command{
		Use:   "reextract",
		Short: "Read the archive's own records again with today's rules",
		Long: `reextract reads the captures that articles were read from again, with this program's
extractor and rules and without network, and shows what would be another: recovered
(an article where there was none), changed, worse. Captures that made no version are
read too, but with --outcome: added is a version that nobody saw, missed one that stood
between others, for which no number is free. It writes only with --apply; then the new
rows count, and the old ones stay as earlier extractions (scrape show ID --readings).
All rows of a run are stored or none. Pages that were not read because their site
reserves that are read only with --outcome robots_denied.`,
		Example: `  scrape reextract --outcome empty,not_article
  scrape reextract --site news.example --json | jq 'select(.change=="worse")'
  scrape reextract --site news.example --only recovered,changed --apply`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return x.main(cmd.Context()) },
	}
	f := cmd.Flags()
	f.BoolVar(&x.apply, "apply", false, "store the new rows")
	f.StringVar(&x.site, "site", "", "only this site")
	f.StringVar(&x.since, "since", "", "only what was published, or else fetched, since then: 2026, 2026-11 or 2026-11-23")
	f.StringVar(&x.until, "until", "", "only up to then, included")
	f.StringSliceVar(&x.outcomes, "outcome", nil, "only rows of these outcomes; !ok means all but ok")
	f.StringSliceVar(&x.only, "only", []string{archive.Recovered, archive.Changed, archive.Worse, archive.Added}, "show, and store, only these changes")
	return cmd
}

func (x *reextracting) main(ctx context.Context) (err error) {
	match, capture, err := x.filter()
	if err != nil {
		return err
	}
	extractor, err := x.extractor()
	if err != nil {
		return err
	}
	x.done = reextracted{Type: "summary", Run: newRunID(time.Now())}
	r, err := x.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	rows := x.rows(r.Reextract(ctx, archive.ReextractOptions{Match: match, Extract: extractor.Extract, Unversioned: capture}))
	if x.apply {
		err = x.store(ctx, rows)
	} else {
		for _, err = range rows {
			if err != nil {
				break
			}
		}
	}
	if err != nil {
		return err
	}
	return x.end()
}

// filter reads the flags that choose rows, and captures without one.
func (x *reextracting) filter() (row, capture func(*page.Row) bool, err error) {
	for _, name := range x.only {
		if !slices.Contains([]string{archive.Recovered, archive.Changed, archive.Worse, archive.Added}, name) {
			return nil, nil, usagef("--only is recovered, changed, worse or added, not %q", name)
		}
	}
	var words []string
	for name, value := range map[string]string{"site": x.site, "since": x.since, "until": x.until} {
		if value != "" {
			words = append(words, name+":"+value)
		}
	}
	q, err := archive.ParseQuery(strings.Join(words, " "))
	if err != nil {
		return nil, nil, coded{exitUsage, err}
	}
	if err := narrow(&q, x.outcomes); err != nil {
		return nil, nil, err
	}
	row = func(r *page.Row) bool {
		reserved := r.Outcome == page.RobotsDenied && len(x.outcomes) == 0
		return !reserved && q.Holds(r)
	}
	if len(x.outcomes) == 0 && slices.Contains(x.only, archive.Added) {
		capture = q.Holds
	}
	return row, capture, nil
}

// rows tells of each row, and gives those to be stored.
func (x *reextracting) rows(all iter.Seq2[archive.Reread, error]) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		for n, err := range all {
			if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
				yield(page.Row{}, err)
				return
			}
			if err != nil {
				x.done.Unreadable++
				x.complain(err)
				continue
			}
			wanted, err := x.tell(n)
			if (wanted || err != nil) && !yield(n.New, err) {
				return
			}
		}
	}
}

// store stores the rows, all or none. The lock is taken first, so that no other
// writer adds what would be passed over.
func (x *reextracting) store(ctx context.Context, rows iter.Seq2[page.Row, error]) (err error) {
	store, err := archive.Open(x.archiveDir, archive.Options{Software: software(), RunID: x.done.Run})
	if err != nil {
		return archiveError(err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	x.done.Stored, err = store.Supersede(ctx, rows)
	x.done.Applied = err == nil
	return err
}
