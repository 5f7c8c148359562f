package extract

import (
	"net/url"
	"strings"
	"testing"

	"newsarchive/page"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var testBase, _ = url.Parse("https://news.example/world/story.html")

// body parses markup and returns the body element.
func parseBody(t testing.TB, markup string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader("<!doctype html><body>" + markup))
	if err != nil {
		t.Skip(err)
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body {
			return n
		}
	}
	t.Skip("no body")
	return nil
}

func renderMarkup(t testing.TB, markup string) rendered {
	t.Helper()
	return render(&document{base: testBase}, []*html.Node{parseBody(t, markup)}, nil)
}

// again renders what html.Render gives for the parsed tree of a fragment.
func again(t testing.TB, markup string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(markup), &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range nodes {
		if err := html.Render(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestRender(t *testing.T) {
	for _, tt := range []struct{ name, in, text, html, markdown string }{
		{"paragraphs", "<p>One  two\nthree.</p><p>Four.</p>", "One two three.\nFour.",
			"<p>One two three.</p>\n<p>Four.</p>", "One two three.\n\nFour."},
		{"preformatted text keeps its indent, white space alone is none", "<pre>\n  one\n\ttwo</pre><pre>\t \n\n</pre>", "  one\n\ttwo",
			"<pre>  one\n\ttwo</pre>", "```\n  one\n\ttwo\n```"},
		{"div soup", "<div>One<div>Two</div>Three</div>", "One\nTwo\nThree",
			"<p>One</p>\n<p>Two</p>\n<p>Three</p>", "One\n\nTwo\n\nThree"},
		{"line breaks", "Rose is<br>a rose<br><br>is a rose", "Rose is\na rose\nis a rose",
			"<p>Rose is<br/>a rose</p>\n<p>is a rose</p>", "Rose is\\\na rose\n\nis a rose"},
		{"inline marks", "<p><b>Bold</b>, <i>it</i> and <a href='/x?a=1&b=2'>link <em>in</em></a>.</p>", "Bold, it and link in.",
			`<p><strong>Bold</strong>, <em>it</em> and <a href="https://news.example/x?a=1&amp;b=2">link <em>in</em></a>.</p>`,
			"**Bold**, *it* and [link *in*](https://news.example/x?a=1&b=2)."},
		{"blank at the border of marks", "<p>a<b> b </b>c</p>", "a b c", "<p>a <strong>b</strong> c</p>", "a **b** c"},
		{"neighbours merge", "<p><b>a</b><b>b</b></p>", "ab", "<p><strong>ab</strong></p>", "**ab**"},
		{"emphasis that Markdown cannot end", "<p><b>Note:</b>text</p>", "Note:text", "<p><strong>Note:</strong>text</p>", "Note:text"},
		{"marks around blocks", "<b><p>One</p><p>Two</p></b>", "One\nTwo", "<p><strong>One</strong></p>\n<p><strong>Two</strong></p>", "**One**\n\n**Two**"},
		{"headings", "<h1>Top</h1><h3>Sub<br>head</h3>x", "Top\nSub head\nx", "<h2>Top</h2>\n<h3>Sub head</h3>\n<p>x</p>", "## Top\n\n### Sub head\n\nx"},
		{"lists", "<ul><li>a<li><p>b</p><ol><li>c</ol></ul><p>d", "a\nb\nc\nd",
			"<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>\n<p>d</p>", "- a\n- b\n  1. c\n\nd"},
		{"item of two paragraphs", "<ul><li><p>a</p><p>b</p></ul>", "a\nb", "<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"},
		{"two lists", "<ul><li>a</ul><ul><li>b</ul>", "a\nb", "<ul><li>a</li></ul>\n<ul><li>b</li></ul>", "- a\n\n* b"},
		{"item without list", "<div><li>a</li></div>", "a", "<p>a</p>", "a"},
		{"quote", "<blockquote><p>a</p><p>b</p></blockquote>c", "a\nb\nc", "<blockquote><p>a</p><p>b</p></blockquote>\n<p>c</p>", "> a\n>\n> b\n\nc"},
		{"embedded post", `<blockquote class="twitter-tweet"><p lang="en">Snow!</p>&mdash; Ann (@ann) <a href="https://x.example/1">3 May</a></blockquote><script src="https://x.example/w.js"></script>`,
			"Snow!\n— Ann (@ann) 3 May", `<blockquote><p>Snow!</p><p>— Ann (@ann) <a href="https://x.example/1">3 May</a></p></blockquote>`,
			"> Snow!\n>\n> — Ann (@ann) [3 May](https://x.example/1)"},
		{"table", "<table><caption>Results</caption><tr><th>Town<th>Votes<tr><td>Ulm<td>1|2<tr><td><td><p>3</p><p>4</p></table>",
			"Results\nTown\tVotes\nUlm\t1|2\n3 4",
			"<table><caption>Results</caption><tbody><tr><th>Town</th><th>Votes</th></tr><tr><td>Ulm</td><td>1|2</td></tr><tr><td></td><td>3 4</td></tr></tbody></table>",
			"Results\n\n| Town | Votes |\n| --- | --- |\n| Ulm | 1\\|2 |\n|  | 3 4 |"},
		{"caption of several blocks", "<table><caption><p>Votes</p><ul><li>by town</li></ul></caption><tr><td>a<td>b<tr><td>c<td>d</table>", "Votes by town\na\tb\nc\td",
			"<table><caption>Votes by town</caption><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>",
			"Votes by town\n\n| a | b |\n| --- | --- |\n| c | d |"},
		{"caption of a layout table", "<table><caption>Quay</caption><tr><td>a</table>", "Quay\na", "<p>Quay</p>\n<p>a</p>", "Quay\n\na"},
		{"table with one row of words", "<table><tr><td>a<td>b<tr><td><td></table>", "a\nb", "<p>a</p>\n<p>b</p>", "a\n\nb"},
		{"layout table", "<table><tr><td><h2>Head</h2><p>One</p></td><td>Two</td></tr></table>", "Head\nOne\nTwo",
			"<h2>Head</h2>\n<p>One</p>\n<p>Two</p>", "## Head\n\nOne\n\nTwo"},
		{"preformatted", "<pre>\n a\n  b</pre>", " a\n  b", "<pre> a\n  b</pre>", "```\n a\n  b\n```"},
		{"pictures", `<p>a<img src="/i.jpg" alt="A  dog">b</p><figure><img src="data:x" data-src="j.png"><figcaption>Caption</figcaption></figure><img src="/p.gif" width="1">`,
			"ab", "<p>ab</p>\n" + `<figure><img src="https://news.example/i.jpg" alt="A dog"/></figure>` + "\n" + `<figure><img src="https://news.example/world/j.png" alt=""/></figure>`,
			"ab\n\n![A dog](https://news.example/i.jpg)\n\n![](https://news.example/world/j.png)"},
		{"active content", `<p onclick="x()">a<script>b</script><iframe src="c">d</iframe><svg><text>e</text></svg><a href="javascript:f()">g</a></p><form><input value=h><button>i</button></form>`,
			"ag", "<p>ag</p>", "ag"},
		{"markup in text", "<p>&lt;script&gt;alert('1')&lt;/script&gt; &amp;amp; \"q\"</p>", "<script>alert('1')</script> &amp; \"q\"",
			"<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp;amp; &#34;q&#34;</p>", "\\<script>alert('1')\\</script> \\&amp; \"q\""},
		{"Markdown in text", "<p># no *head* snake_case _x_ [a](b)</p><p>1. no list</p>", "# no *head* snake_case _x_ [a](b)\n1. no list",
			"<p># no *head* snake_case _x_ [a](b)</p>\n<p>1. no list</p>", "\\# no \\*head\\* snake_case \\_x\\_ \\[a\\](b)\n\n1\\. no list"},
		{"words stay whole", "<p>Donau\u00addampf<wbr>schiff<span>fahrt</span>\u200b</p>", "Donaudampfschifffahrt", "<p>Donaudampfschifffahrt</p>", "Donaudampfschifffahrt"},
		{"lines of Chinese", "<p>今天\n下雨，\n  出门 Berlin\n带伞</p>", "今天下雨，出门 Berlin 带伞", "<p>今天下雨，出门 Berlin 带伞</p>", "今天下雨，出门 Berlin 带伞"},
		{"ruby", "<p><ruby>東京<rt>とうきょう</rt></ruby>都<ruby>尹<rp>(</rp><rt>ユン</rt><rp>)</rp></ruby>氏</p>", "東京都尹(ユン)氏", "<p>東京都尹(ユン)氏</p>", "東京都尹(ユン)氏"},
		{"quotation", "<p>He said <q>yes </q>.</p>", "He said “yes”.", "<p>He said “yes”.</p>", "He said “yes”."},
		{"code and chemistry", "<p><code>a`b*</code> H<sub>2</sub>O</p>", "a`b* H2O", "<p><code>a`b*</code> H<sub>2</sub>O</p>", "``a`b*`` H<sub>2</sub>O"},
		{"mail", `<a href="mailto:a@news.example?subject=x">mail</a>`, "mail", `<p><a href="mailto:a@news.example">mail</a></p>`, "[mail](mailto:a@news.example)"},
		{"nothing", "<div> &nbsp; <p></p><ul><li></li></ul></div>", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := renderMarkup(t, tt.in)
			for _, form := range []struct{ name, got, want string }{
				{"text", got.text, tt.text}, {"html", got.html, tt.html}, {"markdown", got.markdown, tt.markdown},
				{"html parsed and rendered", again(t, got.html), tt.html},
				{"html rendered again", renderMarkup(t, got.html).html, tt.html},
			} {
				if form.got != form.want {
					t.Errorf("%s = %q\nwant %q", form.name, form.got, form.want)
				}
			}
		})
	}
}

// What is rendered holds no element or attribute but the allowed ones, is the very
// rendering of its own tree, and is rendered to itself.
func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		"<p>One <b>two <a href='/x'>three</b> four</a>", "<ul><li>a<ul><li>b</ul>c</ul>", "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
		"<pre>\n\na</pre><blockquote>x<br><br>y</blockquote>", "<svg><style><img src=x onerror=alert(1)></style></svg>",
		"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>", "<noscript><p title='</noscript><script>alert(1)</script>'>",
		"<a href='java\nscript:alert(1)'>x</a><img src='javascript:1'>", "<ol><li><h3>x</h3><p>y<li></ol><q>z</q>", "<form><math><mtext></form><form><mglyph><style></math>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, markup string) {
		r := renderMarkup(t, page.Clean(markup))
		checkAllowed(t, r.html)
		if got := again(t, r.html); got != r.html {
			t.Fatalf("of %q came\n%q, which parses to\n%q", markup, r.html, got)
		}
		next := renderMarkup(t, r.html)
		if next.html != r.html || next.text != r.text || next.markdown != r.markdown {
			t.Fatalf("of %q came\n%+v, and of that\n%+v", markup, r, next)
		}
		if strings.TrimSpace(r.text) == "" && r.text != "" || page.Clean(r.text) != r.text {
			t.Fatalf("of %q came the text %q", markup, r.text)
		}
	})
}

