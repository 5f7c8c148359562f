package main

import (
	"context"
	"errors"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"newsarchive/archive"
	"newsarchive/page"
)

// each extracts the captures side by side and prints their rows in order. Damage
// is complained of where it stands, and what can be read after it is read.
func (e *extracting) each(ctx context.Context, captures iter.Seq2[archive.Stored, error]) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs := make(chan job, e.workers)
	order := make(chan job, 2*e.workers)
	var pool sync.WaitGroup
	for range e.workers {
		pool.Go(func() {
			for j := range jobs {
				j.row <- e.row(j.stored)
			}
		})
	}
	pool.Go(func() {
		defer close(order)
		defer close(jobs)
		feed(ctx, captures, jobs, order)
	})
	err := e.collect(order)
	cancel()
	for range order { // let the others end
	}
	pool.Wait()
	return err
}

// A job is one capture to read and where its row goes, or what is wrong there.
type job struct {
	stored archive.Stored
	row    chan page.Row
	err    error
}

func feed(ctx context.Context, captures iter.Seq2[archive.Stored, error], jobs, order chan<- job) {
	for s, err := range captures {
		if err == nil && !isPage(s.Capture) {
			continue
		}
		j := job{s, make(chan page.Row, 1), err}
		select {
		case <-ctx.Done():
			return
		case order <- j:
		}
		if err == nil {
			jobs <- j
		}
	}
}

// collect prints the rows in order. It returns the first damage, or the first
// failure to print.
func (e *extracting) collect(order <-chan job) (damage error) {
	for j := range order {
		if j.err != nil {
			if damage != nil {
				e.complain(damage)
			}
			damage = j.err
			continue
		}
		if err := e.print(<-j.row); err != nil {
			return err
		}
	}
	return damage
}

// isPage reports whether a response or file is an HTML page: neither a redirect nor an
// image, a script, a style sheet, nor the answer to a request for robots.txt or tdmrep.json,
// nor what a browser made of a page ("urn:view:…", which has no host).
func isPage(c *page.Capture) bool {
	d := c.Document()
	if u, err := url.Parse(c.Requested); d == nil || err == nil && u.Host == "" || d.Status >= 300 && d.Status < 400 || sideFile(d.URL) {
		return false
	}
	kind, _, err := mime.ParseMediaType(d.Header.Get("Content-Type"))
	if kind == "" || err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		return strings.HasPrefix(http.DetectContentType(d.Body), "text/html")
	}
	return kind == "text/html" || kind == "application/xhtml+xml"
}

// sideFile reports the addresses that say what a site allows: no pages, whatever is there.
func sideFile(url string) bool {
	return strings.HasSuffix(url, "/robots.txt") || strings.HasSuffix(url, "/.well-known/tdmrep.json")
}

// row extracts one stored response and says where it lies.
func (e *extracting) row(s archive.Stored) page.Row {
	row := e.x.Extract(s.Capture).Row
	row.WARCFile, row.WARCOffset, row.WARCLength = s.File, s.Offset, s.Length
	row.WARCRecordID, row.WARCPayloadDigest = s.RecordID, s.PayloadDigest
	return row
}

func (e *extracting) print(row page.Row) error {
	row.Software = software()
	e.rows++
	if row.Outcome.HasArticle() {
		e.article++
	}
	switch {
	case e.json || e.format == "json" || e.format == "" && !e.out.tty:
		return e.rowJSON(row)
	case row.Text == "":
		e.say("%s  %s: nothing to read", row.Outcome, page.Printable(or(row.URL, row.WARCFile), 300))
		return nil
	case e.format == "":
		return e.out.article(row)
	}
	return e.out.rowAs(row, e.format)
}
