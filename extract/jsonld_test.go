package extract

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestBrokenJSONLDIsRepaired(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"sound", `{"@type":"NewsArticle","headline":"Bridge closed"}`},
		{"line break in a string", "{\"@type\":\"NewsArticle\",\"headline\":\"Bridge\nclosed\"}"},
		{"comma too many", `{"@type":"NewsArticle","headline":"Bridge closed",}`},
		{"two commas", `{"@type":"NewsArticle",,"headline":"Bridge closed"}`},
		{"comment before", `<!-- data --> {"@type":"NewsArticle","headline":"Bridge closed"}`},
		{"comment inside", `{"@type":"NewsArticle", /* new */ "headline":"Bridge closed" // why
		}`},
		{"CDATA", `//<![CDATA[
			{"@type":"NewsArticle","headline":"Bridge closed"}
			//]]>`},
		{"semicolon", `{"@type":"NewsArticle","headline":"Bridge closed"};`},
		{"entities for quotes", `{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Bridge closed&quot;}`},
		{"unknown escape", `{"@type":"NewsArticle","headline":"Bridge\ closed"}`},
		{"escaped twice", `{"@type":"NewsArticle","headline":"Bridge&amp;nbsp;closed"}`},
		{"a graph in a list", `[{"@graph":[{"@type":["Article","NewsArticle"],"headline":"Bridge closed"}]}]`},
		{"two in a row", `{"@type":"WebSite"} {"@type":"https://schema.org/NewsArticle","headline":"Bridge closed"}`},
	} {
		d := &document{ld: parseLD([]string{tt.text})}
		d.url, d.base = address0, address0
		n, ok := d.mainItem()
		if got := n.text("headline"); !ok || got != "Bridge closed" {
			t.Errorf("%s: headline of %q = %q", tt.name, tt.text, got)
		}
	}
}

func TestQuotesInsideAStringAreKept(t *testing.T) {
	nodes := parseLD([]string{`{"@type":"Article","headline":"The "old" bridge, he said","author":"Ana"}`})
	if len(nodes) != 1 || nodes[0].text("headline") != `The "old" bridge, he said` || nodes[0].text("author") != "Ana" {
		t.Errorf("read %+v", nodes)
	}
}

func TestMainItem(t *testing.T) {
	d := documentOf(t, "https://news.example/story/2", ld(`[{"@type":"NewsArticle","headline":"Another","url":"https://news.example/story/1"},
		{"@type":"NewsArticle","headline":"This one","mainEntityOfPage":{"@id":"https://www.news.example/story/2/"}}]`))
	if n, _ := d.mainItem(); n.text("headline") != "This one" {
		t.Errorf("main item is %q", n.text("headline"))
	}
}

func TestDeepJSONLDIsLeftOut(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 5000) + strings.Repeat(`]}`, 5000)
	if nodes := parseLD([]string{deep}); len(nodes) != 0 {
		t.Errorf("%d nodes of hostile nesting", len(nodes))
	}
	wide := "[" + strings.Repeat(`{"@type":"Person"},`, 50_000) + "{}]"
	if nodes := parseLD([]string{wide}); len(nodes) > ldNodes {
		t.Errorf("%d nodes, more than %d", len(nodes), ldNodes)
	}
}

func FuzzJSONLD(f *testing.F) {
	f.Add(`{"@type":"NewsArticle","author":{"@id":"#a"},"headline":"x \" y",}`)
	f.Add("<!-- {\"a\":[1,2,,\n],} // -->")
	f.Add(`{"a":"b"c","d":"\u12"}`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, n := range parseLD([]string{text}) {
			_ = n.text("headline", "author")
		}
		if json.Valid([]byte(text)) && len(text) < 1<<16 && strings.HasPrefix(text, "{") {
			var want, got any
			if err := json.Unmarshal([]byte(text), &want); err != nil {
				return
			}
			// What is sound must mean the same after a repair.
			if err := json.Unmarshal(repairLD([]byte(strings.TrimSpace(text))), &got); err != nil {
				t.Fatalf("repair broke %q: %v", text, err)
			}
		}
	})
}
