package extract

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"newsarchive/page"
)

var address0 = &url.URL{Scheme: "https", Host: "news.example", Path: "/"}

func TestParseIsBounded(t *testing.T) {
	for _, tt := range []struct{ name, markup, truncated string }{
		{"plain", "<p>Bridge closed</p>", ""},
		{"deep", strings.Repeat("<div>", 5000) + "<p>Bridge closed</p>", "depth"},
		{"deep, and cut", "<p>Bridge closed</p>" + strings.Repeat("<div>", 2*maxTags) + "<p>and more", "nodes"},
		{"many nodes", "<p>Bridge closed</p>" + strings.Repeat("<i></i>", maxTags), "nodes"},
		{"many attributes", "<p>Bridge closed</p><a " + strings.Repeat("a=1 ", 3*maxAttrs) + ">", ""},
		{"attributes after a quoted bracket", `<p>Bridge closed</p><a x=">" ` + manyAttrs(3*maxAttrs) + ">", "attributes"},
		{"distinct attributes", "<p>Bridge closed</p><a " + manyAttrs(3*maxAttrs) + ">", "attributes"},
		{"body again and again", "<p>Bridge closed</p>" + strings.Repeat("<body a=1 b=2>", 3*maxBodies), "attributes"},
		{"near miss: a long script", "<p>Bridge closed</p><script>" + strings.Repeat("if (a < b) c = 1; ", 3000) + "</script>", ""},
		{"near miss: a long picture", "<p>Bridge closed</p><img src='data:" + strings.Repeat("x", 100_000) + "'>", ""},
	} {
		root, _, truncated := parse([]byte(tt.markup), Bounds{}.filled())
		if tt.name != "many attributes" && truncated != tt.truncated {
			t.Errorf("%s: truncated %q, want %q", tt.name, truncated, tt.truncated)
		}
		if !strings.Contains(textOf(root), "Bridge closed") {
			t.Errorf("%s: the text was lost", tt.name)
		}
	}
}

func manyAttrs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a")
		for ; i > 0; i /= 26 {
			b.WriteByte('a' + byte(i%26))
		}
		b.WriteString("=1")
	}
	return b.String()
}

func TestFlatTreeKeepsTheOrder(t *testing.T) {
	root := parseFlat([]byte("<!doctype html><html lang=en><title>T</title><meta name=a content=b><body class=c><p>one<p>two<br>three<ul><li>four<li>five</ul><script>if (a<b) {}</script></p>six"))
	var b strings.Builder
	if err := html.Render(&b, root); err != nil {
		t.Fatal(err)
	}
	const want = `<html lang="en"><head><title>T</title><meta name="a" content="b"/></head><body class="c"><p>one</p><p>two<br/>three</p>` +
		`<ul><li>four</li><li>five</li></ul><script>if (a<b) {}</script>six</body></html>`
	if b.String() != want {
		t.Errorf("flat tree is\n%s, want\n%s", b.String(), want)
	}
}

func TestNewDocumentNeedsAnExchange(t *testing.T) {
	if _, err := newDocument(&page.Capture{}); err == nil {
		t.Error("a document of nothing")
	}
	d := documentOf(t, "https://news.example/a", "")
	if d.root == nil || d.charset != "utf-8" {
		t.Errorf("empty body: %+v", d)
	}
}

func FuzzNewDocument(f *testing.F) {
	f.Add([]byte(`<html lang=en><title>Bridge - Post</title><h1>Bridge</h1><p class=byline>By Ana Ruiz</p><time datetime=2026-11-21>x</time>`))
	f.Add([]byte(ld(`{"@type":"NewsArticle","author":["a",{"@id":"#x"}],"image":[{"url":"//i"}],"keywords":"a,b"}`)))
	f.Add([]byte(`<link rel=canonical href="//[::1"><base href="x:y"><meta property=og:image content="a?b"><figure><img srcset="a 1x, b"><figcaption>c © d</figcaption></figure>`))
	f.Add([]byte(strings.Repeat("<b>", 600) + "By Ana Ruiz ana@news.example"))
	f.Fuzz(func(t *testing.T, body []byte) {
		at := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
		c := &page.Capture{Exchanges: []page.Exchange{{URL: "https://www.news.example/2026/11/a", Body: body, Start: at}}}
		d, err := newDocument(c)
		if err != nil {
			t.Fatal(err)
		}
		m := readMetadata(d)
		if m.published.time.After(at.AddDate(1, 0, 1)) {
			t.Fatalf("published %v", m.published.time)
		}
		for _, a := range m.authors {
			if strings.TrimSpace(a) == "" || mail.MatchString(a) {
				t.Fatalf("author %q", a)
			}
		}
		if strings.ContainsAny(m.title.value, "\n\t") {
			t.Fatalf("title %q has several lines", m.title.value)
		}
		var row page.Row
		m.fill(&row)
		if len(row.Images) != len(row.ImageCaptions) || len(row.Images) != len(row.ImageCredits) || len(row.Images) != len(row.ImageSources) {
			t.Fatal("images and what is said of them differ in number")
		}
	})
}
