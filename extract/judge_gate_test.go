package extract

import (
	"testing"

	"newsarchive/page"
)

// TestGates judges articles that are cut before a gate, and such as are whole beside the words and names of gates.
func TestGates(t *testing.T) {
	story := func(lang string, n int, after string) string {
		return `<html lang=` + lang + `>` + newsLD + `<title>Mill</title><main><article><h1>Mill</h1><div class=text>` + styled(lang, n) + `</div>` + after + `</article></main>`
	}
	closed := func(selector, body string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The mill","datePublished":"2026-11-20T08:00:00Z","isAccessibleForFree":false,"hasPart":{"isAccessibleForFree":false,"cssSelector":"` + selector + `"}}</script><title>The mill</title><article><h1>The mill</h1>` + body + `</article>`
	}
	for _, tt := range []struct {
		name, body string
		want       page.Outcome
	}{
		{"members", story("en", 2, `<div><h3>This story is for members</h3><a>Join</a></div>`), page.Paywalled},
		{"the rest of the story", story("en", 2, `<div><h3>Unlock the rest of this story</h3><p>Three months for the price of one</p></div>`), page.Paywalled},
		{"how much is left, French", story("fr", 2, `<div><p>Il vous reste 75% de cet article à découvrir.</p></div>`), page.Paywalled},
		{"to go on, Italian", story("it", 1, `<div><h3>Continua a leggere questo articolo</h3><button>Abbonati</button></div>`), page.Paywalled},
		{"for members, German", story("de", 2, `<div><p>Dieser Artikel ist für Mitglieder.</p></div>`), page.Paywalled},
		{"subscribe, Russian", story("ru", 1, `<div><p>Полный текст доступен только по подписке</p></div>`), page.Paywalled},
		{"letters that are left, Japanese", story("ja", 1, `<div><p>残り 1,024文字 （全文：1,310文字）</p></div>`), page.Paywalled},
		{"subscribers, Korean", story("ko", 2, `<div><p>이 기사는 유료 구독자만 볼 수 있습니다</p></div>`), page.Paywalled},
		{"Chinese", story("zh", 3, `<div><p>本文为付费内容，订阅后可阅读全文</p></div>`), page.Paywalled},
		{"Slovak", story("pl", 1, `<div>Článok je iba pre predplatiteľov.</div>`), page.Paywalled},
		{"Persian", story("en", 2, `<div>برای ادامه مطالعه باید مشترک شوید</div>`), page.Paywalled},
		{"a name in a longer one", story("de", 2, `<div class="c-paywall__box js-box"><h3>Alle Vorteile des Abos</h3><p>Vier Wochen für 0,99 Euro.</p></div>`), page.Paywalled},
		{"the end of a paragraph", story("en", 2, `<p>The mill stands on the river since 1711, and all who came to the granary that evening knew somebody who had worked there, or had done so themselves, before the flood. Subscribe to continue reading</p>`), page.Paywalled},
		{"a gate with the name of the house", story("en", 2, `<div><h3>Subscribe to The Daily Mill to continue</h3><a href=/login>Log in</a></div>`), page.Paywalled},
		{"a gate with the name of the house, French", story("fr", 2, `<div><h3>Abonnez-vous au Courrier du Moulin pour lire la suite</h3></div>`), page.Paywalled},

		{"letters that are left of a long preview, Japanese", story("ja", 5, `<div><p>この記事は有料記事です。残り512文字</p></div>`), page.Paywalled},
		{"how much is left of a long preview, French", story("fr", 9, `<p>Il vous reste 62.5% de cet article à lire. La suite est réservée aux abonnés.</p>`), page.Paywalled},
		{"letters that are left in the story, Japanese", story("ja", 5, `<p>市長は「残り五百文字で書いてください」と頼んだ。</p>`), page.OK},

		{"a newsletter for subscribers", story("en", 2, `<p><i>Sign up to Grist, our weekly subscriber-only newsletter.</i></p>`), page.OK},
		{"to continue something else", story("en", 2, `<div><h3>Join the club of the mill.</h3><p>We hope to continue next year.</p></div>`), page.OK},
		{"said in prose", story("en", 2, `<p>“Subscribe to continue reading” is the most read sentence of the internet, the mayor said.</p><p>She told the council that its minutes should not be for subscribers only, whoever prints them: those who pay for the mill with their taxes may read what is said about it, on paper and on screens, from the day after each of the meetings.</p>`), page.OK},
		{"comments are for subscribers", story("en", 3, `<section id=comments><h3>Comments</h3><p>Commenting is for subscribers only.</p></section>`), page.OK},
		{"badges of teasers", story("de", 3, "") + `<aside><h2>Mehr</h2><div class=t><span>Nur für Abonnenten</span><h3><a href=/p/1>Schuldach wird geflickt</a></h3></div></aside>`, page.OK},
		{"a teaser with the name of a gate", story("de", 3, "") + `<aside><a class="box paywall" href=/p/1>Das Schuldach wird noch vor Ostern geflickt</a></aside>`, page.OK},
		{"paragraphs with the name of a gate", `<html lang=en>` + newsLD + `<title>Mill</title><article><h1>Mill</h1><p class=paywall>` + styleParagraphs["en"] + `</p><p class=paywall>` + styleParagraphs["en"] + `</p></article>`, page.OK},
		{"what the house offers, Japanese", story("ja", 2, `<div><p>有料会員になると会員限定の記事もお読みいただけます。</p></div>`), page.OK},
		{"a name that says there is none", story("en", 2, `<div class="no-paywall-note"><p>Support us, and all can read.</p></div>`), page.OK},
		{"delivered, by one of several selectors", closed(".teaser, #paid", `<div class=teaser>`+styled("en", 1)+`</div><div id=paid>`+styled("en", 4)+`</div><div class=over>Subscribe to continue reading</div>`), page.OK},
		{"not delivered", closed("#paid", styled("en", 2)+`<div id=paid></div>`), page.Paywalled},
	} {
		t.Run(tt.name, func(t *testing.T) { checkOutcome(t, "/a", tt.body, tt.want, "") })
	}
}
