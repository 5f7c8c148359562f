package extract

import (
	"strings"
	"testing"

	"newsarchive/page"
)

// TestDatesOfPagesThatAreNoArticles: a card on a section page dates its story, not the page.
func TestDatesOfPagesThatAreNoArticles(t *testing.T) {
	card := `<article><h2><a href=/s/1>Mill may open again next year</a></h2><time datetime=2026-11-20T10:00:00Z>20 November</time><p>A few words of it.</p></article>`
	for _, tt := range []struct{ name, head, want string }{
		{"of a card", "", ""},
		{"declared", `<meta property="article:published_time" content="2026-11-19">`, "2026-11-19"},
	} {
		row := New(Options{}).HTML([]byte(`<title>World</title>`+tt.head+`<meta property=og:type content=website><h1>World</h1>`+strings.Repeat(card, 24)), "https://news.example/world").Row
		got := ""
		if row.PublishedAt != nil {
			got = row.PublishedAt.Format("2006-01-02")
		}
		if row.Outcome != page.NotArticle || got != tt.want || has(row.Warnings, "published_missing") != (tt.want == "") {
			t.Errorf("%s: %s, published %q, warnings %q, want %q", tt.name, row.Outcome, got, row.Warnings, tt.want)
		}
	}
}
