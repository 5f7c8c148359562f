package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsarchive/page"
)

// library makes an archive of a few stories in two runs.
func library(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	day := func(s string) *time.Time {
		d, err := time.Parse("2006-01-02", s)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	runs := [][]page.Row{{
		{URLCanonical: "https://news.example/ferry", Site: "news.example", Title: "Ferry out of service", Text: "The ferry is out of service until Monday.", Language: "en", Authors: page.Lines{"Ana Ruiz"}, PublishedAt: day("2026-11-01"), Section: "Transport", Tags: page.Lines{"Harbour", "Delays"}},
		{URLCanonical: "https://news.example/cafe", Site: "news.example", Title: "The café closes", Text: "After forty years the café on the quay closes. Regulars wept.", Language: "en-GB", Authors: page.Lines{"Ben Öst", "Fionn O’Brien"}, PublishedAt: day("2026-11-20"), Section: "Économie", Tags: page.Lines{"Café culture", "Harbour"}},
		{URLCanonical: "https://shimbun.example/1", Site: "shimbun.example", Title: "東京の天気", Text: "東京では明日雨が降る。", Language: "ja", PublishedAt: day("2026-10-31")},
		{URLCanonical: "https://blocked.example/x", Site: "blocked.example", Title: "Just a moment", Outcome: page.Blocked},
	}, {
		{URLCanonical: "https://news.example/ferry", Site: "news.example", Title: "Ferry back in service", Text: "The ferry sails again.", Language: "en", Authors: page.Lines{"Ana Ruiz"}, PublishedAt: day("2026-11-01"), Section: "Transport", Tags: page.Lines{"Harbour"}},
	}}
	for _, list := range runs {
		a := opened(t, dir, Options{})
		for _, r := range list {
			if r.Outcome == "" {
				r.Outcome = page.OK
			}
			ex := html(t, r.URLCanonical, "<p>"+r.Text)
			put(t, a, &page.Capture{Requested: ex.URL + "?utm_source=x", Exchanges: []page.Exchange{ex}}, &page.Reading{Row: r})
		}
		closed(t, a)
	}
	return dir
}

// A list of articles is short and full of the words of its subject: it comes after them.
func TestArticlesComeBeforeLists(t *testing.T) {
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	for path, r := range map[string]page.Row{
		"list":  {Title: "Ferry", Text: "Ferry. Ferry.", Outcome: page.NotArticle},
		"story": {Title: "The harbour in winter", Text: "After forty years on the quay the last boat, a ferry, is out of service until Monday.", Outcome: page.OK},
	} {
		r.URLCanonical = "https://news.example/" + path
		ex := html(t, r.URLCanonical, "<p>"+r.Text)
		put(t, a, &page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: r})
	}
	closed(t, a)
	if got := search(t, reader(t, dir), "ferry"); !slices.Equal(got, []string{"story", "list"}) {
		t.Errorf("found %q", got)
	}
}

// search tells what is found: the last part of each address.
func search(t testing.TB, rd *Reader, query string) (found []string) {
	t.Helper()
	q, err := ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	for h, err := range rd.Search(t.Context(), q, 10) {
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		found = append(found, h.Row.URLCanonical[strings.LastIndexByte(h.Row.URLCanonical, '/')+1:])
	}
	return found
}

