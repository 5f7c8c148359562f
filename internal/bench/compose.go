package bench

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
)

// Compose wraps an article's page, UTF-8 HTML with a head and a body, in what
// the pages of news houses carry around their articles: styles, scripts, menus,
// boxes of related stories, a footer. The page grows to about size bytes; about
// a half of what is added is scripts, the rest menus, boxes and styles.
// The same arguments always give the same bytes. A source that is large enough
// already, or has no body, is returned as it is.
func Compose(source []byte, size int, seed uint64) []byte {
	head := bytes.Index(source, []byte("</head>"))
	body := bytes.Index(source, []byte("<body"))
	end := bytes.LastIndex(source, []byte("</body>"))
	more := size - len(source)
	if more <= 0 || head < 0 || body < head || end < body {
		return source
	}
	body += bytes.IndexByte(source[body:], '>') + 1
	f := filler{rand: rand.New(rand.NewPCG(seed, uint64(size)))}
	f.Write(source[:head])
	f.styles(more * 15 / 100)
	f.scripts(more * 20 / 100)
	f.Write(source[head:body])
	f.menu(more * 15 / 100)
	f.Write(source[body:end])
	f.related(more * 20 / 100)
	f.scripts(more * 28 / 100)
	f.footer(more * 2 / 100)
	f.Write(source[end:])
	return f.Bytes()
}

// filler writes the parts of a page. Each method stops at the first whole piece
// past n bytes.
type filler struct {
	bytes.Buffer
	rand *rand.Rand
}

var words = strings.Fields(`harbour council bridge ferry market winter school budget river
	election museum orchard storm railway minister hospital festival harvest court
	lighthouse library stadium tunnel island village factory garden theatre mayor`)

func (f *filler) word() string { return words[f.rand.IntN(len(words))] }

func (f *filler) phrase(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = f.word()
	}
	text := strings.Join(list, " ")
	return strings.ToUpper(text[:1]) + text[1:]
}

func (f *filler) fill(n int, piece func()) {
	for end := f.Len() + n; f.Len() < end; {
		piece()
	}
}

func (f *filler) styles(n int) {
	f.WriteString("<style>\n")
	f.fill(n, func() {
		fmt.Fprintf(f, ".%s-%s__%s>.u-%x:not(:last-child){margin:0 %dpx;color:#%06x}@media(min-width:%dem){.%s{display:flex}}\n",
			f.word(), f.word(), f.word(), f.rand.IntN(4096), f.rand.IntN(40), f.rand.IntN(1<<24), 20+f.rand.IntN(60), f.word())
	})
	f.WriteString("</style>\n")
}

// scripts writes some of each kind: code and the page's state as JSON.
func (f *filler) scripts(n int) {
	f.WriteString("<script>\n")
	f.fill(n/2, func() {
		fmt.Fprintf(f, "!function(e,t){var n=e.%s||{};n[%q]=t.get(%d)&&n.q<%d?[\"%x\"]:null;t.push({k:n,v:e.%s})}(window,queue);\n",
			f.word(), f.word(), f.rand.IntN(900), f.rand.IntN(90), f.rand.Uint64(), f.word())
	})
	fmt.Fprintf(f, "</script>\n<script>window.__%s_%x__={\"slots\":[", f.word(), f.rand.IntN(4096))
	f.fill(n-n/2, func() {
		fmt.Fprintf(f, "{\"id\":\"slot-%x\",\"path\":\"/%s/%s\",\"sizes\":[[%d,%d],[300,250]],\"lazy\":%t},",
			f.rand.Uint32(), f.word(), f.word(), f.rand.IntN(900), f.rand.IntN(400), f.rand.IntN(2) == 0)
	})
	f.WriteString("{}]};</script>\n")
}

func (f *filler) menu(n int) {
	f.WriteString("<header class=\"site-header\"><nav class=\"menu\" aria-label=\"Main\"><ul class=\"menu__list\">\n")
	f.fill(n, func() {
		section := f.word()
		fmt.Fprintf(f, "<li class=\"menu__item menu__item--%s\"><a class=\"menu__link\" href=\"/%s\" data-track=\"nav|%x\"><svg width=\"16\" height=\"16\"><path d=\"M%d 8h%dv2z\"/></svg><span>%s</span></a><ul class=\"menu__sub\">",
			section, section, f.rand.Uint32(), f.rand.IntN(16), f.rand.IntN(16), f.phrase(1))
		for range 3 {
			sub := f.word()
			fmt.Fprintf(f, "<li><a href=\"/%s/%s\">%s</a></li>", section, sub, f.phrase(2))
		}
		f.WriteString("</ul></li>\n")
	})
	f.WriteString("</ul></nav></header>\n")
}

func (f *filler) related(n int) {
	f.WriteString("<aside class=\"related\"><h2>More stories</h2><div class=\"related__grid\">\n")
	f.fill(n, func() {
		id := f.rand.Uint32()
		fmt.Fprintf(f, "<div class=\"card card--%s\" data-id=\"%d\"><a class=\"card__link\" href=\"/%s/%s-%d\"><picture class=\"card__media\"><source srcset=\"/img/%x-320.webp 320w, /img/%x-640.webp 640w\" type=\"image/webp\"><img loading=\"lazy\" src=\"/img/%x.jpg\" alt=\"\"></picture><h3 class=\"card__title\">%s</h3></a><span class=\"card__meta\">%d min read</span></div>\n",
			f.word(), id, f.word(), f.word(), id, id, id, id, f.phrase(7), 1+f.rand.IntN(9))
	})
	f.WriteString("</div></aside>\n")
}

func (f *filler) footer(n int) {
	f.WriteString("<footer class=\"site-footer\"><ul>\n")
	f.fill(n, func() { fmt.Fprintf(f, "<li><a href=\"/about/%s\">%s</a></li>\n", f.word(), f.phrase(2)) })
	f.WriteString("</ul></footer>\n")
}
