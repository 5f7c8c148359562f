package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/extract"
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

// archivedPages returns, for each rule, the newest rows of its hosts.
func (t *ruleTester) archivedPages(sites []*selectors.Site) ([][]page.Row, error) {
	rows := make([][]page.Row, len(sites))
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
		for _, s := range rules.SitesFor(u.Host, u.RequestURI(), row.FetchedAt) {
			if i := slices.Index(sites, s); i >= 0 {
				if rows[i] = append(rows[i], row); len(rows[i]) > t.last {
					rows[i] = rows[i][1:]
				}
			}
		}
	}
	return rows, nil
}

// rule runs one rule on its tests, then on archived pages.
func (t *ruleTester) rule(s *selectors.Site, rows []page.Row) error {
	x := extract.New(extract.Options{Rules: selectors.Default().WithSites(s)})
	for _, test := range s.Tests {
		wrong := t.test(x, s, test)
		if len(wrong) > 0 {
			t.failed++
		} else {
			t.passed++
		}
		if err := t.tell(s, test.URL, wrong); err != nil {
			return err
		}
	}
	return t.archivedRun(x, s, rows)
}

// test returns what is wrong with a rule's reading of a page that it is known to read.
func (t *ruleTester) test(x *extract.Extractor, s *selectors.Site, test selectors.Test) (wrong []string) {
	c, err := t.pageOf(s, test)
	if err != nil {
		return []string{err.Error()}
	}
	r, trace := x.Explain(c)
	switch {
	case len(trace.Rules) == 0:
		wrong = append(wrong, "the rule is not asked about this page (hosts, paths, days)")
	case !trace.Rules[0].Taken:
		wrong = append(wrong, "set aside: "+trace.Rules[0].Reason)
	}
	if test.Title != "" && r.Row.Title != test.Title {
		wrong = append(wrong, fmt.Sprintf("title is %q, not %q", r.Row.Title, test.Title))
	}
	text := strings.Join(strings.Fields(r.Row.Text), " ")
	for _, phrase := range test.Contains {
		if !strings.Contains(text, strings.Join(strings.Fields(phrase), " ")) {
			wrong = append(wrong, fmt.Sprintf("the text lacks %q", phrase))
		}
	}
	for _, phrase := range test.Absent {
		if strings.Contains(text, strings.Join(strings.Fields(phrase), " ")) {
			wrong = append(wrong, fmt.Sprintf("the text holds %q", phrase))
		}
	}
	return wrong
}

// pageOf finds the page of a test.
func (t *ruleTester) pageOf(s *selectors.Site, test selectors.Test) (*page.Capture, error) {
	if test.File != "" {
		return t.captureFile(filepath.Join(filepath.Dir(filepath.FromSlash(s.File)), filepath.FromSlash(test.File)), test.URL)
	}
	if t.store == nil {
		return nil, fmt.Errorf("no page: there is no archive at %s and the test names no file", t.archiveDir)
	}
	row, err := t.store.Row(test.URL)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, errors.New("no page: capture it with scrape get, or name a file")
	}
	if err != nil {
		return nil, err
	}
	return t.store.Capture(row)
}

func (t *ruleTester) tell(s *selectors.Site, address string, wrong []string) error {
	if t.json {
		return t.out.line(testEvent{Type: "rule_test", Rule: s.Name, File: s.File, Line: s.Line, URL: address, Pass: len(wrong) == 0, Wrong: append([]string{}, wrong...)})
	}
	st, verdict := green, "pass  "
	if len(wrong) > 0 {
		st, verdict = red, "FAIL  "
	}
	_ = t.out.foldIn(st, verdict, page.Printable(pad(s.Name, 24)+"  "+address, 300)) // flush has the error
	for _, w := range wrong {
		_ = t.out.fold("      ", page.Printable(w, 300))
	}
	return t.out.flush()
}

// archivedRun runs a rule on archived pages and compares with the general result.
func (t *ruleTester) archivedRun(x *extract.Extractor, s *selectors.Site, rows []page.Row) error {
	if len(rows) == 0 {
		return nil
	}
	plain := extract.New(extract.Options{})
	taken, words, general := 0, 0, 0
	aside := map[string]int{}
	for _, row := range rows {
		c, err := t.store.Capture(row)
		if err != nil {
			return err
		}
		t.pages++
		r, trace := x.Explain(c)
		words += r.Row.WordCount
		general += plain.Extract(c).Row.WordCount
		if len(trace.Rules) > 0 && trace.Rules[0].Taken {
			taken++
		} else if len(trace.Rules) > 0 {
			aside[trace.Rules[0].Reason]++
		}
	}
	if t.json {
		return t.out.line(runEvent{Type: "rule_run", Rule: s.Name, File: s.File, Line: s.Line, Pages: len(rows), Taken: taken,
			SetAside: aside, Words: words, WordsGeneral: general})
	}
	_ = t.out.fold("      ", fmt.Sprintf("%s  taken on %d of %s; %s, %d without the rule", pad(s.Name, 24), taken, count(len(rows), "archived page"), count(words, "word"), general))
	for _, why := range slices.Sorted(keysOf(aside)) {
		_ = t.out.fold("      ", fmt.Sprintf("set aside on %d: %s", aside[why], page.Printable(why, 300)))
	}
	return t.out.flush()
}
