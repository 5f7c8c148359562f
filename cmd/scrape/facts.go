package main

import (
	"slices"
	"strings"
	"time"

	"newsarchive/page"
)

// beside returns the agencies that are not authors as well, as one is that signs alone.
func beside(agencies, authors []string) []string {
	return slices.DeleteFunc(slices.Clone(agencies), func(a string) bool { return slices.Contains(authors, a) })
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
	add(strings.Join(beside(r.Agencies, r.Authors), ", "))
	add(or(r.SiteName, r.Site))
	add(published(r))
	add(r.Language)
	if r.WordCount > 0 {
		add(count(r.WordCount, "word"))
	}
	add(map[string]string{"full": "free to read", "preview": "preview only", "gate": "behind a gate"}[r.Access])
	return parts
}

// published is the time of publication, as far as it is known; "" if it is not.
func published(r page.Row) string {
	if r.PublishedAt == nil {
		return ""
	}
	layout := time.DateOnly + " 15:04 UTC"
	switch {
	case slices.Contains([]string{"year", "month", "day"}, r.PublishedPrecision):
		layout = dayLayout(r)
	case slices.Contains(r.Warnings, "published_offset_assumed"):
		layout = time.DateOnly + " 15:04, zone unknown"
	}
	return r.PublishedAt.UTC().Format(layout)
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