func TestSearch(t *testing.T) {
	rd := reader(t, library(t))
	for _, tt := range []struct {
		query string
		want  []string
	}{
		{"ferry", []string{"ferry"}},
		{"FERRY sails", []string{"ferry"}},
		{`"ferry sails"`, []string{"ferry"}},
		{`"sails ferry"`, nil},
		{"monday", nil}, // only in an older version
		{"cafe", []string{"cafe"}},
		{"café -ferry", []string{"cafe"}},
		{"-ferry site:news.example", []string{"cafe"}},
		{"reg*", []string{"cafe"}},
		{"reg", nil},
		{"東京", []string{"1"}},
		{"京東", nil},
		{"雨", []string{"1"}},
		{"天気 雨", []string{"1"}},
		{"lang:en", []string{"cafe", "ferry"}},
		{"lang:en-gb", []string{"cafe"}},
		{"author:ruiz", []string{"ferry"}},
		{`author:"ana ruiz"`, []string{"ferry"}},
		{"author:öst", []string{"cafe"}},
		{"outcome:blocked", []string{"x"}},
		{"until:2026-10", []string{"1"}},
		{"since:2026-11-02 outcome:ok", []string{"cafe"}},
		{"since:2026-11-01 until:2026-11-01", []string{"ferry"}},
		{"site:example", nil},
		{"title:ferry", []string{"ferry"}},
		{"title:quay", nil}, // stands in the text
		{"title:FERR*", []string{"ferry"}},
		{`title:"back in" title:service`, []string{"ferry"}},
		{`title:"in back"`, nil},
		{"title:天気", []string{"1"}},
		{"title:ferry sails", []string{"ferry"}},
		{"title:ferry quay", nil},
		{"tag:harbour", []string{"cafe", "ferry"}},
		{`tag:"cafe  CULTURE"`, []string{"cafe"}},
		{"tag:cafe", nil}, // a part of one
		{"tag:cafe*", []string{"cafe"}},
		{"tag:delays", nil}, // of an older version
		{"tag:harbour tag:cafe*", []string{"cafe"}},
		{"section:transport", []string{"ferry"}},
		{"section:economie tag:harbour lang:en", []string{"cafe"}},
		{"section:harbour", nil}, // a tag
		{"service tag:harbour section:transport", []string{"ferry"}},
		{"", []string{"cafe", "ferry", "1", "x"}}, // what failed is newer, and last
		{`"; drop table words; --"`, nil},
		{"NEAR(", nil},
		{`"title:ferry"`, nil}, // words with a colon between
		{"author:o'brien", []string{"cafe"}},
		{"author:O’Brien outcome:ok", []string{"cafe"}},
	} {
		if got := search(t, rd, tt.query); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.query, got, tt.want)
		}
	}
	for _, bad := range []string{"€", "* - +++", `title:"€"`, `ferry "out of`, "since:yesterday", "site:", "outcome:good", "until:2026-13", "autor:ruiz", "rubric:transport", "foo:bar", "site:a.example site:b.example", "ferry -site:a.example", "tag:"} {
		if _, err := ParseQuery(bad); err == nil {
			t.Errorf("ParseQuery(%q) gave no error", bad)
		}
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("nothing to see here ", 30)
	for _, tt := range []struct{ text, term, begins, has string }{
		{"The café closes.", "cafe", "The café closes.", ""},
		{long + "the Café closes " + long, "cafe", "… ", "the Café closes"},
		{long, "absent", "nothing to see", " …"},
		{"", "x", "", ""},
		{strings.Repeat("東京", 300), "京", "東京", "…"},
	} {
		got := snippet(&page.Row{Text: tt.text}, []string{tt.term})
		if !strings.HasPrefix(got, tt.begins) || !strings.Contains(got, tt.has) || len([]rune(got)) > snippetLength+5 {
			t.Errorf("snippet of %.20q for %q: %q", tt.text, tt.term, got)
		}
	}
}

// answers gathers what a Reader says.
func answers(t testing.TB, dir string) (list []any) {
	t.Helper()
	rd := reader(t, dir)
	for row, err := range rd.Latest() {
		list = append(list, row, err)
	}
	for _, key := range []string{"https://news.example/ferry", "https://news.example/ferry?utm_source=x", ID("https://news.example/cafe")[:8], "https://none.example/", "a"} {
		row, err := rd.Row(key)
		list = append(list, row, fmt.Sprint(err))
	}
	for row, err := range rd.Versions(ID("https://news.example/ferry")) {
		list = append(list, row.Version, err)
	}
	return list
}

