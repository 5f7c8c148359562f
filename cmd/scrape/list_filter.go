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
