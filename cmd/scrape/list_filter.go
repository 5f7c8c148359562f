package main

import (
	"slices"
	"strings"

	"newsarchive/archive"
	"newsarchive/page"
)

// filterQuery reads the filters of a list.
func filterQuery(args []string) (archive.Query, error) {
	q, err := archive.ParseQuery(strings.Join(args, " "))
	if err != nil {
		return q, coded{exitUsage, err}
	}
	if words := slices.Concat(q.Terms, q.Without); len(words) > 0 {
		return q, usagef("list takes filters such as site:news.example, and %q is a word; scrape search finds words", words[0])
	}
	return q, nil
}

// narrow leaves those of the outcomes of a query that --outcome names.
func narrow(q *archive.Query, names []string) error {
	if len(names) == 0 {
		return nil
	}
	wanted, err := archive.ParseOutcomes(names...)
	if err != nil {
		return coded{exitUsage, err}
	}
	if q.Outcomes != nil {
		wanted = slices.DeleteFunc(wanted, func(o page.Outcome) bool { return !slices.Contains(q.Outcomes, o) })
	}
	q.Outcomes = wanted
	return nil
}