var allowed = map[string]string{
	"p": "", "h2": "", "h3": "", "h4": "", "h5": "", "h6": "", "ul": "", "ol": "", "li": "", "blockquote": "", "pre": "", "table": "", "caption": "", "tbody": "",
	"tr": "", "td": "", "th": "", "strong": "", "em": "", "cite": "", "s": "", "code": "", "sub": "", "sup": "", "br": "", "figure": "", "a": "href", "img": "src alt",
}

func checkAllowed(t *testing.T, markup string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("%q in %q", z.Raw(), markup)
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			attrs, ok := allowed[token.Data]
			if !ok {
				t.Fatalf("<%s> in %q", token.Data, markup)
			}
			for _, a := range token.Attr {
				if !hasWord(attrs, a.Key) {
					t.Fatalf("%s of <%s> in %q", a.Key, token.Data, markup)
				}
				if u, err := url.Parse(a.Val); a.Key != "alt" && (err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto") {
					t.Fatalf("%s=%q in %q", a.Key, a.Val, markup)
				}
			}
		}
	}
}

// benchBody is an article of some 60 paragraphs with lists, links and a table.
func benchBody(b *testing.B) *html.Node {
	return parseBody(b, strings.Repeat(prose(12)+`<h2>A <b>subhead</b></h2><ul><li>One <a href="/one">link</a></li><li>Two</li></ul>
		<p>With <em>some</em> <strong>marks</strong>, an <a href="https://else.example/a">address</a> &amp; more.</p>
		<table><tr><th>Town<th>Votes<tr><td>Ulm<td>12</table>`, 15))
}

func BenchmarkRender(b *testing.B) {
	body := benchBody(b)
	d := &document{base: testBase}
	b.SetBytes(int64(len(render(d, []*html.Node{body}, nil).html)))
	b.ReportAllocs()
	for b.Loop() {
		if r := render(d, []*html.Node{body}, nil); r.text == "" || r.markdown == "" {
			b.Fatal("nothing rendered")
		}
	}
}

// BenchmarkNetHTMLRender prints the same nodes as they are, for comparison.
func BenchmarkNetHTMLRender(b *testing.B) {
	body := benchBody(b)
	var out strings.Builder
	if err := html.Render(&out, body); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(out.Len()))
	b.ReportAllocs()
	for b.Loop() {
		var out strings.Builder
		if err := html.Render(&out, body); err != nil {
			b.Fatal(err)
		}
	}
}
