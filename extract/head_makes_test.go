package extract

import (
	"strings"
	"testing"
	"time"
)

// TestHeadMakes reads who wrote one story and when from its head as papers of many
// countries print it.
func TestHeadMakes(t *testing.T) {
	for _, tt := range []struct{ name, url, lang, in, authors, at string }{
		{"spans with no blank between", "https://echo.fr/1", "fr", `<div class=infos><span>Par Camille Roux</span><span>Publié le 24 novembre 2026 à 7h05</span><span>Mis à jour le 24 novembre 2026 à 8h30</span></div>`, "Camille Roux", "2026-11-24T07:05:00Z"},
		{"spans of one name", "https://post.ie/1", "en", `<p><span>By</span> <span>Mara</span> <span>Lund</span></p><p>24 November 2026</p>`, "Mara Lund", "2026-11-24T00:00:00Z"},
		{"one long line", "https://bote.de/1", "de", `<div><span>Von Hanna Petersen</span> <span>24.11.2026, 07:05 Uhr</span> <span>Aktualisiert: 24.11.2026, 09:10 Uhr</span></div>`, "Hanna Petersen", "2026-11-24T07:05:00Z"},
		{"a date in the page's language before the label", "https://echo.pl/1", "pl", `<div>Opublikowano: wtorek, 24 listopada 2026 07:05 | Autor: <a href=/autor/mb>Magdalena Brzoza</a></div>`, "Magdalena Brzoza", "2026-11-24T07:05:00Z"},
		{"a weekday behind the name", "https://vung.vn/1", "vi", `<div class=author-time><span>Nguyễn Hà My</span> <span>Thứ hai, 23/11/2026 - 07:15</span></div>`, "Nguyễn Hà My", "2026-11-23T07:15:00Z"},
		{"Taiwanese", "https://shan.tw/1", "zh-TW", `<div class=author>記者林亦晴／南投報導</div><div class=time>2026/11/22 10:26</div>`, "林亦晴", "2026-11-22T10:26:00Z"},
		{"two of Taiwan in brackets", "https://shan.tw/1", "zh-TW", `<div class=author>〔記者林亦晴、周小滿／台北報導〕</div><div class=time>2026/11/22 10:26</div>`, "林亦晴, 周小滿", "2026-11-22T10:26:00Z"},
		{"Chinese, under labels", "https://lin.com.cn/1", "zh-CN", `<div class=info><span>2026-11-23 15:40</span><span>来源：邻江新闻网</span><span>作者：周小满</span><span>字号：<a>大</a></span></div>`, "周小满", "2026-11-23T15:40:00Z"},
		{"Korean, below a logo", "https://hae.co.kr/1", "ko", `<ul class=infomation><li><i></i> 문서윤 기자</li><li>입력 2026.11.24 07:05</li><li>댓글 0</li></ul>`, "문서윤", "2026-11-24T07:05:00Z"},
		{"a place behind the house", "https://folha.com.br/1", "pt-BR", `<p class=byline>Por Marina Teles, Jornal do Rio — Porto Novo</p><p>24/11/2026</p>`, "Marina Teles", "2026-11-24T00:00:00Z"},
		{"Turkish", "https://kiyi.com.tr/1", "tr", `<div class=bilgi><span class=muhabir>Haber: Zeynep Aksoylu</span><span>Yayınlanma: 24.11.2026 - 07:05</span></div>`, "Zeynep Aksoylu", "2026-11-24T07:05:00Z"},
		{"a name and a date with no blank between", "https://saari.fi/1", "fi", `<div><span>Aino Lehtola</span><span>24.11.2026 klo 7.05</span></div>`, "Aino Lehtola", "2026-11-24T07:05:00Z"},
		{"Hungarian, by its class", "https://tofalva.hu/1", "hu", `<div class=szerzo>Szabó Lilla <span>2026. 11. 24. 7:05</span></div>`, "Szabó Lilla", "2026-11-24T07:05:00Z"},
		{"Croatian", "https://list.hr/1", "hr", `<div>Piše: <b>Ana Kovač</b>, utorak, 24.11.2026. u 07:05</div>`, "Ana Kovač", "2026-11-24T07:05:00Z"},
		{"what Korean papers write beside the name", "https://san.co.kr/1", "ko", `<div class=byline><em>오정민 기자</em><em>등록 2026-11-22 14:20</em></div>`, "오정민", "2026-11-22T14:20:00Z"},
		{"Catalan, by its class", "https://vall.cat/1", "ca", `<p class=signatura>Núria Soler</p><p class=data>24 de novembre de 2026</p>`, "Núria Soler", "2026-11-24T00:00:00Z"},
		{"a sentence with a name and a date", "https://bend.us/1", "en", `<p>Harold J. Finch, 91, of Lamp Point, died at home on Nov. 17, 2026, with the window open.</p>`, "", ""},
		{"whom the press may ask", "https://cranes.com/1", "en", `<p class=date>23 Nov 2026</p><p>Media contact</p><p>Ines Okafor</p><p>okafor@cranes.com</p>`, "", "2026-11-23T00:00:00Z"},
		{"Elementor", "https://aldeia.pt/1", "pt-PT", `<div class="elementor-widget elementor-widget-post-info"><ul><li itemprop=author><a href=/author/rui>Rui Salgado</a></li><li itemprop=datePublished><time>24 de Novembro, 2026</time></li></ul></div>`, "Rui Salgado", "2026-11-24T00:00:00Z"},
		{"agencies without names", "https://hill.in/1", "en", `<p class=byline>By Agencies</p><p class=date>Nov 23, 2026</p>`, "", "2026-11-23T00:00:00Z"},
		{"below a text that breaks part", "https://sever.ru/1", "ru", `<p>24.11.2026 10:05 (МСК)</p><div class=text>` + strings.Repeat("Первый поезд пришёл с опозданием на четыре минуты, и никто не пожаловался: на платформе играл оркестр.<br><br>", 5) + `Автор: Анна Берестова<br>Фото: пресс-служба</div>`, "Анна Берестова", "2026-11-24T07:05:00Z"},
	} {
		body := "<html lang=" + tt.lang + "><head><title>The harbour train stops again - Post</title></head><body><header><h1 class=logo><a href=/>Post</a></h1></header><article><header><h2>The harbour train stops again</h2>" + tt.in + "</header><p>" + storyParagraphs[1] + "</p></article></body></html>"
		row := New(Options{}).HTML([]byte(body), tt.url).Row
		authors, at := strings.Join(row.Authors, ", "), ""
		if row.PublishedAt != nil {
			at = row.PublishedAt.Format(time.RFC3339)
		}
		if authors != tt.authors || at != tt.at || row.Title != "The harbour train stops again" {
			t.Errorf("%s: %q by %q at %s, want %q at %s", tt.name, row.Title, authors, at, tt.authors, tt.at)
		}
	}
}
