package archive

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"newsarchive/page"
)

// TestWhatAFailureBecameCountsOnce: a page that failed, and that names another canonical
// address where it is read, is one page, whichever came first.
func TestWhatAFailureBecameCountsOnce(t *testing.T) {
	const story, canonical = "https://news.example/story", "https://news.example/2026/bridge"
	failure := func(o page.Outcome) page.Row { return page.Row{URL: story, URLCanonical: story, Outcome: o} }
	article := page.Row{URL: story, URLCanonical: canonical, Outcome: page.OK, Text: "Bridge"}
	own := page.Row{URL: story, URLCanonical: story, Outcome: page.OK, Text: "A page of its own"}
	list := page.Row{URL: story, URLCanonical: story, Outcome: page.NotArticle}
	for _, tt := range []struct {
		name string
		rows []page.Row
		want []string // outcome and canonical address of each page
	}{
		{"failed first", []page.Row{failure(page.HTTPError), article}, []string{"ok " + canonical}},
		{"failed later", []page.Row{article, failure(page.HTTPError)}, []string{"ok " + canonical}},
		{"failed twice", []page.Row{failure(page.HTTPError), article, failure(page.Blocked)}, []string{"ok " + canonical}},
		{"an article of its own then", []page.Row{failure(page.HTTPError), article, own}, []string{"ok " + canonical, "ok " + story}},
		{"asked for, and led elsewhere", []page.Row{failure(page.HTTPError), {URLRequested: story, URL: canonical, URLCanonical: canonical, Outcome: page.OK, Text: "Bridge"}}, []string{"ok " + canonical}},
		{"a list, which has not failed", []page.Row{list, article}, []string{"not_article " + story, "ok " + canonical}},
		{"another page", []page.Row{{URL: story + "/2", URLCanonical: story + "/2", Outcome: page.HTTPError}, article}, []string{"http_error " + story + "/2", "ok " + canonical}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, row := range tt.rows { // each in a segment of its own
				a := opened(t, dir, Options{})
				ex := html(t, story, "<p>"+string(row.Outcome)+row.Text)
				put(t, a, &page.Capture{Requested: story, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: row})
				closed(t, a)
			}
			pages := func(rd *Reader) (list []string) {
				for _, row := range collected(t, rd.List(t.Context(), ListOptions{})) {
					list = append(list, string(row.Outcome)+" "+row.URLCanonical)
				}
				slices.Sort(list)
				return list
			}
			equal(t, pages(reader(t, dir)), tt.want...)
			stats, err := reader(t, dir).Stats(t.Context())
			if err != nil || stats.Articles != len(tt.want) || stats.Versions != len(tt.rows) {
				t.Errorf("%d articles, %d versions, %v", stats.Articles, stats.Versions, err)
			}
			a := opened(t, dir, Options{})
			if _, err := a.Reindex(t.Context()); err != nil {
				t.Fatal(err)
			}
			closed(t, a)
			equal(t, pages(reader(t, dir)), tt.want...)
			if err := os.RemoveAll(filepath.Join(dir, cacheFolder)); err != nil {
				t.Fatal(err)
			}
			equal(t, pages(reader(t, dir)), tt.want...) // without the catalog
		})
	}
}

// TestAFailureThatBecameAnArticleIsStillKnown to the writer: the same failure makes no
// version again.
func TestAFailureThatBecameAnArticleIsStillKnown(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		a := opened(t, dir, Options{})
		for _, row := range []page.Row{{URLCanonical: "https://news.example/b", Outcome: page.OK, Text: "Bridge"}, {Outcome: page.HTTPError}} {
			ex := html(t, "https://news.example/a", "<p>"+row.Text)
			put(t, a, &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: row})
		}
		closed(t, a)
	}
	if got := rows(t, dir); len(got) != 2 {
		t.Errorf("rows %q", got)
	}
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
}
