package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/page"
)

func (a *app) showCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show ID|URL",
		Short: "Show one article of the archive",
		Example: `  scrape show a1b2c3
  scrape show https://news.example/story -f json | jq .warc_file`,
		Args: cobra.MatchAll(needArgs("the id or the address of an article"), cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error { return a.show(args[0], format) },
	}
	cmd.Flags().StringVarP(&format, "format", "f", "", "print json, text, md or html (default: text to read)")
	return cmd
}

func (a *app) show(key, format string) error {
	r, err := a.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	row, err := r.Row(key)
	if errors.Is(err, archive.ErrNotFound) {
		return coded{exitNoArticle, fmt.Errorf("nothing in %s for %q; see scrape list", a.archiveDir, key)}
	}
	if err != nil {
		return err
	}
	switch {
	case a.json || format == "json":
		return a.out.row(row)
	case format == "md":
		return a.out.text(row.Markdown)
	case format == "html":
		return a.out.text(row.HTML)
	case format == "" || format == "text":
		return a.out.article(row)
	}
	return usagef("--format is json, text, md or html, not %q", format)
}

// text prints a text of a page, fit for a terminal, with a newline at its end.
func (o *output) text(s string) error {
	for line := range strings.Lines(s) {
		fmt.Fprintln(o, page.Printable(strings.TrimSuffix(line, "\n"), 0))
	}
	return o.flush()
}

// article prints a row to read: headline, byline, standfirst, text.
func (o *output) article(r page.Row) error {
	r.Normalize()
	fmt.Fprintln(o, o.paint(bold, or(r.Title, "(no title)")))
	fmt.Fprintln(o, o.paint(dim, strings.Join(facts(r), " · ")))
	if r.Outcome != page.OK {
		fmt.Fprintln(o, o.paint(outcomeStyle(r.Outcome), string(r.Outcome)))
	}
	for line := range strings.Lines(r.Text) {
		fmt.Fprint(o, "\n", wrap(page.Printable(strings.TrimSuffix(line, "\n"), 0), 88))
	}
	return o.flush()
}

// facts are the parts of the line under the headline.
func facts(r page.Row) []string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(r.Authors) > 0 {
		add("By " + strings.Join(r.Authors, ", "))
	}
	add(strings.Join(r.Agencies, ", "))
	add(or(r.SiteName, r.Site))
	if r.PublishedAt != nil {
		add(r.PublishedAt.UTC().Format("2006-01-02 15:04 UTC"))
	}
	add(r.Language)
	add(fmt.Sprintf("%d words", r.WordCount))
	add(map[string]string{"full": "free to read", "preview": "preview only", "gate": "behind a gate"}[r.Access])
	return parts
}

// wrap breaks a paragraph into lines of at most width columns, each with its newline.
func wrap(s string, width int) string {
	var b strings.Builder
	column := 0
	for word := range strings.FieldsSeq(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
		case column+1+n > width:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	b.WriteByte('\n')
	return b.String()
}

func outcomeStyle(o page.Outcome) style {
	switch o {
	case page.OK, page.Unchanged:
		return green
	case page.Partial, page.Paywalled, page.NotArticle:
		return yellow
	}
	return red
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
