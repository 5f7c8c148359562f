package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

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
	if g.delay < 0 || g.workers < 1 {
		return usagef("--delay must not be negative, --workers must be 1 or more")
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

// print delivers one visit in the form that was asked for.
func (g *get) print(v crawl.Visit) error {
	if unread(v.Row.Outcome) || v.Row.Outcome == page.NotArticle {
		g.explain(v)
	}
	switch {
	case g.json:
		return g.out.line(eventOf(v))
	case g.format == "" && g.out.tty && v.Row.Text == "":
		return nil
	case g.format == "" && g.out.tty:
		g.tally.clear()
		if err := g.out.article(v.Row); err != nil {
			return err
		}
		g.say("— %s", g.whereKept(v))
		return nil
	case g.format == "" || g.format == "json":
		return g.out.row(v.Row)
	case v.Row.Text == "":
		return nil
	}
	return g.out.rowAs(v.Row, g.format)
}

func (g *get) whereKept(v crawl.Visit) string {
	if !v.Kept {
		return "not kept (--no-archive)"
	}
	return fmt.Sprintf("kept in %s as %s, version %d (%s)%s   again: scrape show %s%s", g.archiveDir, v.Row.ID, v.Row.Version, v.Row.Change, besides(v.Requisites), v.Row.ID, g.archiveFlag())
}

// besides says what was kept beside a page.
func besides(t crawl.Taken) string {
	if t.Kept+t.Failed+t.Left == 0 {
		return ""
	}
	s := fmt.Sprintf(", with %d of %s", t.Kept, count(t.Kept+t.Failed+t.Left, "requisite"))
	if t.Left > 0 {
		s += fmt.Sprintf(" (%d past the bounds)", t.Left)
	}
	return s
}

// explain says in one line why an address gave no article.
func (g *get) explain(v crawl.Visit) {
	g.tally.clear()
	why := v.Err
	if why == "" && v.Row.HTTPStatus >= 300 {
		why = fmt.Sprintf("HTTP %d", v.Row.HTTPStatus)
	}
	if why == "" {
		why = strings.Join(v.Row.Warnings, ", ")
	}
	if why != "" {
		why = " (" + page.Printable(why, 300) + ")"
	}
	fmt.Fprintf(g.err, "%s  %s%s.%s\n", v.Row.Outcome, page.Printable(v.Item.URL, 300), why, hint(v, g.noArchive))
}

// hint says what was kept and what to do next.
func hint(v crawl.Visit, noArchive bool) string {
	kept := ""
	if v.Kept && !noArchive {
		kept = " The response is archived."
	}
	switch v.Row.Outcome {
	case page.RobotsDenied:
		return fmt.Sprintf(" robots.txt says %q; --robots record visits all the same.", page.Printable(v.Rule, 100))
	case page.UnsafeAddress:
		return " --allow-net CIDR permits private addresses."
	case page.NotArticle:
		if slices.Contains(v.Row.Warnings, "not_html") {
			return kept // it has no links
		}
		return kept + " To follow its links: scrape crawl " + page.Printable(v.Item.URL, 300)
	}
	return kept
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

// addresses checks the arguments, and the lines of standard input for the argument "-".
func (g *get) addresses(args []string) (out []string, err error) {
	for _, arg := range args {
		var some []string
		if arg == "-" {
			some, err = g.fromInput()
		} else {
			some, err = siteAddresses([]string{arg})
		}
		if info, serr := os.Stat(arg); serr == nil && info.Mode().IsRegular() {
			err = usagef("%s is a file: scrape get - < %[1]s reads the addresses in it", page.Printable(arg, 200))
		}
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// fromInput reads an address a line. Empty lines and lines that begin with # are skipped,
// and what is no address is told and left out.
func (g *get) fromInput() (out []string, err error) {
	lines := bufio.NewScanner(g.in)
	for n := 1; lines.Scan(); n++ {
		s := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff")) // editors begin files with the mark
		if s == "" || s[0] == '#' {
			continue
		}
		one, err := siteAddresses([]string{s})
		if err != nil {
			g.leftOut++
			g.complain(fmt.Errorf("line %d of standard input is left out: %w", n, err))
		}
		out = append(out, one...)
	}
	if err := lines.Err(); err != nil {
		return nil, usagef("read addresses from standard input: %w", err)
	}
	return out, nil
}
