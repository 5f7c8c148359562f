package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsarchive/archive"
	"newsarchive/page"
)

// captureLine is the line that --json prints for a capture.
type captureLine struct {
	Type   string    `json:"type"`
	URL    string    `json:"url"`
	At     time.Time `json:"fetched_at"`
	Status string    `json:"http_status"` // "-" for a file that came without
	MIME   string    `json:"mime"`        // "warc/revisit" where the payload is stored with an earlier capture
	Digest string    `json:"warc_payload_digest"`
	File   string    `json:"warc_file"`
	Offset int64     `json:"warc_offset"`

	Outcome page.Outcome `json:"outcome"` // as today's extractor reads it; "" for what is no page
	Words   int          `json:"word_count"`
}

// showCaptures lists the captures of what key names, oldest first: also those that made
// no version, and those of what is no page. Pages are read again, for their outcomes.
func (a *app) showCaptures(ctx context.Context, key, format string) error {
	if format != "" && format != "json" {
		return usagef("--format of captures is json, not %q", format)
	}
	r, err := a.openFresh(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	addresses, err := a.addressesOf(r, key)
	if err != nil {
		return err
	}
	captures, err := visitsOf(r, addresses)
	if err != nil {
		return err
	}
	if len(captures) == 0 {
		return coded{exitNoArticle, fmt.Errorf("no sealed segment of %s has a capture of %s", a.archiveDir, page.Printable(strings.Join(addresses, ", "), 300))}
	}
	x, err := a.extractor()
	if err != nil {
		return err
	}
	for _, v := range captures {
		c, err := r.CaptureOf(v)
		if err != nil {
			return err
		}
		var read page.Row
		if c != nil {
			read = x.Extract(c).Row
		}
		if err := a.captured(v, read, format); err != nil {
			return err
		}
	}
	return a.out.flush()
}

// addressesOf are the addresses under which what key names was asked for; an address
// that has no row stands for itself.
func (a *app) addressesOf(r *archive.Reader, key string) ([]string, error) {
	row, err := a.rowOf(r, key)
	if address := withScheme(key); err != nil && (codeOf(err) == exitNoArticle || damaged(err)) && strings.Contains(address, "://") {
		return []string{address}, nil
	}
	if err != nil {
		return nil, err
	}
	return addressesIn(row), nil
}

// addressesIn are the addresses that a row names for its page.
func addressesIn(row page.Row) []string {
	all := []string{row.URLRequested, row.URL, row.URLCanonical}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(s string) bool { return s == "" })
}

// visitsOf gathers the captures of addresses, each once, in the order of their times.
func visitsOf(r *archive.Reader, addresses []string) (list []archive.Visit, err error) {
	type place struct {
		file   string
		offset int64
	}
	seen := map[place]bool{}
	for _, address := range addresses {
		for v, err := range r.VisitsOf(address) {
			if err != nil {
				return nil, err
			}
			if at := (place{v.File, v.Offset}); !seen[at] {
				seen[at] = true
				list = append(list, v)
			}
		}
	}
	slices.SortStableFunc(list, func(v, w archive.Visit) int { return v.At.Compare(w.At) })
	return list, nil
}

func (a *app) captured(v archive.Visit, read page.Row, format string) error {
	if a.json || format == "json" {
		return a.out.line(captureLine{"capture", page.Clean(v.URL), v.At, v.Status, v.MIME, v.Digest, v.File, v.Offset, read.Outcome, read.WordCount})
	}
	kind := v.MIME
	if kind == archive.RevisitMIME {
		kind = "as before"
	}
	what := ""
	if read.Outcome != "" {
		what = fmt.Sprintf("%s, %s · ", read.Outcome, count(read.WordCount, "word"))
	}
	return a.out.fold("", fmt.Sprintf("%s  %s  %s  %s%s · %s, offset %d", v.At.UTC().Format(time.DateTime+" MST"), pad(v.Status, 3), pad(kind, 12), what, page.Printable(v.URL, 200), v.File, v.Offset))
}
