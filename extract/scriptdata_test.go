package extract

import (
	"strings"
	"testing"

	"newsarchive/page"
)

const (
	harbourOne = "The harbour master counted the boats twice before he believed it: every one of the forty that had left at dawn was back before the storm broke."
	harbourTwo = "Nobody could say who had given the warning. The radio station denies it, and the lighthouse has been empty for eleven years now, as everybody knows."
)

func TestScriptBody(t *testing.T) {
	for _, tt := range []struct{ name, scripts, want, source string }{
		{"blocks of markup", `<script id="__NEXT_DATA__" type="application/json">{"props":{"story":{"headline":"Boats home","body":[{"type":"paragraph","html":"<p>ONE<\/p>"},{"type":"promo","html":"<p>Subscribe to the letter that everybody reads in the morning</p>"},{"type":"heading","text":"At night"},{"type":"paragraph","html":"<p>TWO</p>"}]},"related":[{"headline":"Other","url":"/o","body":"ONE TWO ONE TWO ONE TWO"}]}}</script>`,
			"ONE\nAt night\nTWO", "script:__NEXT_DATA__"},
		{"one string of markup", `<script>window.__STATE__ = {"article":{"title":"Boats home","content":"<p>ONE</p><script>x()<\/script><p>TWO</p>"},"x":undefined};window.y=1</script>`,
			"ONE\nTWO", "script:__STATE__"},
		{"text with lines", `<script>var s=JSON.parse('{"a":{"text":"ONE\\nTWO"}}')</script>`,
			"ONE\nTWO", "script:s"},
		{"parts of paragraphs", `<script type="application/json" id="doc">{"document":{"content":[{"nodeType":"paragraph","content":[{"nodeType":"text","value":"ONE "},{"nodeType":"text","value":"Bold end."}]},{"nodeType":"paragraph","content":[{"nodeType":"text","value":"TWO"}]}]}}</script>`,
			"ONE Bold end.\nTWO", "script:doc"},
		{"a cache of references", `<script>window.__APOLLO_STATE__={"A:1":{"title":"Boats home","body":[{"__ref":"P:1"},{"__ref":"P:2"}]},"P:1":{"__typename":"Paragraph","text":"ONE"},"P:2":{"__typename":"Paragraph","text":"TWO"}}</script>`,
			"ONE\nTWO", "script:__APOLLO_STATE__"},
		{"the story with the page's title", `<script type="application/json" id="s">{"list":[{"title":"Another story","body":"TWO TWO TWO TWO"},{"title":"Boats home","body":"ONE\nTWO"}]}</script>`,
			"ONE\nTWO", "script:s"},
		{"only teasers", `<script type="application/json" id="s">{"list":[{"title":"A","url":"/a","summary":"ONE"},{"title":"B","url":"/b","summary":"TWO"}]}</script>`, "", ""},
		{"code in markup", `<script>var banner = {"html":"<script>window.tag = window.tag || {}; tag.push(function() { tag.define('/2/frame of the page', [ 300 , 600 ]).add(tag.ads()); tag.show(); });<\/script><style>.x .y { color: red; padding: 0 0 0 0 }<\/style>"}</script>`, "", ""},
		{"settings", `<script type="application/json" id="s">{"body":{"url":"https://news.example/a b c","class":"x y z"},"text":"Accept"}</script>`, "", ""},
		{"broken", `<script type="application/json" id="s">{"body":"ONE TWO</script>`, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fill := strings.NewReplacer("ONE", harbourOne, "TWO", harbourTwo)
			if strings.HasPrefix(tt.scripts, "<script>") { // short ones are not looked at
				tt.scripts = strings.Replace(tt.scripts, "</script>", "/*"+strings.Repeat("-", dataScript)+"*/</script>", 1)
			}
			markup := "<title>Boats home | News</title><body><div id=app></div>" + fill.Replace(tt.scripts)
			d, err := newDocument(&page.Capture{Exchanges: []page.Exchange{{URL: "https://news.example/a", Status: 200, Body: []byte(markup)}}})
			if err != nil {
				t.Fatal(err)
			}
			nodes, source := scriptBody(d, &metadata{title: fact{value: "Boats home"}})
			got := render(d, nodes, nil).text
			if got != fill.Replace(tt.want) || source != tt.source {
				t.Errorf("got %q from %q\nwant %q from %q", got, source, fill.Replace(tt.want), tt.source)
			}
		})
	}
}

// TestManyScriptsInScriptData would not end if each of them cost a pass over all.
func TestManyScriptsInScriptData(t *testing.T) {
	const text = "The harbour master counted the boats twice."
	if got, want := proseOf(strings.Repeat("<script>a b c</script>", 200_000)+text), proseOf(text); got != want {
		t.Errorf("%d letters of prose, want %d", got, want)
	}
}

func FuzzScriptBody(f *testing.F) {
	f.Add(`{"body":[{"type":"paragraph","html":"<p>a b c d e</p>"},{"text":"x"}]}`)
	f.Add(`window.a={"b":"c\"","d":[undefined,{"__ref":"a"}]};JSON.parse('{"text":"a b\\nc d"}')`)
	f.Add(`[[[[{"content":[{"text":"a "},{"text":"b"}]}]]]]`)
	f.Fuzz(func(t *testing.T, script string) {
		d := &document{base: testBase}
		for _, typ := range []string{"", "application/json"} {
			d.scripts = append(d.scripts, &scriptTag{raw: []byte(script), typ: typ})
		}
		nodes, source := scriptBody(d, &metadata{articleBody: script})
		if (source == "") != (nodes == nil) {
			t.Fatalf("source %q with %d nodes", source, len(nodes))
		}
		r := render(d, nodes, nil)
		checkAllowed(t, r.html)
		if got := again(t, r.html); got != r.html {
			t.Fatalf("%q parses to %q", r.html, got)
		}
	})
}