func TestTheCatalogChangesNoAnswer(t *testing.T) {
	dir := library(t)
	with := answers(t, dir)
	if _, err := reader(t, dir).catalog(); err != nil {
		t.Fatal(err)
	}
	found, stats := search(t, reader(t, dir), "lang:en"), statsOf(t, dir)
	if err := os.RemoveAll(filepath.Join(dir, cacheFolder)); err != nil {
		t.Fatal(err)
	}
	if without := answers(t, dir); !reflect.DeepEqual(with, without) {
		t.Errorf("with the catalog\n%v\nwithout\n%v", with, without)
	}
	for _, err := range reader(t, dir).Search(t.Context(), Query{}, 10) {
		if !errors.Is(err, ErrNoCatalog) {
			t.Errorf("search without a catalog: %v", err)
		}
	}
	a := opened(t, dir, Options{})
	if _, err := a.Reindex(t.Context()); err != nil {
		t.Fatal(err)
	}
	closed(t, a)
	if again := answers(t, dir); !reflect.DeepEqual(with, again) {
		t.Error("another answer after reindexing")
	}
	if got := search(t, reader(t, dir), "lang:en"); !slices.Equal(got, found) || !reflect.DeepEqual(stats, statsOf(t, dir)) {
		t.Errorf("after reindexing %q, before %q", got, found)
	}
}

func statsOf(t testing.TB, dir string) Stats {
	t.Helper()
	s, err := reader(t, dir).Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStats(t *testing.T) {
	s := statsOf(t, library(t))
	if s.Articles != 4 || s.Versions != 5 {
		t.Errorf("%+v", s)
	}
	if want := []Count{{"ok", 3}, {"blocked", 1}}; !slices.Equal(s.Outcomes, want) {
		t.Errorf("outcomes %v", s.Outcomes)
	}
	if want := []Count{{"news.example", 2}, {"blocked.example", 1}, {"shimbun.example", 1}}; !slices.Equal(s.Sites, want) {
		t.Errorf("sites %v", s.Sites)
	}
	if want := []Count{{"2026-10", 1}, {"2026-11", 3}}; !slices.Equal(s.Months, want) {
		t.Errorf("months %v", s.Months)
	}
	if s.Segments[0].Name != "warc" || s.Segments[0].Files != 2 || s.Segments[0].Bytes == 0 {
		t.Errorf("segments %v", s.Segments)
	}
}

func TestACatalogThatIsNoneIsMadeAnew(t *testing.T) {
	t.Parallel()
	dir := library(t)
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(catalogFile)), []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := UpdateCatalog(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	equal(t, search(t, reader(t, dir), "ferry"), "ferry")
}

func TestReindexMakesLostIndexesAgain(t *testing.T) {
	dir := library(t)
	b := snapshot(t, dir)
	index := b.name(t, ".cdxj")
	if err := os.Remove(filepath.Join(dir, index)); err != nil {
		t.Fatal(err)
	}
	a := opened(t, dir, Options{})
	done, err := a.Reindex(t.Context())
	if err != nil || done.Segments != 2 || !slices.Equal(done.Indexes, []string{index}) {
		t.Errorf("%+v, %v", done, err)
	}
	closed(t, a)
	if got := snapshot(t, dir); string(got[index]) != string(b[index]) || string(got[manifestFile]) != string(b[manifestFile]) {
		t.Error("another index, or another manifest")
	}
	equal(t, faults(t, dir, VerifyOptions{Full: true}))
}

// FuzzSearch: whatever is typed, it is either refused or it searches.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{"ferry", `"ferry sails" -x site:news.example since:2026`, `a"b`, "x*", "*", "東京*", "-", `-"`, "NEAR(a b)", "a:b^2", "\x00"} {
		f.Add(s)
	}
	rd := reader(f, library(f))
	f.Fuzz(func(t *testing.T, query string) {
		q, err := ParseQuery(query)
		if err != nil {
			return
		}
		for _, err := range rd.Search(context.Background(), q, 3) {
			if err != nil {
				t.Fatalf("%q: %v", query, err)
			}
		}
	})
}
