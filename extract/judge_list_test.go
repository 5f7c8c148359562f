package extract

import (
	"strings"
	"testing"

	"newsarchive/page"
)

// TestLists judges pages that lead to others, pages of the house, and articles that look like them.
func TestLists(t *testing.T) {
	const head = `<header><nav><a href=/>Home</a><a href=/world>World</a><a href=/sport>Sport</a><a href=/culture>Culture</a></nav></header>`
	row := func(i int) string {
		return strings.ReplaceAll(`<div class=row><a class=t href=/a/N>Mill may open again next year, council says</a><span>20 November</span><div>`+styleParagraphs["en"]+`</div></div>`, "N", string(rune('a'+i)))
	}
	post := func(i int) string {
		return `<article class=post><h2><a href=/a/` + string(rune('a'+i)) + `>Mill may open again next year</a></h2><p>` + styleParagraphs["en"] + `</p><a href=/a/x>Continue</a></article>`
	}
	times := func(n int, item func(int) string) (s string) {
		for i := range n {
			s += item(i)
		}
		return s
	}
	aside := `<aside>` + times(8, func(int) string { return `<h3><a href=/a>Mill may open again next year</a></h3>` }) + `</aside>`
	ldOf := func(kind string) string {
		return `<script type="application/ld+json">{"@type":"` + kind + `"}</script>`
	}
	const ogArticle, ogSite = `<meta property=og:type content=article>`, `<meta property=og:type content=website>`
	for _, tt := range []struct {
		name, path, body string
		want             page.Outcome
	}{
		{"teasers of whole paragraphs without headings", "/world", head + `<title>World</title><h1>World</h1>` + times(12, row), page.NotArticle},
		{"a long one", "/world", head + `<title>World</title><h1>World</h1>` + times(25, row), page.NotArticle},
		{"search results", "/search?q=mill", head + `<title>mill – News</title><h1>18 results for mill</h1>` + times(10, row), page.NotArticle},
		{"a tag that calls itself an article", "/tag/mill", head + ogArticle + `<title>Mill</title><h1>Mill</h1>` + times(8, post), page.NotArticle},
		{"a tag that calls itself both", "/tag/mill", head + ogArticle + ldOf("CollectionPage") + `<title>Mill</title><h1>Mill</h1>` + styled("en", 2) + times(3, post), page.NotArticle},
		{"a mug", "/shop/mug", head + ldOf("Product") + `<title>Mug</title><h1>Mill mug</h1><p>` + styleParagraphs["en"] + `</p>`, page.NotArticle},
		{"about us", "/about", head + ogSite + `<title>About us | The Post</title><h1>Since 1911</h1>` + styled("en", 4), page.NotArticle},
		{"an imprint, German", "/impressum", head + `<title>Impressum – Die Post</title><h1>Impressum</h1>` + styled("de", 3), page.NotArticle},
		{"terms, French", "/cgu", head + `<title>Conditions générales d’utilisation - Le Moulin</title><h1>CGU</h1>` + styled("fr", 9), page.NotArticle},
		{"lines in bold, each with its text", "/world", head + `<title>World</title><div>` + times(8, func(i int) string {
			return `<b><a href=/a/` + string(rune('a'+i)) + `>Mill may open again next year</a></b><br>` + styleParagraphs["en"] + `<br><br>`
		}) + `</div>`, page.NotArticle},
		{"terms, each with its text", "/world", head + `<title>World</title><dl>` + times(8, func(i int) string {
			return `<dt><a href=/a/` + string(rune('a'+i)) + `>Mill may open again next year</a></dt><dd>` + styleParagraphs["en"] + `</dd>`
		}) + `</dl>`, page.NotArticle},
		{"a story with links between its paragraphs", "/a", head + `<title>Fire</title><div><h1>Fire</h1>` + times(8, func(i int) string {
			return `<p>` + styleParagraphs["en"] + `</p><p>` + styleParagraphs["en"] + `</p><p><a href=/a/` + string(rune('a'+i)) + `>Mill may open again next year</a></p>`
		}) + `</div>`, page.OK},

		{"a short story beside an aside", "/a", head + `<title>Fire</title><div><h1>Fire</h1>` + styled("es", 2) + `</div>` + aside, page.OK},
		{"a story before twenty cards", "/a", head + `<title>Fire</title><article><h1>Fire</h1>` + styled("en", 3) + `</article><section>` + times(20, func(int) string { return `<article><h3><a href=/a>Mill may open again next year</a></h3></article>` }) + `</section>`, page.OK},
		{"walks that lead elsewhere", "/walks", head + `<title>Six walks</title><h1>Six walks</h1>` + times(6, func(int) string {
			return `<div class=walk><p>` + styleParagraphs["en"] + `</p><p><a href=https://map.example/w>The way on the map of the club</a></p></div>`
		}), page.OK},
		{"a log that leads into itself", "/live", head + `<title>Flood</title><h1>Flood: live</h1>` + times(8, func(int) string {
			return `<div class=entry><a href=#e>Link to this very entry of the log</a><p>` + styleParagraphs["en"] + `</p></div>`
		}), page.OK},
		{"about us, the play", "/a", head + newsLD + `<title>About us</title><h1>About us</h1>` + styled("en", 2), page.OK},
		{"a form to log in that has the first heading", "/a", head + `<title>Fire | The Post</title><meta property=og:title content=Fire><div><h1>Log in</h1><input type=password></div><article><h1>Fire</h1>` + styled("en", 3) + `</article>`, page.OK},
	} {
		t.Run(tt.name, func(t *testing.T) { checkOutcome(t, tt.path, tt.body, tt.want, "") })
	}
}
