package extract

import (
	"slices"
	"strings"
	"testing"

	"newsarchive/page"
)

// TestEndlessAnswersAreReadToAnEighth: what was longer than answers may be costs a
// part of what a whole page of that length may, and is still read.
func TestEndlessAnswersAreReadToAnEighth(t *testing.T) {
	story := "<h1>Ferry sails again</h1>" + strings.Repeat("<p>The ferry to the island sails again after a winter in dock.</p>", 40)
	body := []byte("<!DOCTYPE html><article>" + story + strings.Repeat(`<p>more <a href="/x">and more</a></p>`, 12_000))
	for _, tt := range []struct {
		truncated string
		outcome   page.Outcome
		bounded   bool
	}{{"", page.OK, false}, {"length", page.Partial, true}} {
		ex := page.Exchange{URL: "https://news.example/ferry", Status: 200, Body: body, Truncated: tt.truncated}
		c := &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}
		d, err := newDocument(c)
		if err != nil {
			t.Fatal(err)
		}
		if (d.truncated == "nodes") != tt.bounded {
			t.Errorf("truncated %q: the tree is bounded by %q", tt.truncated, d.truncated)
		}
		row := New(Options{}).Extract(c).Row
		if row.Outcome != tt.outcome || !strings.Contains(row.Text, "winter in dock") || slices.Contains(row.Warnings, "truncated_length") != tt.bounded {
			t.Errorf("truncated %q: outcome %s, %d bytes of text, warnings %q", tt.truncated, row.Outcome, len(row.Text), row.Warnings)
		}
	}
}
