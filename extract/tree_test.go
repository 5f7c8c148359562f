package extract

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// treeDifference says where the tree that was built differs from that of html.Parse; ""
// if it does not, or if none was built.
func treeDifference(t *testing.T, text []byte) string {
	t.Helper()
	built, set, odd := buildTree(text, maxAttrs)
	if odd != "" {
		return ""
	}
	want, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return "a tree of what html.Parse refuses: " + err.Error()
	}
	return nodeDifference(built, want, set)
}

// nodeDifference compares what is read of two trees.
func nodeDifference(got, want *html.Node, set aside) string {
	if d := ownDifference(got, want, set); d != "" {
		return d
	}
	if got.DataAtom == atom.Svg || got.DataAtom == atom.Style {
		return ""
	}
	g, w := got.FirstChild, want.FirstChild
	for ; g != nil && w != nil; g, w = g.NextSibling, w.NextSibling {
		if d := nodeDifference(g, w, set); d != "" {
			return got.Data + " > " + d
		}
		if g.Parent != got {
			return got.Data + ": a child of another"
		}
	}
	if g != nil || w != nil {
		return fmt.Sprintf("%s ends with %s, want %s", got.Data, shortNode(g), shortNode(w))
	}
	return ""
}

func ownDifference(got, want *html.Node, set aside) string {
	data := got.Data
	switch {
	case got.Type == html.CommentNode && want.Type == html.CommentNode:
		return ""
	case got.Type == html.TextNode && got.Parent.DataAtom == atom.Script:
		data = string(set.of(data))
	}
	sameAttr := want.DataAtom == atom.Svg || slices.Equal(got.Attr, want.Attr)
	if got.Type != want.Type || data != want.Data || got.DataAtom != want.DataAtom || got.Namespace != want.Namespace || !sameAttr {
		return fmt.Sprintf("%s, want %s", shortNode(got), shortNode(want))
	}
	return ""
}

func shortNode(n *html.Node) string {
	if n == nil {
		return "nothing"
	}
	return fmt.Sprintf("{%d %.40q %v}", n.Type, n.Data, n.Attr)
}

