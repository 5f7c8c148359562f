package extract

import (
	"embed"
	"html/template"
	"slices"
	"strings"
	"testing"
	"time"

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
	Ahead                                        int // hours that the clock of the country, if it has one, is ahead of UTC
}

// TestLanguages reads one story in each of many languages and scripts from pages as
// several systems build them: all paragraphs, no line of service, and who wrote it when.
func TestLanguages(t *testing.T) {
	data, err := languageFiles.ReadFile("testdata/languages/pages.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var pages []languagePage
	if err := yaml.UnmarshalWithOptions(data, &pages, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	builds := template.Must(template.ParseFS(languageFiles, "testdata/languages/builds/*.html"))
	for _, p := range pages {
		for _, build := range builds.Templates() {
			name := strings.TrimSuffix(build.Name(), ".html")
			t.Run(p.Lang+"/"+name, func(t *testing.T) { checkLanguage(t, p, name, build) })
		}
	}
}

func checkLanguage(t *testing.T, p languagePage, name string, build *template.Template) {
	var b strings.Builder
	if err := build.Execute(&b, p); err != nil {
		t.Fatal(err)
	}
	row := New(Options{}).HTML([]byte(b.String()), "https://paper.example/2026/story").Row
	want := p.Paragraphs
	if p.Lead != "" && name != "breaks" {
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
	if row.PublishedAt == nil || row.PublishedAt.Format(time.DateOnly) != p.Day {
		t.Errorf("published %v, want %s", row.PublishedAt, p.Day)
	}
}
