package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// get is the command that captures single pages.
type get struct {
	capturing
	leftOut  int // lines of standard input that are no addresses
	format   string
	file     string
	pageOnly bool
}

func (a *app) getCommand() *cobra.Command {
	g := &get{capturing: capturing{app: a}}
	cmd := &cobra.Command{
		Use:   "get URL…",
		Short: "Capture pages; - reads addresses from standard input",
		Long: `get captures each address: the article as a row, the page as WARC records, kept in
the archive. On a terminal it shows the article to read; in a pipe it prints the
row, one line of JSON an address, whatever the outcome. What the page needs to be
seen (stylesheets, images, fonts, icons, its own scripts) is kept with it. Of standard input (-) it
reads an address a line; empty lines and lines that begin with # are skipped, and
lines that are no address are told and left out (exit code 3).`,
		Example: `  scrape get https://news.example/story
  scrape https://news.example/story | jq -r .title
  scrape get --no-archive -f md https://news.example/story > story.md
  cat addresses.txt | scrape get - --archive ./news --json`,
		Args: needArgs("an address such as https://news.example/story"),
		RunE: func(cmd *cobra.Command, args []string) error { return g.main(cmd.Context(), args) },
	}
	g.flags(cmd)
	cmd.Flags().StringVarP(&g.format, "format", "f", "", formatHelp+" (default: text to read on a terminal, json in a pipe)")
	cmd.Flags().StringVarP(&g.file, "output", "o", "", "write to this file instead of standard output")
	cmd.Flags().BoolVar(&g.noArchive, "no-archive", false, "keep nothing, only print")
	cmd.Flags().BoolVar(&g.pageOnly, "page-only", false, "leave out stylesheets, images and what else the page needs to be seen")
	cmd.Flags().IntVar(&g.workers, "workers", 4, "hosts visited at the same time")
	return cmd
}

func (g *get) main(ctx context.Context, args []string) error {
	var err error
	if g.format, err = checkFormat(g.format, g.file); err != nil {
		return err
	}
	if g.workers < 1 {
		return usagef("--workers must be 1 or more")
	}
	starts, err := g.addresses(args)
	if err != nil {
		return err
	}
	if len(starts) == 0 {
		return usagef("no address given: standard input has none%s", map[bool]string{true: " that can be read"}[g.leftOut > 0])
	}
	if err := g.out.toFile(g.file); err != nil {
		return err
	}
	if err := g.open(); err != nil {
		return err
	}
	g.deliver = g.print
	if !g.pageOnly {
		g.beside = &crawl.Requisites{}
	}
	err = g.capture(ctx, starts, crawl.Scope{}, frontier.Options{Delay: g.delay, MaxTries: 1})
	if g.json {
		if lerr := g.out.line(getSummary{g.tally.summary(g.run), g.leftOut}); lerr != nil && !gone(lerr) {
			return errors.Join(err, lerr)
		}
	}
	if err != nil {
		return err
	}
	return saidCode(g.code())
}

// code is the exit code: that of the worst outcome if all addresses ended so, 3 if only some did.
func (g *get) code() int {
	if g.leftOut > 0 {
		return exitPartial
	}
	return codeOfAll(g.tally.outcomes)
}

// getSummary is the last line of --json.
type getSummary struct {
	summary
	LeftOut int `json:"lines_left_out"` // of standard input, that are no addresses
}

// codeOfAll folds outcomes into one exit code: the common one, or 3 where they differ.
func codeOfAll(outcomes map[page.Outcome]int) int {
	code, first := exitOK, true
	for _, o := range page.Outcomes {
		if outcomes[o] == 0 {
			continue
		}
		switch c := codeOfOutcome(o); {
		case first:
			code, first = c, false
		case c != code:
			code = exitPartial
		}
	}
	return code
}
