package extract

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsarchive/page"
	"newsarchive/selectors"
)

// ruled reads markup at https://news.example/a/1 with one rule for news.example.
func ruled(t *testing.T, markup string, rules ...string) page.Row {
	t.Helper()
	r := selectors.Default()
	for _, rule := range rules {
		sites, err := selectors.LoadSites(selectors.User, "rule.yaml", []byte("sites:\n  - hosts: news.example\n"+rule))
		if err != nil {
			t.Fatal(err)
		}
		r = r.WithSites(sites...)
	}
	ex := page.Exchange{URL: "https://news.example/a/1", Status: 200, Start: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
		Header: page.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(markup)}
	return New(Options{Rules: r}).Extract(&page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}).Row
}

// gates is a page whose general reading has a box in the text and a line behind it.
const gates = `<html lang="en"><head><title>Ferry gates open again</title></head><body>
<h1>Ferry gates open again</h1><p class="sig">Words: Dora Finch</p><p class="stamp">Made on 3 November 2026</p>
<div class="related"><div class="x7">
<p>The gates of the ferry opened again on Monday morning, four weeks after the storm had torn them from their hinges.</p>
<p>The harbour master opened them by hand, because the motor is still in the workshop across the bay.</p>
<div class="x9"><p>Our readers have sent in more than four hundred photographs of the storm, which we have printed in a book.</p></div>
<p>The first passenger was a dog on its way to the island, where it is known to have an arrangement with the butcher.</p>
<p>Regular service begins on Thursday, with two boats in the morning and one in the evening, if the wind allows.</p>
</div><p class="tail">Shoppers had feared for the winter timetable, and so had the bakers.</p></div>
<div class="wall">Members of the ferry club: your area</div></body></html>`

func TestSiteRules(t *testing.T) {
	const book, dog, feared = "printed in a book", "first passenger was a dog", "had feared"
	for _, tt := range []struct {
		name, rule     string
		contains       []string
		absent         []string
		source         string
		title, outcome string
		warned         bool
	}{
		{name: "content in a container of a bad name", rule: "    content: .x7\n", contains: []string{dog, book}, absent: []string{feared}, source: "rule:news.example"},
		{name: "removed", rule: "    content: .x7\n    remove: .x9\n", contains: []string{dog}, absent: []string{book}, source: "rule:news.example"},
		{name: "XPath", rule: "    content: //div[@class='x7']\n    remove: //div[@class='x9']\n", contains: []string{dog}, absent: []string{book}, source: "rule:news.example"},
		{name: "the first content that finds something", rule: "    content: [.gone, .x7, body]\n", contains: []string{dog}, absent: []string{feared}, source: "rule:news.example"},
		{name: "another path", rule: "    paths: /b/\n    content: .x9\n", contains: []string{dog}, source: "plain"},
		{name: "a layout that has ended", rule: "    until: 2025-12-31\n    content: .x9\n", contains: []string{dog}, source: "plain"},
		{name: "the gate: too little text", rule: "    content: .x9\n", contains: []string{dog}, source: "plain", warned: true},
		{name: "the gate: nothing found", rule: "    content: .x8\n", contains: []string{dog}, source: "plain", warned: true},
		{name: "the gate: all removed", rule: "    remove: p\n", contains: []string{dog}, source: "plain", warned: true},
		{name: "the gate: no title", rule: "    content: .x7\n    fields: {title: h6}\n", contains: []string{dog}, source: "plain", warned: true},
		{name: "title", rule: "    fields: {title: title}\n", source: "plain", title: "rule:news.example"},
		{name: "paywall", rule: "    paywall: .wall\n", source: "plain", outcome: "paywalled"},
		{name: "no paywall", rule: "    paywall: .moat\n", source: "plain"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			row := ruled(t, gates, tt.rule)
			for _, s := range tt.contains {
				if !strings.Contains(row.Text, s) {
					t.Errorf("text lacks %q:\n%s", s, row.Text)
				}
			}
			for _, s := range tt.absent {
				if strings.Contains(row.Text, s) {
					t.Errorf("text holds %q:\n%s", s, row.Text)
				}
			}
			if plain := ruled(t, gates); tt.source == "plain" && (row.Text != plain.Text || row.TextSource != plain.TextSource) {
				t.Errorf("the text (%s) is not that without a rule (%s)", row.TextSource, plain.TextSource)
			} else if tt.source != "plain" && row.TextSource != tt.source {
				t.Errorf("text_source is %q, want %q", row.TextSource, tt.source)
			}
			if got := slices.Contains(row.Warnings, "rule_set_aside"); got != tt.warned {
				t.Errorf("warnings %q, want rule_set_aside: %v", row.Warnings, tt.warned)
			}
			if tt.title != "" && row.TitleSource != tt.title {
				t.Errorf("title_source is %q, want %q", row.TitleSource, tt.title)
			}
			if want := page.Outcome(tt.outcome); want != "" && row.Outcome != want || want == "" && row.Outcome != page.OK {
				t.Errorf("outcome is %q, want %q", row.Outcome, tt.outcome)
			}
		})
	}
}

func TestFieldsOfSiteRules(t *testing.T) {
	row := ruled(t, gates, `    fields:
      authors: .sig
      published: .stamp
      section: html::attr(lang)
      lead: .tail
      tags: substring-before(//h1, ' gates')
      language: .wall
    match:
      authors: "^Words: (.+)$"
      published: "on (.*)"
`)
	if !slices.Equal(row.Authors, page.Lines{"Dora Finch"}) || row.AuthorsSource != "rule:news.example" {
		t.Errorf("authors %q of %s", row.Authors, row.AuthorsSource)
	}
	if row.PublishedAt == nil || row.PublishedAt.Format(time.DateOnly) != "2026-11-03" || row.PublishedPrecision != "day" || slices.Contains(row.Warnings, "published_missing") {
		t.Errorf("published %v (%s), warnings %q", row.PublishedAt, row.PublishedPrecision, row.Warnings)
	}
	if row.Section != "en" || !slices.Equal(row.Tags, page.Lines{"Ferry"}) || !strings.HasPrefix(row.Lead, "Shoppers had feared") || row.LeadSource != "rule:news.example" {
		t.Errorf("section %q, tags %q, lead %q of %s", row.Section, row.Tags, row.Lead, row.LeadSource)
	}
	if row.Language != "en" || row.LanguageSource != "html:lang" {
		t.Errorf("language %q of %s, though the rule finds none", row.Language, row.LanguageSource)
	}
}

// TestTheNextRuleIsAsked has a rule that is set aside before one that is right.
func TestTheNextRuleIsAsked(t *testing.T) {
	row := ruled(t, gates, "    content: .x8\n", "    content: .x7\n    remove: .x9\n")
	if row.TextSource != "rule:news.example" || strings.Contains(row.Text, "printed in a book") || !slices.Contains(row.Warnings, "rule_set_aside") {
		t.Errorf("text of %s, warnings %q:\n%s", row.TextSource, row.Warnings, row.Text)
	}
}
