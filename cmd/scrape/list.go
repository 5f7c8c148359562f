package main

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"newsarchive/page"
)

func (a *app) listCommand() *cobra.Command {
	var outcomes []string
	var every bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List what the archive holds",
		Long:  `list prints the newest version of each page in the archive; with --json, whole rows.`,
		Example: `  scrape list
  scrape list --outcome paywalled,blocked
  scrape list --json | jq -r 'select(.outcome=="ok") | .title'`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return a.list(outcomes, every) },
	}
	cmd.Flags().StringSliceVar(&outcomes, "outcome", nil, "only these outcomes; !ok means all but ok")
	cmd.Flags().BoolVar(&every, "versions", false, "every version, not only the newest")
	return cmd
}

func (a *app) list(outcomes []string, every bool) error {
	wanted, err := outcomeFilter(outcomes)
	if err != nil {
		return err
	}
	r, err := a.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	rows := r.Latest()
	if every {
		rows = r.Rows()
	}
	n, err := a.printRows(rows, wanted)
	if err == nil && n == 0 && !a.json {
		a.say("nothing here; capture a page: scrape get URL --archive %s", a.archiveDir)
	}
	return err
}

func (a *app) printRows(rows iter.Seq2[page.Row, error], wanted func(page.Outcome) bool) (n int, err error) {
	for row, err := range rows {
		if err != nil {
			return n, err
		}
		if !wanted(row.Outcome) {
			continue
		}
		n++
		if a.json {
			err = a.out.bulkRow(row)
		} else {
			_, err = fmt.Fprintln(a.out, a.out.rowLine(row))
		}
		if err != nil {
			return n, err
		}
	}
	return n, a.out.flush()
}

// bulkRow writes one article row without flushing.
func (o *output) bulkRow(r page.Row) error {
	line, err := r.AppendLine(nil)
	if err == nil {
		_, err = o.Write(line)
	}
	return err
}

// rowLine is one line of a table: id, outcome, date, words, site, title.
func (o *output) rowLine(r page.Row) string {
	date := "          "
	if r.PublishedAt != nil {
		date = r.PublishedAt.UTC().Format("2006-01-02")
	}
	return fmt.Sprintf("%s  %s  %s %6d  %s  %s", pad(r.ID, 16), o.paint(outcomeStyle(r.Outcome), pad(string(r.Outcome), 12)),
		date, r.WordCount, pad(or(r.SiteName, r.Site), 20), clip(or(r.Title, r.URL), 60))
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
