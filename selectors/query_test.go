package selectors

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
)

const queryPage = `<html><head><meta property="og:title" content="Meadow saved"></head><body>
<div class="story"><h1>Meadow saved</h1><p class="by">By Dora Finch</p>
<div class="inner"><p id="one">One.</p><p>Two.</p><div class="story"><p>Three.</p></div></div></div>
<a rel="next" href="/2">more</a></body></html>`

func TestQuery(t *testing.T) {
	doc := tree(t, queryPage)
	for _, tt := range []struct{ query, want string }{
		{"p.by", "By Dora Finch"},
		{"DIV.inner > p", "One.|Two."},
		{"p, h1", "Meadow saved|By Dora Finch|One.|Two.|Three."},
		{"a::attr(href)", "/2"},
		{"a[rel=next]::attr(title)", ""},
		{"meta[property='og:title']::attr(content)", "Meadow saved"},
		{"div.inner:has(#one) > p", "One.|Two."},
		{"//p[@class='by']", "By Dora Finch"},
		{"//div[@class='story']//p", "By Dora Finch|One.|Two.|Three."}, // each once
		{"//div[contains(@class,'inner')]/p[2]", "Two."},
		{"//div[contains(concat(' ',normalize-space(@class),' '),' inner ')]/p[1]", "One."},
		{"//meta[@property='og:title']/@content", "Meadow saved"},
		{"//a/@href", "/2"},
		{"//p[@id='one']/following-sibling::p", "Two."},
		{"//p[@id='one']/../p", "One.|Two."},
		{"(//p)[1]", "By Dora Finch"},
		{"//h1 | //a", "Meadow saved|more"},
		{"//p[.='Two.']", "Two."},
		{"//p[contains(., 'x//y[')]", ""}, // brackets in a literal are text
		{"//p[@class='by']/text()", "By Dora Finch"},
		{"substring-after(//p[@class='by'], 'By ')", "Dora Finch"},
		{"string(//h2)", ""},
	} {
		q, err := ParseQuery(tt.query)
		if err != nil {
			t.Errorf("ParseQuery(%s): %v", tt.query, err)
			continue
		}
		found, err := q.Find(doc, NewBudget())
		if got := said(found); err != nil || got != tt.want {
			t.Errorf("%s finds %q (%v), want %q", tt.query, got, err, tt.want)
		}
	}
}

func TestQueriesThatAreRefused(t *testing.T) {
	for _, s := range []string{
		"", "   ", "div[", "p:nth-of-type(2)", "li:only-of-type", "a ~ b", ":contains(x)", "p:matches(x)",
		"div:has(p:has(b))", "::attr(href)x", "p::attr()", strings.Repeat("a ", 600),
		"//", "//div[", "//div[@class=", "//div[contains(@class='x')]", "//a[position(]", "//p/ancestor::div", "//p/ancestor-or-self::div",
		"//p/preceding :: div", "//div[//p]", "//div[a//b]", "(//div//p)[1]", "//a//b|//c//d", "//p[matches(., 'x')]", "//p[foo()]", "$x", "/p[$x]",
		"count(//p)", "true()", "//a[descendant::b[descendant::c]]", strings.Repeat("(", 900), "//a" + strings.Repeat("[a", 400),
	} {
		if q, err := ParseQuery(s); err == nil {
			t.Errorf("ParseQuery(%.40q) = %v, want an error", s, q)
		}
	}
}

// TestQueriesAreBounded runs queries that go back and forth among siblings over a
// page that has many.
func TestQueriesAreBounded(t *testing.T) {
	wide := tree(t, "<body>"+strings.Repeat("<p>x</p>", 50_000))
	for _, s := range []string{"//p[last()]/p", "//p[count(following-sibling::p) > 1]", "//p[following-sibling::b]", "//body/p[position() = last()]"} {
		q, err := ParseQuery(s)
		if err != nil {
			t.Errorf("ParseQuery(%s): %v", s, err)
			continue
		}
		if found, err := q.Find(wide, NewBudget()); err != nil && !errors.Is(err, ErrBudget) {
			t.Errorf("%s: %d found, error %v", s, len(found), err)
		}
	}
	deep := tree(t, strings.Repeat("<div>", 500)+strings.Repeat("<p>x</p>", 10_000))
	q, err := ParseQuery("//div//div//p")
	if err != nil {
		t.Fatal(err)
	}
	if found, err := q.Find(deep, NewBudget()); err != nil || len(found) != 10_000 {
		t.Errorf("%d paragraphs found below nested containers (%v), want 10000", len(found), err)
	}
}

func TestQueryIsSafeForConcurrentUse(t *testing.T) {
	doc := tree(t, queryPage)
	for _, s := range []string{"//div[@class='story']//p[contains(., 'T')]", "substring-after(//p[@class='by'], 'By ')", "p, h1"} {
		q, err := ParseQuery(s)
		if err != nil {
			t.Fatal(err)
		}
		first, _ := q.Find(doc, NewBudget())
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 50 {
					if found, err := q.Find(doc, NewBudget()); err != nil || !slices.Equal(found, first) {
						t.Errorf("%s: %q (%v), want %q", s, said(found), err, said(first))
						return
					}
				}
			})
		}
		wg.Wait()
	}
}

func FuzzQuery(f *testing.F) {
	for _, s := range []string{"//div[@class='story']//p", "(//p)[1] | //a/@href", "substring-before(//p, '.')", "p.by::attr(id)", "//p[position()<2 and not(@id)]/..", "//div[contains(@class='x')]"} {
		f.Add(s)
	}
	doc, err := html.Parse(strings.NewReader(queryPage))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQuery(s)
		if err != nil {
			return
		}
		one, err1 := q.Find(doc, NewBudget())
		two, err2 := q.Find(doc, NewBudget())
		if fmt.Sprint(err1) != fmt.Sprint(err2) || !slices.Equal(one, two) {
			t.Fatalf("%q finds %q (%v), then %q (%v)", s, said(one), err1, said(two), err2)
		}
	})
}

func BenchmarkQuery(b *testing.B) {
	in := "<body>" + strings.Repeat(queryPage, 200)
	doc, err := html.Parse(strings.NewReader(in))
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range []string{"div.inner > p", "//div[contains(@class,'inner')]//p"} {
		b.Run(s[:3], func(b *testing.B) {
			q, err := ParseQuery(s)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				if found, err := q.Find(doc, NewBudget()); err != nil || len(found) == 0 {
					b.Fatal(len(found), err)
				}
			}
		})
	}
}

func tree(t testing.TB, in string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// said joins what was found by "|".
func said(found []Found) string {
	var out []string
	for _, f := range found {
		if f.Text {
			out = append(out, strings.TrimSpace(f.Value))
			continue
		}
		var b strings.Builder
		for n := range f.Node.Descendants() {
			if n.Type == html.TextNode {
				b.WriteString(n.Data)
			}
		}
		out = append(out, strings.TrimSpace(b.String()))
	}
	return strings.Join(out, "|")
}