// treeCases are markup that each asks for another rule.
var treeCases = []string{
	"", " ", "text", "<", "a<", "<p", "</p>", "<!-->", "<!--->x", "<!-- a -- b -->x", "<!-- open >", "<?xml version='1.0'?><html>", "</>", "</ x>y",
	"<!DOCTYPE html><title>a &amp; b</title><p>one<p>two",
	"<!DOCTYPE HTML ><p>a<table><tr><td>b</table>", "<!DOCTYPE html\t><p>a<table><tr><td>b</table>",
	"<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><p>a<table><tr><td>b</table>",
	"<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\"><p>a<table><td>b",
	"<p>a<table><tr><td>b</table>c",
	"\n<html lang=de>\n<head>\n<meta charset=utf-8>\n</head>\n<body class='a b'>\n<div>x</div>\n</body>\n</html>\n",
	"<head><title>t</title></head><script>a</script> <link rel=x><body>b", "<head></head><noscript>n</noscript>b", "<noscript>n</noscript><p>b",
	"<html><body>a</body>b<p>c</html> <!-- z --> d", "<body>a</body><!-- c --></html><!-- d --><script>s</script>",
	"<p><b>a<p>b</b>c", "<p><b><i>a</p><p>b</i></b>c", "<a href=1>a<a href=2>b</a>c", "<a href=1><div>a</div></a>", "<a>a<p>b<a>c", "<b><p>a</b>b</p>",
	"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "<dl><dt>a<dd>b<p>c<dt>d</dl>", "<li>a<div><li>b</div>", "<p>a<li>b",
	"<h1>a<h2>b</h1>c", "<p>a<h1>b</p>c", "<button>a<button>b</button>c", "<p>a<button><p>b</button>c</p>d",
	"<form>a<form>b</form>c</form><form>d", "<form><div></form>x</div>y", "<table><form><tr><td><input></form></table>",
	"<table>\n<tr>\n<td>a</td>\n<th>b</th>\n</tr>\n</table>c", "<table><tbody><tr><td>a<td>b<tr><td>c</tbody><tfoot><tr><td>d</table>",
	"<table><caption>a<b>b</caption><colgroup><col><col></colgroup><tr><td><b>c</table>d", "<table><col><tr><td>a", "<table><td><table><td>a</table>b</table>c",
	"<table><tr><td>a</div></td></tr></div></table>", "<table>a<tr><td>b</table>", "<table><div>a</div></table>", "<div><table><tr><td></div>a</table>b</div>c",
	"<table><tr><td><p>a</table><p>b", "<table><thead><tr><th>a</thead><tr><td>b</table>", "<table></tr></td></tbody><tr></th><td>x</body></html>y</table>z",
	"<select><option>a<option>b<optgroup><option>c</select>d", "<select><input>", "<select><select><p>x", "<option>a<option>b", "<select><hr><option>x</select>",
	"<pre>\n\na</pre><pre>\n</pre><pre>b</pre>", "<textarea>\na &lt; <b></textarea>", "<xmp><b></xmp>c", "<iframe><p></iframe>a", "<noembed><p></noembed><noframes><p></noframes>",
	"<script>var a = '<p>';</script>a", "<script>longer than what is worthwhile to be set aside();</script>", "<script><!-- <script> --></script>a", "<style>p > a { b: c }</style>a",
	"<svg><path d='m'/><title>a</title></svg>b", "<svg/>a", "<g><svg></g>0</svg>", "<svg><g></svg></g>a", "<svg><a><rect></a></svg>b", "<div><svg></div>a", "<svg><g><svg></svg></g><!-- c --></svg>a", "<p><svg><path></svg></p>a", "<svg><p>a</svg>", "<svg><title><b>a</b></title></svg>",
	"<svg><style>a{}</style><text>b</text></svg>c", "<math><mi>a</math>b", "<template><p>a</template>b",
	"<p class=a CLASS=b Class='c' id = d title=\"e\"f=g/>x", "<br/><br x/><br x=/><img src=a/b/><hr /a=b>", "<p =a b==c d=\"e&amp;f&copy=1&copy;&copyx&ampx&#65;&#x41&notit;\">&copy=&copyx &notit; &amp;amp &lt",
	"<a href='?a=1&b=2&lt=3&amp;c=4&sect=5&region=6&fjlig;&semi;&nosuch;'>x</a>", "<DIV Class=X DATA-Foo=Y><My-Tag>a</my-tag></div>b",
	"<ruby>a<rt>b<rp>c</ruby>d<ruby><rtc>a<rt>b</ruby>", "<object><param><b>a</object>b", "<p>a<hr>b", "</br>a</p>b", "<body a=1><body b=2>", "<html a=1><html b=2>",
	"<script><!-- <script>a</script> b</script>c</script>d", "<script><!-- <script>a --></script>b", "<script><!--> <script></script>a", "<script><!-- < <script></script>a</script>b", "<script><!--<a></script>b", "<script><!-- </SCRIPT\n>a", "<script><!--<scripts></script>a", "<script><!-- <script></script >--></script>a",
	"<template>a<p>b</template>c", "<head><template><div>a</div></template><title>b</title></head><p>c", "<template><td>a</template>b", "<template><script>a</script><tr></template>b", "<p>a<template><p>b</template>c</p>d",
	"<template><form>a</form></template>b", "<template><form>a</template><form>b</form>", "<template><b>a</template>b", "<table><template><p>a</template><tr><td>b</table>", "<table><tr><template>a</template><td>b</table>c", "<template><template>a</template><p>b</template>c",
	"<template></p>a</div></template>b", "<template>a", "<head></head><template>a</template><body>b", "<template><html a=b><body c=d></template>", "<template><select><option>a</template>b", "<template><table><tr><td>a</td></tr></table><tr></template>", "</template>a", "<td><template></td></template>b",
	"<a><div>a<p>b</a>c</div>d", "<a><b><div>a</a>b</div>", "<b><i><u><s><div>a</b>b</div>c", "<b><i><u><s><em><div>a</b>b</div>c</em>", "<a href=1><p>a<a href=2>b</p>c", "<font><ul><li>a</font>b</ul>", "<table><tr><td><b><p>a</b></table>", "<a><table><tr><td>a</a>b</table>c", "<b><b><p>a</b>b</p>c",
	"<em><span><p>a</em>b</span>", "<i>a<div>b<i>c</div>d</i>e</i>f", "<frameset>", "<p>a<body>", "a</x>b</x>c", "<div>a<span>b</div>c</span>d", "<b>a<div>b</b>c</div>d", "<i>a<b>b</i>c</b>d", "<b><b><b><b>a<p>b", "<font color=a><p>b</font>c",
	"<p>a<input type=hidden><input>b", "<table><input type=hidden><tr><td>a</table>", "<table><script>a</script><style>b</style><tr><td>c</table>", "<details><summary>a</details>b", "<image src=a>", "<plaintext>a",
}

