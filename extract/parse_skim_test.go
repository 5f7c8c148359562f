package extract

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const filling = "0123456789012345678901234567890123456789"

func TestSkim(t *testing.T) {
	for _, tt := range []struct{ name, markup, parsed string }{
		{"script", "<script>" + filling + "</script>x", "<script>\x010</script>x"},
		{"short script", "<script>f()</script>x", "<script>f()</script>x"},
		{"two scripts", "<SCRIPT a='>'>" + filling + "</p></Script ><script>" + filling + "</script>", "<SCRIPT a='>'>\x010</Script ><script>\x011</script>"},
		{"near miss: no end tag", "<script>" + filling + "</scripts>", "<script>" + filling + "</scripts>"},
		{"a script that hides itself", "<script><!--" + filling + "</script>x", "<script>\x010</script>x"},
		{"a script that hides a script", "<script><!--" + filling + "<script></script>--></script>x", "<script><!--" + filling + "<script></script>--></script>x"},
		{"style", "<style>a" + filling + "</style>x", "<style>a</style>x"},
		{"comment", "a<!--" + filling + "-->b", "a<!---->b"},
		{"odd end of a comment", "a<!--" + filling + "--!>b", "a<!----!>b"},
		{"empty comment", "a<!-->" + filling + "-->b", "a<!-->" + filling + "-->b"},
		{"comment without end", "a<!--" + filling, "a<!--" + filling},
		{"drawing", "<svg a=b><g><path d='" + filling + "'/></g></svg>x", "<svg a=b></svg>x"},
		{"near miss: a drawing with text", "<svg><path d='" + filling + "'/><p>x</p></svg>", "<svg><path d='" + filling + "'/><p>x</p></svg>"},
		{"script in a drawing", "<svg><script>" + filling + "</script></svg>", "<svg><script>" + filling + "</script></svg>"},
		{"script in an attribute", `<a b="<script>` + filling + `</script>">x`, `<a b="<script>` + filling + `</script>">x`},
		{"script in a title", "<title><script>" + filling + "</script></title>x", "<title><script>" + filling + "</script></title>x"},
	} {
		s := skimHTML([]byte(tt.markup), maxAttrs)
		if got := string(bytes.Join(s.parts, nil)); got != tt.parsed {
			t.Errorf("%s: %q becomes %q, want %q", tt.name, tt.markup, got, tt.parsed)
		}
	}
}

// What was skimmed parses to the same tree but for what no reader looks at.
func FuzzSkim(f *testing.F) {
	for _, s := range []string{
		"<script>" + filling + "</script><p a='b'c=d/>x<!--" + filling + "-->y<style>" + filling + "</style>",
		"<svg viewBox='0'><title>t</title><path d='" + filling + filling + "'/></svg><svg/><math><mi><script>" + filling + "</script></math>",
		"<script><!-- <script>" + filling + "</script> --></script><textarea><script>" + filling + "</script></textarea>",
		"<table><script>" + filling + "</script><tr><svg><p>" + filling + "</svg><!--" + filling + "--!-->",
		"<noscript><style>" + filling + "</style></noscript><a ='" + filling + "'><a b= c=\"" + filling + "\" / d></a e='>'><!doctype x><? <p> ?></ p><select><style>" + filling + "</style>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, markup []byte) {
		text, _ := bound(cleanText(bytes.ToValidUTF8(markup, nil)), Bounds{}.filled())
		s := skimHTML(text, maxAttrs)
		whole, err := html.Parse(bytes.NewReader(text[:s.end]))
		if err != nil {
			return
		}
		got, err := html.Parse(&boundedReader{rest: s.parts, deadline: time.Now().Add(parseTime)})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := outline(got, s.aside), outline(whole, nil); a != b {
			t.Fatalf("%q\nskimmed %s\nwhole   %s", text, a, b)
		}
	})
}

// outline writes a tree without the insides of comments, styles and drawings.
func outline(n *html.Node, set aside) string {
	var b strings.Builder
	var write func(n *html.Node)
	write = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.CommentNode:
				b.WriteString("<!>")
			case c.Type == html.TextNode && n.DataAtom == atom.Script:
				fmt.Fprintf(&b, "%q", set.of(c.Data))
			case c.Type == html.TextNode && n.DataAtom == atom.Style:
			case c.Type == html.TextNode:
				fmt.Fprintf(&b, "%q", c.Data)
			default:
				fmt.Fprintf(&b, "<%s:%s%v>", c.Namespace, c.Data, c.Attr)
				if c.Data != "svg" || c.Namespace == "" {
					write(c)
				}
				b.WriteString("</>")
			}
		}
	}
	write(n)
	return b.String()
}

func BenchmarkSkim(b *testing.B) {
	markup := []byte(strings.Repeat("<script>"+strings.Repeat(filling, 100)+"</script><div class='a b'><p id=c>"+filling+"<a href='/"+filling+"'>x</a></p></div>", 40))
	b.SetBytes(int64(len(markup)))
	b.ReportAllocs()
	for b.Loop() {
		if s := skimHTML(markup, maxAttrs); len(s.aside) != 40 {
			b.Fatalf("%d scripts", len(s.aside))
		}
	}
}
