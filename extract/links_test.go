package extract

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"newsarchive/internal/address"
	"newsarchive/page"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func TestPageLinks(t *testing.T) {
	const markup = `<head><base href="https://news.example/world/"><body>
		<nav><a href="/">Home</a> <a href="story.html">This story</a></nav>
		<div class="site-footer"><a href="/imprint" rel="NoFollow  sponsored">Imprint</a></div>
		<main><h1>Headline</h1>
		<article><p>See <a href="story.html#part">our <b>own</b>
			story</a>, <a href="https://else.example/a?b=1&amp;c=2"><img src="i.png" alt="a picture"></a>, <a href="/x" aria-label="label"></a>.
			<a href="javascript:f()">no</a> <a href="#top">no</a> <a href="mailto:a@b.example">no</a> <a>no</a></article>
		<section><a href="../next">Next<span>Story</span><div>block</div></a></section></main>`
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	base, _ := url.Parse("https://news.example/world/")
	var article *html.Node
	for n := range root.Descendants() {
		if n.DataAtom == atom.Article {
			article = n
		}
	}
	got := pageLinks(&document{root: root, base: base, bounds: Bounds{}.filled()}, article)
	want := []page.Link{
		{URL: "https://news.example/", Text: "Home", Region: "chrome"},
		{URL: "https://news.example/world/story.html", Text: "This story", Region: "body"},
		{URL: "https://news.example/imprint", Text: "Imprint", Rel: "nofollow sponsored", Region: "chrome"},
		{URL: "https://else.example/a?b=1&c=2", Text: "a picture", Region: "body"},
		{URL: "https://news.example/x", Text: "label", Region: "body"},
		{URL: "https://news.example/next", Text: "NextStory block", Region: "main"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestFeeds(t *testing.T) {
	d := &document{base: testBase, bounds: Bounds{}.filled()}
	d.links = []linkTag{
		{rel: "alternate", typ: "application/rss+xml", href: "/rss"},
		{rel: "alternate", typ: "application/atom+xml; charset=utf-8", href: "atom.xml"},
		{rel: "alternate", typ: "application/rss+xml", href: "https://news.example/rss"}, // the first again
		{rel: "alternate", typ: "text/html", href: "/de"},
		{rel: "stylesheet", typ: "application/rss+xml", href: "/css"},
	}
	if got, want := feeds(d), []string{"https://news.example/rss", "https://news.example/world/atom.xml"}; !slices.Equal(got, want) {
		t.Errorf("feeds = %q, want %q", got, want)
	}
}

// The short way gives what the long way gives.
func FuzzResolveLink(f *testing.F) {
	for _, ref := range []string{"/a/b", "https://a.example/x?y=z#w", "http://A.example/", "/a/../b", "/.", "/%zz", "/%41", "//x/y", "/a?b?c#d#e", "/a#%", "https://a.example", "https://a:80/", "/a|b", "/a b", "/?", "/ä"} {
		f.Add(ref)
	}
	f.Fuzz(func(t *testing.T, ref string) {
		got, ok := resolveLink(testBase, ref)
		want, wanted := address.Resolve(testBase, ref)
		if ok != wanted || ok && got != want {
			t.Fatalf("resolveLink(%q) = %q, %v, want %q, %v", ref, got, ok, want, wanted)
		}
	})
}

func BenchmarkPageLinks(b *testing.B) {
	root, err := html.Parse(strings.NewReader(strings.Repeat(teasers(5)+`<ul class="nav"><li><a href="/section/politics?page=2">Politics</a></ul>`+prose(8), 20)))
	if err != nil {
		b.Fatal(err)
	}
	d := &document{root: root, base: testBase, bounds: Bounds{}.filled()}
	b.ReportAllocs()
	for b.Loop() {
		if len(pageLinks(d, nil)) != 2 {
			b.Fatal("want two links")
		}
	}
}