func TestTreeIsThatOfHTMLParse(t *testing.T) {
	for _, text := range treeCases {
		if d := treeDifference(t, []byte(text)); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
	for _, name := range fixturePages(t) {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := decode(body, "")
		if d := treeDifference(t, text); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func fixturePages(t *testing.T) []string {
	t.Helper()
	var pages []string
	err := filepath.WalkDir("../testdata/html", func(path string, d fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".html" {
			pages = append(pages, path)
		}
		return err
	})
	if err != nil || len(pages) < 50 {
		t.Fatalf("%d fixtures: %v", len(pages), err)
	}
	return pages
}

// Markup as it should be, and what is wrong on most pages, must not need html.Parse.
func TestTreeIsBuiltOfUsualMarkup(t *testing.T) {
	for _, text := range []string{
		"<!DOCTYPE html><html lang=en><head><title>a</title><script>b</script></head><body><main><p>c <a href=d>e</a></p></main></body></html>",
		"<p><b>a<p>b</b>c", "<ul><li>a<li>b</ul>", "<table><tr><td>a<td>b</table>", "<a href=1>a<a href=2>b</a>", "<p>a</div></span>b", "<form><div></form>x</div>",
		"<b><p>a</b>b</p>", "<a><div>a</a>b</div>", "<template><p>a</template>", "<script><!-- <script>a</script></script>b", "<svg viewBox='0 0 1 1'><path d='M0'/></svg>a", "<select><option>a<option>b</select>", "<button><p>a</button>b", "<object><b>a</object>b",
	} {
		if _, _, odd := buildTree([]byte(text), maxAttrs); odd != "" {
			t.Errorf("%q: gave up: %s", text, odd)
		}
	}
}

// A tag with a million attributes is given up at once: each is compared with those before it.
func TestTreeGivesUpOnAttributes(t *testing.T) {
	var b strings.Builder
	for i := range 1_000_000 {
		fmt.Fprintf(&b, "a%d=1 ", i)
	}
	if _, _, odd := buildTree([]byte("<p "+b.String()+">x"), maxAttrs); odd != "many attributes" {
		t.Errorf("gave up for %q", odd)
	}
}

func TestTreeGivesUp(t *testing.T) {
	for _, text := range []string{"<table>a</table>", "<template><td>a</template>", "<p title='a", "<svg><p>a</svg>", strings.Repeat("<div>", 600), strings.Repeat("a</x>", 200), strings.Repeat("<b><p>", 100)} {
		if _, _, odd := buildTree([]byte(text), maxAttrs); odd == "" {
			t.Errorf("%.40q: a tree, want none", text)
		}
	}
}

func FuzzTree(f *testing.F) {
	for _, text := range treeCases {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		text, _ := decode(body, "text/html; charset=utf-8")
		if d := treeDifference(t, text); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	})
}
