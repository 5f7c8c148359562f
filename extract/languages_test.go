package extract

import (
	"embed"
	"html/template"
	"slices"
	"strings"
	"testing"

	"newsarchive/page"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

//go:embed testdata/languages
var languageFiles embed.FS

// A languagePage is a made-up story as its paper prints it.
type languagePage struct {
	Lang, Title, Lead, Byline, Author, Date, Day string
	Paragraphs, Service                          []string
}

// builds are ways in which systems build a page of a paper.
var builds = map[string]string{
	"telling names": `<!doctype html><html lang="{{.Lang}}"><head><title>{{.Title}}</title></head><body><header><nav><a href=/>A</a><a href=/b>B</a></nav></header>
<main><article><h1>{{.Title}}</h1>{{if .Lead}}<p class="standfirst">{{.Lead}}</p>{{end}}<p class="byline">{{.Byline}}</p><p class="date">{{.Date}}</p>
<div class="article-body">{{range $i, $p := .Paragraphs}}<p>{{$p}}</p>{{if eq $i 1}}<div class="inline">{{range $.Service}}<p><a href="/x">{{.}}</a></p>{{end}}</div>{{end}}{{end}}</div></article></main></body></html>`,
	"plain containers": `<html lang="{{.Lang}}"><head><title>{{.Title}}</title></head><body><div id="a1"><a href=/>A</a> <a href=/b>B</a></div>
<div id="a2"><h1>{{.Title}}</h1>{{if .Lead}}<h2>{{.Lead}}</h2>{{end}}<div class="author">{{.Byline}}</div><div class="date">{{.Date}}</div>
<div id="a3">{{range .Paragraphs}}<p>{{.}}</p>{{end}}</div><div id="a4">{{range .Service}}<div><a href="/x">{{.}}</a></div>{{end}}</div></div></body></html>`,
	"line breaks": `<html lang="{{.Lang}}"><head><title>{{.Title}}</title><meta name="author" content="{{.Author}}"></head><body><table><tr><td><a href=/>A</a><br><a href=/b>B</a></td>
<td><h1>{{.Title}}</h1><span class="date">{{or .Date .Byline}}</span><br><br>{{range .Paragraphs}}{{.}}<br><br>{{end}}</td><td>{{range .Service}}<a href="/x">{{.}}</a><br>{{end}}</td></tr></table></body></html>`,
}

// TestLanguages reads one story in each of many languages and scripts from pages of
// several builds: all paragraphs, no line of service, and who wrote it when.
func TestLanguages(t *testing.T) {
	data, err := languageFiles.ReadFile("testdata/languages/pages.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var pages []languagePage
	if err := yaml.UnmarshalWithOptions(data, &pages, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		for name, build := range builds {
			t.Run(p.Lang+"/"+name, func(t *testing.T) { checkLanguage(t, p, name, build) })
		}
	}
}

func checkLanguage(t *testing.T, p languagePage, name, build string) {
	var b strings.Builder
	if err := template.Must(template.New(name).Parse(build)).Execute(&b, p); err != nil {
		t.Fatal(err)
	}
	row := New(Options{}).HTML([]byte(b.String()), "https://paper.example/2026/story").Row
	want := p.Paragraphs
	if p.Lead != "" && name != "line breaks" {
		want = slices.Concat([]string{p.Lead}, want)
	}
	if diff := cmp.Diff(strings.Join(want, "\n"), row.Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if row.Outcome != page.OK || row.Title != p.Title || row.Language != p.Lang {
		t.Errorf("outcome %s, title %q, language %s", row.Outcome, row.Title, row.Language)
	}
	if p.Author != "" && strings.Join(row.Authors, "; ") != p.Author {
		t.Errorf("authors %q, want %q", row.Authors, p.Author)
	}
	if row.PublishedAt == nil || row.PublishedAt.Format("2006-01-02") != p.Day {
		t.Errorf("published %v, want %s", row.PublishedAt, p.Day)
	}
}
