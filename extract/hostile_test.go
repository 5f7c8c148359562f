package extract_test

import (
	"strconv"
	"strings"
	"testing"

	"newsarchive/extract"
)

// story is a text that each hostile page begins with.
var story = "<body>" + strings.Repeat("<p>Forty households moved out of the valley on Monday, officials said. They went by bus and by boat, and nobody was hurt.</p>", 6)

// hostile are shapes of markup that cost more than their length if nothing bounds
// them. Each is made of about n pieces.
var hostile = []struct {
	name      string
	truncated string // at full size
	read      bool   // the story is still found
	make      func(n int) string
}{
	{"repeated bodies", "attributes", true, func(n int) string { return story + numbered("<body a%=1>", n) }},
	{"one tag of attributes", "attributes", true, func(n int) string { return story + "<div " + numbered("a%=< ", n) + ">" }},
	{"nested blocks", "depth", true, func(n int) string { return story + strings.Repeat("<div>", n) + "x" }},
	{"nested inlines", "depth", true, func(n int) string { return story + strings.Repeat("<b><a><i>", n/3) + "x" }},
	{"lines within each other", "", true, func(n int) string {
		return story + strings.Repeat("<span><br>", 400) + strings.Repeat("word ", n) + strings.Repeat("</span>", 400)
	}},
	{"misnested formatting", "depth", true, func(n int) string { return story + numbered("<b id=%><p>", n/4) }},
	{"towers", "", true, func(n int) string {
		return story + strings.Repeat(strings.Repeat("<div>", 450)+"x"+strings.Repeat("</div>", 450), n/900)
	}},
	{"siblings", "", true, func(n int) string { return story + strings.Repeat("<div>x</div>", n/2) }},
	{"paragraphs", "", false, func(n int) string { return "<body>" + strings.Repeat("<p>x", n) }},
	{"meta tags", "", true, func(n int) string { return strings.Repeat("<meta name=a content=b>", n) + story }},
	{"links", "", true, func(n int) string { return story + numbered("<a href=/x%>word</a>", n/2) }},
	{"class names", "", true, func(n int) string { return story + numbered("<div class='a% related-b share'>x</div>", n/2) }},
	{"pictures", "", false, func(n int) string {
		return story + numbered("<p>They went by bus and by boat.<img src=/%.jpg></p>", n/3)
	}},
	{"figures", "", true, func(n int) string {
		return story + numbered("<figure><img src=/%.jpg><figcaption>Photo: the valley</figcaption></figure>", n/3)
	}},
	{"authors", "", false, func(n int) string { return numbered("<a rel=author href=/%>Jane Doe</a>", n/2) + story }},
	{"rows", "", true, func(n int) string { return story + "<table>" + strings.Repeat("<tr><td>x", n/2) }},
	{"comments without end", "", true, func(n int) string { return story + strings.Repeat("<!-- > ", n) }},
	{"half end tags", "", true, func(n int) string { return story + "<script>" + strings.Repeat("</scrip", n) + "</script>" }},
	{"scripts that hide scripts", "", true, func(n int) string { return story + strings.Repeat("<script><!--<script>", n/3) }},
	{"nested JSON-LD", "", true, func(n int) string {
		return "<script type=application/ld+json>" + strings.Repeat("[", n) + "</script>" + story
	}},
	{"separators in the title", "", true, func(n int) string { return "<title>" + strings.Repeat("a | b - ", n) + "</title>" + story }},
}

// numbered repeats piece n times, with a number for its percent sign.
func numbered(piece string, n int) string {
	before, after, _ := strings.Cut(piece, "%")
	var b strings.Builder
	for i := range n {
		b.WriteString(before)
		b.WriteString(strconv.Itoa(i))
		b.WriteString(after)
	}
	return b.String()
}

func TestHostileShapesEnd(t *testing.T) {
	e := extract.New(extract.Options{})
	for _, tt := range hostile {
		r := e.HTML([]byte(tt.make(30_000)), "https://news.example/flood")
		if r.Row.Outcome == "" || strings.Contains(strings.Join(r.Row.Warnings, " "), "panic") {
			t.Errorf("%s: outcome %q, warnings %q", tt.name, r.Row.Outcome, r.Row.Warnings)
		}
		if r.Row.Truncated != tt.truncated {
			t.Errorf("%s: truncated %q, want %q", tt.name, r.Row.Truncated, tt.truncated)
		}
		if tt.read && !strings.Contains(r.Row.Text, "Forty households") {
			t.Errorf("%s: %s without its text: %.80q", tt.name, r.Row.Outcome, r.Row.Text)
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	e := extract.New(extract.Options{})
	for _, tt := range hostile {
		markup := []byte(tt.make(150_000))
		b.Run(tt.name, func(b *testing.B) {
			b.SetBytes(int64(len(markup)))
			b.ReportAllocs()
			for b.Loop() {
				if e.HTML(markup, "https://news.example/flood").Row.Outcome == "" {
					b.Fatal("no outcome")
				}
			}
		})
	}
}
