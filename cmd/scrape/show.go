package main

import (
	"errors"
	"fmt"
	"strings"

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
	cmd.Flags().StringVarP(&format, "format", "f", "", formatHelp+" (default: text to read)")
	return cmd
}

func (a *app) show(key, format string) error {
	format, err := checkFormat(format, "")
	if err != nil {
		return err
	}
	r, err := a.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	row, err := a.rowOf(r, key)
	if err != nil {
		return err
	}
	switch {
	case a.json:
		return a.out.line(typedRow{"article", row})
	case format == "":
		return a.out.article(row)
	}
	return a.out.rowAs(row, format)
}

// rowOf finds the newest version of what key names, or says that there is none.
func (a *app) rowOf(r *archive.Reader, key string) (page.Row, error) {
	row, err := r.Row(key)
	if errors.Is(err, archive.ErrNotFound) {
		return row, coded{exitNoArticle, fmt.Errorf("nothing in %s for %q; see scrape list", a.archiveDir, key)}
	}
	return row, err
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
	if r.WordCount > 0 {
		add(fmt.Sprintf("%d words", r.WordCount))
	}
	add(map[string]string{"full": "free to read", "preview": "preview only", "gate": "behind a gate"}[r.Access])
	return parts
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
