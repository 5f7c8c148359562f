package extract_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"newsarchive/extract"
	"newsarchive/internal/testsite"
	"newsarchive/page"
)

func TestNoBytesAreNoPanic(t *testing.T) {
	e := extract.New(extract.Options{})
	for _, c := range []*page.Capture{
		{},
		{Requested: "https://news.example/", Outcome: page.NetworkError},
		{Exchanges: []page.Exchange{{}}},
		{Exchanges: []page.Exchange{{URL: "https://news.example/"}}},
	} {
		if r := e.Extract(c); !slices.Contains(page.Outcomes[:], r.Row.Outcome) || r.Row.Outcome == page.OK {
			t.Errorf("Extract(%+v): outcome %q", c, r.Row.Outcome)
		}
	}
}

// TestReadingsDoNotDependOnOrderOrWorkers reads all fixtures twice at once, in
// opposite orders, with one extractor.
func TestReadingsDoNotDependOnOrderOrWorkers(t *testing.T) {
	articles, err := testsite.Articles()
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New(extract.Options{})
	readAll := func(order []testsite.Article) map[string]*page.Reading {
		got := map[string]*page.Reading{}
		for _, a := range order {
			got[a.Name()] = e.Extract(capture(a.URL(), a.Header, a.Body))
		}
		return got
	}
	backwards := slices.Clone(articles)
	slices.Reverse(backwards)
	var first, second map[string]*page.Reading
	var both sync.WaitGroup
	both.Go(func() { first = readAll(articles) })
	both.Go(func() { second = readAll(backwards) })
	both.Wait()
	for name, r := range first {
		if !reflect.DeepEqual(r, second[name]) {
			t.Errorf("%s was read in two ways", name)
		}
	}
}

func FuzzExtract(f *testing.F) {
	articles, err := testsite.Articles()
	if err != nil {
		f.Fatal(err)
	}
	for _, a := range articles {
		f.Add(a.Body)
	}
	f.Add([]byte("<p>a<br><br>b<svg><p><style><img src=x onerror=alert(1)>"))
	e := extract.New(extract.Options{})
	f.Fuzz(func(t *testing.T, body []byte) {
		row := e.HTML(body, "https://news.example/story").Row
		if !slices.Contains(page.Outcomes[:], row.Outcome) {
			t.Fatalf("outcome %q", row.Outcome)
		}
		if slices.Contains(row.Warnings, "extractor_panic") {
			t.Fatal("the extractor panicked")
		}
		for _, s := range []string{row.Title, row.Lead, row.Text, row.Markdown, row.HTML} {
			if !utf8.ValidString(s) {
				t.Fatalf("not UTF-8: %q", s)
			}
		}
		if row.LeadSource != "script" && row.Outcome.HasArticle() && !strings.HasPrefix(row.Text, row.Lead) {
			t.Fatalf("text %q does not begin with lead %q", row.Text, row.Lead)
		}
		checkPassive(t, row.HTML)
	})
}

// checkPassive fails for markup that holds an element or attribute that acts.
func checkPassive(t *testing.T, markup string) {
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		return // deeper than any browser's parser of ours goes
	}
	for n := range root.Descendants() {
		switch n.Data {
		case "script", "style", "iframe", "object", "embed", "svg", "math", "form", "template", "noscript":
			if n.Type == html.ElementNode {
				t.Fatalf("<%s> in %q", n.Data, markup)
			}
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
				t.Fatalf("attribute %s=%q in %q", a.Key, a.Val, markup)
			}
		}
	}
}

// BenchmarkExtract reads the fixtures from bytes to row, beside the parser alone.
func BenchmarkExtract(b *testing.B) {
	articles, err := testsite.Articles()
	if err != nil {
		b.Fatal(err)
	}
	size := 0
	for _, a := range articles {
		size += len(a.Body)
	}
	e := extract.New(extract.Options{})
	run := func(name string, read func(testsite.Article)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, a := range articles {
					read(a)
				}
			}
		})
	}
	run("html.Parse", func(a testsite.Article) {
		if _, err := html.Parse(bytes.NewReader(a.Body)); err != nil {
			b.Fatal(err)
		}
	})
	run("row", func(a testsite.Article) {
		if e.HTML(a.Body, a.URL()).Row.Outcome == "" {
			b.Fatal("no outcome")
		}
	})
	run("go-readability", func(a testsite.Article) { readable(b, a) })
}

// TestNothingIsNoArticle: what holds no page is no article, whatever it is said to be.
func TestNothingIsNoArticle(t *testing.T) {
	for _, said := range []page.Outcome{"", page.OK, page.Partial} {
		if row := extract.New(extract.Options{}).Extract(&page.Capture{Requested: "https://news.example/x", Outcome: said}).Row; row.Outcome.HasArticle() {
			t.Errorf("%q became %s", said, row.Outcome)
		}
	}
}
