package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/internal/address"
	"newsarchive/page"
)

func (a *app) explainCommand() *cobra.Command {
	var at string
	var all bool
	cmd := &cobra.Command{
		Use:   "explain URL|FILE|ID",
		Short: "Say how a page was read: candidates, dropped blocks, rules, evidence",
		Long: `explain reads one page again, with today's extractor and rules, and says how: what each
source has for each field and which won, where the text was found, which blocks were
dropped and why, which site rules were asked, and what the outcome was decided by.

The page is the newest capture of an address or id in the archive, or a file (HTML or
WARC). Nothing is fetched and nothing is written.`,
		Example: `  scrape explain https://news.example/story
  scrape explain story.html --url https://news.example/story
  scrape explain a1b2c3 --json | jq '.body.blocks[] | select(.kept|not) | .reason'`,
		Args: oneArg("an address, a file or an id"),
		RunE: func(_ *cobra.Command, args []string) error { return a.explain(args[0], at, all) },
	}
	cmd.Flags().StringVar(&at, "url", "", "address of the page in an HTML file; which page of a WARC")
	cmd.Flags().BoolVar(&all, "all", false, "show the blocks outside of the article too")
	return cmd
}

func (a *app) explain(arg, at string, all bool) error {
	c, err := a.captureOf(arg, at)
	if err != nil {
		return err
	}
	x, err := a.extractor()
	if err != nil {
		return err
	}
	r, t := x.Explain(c)
	if a.json {
		return a.out.line(struct {
			Type string `json:"type"`
			*extract.Trace
		}{"trace", t})
	}
	explained{out: a.out, row: r.Row, trace: t, all: all}.print()
	return a.out.flush()
}

// captureOf finds the capture that an argument names: an address or an id in the
// archive, or a file.
func (a *app) captureOf(arg, at string) (*page.Capture, error) {
	if at != "" {
		u, err := address.Parse(at)
		if err != nil {
			return nil, usagef("--url %s: %w", page.Printable(at, 200), err)
		}
		at = u.String()
	}
	if _, err := os.Stat(arg); arg == "-" || err == nil {
		return a.captureFile(arg, at)
	}
	if !strings.Contains(arg, "://") && strings.ContainsAny(arg, "./") {
		return nil, usagef("%s is neither a file nor an address such as https://news.example/story", page.Printable(arg, 200))
	}
	return a.archived(arg)
}

// archived returns the newest capture of an address or id.
func (a *app) archived(key string) (*page.Capture, error) {
	suggest := ""
	if strings.Contains(key, "://") {
		suggest = "; capture it first: scrape get " + key + a.archiveFlag()
	}
	r, err := a.openArchive()
	if err != nil {
		return nil, coded{codeOf(err), fmt.Errorf("%w%s", err, suggest)}
	}
	defer r.Close()
	row, err := r.Row(withScheme(key))
	if damaged(err) {
		return nil, a.missed(err)
	}
	if errors.Is(err, archive.ErrNotFound) {
		return nil, coded{exitNoArticle, fmt.Errorf("nothing in %s for %q%s", a.archiveDir, page.Printable(key, 300), suggest)}
	}
	if err != nil {
		return nil, err
	}
	return r.Capture(row)
}

// captureFile reads a page from an HTML or WARC file.
func (a *app) captureFile(name, at string) (*page.Capture, error) {
	in, _, err := (&extracting{app: a}).openInput(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	r := bufio.NewReaderSize(in, 1<<16)
	head, _ := r.Peek(4)
	switch {
	case bytes.Equal(head, []byte("WARC")), bytes.HasPrefix(head, []byte("\x1f\x8b")) && gzippedWARC(r):
		return pageOfWARC(r, name, at)
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		return htmlCapture(z, name, at)
	}
	return htmlCapture(r, name, at)
}

// pageOfWARC returns the page of that address, or the first page if at is "".
func pageOfWARC(r io.Reader, name, at string) (*page.Capture, error) {
	for s, err := range archive.ReadWARC(r, filepath.Base(name)) {
		if err != nil {
			return nil, err
		}
		if isPage(s.Capture) && (at == "" || address.Key(s.Capture.Document().URL) == address.Key(at)) {
			return s.Capture, nil
		}
	}
	return nil, coded{exitNoArticle, fmt.Errorf("%s has no such page", name)}
}

func htmlCapture(r io.Reader, name, at string) (*page.Capture, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxHTML+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	switch {
	case len(body) > maxHTML:
		return nil, coded{exitUnreachable, fmt.Errorf("%s is larger than %d MiB", name, maxHTML>>20)}
	case len(body) == 0:
		return nil, coded{exitNoArticle, fmt.Errorf("%s is empty: nothing to read", name)}
	}
	return &page.Capture{Requested: at, Exchanges: []page.Exchange{{URL: at, Method: "GET", Status: 200, Body: body}}}, nil
}
