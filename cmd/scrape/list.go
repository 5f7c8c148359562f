package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"newsarchive/archive"
	"newsarchive/internal/bucket"
	"newsarchive/page"
)

func (a *app) listCommand() *cobra.Command {
	var outcomes []string
	var every, duplicates bool
	var format string
	var limit int
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List what the archive holds",
		Long: `list prints the newest version of each page in the archive, the newest first: by the
day of publication, or of the visit where a page names none.

With --duplicates it prints the articles that have the same text at several addresses,
or nearly the same: the earliest first, below it its copies. "wire" stands where several
sites have it and one of them names an agency. Nothing is ever left out because of it.`,
		Example: `  scrape list --limit 20
  scrape list --outcome paywalled,blocked
  scrape list --duplicates
  scrape list -f json | jq -r 'select(.outcome=="ok") | .title'`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 0 {
				return usagef("--limit is %d; it must be 1 or more, or 0 for all", limit)
			}
			if duplicates {
				return a.listDuplicates(cmd.Context(), outcomes, archive.ListOptions{Versions: every, Limit: limit}, format)
			}
			return a.list(cmd.Context(), outcomes, archive.ListOptions{Versions: every, Limit: limit}, format)
		},
	}
	cmd.Flags().StringSliceVar(&outcomes, "outcome", nil, "only these outcomes; !ok means all but ok")
	cmd.Flags().StringVarP(&format, "format", "f", "", "json prints whole rows (default: a table)")
	cmd.Flags().IntVar(&limit, "limit", 0, "rows at most; 0 for all")
	cmd.Flags().BoolVar(&every, "versions", false, "every version, not only the newest")
	cmd.Flags().BoolVar(&duplicates, "duplicates", false, "only articles whose text others have too, or nearly, each after the earliest one")
	return cmd
}

func (a *app) list(ctx context.Context, outcomes []string, o archive.ListOptions, format string) error {
	if format != "" && format != "json" {
		return usagef("--format of a list is json, not %q", format)
	}
	wanted, err := outcomeFilter(outcomes)
	if err != nil {
		return err
	}
	if len(outcomes) > 0 {
		o.Outcomes = slices.DeleteFunc(slices.Clone(page.Outcomes[:]), func(o page.Outcome) bool { return !wanted(o) })
	}
	r, err := a.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	if !bucket.Is(a.archiveDir) {
		_ = archive.UpdateCatalog(ctx, a.archiveDir) // what it lacks is read without it
	}
	n := 0
	for row, err := range r.List(ctx, o) {
		if err == nil {
			n++
			err = a.listed(row, o.Versions, format)
		}
		if err != nil {
			return err
		}
	}
	if a.json {
		return a.out.line(map[string]any{"type": "summary", "rows": n})
	}
	if n == 0 && format == "" {
		a.say("nothing here; capture a page: scrape get URL%s", a.archiveFlag())
	}
	return a.out.flush()
}

// listed prints one row.
func (a *app) listed(row page.Row, version bool, format string) (err error) {
	switch {
	case a.json:
		return a.out.bulk(typedRow{"article", row})
	case format == "json":
		return a.out.bulk(row)
	case version:
		_, err = fmt.Fprintf(a.out, "v%-3d %s\n", row.Version, a.out.rowLine(row))
	default:
		_, err = fmt.Fprintln(a.out, a.out.rowLine(row))
	}
	return err
}

// bulk writes one line of JSON without flushing.
func (o *output) bulk(v json.Marshaler) error {
	line, err := v.MarshalJSON()
	if err == nil {
		_, err = o.Write(append(line, '\n'))
	}
	return err
}

// rowLine is one line of a table: id, outcome, date, words, site, headline; the
// address in place of the headline where there is no article.
func (o *output) rowLine(r page.Row) string {
	what := r.Title
	if what == "" || !r.Outcome.HasArticle() {
		what = r.URL + httpStatus(r)
	}
	return fmt.Sprintf("%s  %s  %s %6d  %s  %s", pad(r.ID, 16), o.paint(outcomeStyle(r.Outcome), pad(string(r.Outcome), 12)),
		day(r), r.WordCount, pad(or(r.SiteName, r.Site), 20), o.rest(what, 74))
}

// rest is what of s fits on the line after used columns; all of it where there is no terminal.
func (o *output) rest(s string, used int) string {
	f, ok := o.w.(*os.File)
	if !ok || !o.tty {
		return page.Printable(s, 0)
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 110
	}
	return clip(s, max(20, width-used))
}

// day is the day of publication, or as many spaces.
func day(r page.Row) string {
	if r.PublishedAt == nil {
		return "          "
	}
	return r.PublishedAt.UTC().Format("2006-01-02")
}

// pad gives s exactly width columns of a terminal.
func pad(s string, width int) string {
	return runewidth.FillRight(clip(page.Printable(s, 0), width), width)
}

func clip(s string, width int) string { return runewidth.Truncate(page.Printable(s, 0), width, "…") }

// outcomeFilter reads --outcome.
func outcomeFilter(names []string) (func(page.Outcome) bool, error) {
	var in, notIn []page.Outcome
	for _, name := range names {
		bare, not := strings.CutPrefix(name, "!")
		o := page.Outcome(bare)
		if !slices.Contains(page.Outcomes[:], o) {
			return nil, usagef("no outcome is called %q; they are %s", bare, outcomeNames())
		}
		if not {
			notIn = append(notIn, o)
		} else {
			in = append(in, o)
		}
	}
	return func(o page.Outcome) bool {
		return !slices.Contains(notIn, o) && (len(in) == 0 || slices.Contains(in, o))
	}, nil
}

func outcomeNames() string {
	names := make([]string, len(page.Outcomes))
	for i, o := range page.Outcomes {
		names[i] = string(o)
	}
	return strings.Join(names, ", ")
}
