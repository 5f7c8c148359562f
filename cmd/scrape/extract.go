package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/internal/address"
	"newsarchive/page"
)

// maxHTML is the largest HTML file that is read, in bytes.
const maxHTML = 64 << 20

// extracting is the command that reads files.
type extracting struct {
	*app
	url     string
	output  string
	workers int
	x       *extract.Extractor
	rows    int
	article int // rows with an article
}

func (a *app) extractCommand() *cobra.Command {
	e := &extracting{app: a}
	cmd := &cobra.Command{
		Use:   "extract FILE…",
		Short: "Read articles from HTML, WARC or WACZ files; - reads standard input",
		Long: `extract prints one row for each page in the files: an HTML file (gzip'd or not), every
HTML response of a WARC or WACZ of any producer. It needs no network and no archive.`,
		Example: `  scrape extract story.html --url https://news.example/story
  scrape extract crawl.warc.gz > articles.jsonl
  curl -s https://news.example/story | scrape extract - --url https://news.example/story`,
		Args: needArgs("a file, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error { return e.main(cmd.Context(), args) },
	}
	cmd.Flags().StringVar(&e.url, "url", "", "address of the page in an HTML file")
	cmd.Flags().StringVarP(&e.output, "output", "o", "", "write to this file instead of standard output")
	cmd.Flags().IntVar(&e.workers, "workers", runtime.GOMAXPROCS(0), "pages read at the same time; the order of rows stays that of the files")
	return cmd
}

func (e *extracting) main(ctx context.Context, files []string) error {
	if e.url != "" {
		u, err := address.Parse(e.url)
		if err != nil {
			return usagef("--url %s: %w", page.Printable(e.url, 200), err)
		}
		e.url = u.String()
	}
	if err := e.out.toFile(e.output); err != nil {
		return err
	}
	e.workers = max(1, e.workers)
	e.x = extract.New(extract.Options{})
	code := exitOK
	for _, name := range files {
		err := e.file(ctx, name)
		if gone(err) || ctx.Err() != nil {
			return err
		}
		if err != nil {
			e.complain(err)
			code = worse(code, codeOf(err))
		}
	}
	if err := e.out.flush(); err != nil {
		return err
	}
	switch {
	case code != exitOK && e.rows > 0:
		return saidCode(exitPartial)
	case code != exitOK:
		return saidCode(code)
	case e.article == 0:
		e.say("no article in %d pages; each row's outcome says why", e.rows)
		return saidCode(exitNoArticle)
	}
	return nil
}

func worse(a, b int) int {
	if a == exitOK {
		return b
	}
	return a
}

// file extracts one file by what its first bytes are.
func (e *extracting) file(ctx context.Context, name string) error {
	in, size, err := e.openInput(name)
	if err != nil {
		return err
	}
	defer in.Close()
	r := bufio.NewReaderSize(in, 1<<16)
	head, err := r.Peek(4)
	if len(head) == 0 {
		if err != nil && err != io.EOF {
			return fmt.Errorf("read %s: %w", name, err)
		}
		return coded{exitNoArticle, fmt.Errorf("%s is empty: nothing to read", name)}
	}
	base := filepath.Base(name)
	switch {
	case bytes.Equal(head, []byte("PK\x03\x04")):
		return e.wacz(ctx, name, in, size)
	case bytes.Equal(head, []byte("WARC")):
		return e.each(ctx, archive.ReadWARC(r, base))
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		if gzippedWARC(r) {
			return e.each(ctx, archive.ReadWARC(r, base))
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		return e.html(name, z)
	}
	return e.html(name, r)
}

func (e *extracting) openInput(name string) (io.ReadCloser, int64, error) {
	if name == "-" {
		return io.NopCloser(e.in), -1, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, coded{exitUsage, err}
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		f.Close()
		return nil, 0, usagef("%s is a folder; name the files in it", name)
	}
	return f, info.Size(), nil
}

// gzippedWARC looks into the first member without taking it from r.
func gzippedWARC(r *bufio.Reader) bool {
	head, _ := r.Peek(r.Size())
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	first := make([]byte, 5)
	_, err = io.ReadFull(z, first)
	return err == nil && string(first) == "WARC/"
}

func (e *extracting) wacz(ctx context.Context, name string, in io.Reader, size int64) error {
	ra, ok := in.(io.ReaderAt)
	if !ok {
		return usagef("a WACZ cannot be read from standard input; give its file name")
	}
	return e.each(ctx, archive.ReadWACZ(ra, size, filepath.Base(name)))
}

// html extracts a bare page.
func (e *extracting) html(name string, r io.Reader) error {
	body, err := io.ReadAll(io.LimitReader(r, maxHTML+1))
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if len(body) > maxHTML {
		return coded{exitUnreachable, fmt.Errorf("%s is larger than %d MiB", name, maxHTML>>20)}
	}
	return e.print(e.x.HTML(body, e.url).Row)
}

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

// isPage reports whether a response is an HTML page: neither a redirect nor an
// image, a script, a style sheet.
func isPage(c *page.Capture) bool {
	d := c.Document()
	if d == nil || d.Status >= 300 && d.Status < 400 {
		return false
	}
	kind, _, err := mime.ParseMediaType(d.Header.Get("Content-Type"))
	if kind == "" || err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		return strings.HasPrefix(http.DetectContentType(d.Body), "text/html")
	}
	return kind == "text/html" || kind == "application/xhtml+xml"
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
	return e.out.bulkRow(row)
}
