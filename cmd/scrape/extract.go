package main

import (
	"context"
	"runtime"

	"github.com/spf13/cobra"

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
