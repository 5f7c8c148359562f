package main

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/page"
	"newsarchive/selectors"
)

func (a *app) rulesTestCommand() *cobra.Command {
	var last int
	cmd := &cobra.Command{
		Use:   "test [HOST|FILE]…",
		Short: "Run rules on their own tests and on archived pages, offline",
		Long: `test runs each rule on the pages of its tests (a file beside the rule, or else the newest
capture in the archive) and on the newest archived pages of its hosts. Rules that were
imported are tested where they are named. Exit code 3 means that a test failed or had no
page, 4 that there was nothing to run.`,
		Example: `  scrape rules test
  scrape rules test rules/news.example.yaml --last 50`,
		RunE: func(_ *cobra.Command, args []string) error { return a.rulesTest(args, last) },
	}
	cmd.Flags().IntVar(&last, "last", 20, "archived pages a rule is run on")
	return cmd
}

// A ruleTester runs rules, each alone, and counts.
type ruleTester struct {
	*app
	last                  int
	store                 *archive.Reader // nil if there is no archive
	passed, failed, pages int
}

func (a *app) rulesTest(args []string, last int) error {
	sites, err := a.chosenRules(args)
	if err != nil {
		return err
	}
	t := &ruleTester{app: a, last: last}
	if t.store, err = archive.OpenReader(a.archiveDir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if t.store != nil {
		defer t.store.Close()
	}
	rows, err := t.archivedPages(sites)
	if err != nil {
		return err
	}
	for i, s := range sites {
		if err := t.rule(s, rows[i]); err != nil {
			return err
		}
	}
	return t.sum(len(sites))
}

func (t *ruleTester) sum(rules int) error {
	if t.json {
		if err := t.out.line(rulesSummary{Type: "summary", Rules: rules, Passed: t.passed, Failed: t.failed, Pages: t.pages}); err != nil {
			return err
		}
	}
	t.say("%s: %s passed, %d failed; %s read", count(rules, "rule"), count(t.passed, "test"), t.failed, count(t.pages, "archived page"))
	switch {
	case t.failed > 0:
		return saidCode(exitPartial)
	case t.passed+t.pages == 0:
		t.say("nothing to run: give the rules tests, or capture pages of their hosts")
		return saidCode(exitNoArticle)
	}
	return nil
}

// chosenRules returns the rules in the files and for the hosts that are named; all but
// the imported ones if none is.
func (a *app) chosenRules(args []string) (chosen []*selectors.Site, err error) {
	rules, err := a.rules()
	if err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return slices.DeleteFunc(rules.Sites(), func(s *selectors.Site) bool { return s.Layer == selectors.Imported }), nil
	}
	for _, arg := range args {
		found := rules.Candidates(arg)
		if data, err := os.ReadFile(arg); err == nil {
			if found, err = selectors.LoadSites(selectors.User, filepath.ToSlash(arg), data); err != nil {
				return nil, coded{exitUsage, err}
			}
		}
		if len(found) == 0 {
			return nil, usagef("%s is neither a file of rules nor a host that has one", page.Printable(arg, 200))
		}
		chosen = append(chosen, found...)
	}
	return chosen, nil
}

// archivedPages returns, for each rule, the newest rows of its hosts: those with an
// article, and only where these are too few others, which say little about a rule.
func (t *ruleTester) archivedPages(sites []*selectors.Site) ([][]page.Row, error) {
	rows, others := make([][]page.Row, len(sites)), make([][]page.Row, len(sites))
	if t.store == nil || len(sites) == 0 {
		return rows, nil
	}
	rules := selectors.Default().WithSites(sites...)
	for row, err := range t.store.Latest() {
		if err != nil {
			return nil, err
		}
		u, err := url.Parse(row.URL)
		if err != nil {
			continue
		}
		into := others
		if row.Outcome.HasArticle() {
			into = rows
		}
		for _, s := range rules.SitesFor(u.Host, u.RequestURI(), row.FetchedAt) {
			if i := slices.Index(sites, s); i >= 0 {
				into[i] = newest(append(into[i], row), t.last)
			}
		}
	}
	for i := range rows {
		rows[i] = append(newest(others[i], t.last-len(rows[i])), rows[i]...)
	}
	return rows, nil
}

// newest are the last n of rows.
func newest(rows []page.Row, n int) []page.Row { return rows[max(0, len(rows)-max(0, n)):] }
