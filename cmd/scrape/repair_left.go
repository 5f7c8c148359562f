package main

import (
	"context"
	"fmt"
	"time"

	"newsarchive/archive"
	"newsarchive/page"
)

// rowlessLine is the line that --json prints for a page whose row was lost.
type rowlessLine struct {
	Type    string    `json:"type"`
	URL     string    `json:"url"`
	Fetched time.Time `json:"fetched_at"`
}

// leftAfter says what a repair could not bring back, and what can.
func (a *app) leftAfter(ctx context.Context, done archive.Repaired) error {
	r, err := a.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	faults, bereftRows, err := leftFaults(ctx, r)
	if err != nil {
		return err
	}
	rowless, err := a.rowless(ctx, r)
	if err != nil {
		return err
	}
	lost := lostBy(done.Damages)
	if a.json {
		err = a.out.line(repaired{"summary", len(done.Damages), lost, append([]string{}, done.Files...), faults == 0, bereftRows, rowless})
	} else {
		a.say("%s set aside, %s put right", count(len(done.Damages), "damage"), count(len(done.Files), "file"))
		if lost > 0 {
			a.say("not all could be saved: %s cost records, rows or files", count(lost, "damage"))
		}
		err = a.out.flush()
	}
	if bereftRows > 0 && !a.json {
		a.say("%s", bereft(bereftRows))
	}
	if rowless > 0 && !a.json {
		a.say("%s no row any more; to read what was captured again: scrape reextract --only added --apply%s",
			have(rowless, "page"), a.archiveFlag())
	}
	if err == nil && faults > 0 {
		return coded{exitArchive, fmt.Errorf("%s left; see scrape verify --full%s", count(faults, "fault"), a.archiveFlag())}
	}
	if err == nil && lost > 0 {
		return saidCode(exitPartial)
	}
	return err
}

// lostBy counts the damages that cost something.
func lostBy(damages []archive.Damage) (n int) {
	for _, d := range damages {
		if d.Lost() {
			n++
		}
	}
	return n
}

// leftFaults checks the archive in full; it counts faults, and rows that have lost
// their record.
func leftFaults(ctx context.Context, r *archive.Reader) (faults, bereft int, err error) {
	o := archive.VerifyOptions{Full: true, Count: func(c archive.Checked) { bereft = c.Bereft }}
	for _, err := range r.Verify(ctx, o) {
		if err != nil {
			return faults, bereft, err
		}
		faults++
	}
	return faults, bereft, nil
}

// rowless names and counts the pages that have no row any more: those that reading the
// captures again adds. Records that cannot be read are told as lost already.
func (a *app) rowless(ctx context.Context, r *archive.Reader) (n int, err error) {
	if !r.LostRows() {
		return 0, nil
	}
	x, err := a.extractor()
	if err != nil {
		return 0, err
	}
	all := func(*page.Row) bool { return true }
	for again, err := range r.Reextract(ctx, archive.ReextractOptions{Extract: x.Extract, Unversioned: all}) {
		if ctx.Err() != nil {
			return n, ctx.Err()
		}
		if err != nil || again.Verdict != archive.Added {
			continue
		}
		n++
		if err := a.tellRowless(&again.New); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (a *app) tellRowless(r *page.Row) error {
	if a.json {
		return a.out.line(rowlessLine{"page_without_row", r.URL, r.FetchedAt})
	}
	return a.out.fold("no row any more  ", page.Printable(r.URL, 300))
}
