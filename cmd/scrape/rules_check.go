package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/page"
	"newsarchive/selectors"
)

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
