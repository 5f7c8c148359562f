package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"newsarchive/archive"
	"newsarchive/internal/bucket"
	"newsarchive/page"
)

// duplicates compares the texts of an archive, and keeps the answer in the catalog
// where that may be written.
func (a *app) duplicates(ctx context.Context, r *archive.Reader) (*archive.Duplicates, error) {
	if err := archive.UpdateDuplicates(ctx, a.archiveDir); err != nil && !unwritable(err) && !errors.Is(err, archive.ErrNoCatalog) {
		return nil, err
	}
	return r.Duplicates(ctx)
}

// unwritable reports that the catalog cannot be written: what is there must do.
func unwritable(err error) bool {
	return errors.Is(err, archive.ErrReadOnly) || errors.Is(err, os.ErrPermission) || errors.Is(err, archive.ErrNoSpace)
}

// marks is what rows that are printed as JSON are marked with; nil for others, and where
// no catalog is current.
func (a *app) marks(ctx context.Context, r *archive.Reader, format string) (*archive.Duplicates, error) {
	if format != "json" && !a.json || bucket.Is(a.archiveDir) {
		return nil, nil
	}
	d, err := a.duplicates(ctx, r)
	if errors.Is(err, archive.ErrNoCatalog) {
		return nil, nil
	}
	return d, err
}

// mark sets what the row says of its duplicates and returns the ids of all who share
// its text. Without a current catalog nothing is known of them.
func (a *app) mark(ctx context.Context, r *archive.Reader, row *page.Row) []string {
	d, err := r.Duplicates(ctx)
	if err != nil {
		return nil
	}
	d.Mark(row)
	return d.Family(row.ID)
}

// sayCopies tells of the articles that share the text of one that was shown.
func (a *app) sayCopies(r *archive.Reader, row page.Row, ids []string) error {
	const most = 12
	if len(ids) == 0 {
		return nil
	}
	what := map[string]string{"": "the earliest of", "exact": "the same text as an earlier one of", "near": "nearly the same text as an earlier one of"}[row.Duplicate]
	a.say("%s %s%s:", what, count(len(ids), "article"), map[string]string{"yes": ", wire copy"}[row.Wire])
	for i, id := range ids {
		if i == most {
			a.say("  and %d more; scrape list --duplicates%s", len(ids)-most, a.archiveFlag())
			break
		}
		if id == row.ID {
			continue
		}
		other, err := r.Row(id)
		if damaged(err) {
			a.say("  %s, which is damaged", id)
			continue
		}
		if err != nil {
			return err
		}
		a.say("  %s", a.out.rowLine(other, 2))
	}
	return nil
}

func (a *app) listDuplicates(ctx context.Context, o archive.ListOptions, format string) error {
	if format != "" && format != "json" {
		return usagef("--format of a list is json, not %q", format)
	}
	if o.Versions {
		return usagef("--duplicates compares the newest versions: leave out --versions")
	}
	r, err := a.withCatalog(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	d, err := a.duplicates(ctx, r)
	if err != nil {
		return noCatalog(err)
	}
	n, lost := 0, losses{}
	lost.known(r)
	for _, ids := range d.Families() {
		for _, id := range ids {
			row, err := r.Row(id)
			if lost.met(err) {
				continue
			}
			if err != nil {
				return err
			}
			if !o.Query.Holds(&row) || o.Limit > 0 && n == o.Limit {
				continue
			}
			n++
			d.Mark(&row)
			if err := a.duplicate(row, format); err != nil {
				return err
			}
		}
	}
	if a.json {
		return lost.leaves(a, a.out.line(map[string]any{"type": "summary", "rows": n}))
	}
	if n == 0 && format == "" {
		a.say("no article shares its text with another")
	}
	return lost.leaves(a, a.out.flush())
}

// duplicate prints one row of a list of duplicates.
func (a *app) duplicate(row page.Row, format string) error {
	if a.json || format == "json" {
		return a.rowJSON(row)
	}
	how := row.Duplicate
	if row.Wire == "yes" {
		how += " wire"
	}
	_, err := fmt.Fprintf(a.out, "%s %s\n", pad(how, 10), a.out.rowLine(row, 11))
	return err
}
