package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

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
	format  string
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
		Long: `extract reads each page in the files: an HTML file (gzip'd or not), every HTML response of
a WARC or WACZ of any producer. On a terminal it shows the articles to read; in a pipe it
prints a row for each page, whatever the outcome. It needs no network and no archive.`,
		Example: `  scrape extract story.html --url https://news.example/story
  scrape extract story.html -f md -o story.md
  scrape extract crawl.warc.gz > articles.jsonl
  curl -s https://news.example/story | scrape extract - --url https://news.example/story`,
		Args: needArgs("a file, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error { return e.main(cmd.Context(), args) },
	}
	cmd.Flags().StringVar(&e.url, "url", "", "address of the page in an HTML file")
	cmd.Flags().StringVarP(&e.format, "format", "f", "", formatHelp+" (default: text to read on a terminal, json in a pipe)")
	cmd.Flags().StringVarP(&e.output, "output", "o", "", "write to this file instead of standard output")
	e.boundFlags(cmd.Flags())
	cmd.Flags().IntVar(&e.workers, "workers", runtime.GOMAXPROCS(0), "pages read at the same time; the order of rows stays that of the files")
	return cmd
}

func (e *extracting) main(ctx context.Context, files []string) error {
	if len(files) > 1 && e.url != "" {
		return usagef("--url is the address of one HTML file, and there are %d files", len(files))
	}
	if e.url != "" {
		u, err := address.Parse(e.url)
		if err != nil {
			return usagef("--url %s: %w", page.Printable(e.url, 200), err)
		}
		e.url = u.String()
	}
	var err error
	if e.format, err = checkFormat(e.format, e.output); err != nil {
		return err
	}
	if e.x, err = e.extractor(); err != nil {
		return err
	}
	if err := e.out.toFile(e.output); err != nil {
		return err
	}
	e.workers = max(1, e.workers)
	code := exitOK
	for _, name := range files {
		err := e.file(ctx, name)
		if gone(err) || ctx.Err() != nil {
			return err
		}
		if err != nil {
			e.complain(err)
			code = worse(code, codeOfInput(err))
		}
	}
	if e.json {
		if err := e.out.line(map[string]any{"type": "summary", "rows": e.rows, "articles": e.article}); err != nil {
			return err
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
		e.say("no article in %s; each row's outcome says why", pages(e.rows))
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
	case strings.HasSuffix(base, ".wacz"):
		return usagef("%s is no WACZ: it does not begin as a ZIP file does", name)
	case bytes.Equal(head, []byte("WARC")), strings.HasSuffix(strings.TrimSuffix(base, ".gz"), ".warc"): // what is broken is named, and read past
		return e.each(ctx, archive.ReadWARC(fromStart(r, in), base))
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		if gzippedWARC(r) {
			return e.each(ctx, archive.ReadWARC(fromStart(r, in), base))
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return usagef("read %s: it begins as gzip does, and is none: %w", name, err)
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

// fromStart is what is read, and may be read at will too where it is a file.
func fromStart(r io.Reader, in any) io.Reader {
	ra, ok := in.(io.ReaderAt)
	if !ok {
		return r
	}
	return struct {
		io.Reader
		io.ReaderAt
	}{r, ra}
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
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return coded{exitUsage, fmt.Errorf("read %s: the file is cut short", name)}
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if len(body) > maxHTML {
		return coded{exitUnreachable, fmt.Errorf("%s is larger than %d MiB", name, maxHTML>>20)}
	}
	row := e.x.HTML(body, e.url).Row
	row.WARCFile = filepath.Base(name)
	return e.print(row)
}
