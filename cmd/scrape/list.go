package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/internal/bucket"
	"newsarchive/internal/report"
	"newsarchive/page"
)

func (a *app) listCommand() *cobra.Command {
	var outcomes []string
	var every, duplicates bool
	var format string
	var limit int
	cmd := &cobra.Command{
		Use:   "list [FILTER…]",
		Short: "List what the archive holds",
		Long: `list prints the newest version of each page in the archive, the newest article first: by
the day of publication, or of the visit where a page names none. Pages that gave no article
come last. Filters are those of scrape search: site:, section:, tag:, title:, author:, lang:,
outcome:, since: and until:. The exit code is 4 where no page holds them.
An article whose address has answered 404, 410 or 451 since is marked "gone", with the day.

With --duplicates it prints the articles that have the same text at several addresses,
or nearly the same: the earliest first, below it its copies. "wire" stands where several
sites have it and one of them names an agency. Nothing is ever left out because of it.`,
		Example: `  scrape list --limit 20
  scrape list --outcome paywalled,blocked
  scrape list site:news.example section:politics since:2026-11
  scrape list --duplicates
  scrape list -f json | jq -r 'select(.outcome=="ok") | .title'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 0 {
				return usagef("--limit is %d; it must be 1 or more, or 0 for all", limit)
			}
			q, err := filterQuery(args)
			if err == nil {
				err = narrow(&q, outcomes)
			}
			if err != nil {
				return err
			}
			o := archive.ListOptions{Query: q, Versions: every, Limit: limit}
			if duplicates {
				return a.listDuplicates(cmd.Context(), o, format)
			}
			return a.list(cmd.Context(), o, len(args) > 0, format)
		},
	}
	cmd.Flags().StringSliceVar(&outcomes, "outcome", nil, "only these outcomes; !ok means all but ok")
	cmd.Flags().StringVarP(&format, "format", "f", "", "json prints whole rows (default: a table)")
	cmd.Flags().IntVar(&limit, "limit", 0, "rows at most; 0 for all")
	cmd.Flags().BoolVar(&every, "versions", false, "every version, not only the newest")
	cmd.Flags().BoolVar(&duplicates, "duplicates", false, "only articles whose text others have too, or nearly, each after the earliest one")
	return cmd
}

func (a *app) list(ctx context.Context, o archive.ListOptions, filtered bool, format string) error {
	if format != "" && format != "json" {
		return usagef("--format of a list is json, not %q", format)
	}
	r, err := a.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	if !bucket.Is(a.archiveDir) {
		_ = archive.UpdateCatalog(ctx, a.archiveDir) // what it lacks is read without it
	}
	if o.Mark, err = a.marks(ctx, r, format); err != nil {
		return err
	}
	fates := a.fatesFrom(r)
	n, seen, lost := 0, map[page.Outcome]int{}, losses{}
	for row, err := range r.List(ctx, o) {
		if lost.met(err) {
			continue
		}
		if err == nil {
			n++
			seen[row.Outcome]++
			err = a.listed(row, fates.of(row), o.Versions, format)
		}
		if err != nil {
			return err
		}
	}
	lacking := rowless{counts: map[page.Outcome]int{}}
	if o.Query.ByOutcome() && (o.Limit == 0 || n < o.Limit) {
		lacking = rowlessOf(r, o.Query.Outcomes, seen)
	}
	if a.json {
		err = a.out.line(map[string]any{"type": "summary", "rows": n, "without_row": lacking.counts})
	} else if lost.n > 0 && n == 0 {
		err = a.out.flush()
	} else if err = a.out.flush(); err == nil && n == 0 && filtered && len(lacking.counts) == 0 {
		a.sayNothing(ctx, r, o.Query)
	} else if err == nil {
		a.sayListed(n, o.Query.Outcomes != nil, format, lacking)
	}
	if err == nil && n == 0 && (filtered || o.Query.Outcomes != nil && len(lacking.counts) == 0) {
		err = saidCode(exitNoArticle)
	}
	return lost.leaves(a, err)
}

// sayListed tells what a list lacks, and what to do about an empty one.
func (a *app) sayListed(n int, chosen bool, format string, lacking rowless) {
	switch {
	case len(lacking.counts) > 0:
		a.say("without a row, as the run %s counted: %s; see scrape report%s, scrape why URL", lacking.run, strings.Join(report.Outcomes(lacking.counts), ", "), a.archiveFlag())
	case n == 0 && chosen && format == "":
		a.say("nothing here ended so; scrape stats%s counts what did", a.archiveFlag())
	case n == 0 && format == "":
		a.say("nothing here; capture a page: scrape get URL%s", a.archiveFlag())
	}
}

// rowless are the outcomes that a run counted and that left no row: nothing was asked
// for, or nothing answered.
type rowless struct {
	run    string
	counts map[page.Outcome]int // never nil
}

// rowlessOf looks at the newest run that counted some of the wanted outcomes. Runs before
// the newest count only for outcomes that never leave a row: the rows of others may have
// been followed by better ones.
func rowlessOf(r *archive.Reader, wanted []page.Outcome, seen map[page.Outcome]int) rowless {
	l := rowless{counts: map[page.Outcome]int{}}
	ids, err := r.Runs()
	if err != nil {
		return l // no run has left an account
	}
	for i, id := range slices.Backward(ids) {
		account, err := accountOf(r, id)
		if err != nil {
			continue // scrape report says why
		}
		for o, n := range account.Outcomes {
			if n > 0 && o != page.Unchanged && slices.Contains(wanted, o) && seen[o] == 0 && (i == len(ids)-1 || unanswered(o)) {
				l.counts[o] = n
			}
		}
		if len(l.counts) > 0 || !slices.ContainsFunc(wanted, unanswered) {
			l.run = id
			break
		}
	}
	return l
}

// unanswered reports an outcome of visits without an answer, which never leave a row.
func unanswered(o page.Outcome) bool {
	return o == page.RobotsDenied || o == page.UnsafeAddress || o == page.NetworkError
}
