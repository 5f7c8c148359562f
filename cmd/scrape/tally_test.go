package main

import (
	"io"
	"testing"
	"time"

	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// TestFaultPastTheListedFailuresStillCounts: the report lists so many failures
// and no more, but the exit code knows of all.
func TestFaultPastTheListedFailuresStillCounts(t *testing.T) {
	var run tally
	it := frontier.Item{URL: "https://news.example/gone"}
	run.start(newApp(nil, io.Discard, io.Discard), time.Now())
	for range maxFailures {
		run.count(crawl.Visit{Item: it, Row: page.Row{Outcome: page.HTTPError, HTTPStatus: 404}})
	}
	if run.broken() || run.sites["news.example"].Failed != 0 {
		t.Error("pages that are gone count as faults")
	}
	run.count(crawl.Visit{Item: it, Row: page.Row{Outcome: page.HTTPError, HTTPStatus: 503}})
	if !run.broken() || run.sites["news.example"].Failed != 1 {
		t.Error("a fault after the last listed failure does not count")
	}
}
