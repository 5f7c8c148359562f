package extract_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsarchive/extract"
	"newsarchive/internal/testsite"
	"newsarchive/page"
	"newsarchive/selectors"
)

// TestExplainReadsAsExtractDoes holds the trace to the row, for each fixture.
func TestExplainReadsAsExtractDoes(t *testing.T) {
	articles, err := testsite.Articles()
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New(extract.Options{})
	for _, a := range articles {
		t.Run(a.Name(), func(t *testing.T) {
			c := capture(a.URL(), a.Header, a.Body)
			plain := e.Extract(c)
			r, trace := e.Explain(c)
			if diff := cmp.Diff(plain, r); diff != "" {
				t.Fatalf("explained, the page reads otherwise (-extract +explain):\n%s", diff)
			}
			holds(t, r.Row, trace)
		})
	}
}

// holds checks that each fact of the row is the chosen candidate of its trace, and
// that what is kept of the blocks is the text.
func holds(t *testing.T, row page.Row, trace *extract.Trace) {
	for _, f := range trace.Fields {
		chosen := 0
		for _, c := range f.Candidates {
			if c.Chosen {
				chosen++
			}
		}
		if want := f.Source != "" && f.Value != "" && f.Name != "access" && f.Name != "lead"; want && chosen != 1 {
			t.Errorf("%s is %q of %s, and %d candidates are chosen: %+v", f.Name, f.Value, f.Source, chosen, f.Candidates)
		}
	}
	if len(trace.Body.Blocks) == 0 || row.Text == "" {
		return
	}
	text := strings.Join(strings.Fields(row.Text), "")
	for _, b := range trace.Body.Blocks {
		begin := strings.Join(strings.Fields(strings.TrimSuffix(b.Text, "…")), "")
		if b.Kept && !strings.Contains(text, begin) {
			t.Errorf("the block %q is kept and not in the text", b.Text)
		}
		if b.Kept != (b.Reason == "") {
			t.Errorf("the block %q is kept: %v, for the reason %q", b.Text, b.Kept, b.Reason)
		}
	}
}

func TestExplainSaysWhatBecameOfRules(t *testing.T) {
	sites, err := selectors.LoadSites(selectors.Project, "rules/a.yaml", []byte(`sites:
  - hosts: news.example
    content: .none
  - hosts: news.example
    content: main
    remove: .ad
    fields: {title: h2, section: .none}
`))
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New(extract.Options{Rules: selectors.Default().WithSites(sites...)})
	sentence := "The gates of the ferry opened again on Monday morning, four weeks after the storm. "
	r, trace := e.Explain(capture("https://news.example/1", nil, []byte("<h1>Logo</h1><main><h2>Ferry gates open</h2><p>"+strings.Repeat(sentence, 9)+"<p class=ad>"+sentence+"</main>")))
	want := []extract.RuleTrace{
		{Name: "news.example", Layer: "project", File: "rules/a.yaml", Line: 2, Reason: "content finds nothing", Fields: []string{}, Missed: []string{}},
		{Name: "news.example", Layer: "project", File: "rules/a.yaml", Line: 4, Taken: true, Content: 1, Removed: 1, Fields: []string{"title"}, Missed: []string{"section"}},
	}
	if diff := cmp.Diff(want, trace.Rules); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	if r.Row.TitleSource != "rule:news.example" || trace.Fields[0].Candidates[0] != (extract.Candidate{Value: "Ferry gates open", Source: "rule:news.example", Chosen: true}) {
		t.Errorf("title of %s, candidates %+v", r.Row.TitleSource, trace.Fields[0].Candidates)
	}
	last := trace.Body.Blocks[len(trace.Body.Blocks)-1]
	if last.Kept || last.Reason != "removed by the rule" {
		t.Errorf("the removed block: %+v", last)
	}
}

// TestTraceOfWhatCannotBeRead has no list that is null.
func TestTraceOfWhatCannotBeRead(t *testing.T) {
	e := extract.New(extract.Options{})
	for _, c := range []*page.Capture{
		{Requested: "https://news.example/", Outcome: page.RobotsDenied},
		capture("https://news.example/", nil, nil),
		capture("://", nil, []byte("<p>x")),
		capture("https://news.example/a.pdf", nil, []byte("%PDF-1.7 and so on")),
	} {
		r, trace := e.Explain(c)
		if trace.Outcome != r.Row.Outcome || trace.Outcome == "" {
			t.Errorf("outcome %q in the trace of a row with %q", trace.Outcome, r.Row.Outcome)
		}
		text, err := json.Marshal(trace)
		if err != nil || slices.Contains(strings.FieldsFunc(string(text), func(r rune) bool { return strings.ContainsRune(`{}[],:`, r) }), "null") {
			t.Errorf("trace as JSON: %v %s", err, text)
		}
	}
}

const fuzzRules = `sites:
  - hosts: news.example
    content: ["//div//p/..", article]
    remove: [.a, //p/a]
    fields: {title: h1, authors: .by, published: time, lead: "//p[1]"}
    paywall: .wall
`

func FuzzExplain(f *testing.F) {
	articles, err := testsite.Articles()
	if err != nil {
		f.Fatal(err)
	}
	for _, a := range articles[:4] {
		f.Add(a.Body)
	}
	sites, err := selectors.LoadSites(selectors.User, "fuzz.yaml", []byte(fuzzRules))
	if err != nil {
		f.Fatal(err)
	}
	e := extract.New(extract.Options{Rules: selectors.Default().WithSites(sites...)})
	f.Fuzz(func(t *testing.T, body []byte) {
		c := capture("https://news.example/1", nil, body)
		r, trace := e.Explain(c)
		if slices.Contains(r.Row.Warnings, "extractor_panic") {
			t.Fatal("panics")
		}
		if diff := cmp.Diff(e.Extract(c), r); diff != "" {
			t.Fatalf("explained, the page reads otherwise:\n%s", diff)
		}
		if trace.Outcome != r.Row.Outcome {
			t.Fatalf("outcome %q in the trace of a row with %q", trace.Outcome, r.Row.Outcome)
		}
	})
}
