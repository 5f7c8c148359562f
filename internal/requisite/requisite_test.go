package requisite

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func told(list []Found) (lines []string) {
	for _, f := range list {
		lines = append(lines, fmt.Sprintf("%s %s", f.Kind, strings.TrimPrefix(f.URL, "https://news.example")))
	}
	return lines
}

func TestHTML(t *testing.T) {
	for _, tt := range []struct {
		name, page string
		want       []string
	}{
		{"nothing", `<p>Plain.`, nil},
		{"styles and icons", `<link rel=stylesheet href=a.css><link rel="alternate stylesheet" href=/b.css><LINK REL="shortcut icon" HREF=/f.ico><link rel=canonical href=/x>`,
			[]string{"style /city/a.css", "style /b.css", "icon /f.ico"}},
		{"preload", `<link rel=preload as=font href=/f.woff2><link rel=preload as=fetch href=/data.json><link rel=preload as=image imagesrcset="/s.jpg 1x, /l.jpg 2x">`,
			[]string{"font /f.woff2", "variant /s.jpg", "image /l.jpg"}},
		{"base", `<base href=https://cdn.example/v1/><img src=a.png>`, []string{"image https://cdn.example/v1/a.png"}},
		{"img", `<img src=a.jpg srcset="a-320.jpg 320w, a-640.jpg 640w,a-960.jpg 960w"><img src="data:image/gif;base64,R0" data-src=/lazy.jpg>`,
			[]string{"image /city/a.jpg", "variant /city/a-320.jpg", "variant /city/a-640.jpg", "image /city/a-960.jpg", "image /lazy.jpg"}},
		{"picture", `<picture><source type=image/webp srcset="/p.webp, /p2.webp 2x"><source data-srcset=/q.avif><img src=/p.jpg></picture>`,
			[]string{"variant /p.webp", "image /p2.webp", "image /q.avif", "image /p.jpg"}},
		{"commas in addresses", `<img srcset="/w_1,h_2/a.jpg 1x, /w_2,h_4/a.jpg 2x">`, []string{"variant /w_1,h_2/a.jpg", "image /w_2,h_4/a.jpg"}},
		{"noscript", `<noscript><img src=/plain.jpg></noscript>`, []string{"image /plain.jpg"}},
		{"style tag and attribute", `<style>body{background:url(/bg.png)} @import "/more.css";</style><div style="background-image:url('/hero.jpg')">`,
			[]string{"image /bg.png", "style /more.css", "image /hero.jpg"}},
		{"data attributes", `<div data-bg=/back.webp data-url=/share></div>`, []string{"image /back.webp"}},
		{"script, video, svg", `<script src=/a.js></script><video poster=/v.jpg><source src=/v.mp4></video><svg><use href=/sprite.svg#x /><image xlink:href=/y.png /></svg>`,
			[]string{"script /a.js", "image /v.jpg", "image /sprite.svg", "image /y.png"}},
		{"not visited", `<img src="javascript:x"><img src="ftp://a.example/x"><img src="mailto:x@y.example"><img src="#a"><img src="">`, nil},
		{"the page itself, and twice", `<img src="/city/page"><img src=/a.png><img src=/a.png#b>`, []string{"image /a.png"}},
		{"text of scripts", `<script>"<img src=/no.png>"</script><textarea><img src=/no.png></textarea><!-- <img src=/no.png> -->`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, told(HTML([]byte(tt.page), "text/html", "https://news.example/city/page"))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestHTMLInItsCharset(t *testing.T) {
	wide := []byte{0xff, 0xfe}
	for _, c := range `<img src=/a.png>` {
		wide = append(wide, byte(c), 0)
	}
	if d := cmp.Diff([]string{"image /a.png"}, told(HTML(wide, "text/html", "https://news.example/"))); d != "" {
		t.Error(d)
	}
}

func TestCSS(t *testing.T) {
	for _, tt := range []struct {
		name, sheet string
		want        []string
	}{
		{"nothing", `body { color: red }`, nil},
		{"imports", `@import "a.css"; @import url(/b.css) screen; @import url("c.css") layer(x) supports(display: grid);`,
			[]string{"style /css/a.css", "style /b.css", "style /css/c.css"}},
		{"images", `a{background:URL( "x.png" )} b{background-image:url(../y.svg#z),url('w w.png')}`,
			[]string{"image /css/x.png", "image /y.svg", "image /css/w%20w.png"}},
		{"fonts", `@font-face{font-family:A;src:url(a.woff2) format("woff2"),url(a.woff)} @font-face{src:url(b.woff2)} p{background:url(c.png)}`,
			[]string{"font /css/a.woff2", "variant /css/a.woff", "font /css/b.woff2", "image /css/c.png"}},
		{"image-set", `a{background:image-set("a.png" 1x, url(b.png) 2x); content:"text.png"}`, []string{"image /css/a.png", "image /css/b.png"}},
		{"comments and strings", `/* url(no.png) */ a{content:"url(no.png)"} b{background:url(yes.png)}`, []string{"image /css/yes.png"}},
		{"escapes", `a{background:url(a\ b.png)} b{background:url("\2f c.png")}`, []string{"image /css/a%20b.png", "image /c.png"}},
		{"namespace", `@namespace svg url(http://www.w3.org/2000/svg); a{b:url(x.png)}`, []string{"image /css/x.png"}},
		{"custom property", `:root{--hero:url(/h.jpg)}`, []string{"image /h.jpg"}},
		{"media", `@media print{a{b:url(p.png)}} @font-face{src:url(f.ttf)}`, []string{"image /css/p.png", "font /css/f.ttf"}},
		{"data", `a{b:url(data:image/png;base64,AAAA)} c{d:url()}`, nil},
		{"cut", `a{background:url(a.png`, []string{"image /css/a.png"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, told(CSS([]byte(tt.sheet), "https://news.example/css/main.css"))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestBounds(t *testing.T) {
	var b strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&b, `<img src=/%d.png>`, i)
	}
	if n := len(HTML([]byte(b.String()), "text/html", "https://news.example/")); n != most {
		t.Errorf("%d found, want %d", n, most)
	}
	if HTML([]byte(`<img src=https://a.example/x.png>`), "", "about:blank") != nil {
		t.Error("a base that cannot be visited")
	}
}

func TestAFaultEndsTheReadingOnly(t *testing.T) {
	got := find("https://news.example/", func(f *finding) {
		f.add("/a.png", Image)
		panic("in a parser that is not ours")
	})
	if len(got) != 1 || got[0].URL != "https://news.example/a.png" {
		t.Errorf("found %v", got)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(`<base href=//x><img srcset="a 1x, b,c 2x" data-src=d style="background:url(e)"><style>@import 'f'`))
	f.Fuzz(func(t *testing.T, page []byte) { sound(t, HTML(page, "text/html", "https://news.example/a/b")) })
}

func FuzzCSS(f *testing.F) {
	f.Add([]byte(`@import url(a) x; @font-face{src:url("b\2f")} --c:url(--d:url(e)); image-set("f" 1x)`))
	f.Fuzz(func(t *testing.T, sheet []byte) { sound(t, CSS(sheet, "https://news.example/a/b")) })
}

// sound holds what was found to what callers rely on.
func sound(t *testing.T, list []Found) {
	for _, f := range list {
		if !strings.HasPrefix(f.URL, "http://") && !strings.HasPrefix(f.URL, "https://") || strings.Contains(f.URL, "#") {
			t.Errorf("%q", f.URL)
		}
	}
	if len(list) > most {
		t.Errorf("%d found", len(list))
	}
}
