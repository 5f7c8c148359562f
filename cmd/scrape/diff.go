package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/page"
)

func (a *app) diffCommand() *cobra.Command {
	var from, to int
	cmd := &cobra.Command{
		Use:   "diff ID|URL",
		Short: "Show how an article changed from version to version",
		Long: `diff compares the versions of an article: its headline, and sentence by sentence what
was added, deleted, edited or moved (refactor), and how much that means: cosmetic,
typo, wording, content, or fact (a number, a name, a negation). Without --from and
--to it shows every step.`,
		Example: `  scrape diff https://news.example/story
  scrape diff a1b2c3 --from 1 --to 4 --json`,
		Args: oneArg("the id or the address of an article"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.diff(cmd.Context(), args[0], from, to) },
	}
	cmd.Flags().IntVar(&from, "from", 0, "older version")
	cmd.Flags().IntVar(&to, "to", 0, "newer version; with --from, the newest if not given")
	return cmd
}

// revisionLine is the line that --json prints for a step.
type revisionLine struct {
	Type         string           `json:"type"`
	ID           string           `json:"id"`
	URL          string           `json:"url"`
	From         int              `json:"from_version"`
	To           int              `json:"to_version"`
	FromAt       time.Time        `json:"from_fetched_at"`
	ToAt         time.Time        `json:"to_fetched_at"`
	FromOutcome  page.Outcome     `json:"from_outcome"`
	ToOutcome    page.Outcome     `json:"to_outcome"`
	Significance string           `json:"significance"`
	Headline     *archive.Change  `json:"headline"` // null if it is the same
	Changes      []archive.Change `json:"edits"`
	Same         int              `json:"same"` // sentences
}

func (a *app) diff(ctx context.Context, key string, from, to int) error {
	return a.withRow(ctx, key, func(r *archive.Reader, row page.Row) error {
		versions, lost, err := gathered(r.Versions(row.ID))
		switch {
		case err != nil:
			return err
		case from > 0 && from == to:
			return usagef("--from and --to name the same version")
		case from == row.Version && to == 0:
			return usagef("version %d is the newest: there is nothing newer to compare it with", from)
		}
		if versions, err = picked(versions, from, to); err != nil {
			return lost.instead(a, err)
		}
		if len(versions) < 2 {
			a.say("there is one version only, of %s", row.FetchedAt.Format(time.RFC3339))
			return lost.leaves(a, nil)
		}
		for i := range versions[1:] {
			if err := a.revision(versions[i], versions[i+1]); err != nil {
				return err
			}
		}
		return lost.leaves(a, a.out.flush())
	})
}

// picked returns the versions to compare, each with the next.
func picked(all []page.Row, from, to int) ([]page.Row, error) {
	if from == 0 && to == 0 {
		return all, nil
	}
	if to == 0 {
		to = all[len(all)-1].Version
	}
	if from == 0 {
		from = to - 1
	}
	var list []page.Row
	for _, n := range []int{to, from} { // the one that was named is complained of first
		i := slices.IndexFunc(all, func(r page.Row) bool { return r.Version == n })
		if i < 0 {
			return nil, usagef("there is no version %d; they are 1 to %d", n, all[len(all)-1].Version)
		}
		list = append([]page.Row{all[i]}, list...)
	}
	return list, nil
}

func (a *app) revision(before, after page.Row) error {
	d := archive.Diff(before, after)
	if a.json {
		return a.out.line(revisionLine{"revision", after.ID, after.URL, before.Version, after.Version, before.FetchedAt, after.FetchedAt,
			before.Outcome, after.Outcome, d.Significance, d.Title, append([]archive.Change{}, d.Changes...), d.Same})
	}
	o := a.out
	_ = o.painted(bold, "", fmt.Sprintf("%s → %s: %s", ofVersion(before, after.Outcome), ofVersion(after, before.Outcome), or(d.Significance, "no other text"))) // the last line has the error
	if d.Title != nil {
		fmt.Fprintln(o, o.paint(dim, "headline"))
		o.sides(*d.Title)
	}
	for _, c := range d.Changes {
		_ = o.painted(dim, "", c.Op+" · "+or(c.Why, c.Significance))
		o.sides(c)
	}
	_, err := fmt.Fprintf(o, "the same: %s\n\n", count(d.Same, "sentence"))
	return err
}

// ofVersion names a version, with its outcome where that of the other one differs.
func ofVersion(r page.Row, other page.Outcome) string {
	s := fmt.Sprintf("version %d of %s", r.Version, r.FetchedAt.Format("2006-01-02 15:04"))
	if r.Outcome != other {
		s += fmt.Sprintf(" (%s)", r.Outcome)
	}
	return s
}

// sides prints what was and what is.
func (o *output) sides(c archive.Change) {
	if c.Op == archive.Refactor {
		_ = o.fold("  ~ ", c.After)
		return
	}
	if c.Before != "" {
		_ = o.painted(red, "  - ", c.Before)
	}
	if c.After != "" {
		_ = o.painted(green, "  + ", c.After)
	}
}
