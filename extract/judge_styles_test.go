package extract

import (
	"strings"
	"testing"

	"newsarchive/page"
)

// styleParagraphs are of made-up stories in several languages, one of about 60 words each.
var styleParagraphs = map[string]string{
	"en": "The council met in the old granary on Tuesday evening, and forty people came to listen to it. Most of them wanted to know what would become of the mill. Nobody at the table had an answer that night. The mayor promised one by the first of March, and then she closed the meeting.",
	"de": "Der Rat kam am Dienstagabend im alten Kornspeicher zusammen, und vierzig Leute hörten ihm zu. Die meisten wollten wissen, was aus der Mühle wird. Niemand am Tisch hatte an diesem Abend eine Antwort. Die Bürgermeisterin versprach eine bis zum ersten März und schloss die Sitzung.",
	"fr": "Le conseil s'est réuni mardi soir dans l'ancien grenier, et quarante personnes sont venues l'écouter. La plupart voulaient savoir ce que deviendrait le moulin. Personne à la table n'avait de réponse ce soir-là. La maire en a promis une pour le premier mars, puis elle a levé la séance.",
	"es": "El pleno se reunió el martes por la tarde en el viejo granero, y cuarenta vecinos fueron a escucharlo. Casi todos querían saber qué será del molino. Nadie en la mesa tenía aquella noche una respuesta. La alcaldesa prometió una para el primero de marzo y levantó la sesión.",
	"it": "Il consiglio si è riunito martedì sera nel vecchio granaio, e quaranta persone sono venute ad ascoltarlo. Quasi tutti volevano sapere che cosa sarà del mulino. Nessuno al tavolo aveva una risposta quella sera. La sindaca ne ha promessa una per il primo marzo, poi ha chiuso la seduta.",
	"pt": "A câmara reuniu-se na terça-feira à noite no velho celeiro, e quarenta pessoas foram ouvi-la. Quase todas queriam saber o que será do moinho. Ninguém à mesa tinha uma resposta naquela noite. A presidente prometeu uma até ao primeiro de março e encerrou a sessão.",
	"nl": "De raad kwam dinsdagavond bijeen in de oude graanschuur, en veertig mensen kwamen luisteren. De meesten wilden weten wat er van de molen wordt. Niemand aan tafel had die avond een antwoord. De burgemeester beloofde er een voor de eerste maart en sloot de vergadering.",
	"pl": "Rada zebrała się we wtorek wieczorem w starym spichlerzu, a czterdzieści osób przyszło jej posłuchać. Większość chciała wiedzieć, co będzie z młynem. Nikt przy stole nie miał tego wieczoru odpowiedzi. Burmistrzyni obiecała ją do pierwszego marca i zamknęła posiedzenie.",
	"sv": "Fullmäktige samlades på tisdagskvällen i det gamla magasinet, och fyrtio personer kom för att lyssna. De flesta ville veta vad det ska bli av kvarnen. Ingen vid bordet hade något svar den kvällen. Ordföranden lovade ett till den första mars och avslutade mötet.",
	"ru": "Совет собрался во вторник вечером в старом амбаре, и сорок человек пришли его послушать. Большинство хотело знать, что будет с мельницей. Ни у кого за столом в тот вечер не было ответа. Глава обещала дать его к первому марта и закрыла заседание.",
	"ja": "町議会は火曜日の夜、古い穀物倉で開かれ、四十人が傍聴に訪れた。多くの人は水車小屋がどうなるのかを知りたがっていた。その夜、席に着いた議員の誰も答えを持っていなかった。町長は三月一日までに答えると約束し、会議を閉じた。",
	"tr": "Meclis salı akşamı eski tahıl ambarında toplandı ve kırk kişi dinlemeye geldi. Çoğu değirmene ne olacağını bilmek istiyordu. O akşam masadaki kimsenin bir cevabı yoktu. Belediye başkanı bir marta kadar cevap vereceğine söz verdi ve toplantıyı kapattı.",
	"da": "Byrådet mødtes tirsdag aften i det gamle kornmagasin, og fyrre mennesker kom for at lytte. De fleste ville vide, hvad der skal blive af møllen. Ingen ved bordet havde et svar den aften. Borgmesteren lovede et inden den første marts og lukkede mødet.",
	"ko": "의회는 화요일 저녁 옛 곡물 창고에서 열렸고 마흔 명이 들으러 왔다. 대부분은 물레방아가 어떻게 될지 알고 싶어 했다. 그날 저녁 답을 가진 사람은 아무도 없었다. 시장은 삼월 일일까지 답하겠다고 약속하고 회의를 마쳤다.",
	"zh": "镇议会星期二晚上在旧粮仓里开会，四十个人前来旁听。大多数人想知道磨坊将会怎样。那天晚上桌边没有人能够回答。镇长答应在三月一日之前给出答复，随后宣布散会。",
}

func styled(lang string, n int) string {
	return strings.Repeat("<p>"+styleParagraphs[lang]+"</p>\n", n)
}

// TestOutcomeStyles judges pages as many systems build them, in many languages.
func TestOutcomeStyles(t *testing.T) {
	story := func(lang string, n int, after string) string {
		return `<html lang=` + lang + `>` + newsLD + `<title>Mühle</title><main><article><h1>Mühle</h1><div class=body>` + styled(lang, n) + `</div>` + after + `</article></main>`
	}
	grid := func(link string, n int) string {
		return strings.Repeat(`<li class=card><a href="/s/`+link+`"><img src=/t.jpg><span>Mill may open again next year, council says</span></a><time>2 h</time></li>`, n)
	}
	const head = `<header><nav><a href=/>Home</a><a href=/world>World</a><a href=/sport>Sport</a><a href=/culture>Culture</a><a href=/local>Local</a></nav></header>`
	for _, tt := range []struct {
		name, url, body string
		want            page.Outcome
		access          string
	}{
		// metered: the text is cut
		{"limit, English", "/a", story("en", 2, `<div class="tp-container">You have reached your limit of free articles. Subscribe from 1 a week.</div>`), page.Paywalled, "preview"},
		{"limit this month", "/a", story("en", 2, `<section class=x>You've read all of your free articles this month.</section>`), page.Paywalled, "preview"},
		{"your last free article", "/a", story("en", 2, `<div>This was your last free article. To keep going, choose a plan.</div>`), page.Paywalled, "preview"},
		{"limit, German", "/a", story("de", 2, `<div>Sie haben Ihr Limit an kostenlosen Artikeln erreicht.</div>`), page.Paywalled, "preview"},
		{"limit, French", "/a", story("fr", 2, `<div id=poool-widget><p>Vous avez atteint votre limite d'articles gratuits.</p></div>`), page.Paywalled, "preview"},
		{"limit, Spanish", "/a", story("es", 2, `<div>Has alcanzado el límite de artículos gratuitos de este mes.</div>`), page.Paywalled, "preview"},
		{"limit, Italian", "/a", story("it", 2, `<div>Hai raggiunto il limite di articoli gratuiti.</div>`), page.Paywalled, "preview"},
		{"limit, Portuguese", "/a", story("pt", 2, `<div>Você atingiu o limite de reportagens gratuitas deste mês.</div>`), page.Paywalled, "preview"},
		{"limit, Dutch", "/a", story("nl", 2, `<div>Je hebt je limiet van gratis artikelen bereikt.</div>`), page.Paywalled, "preview"},
		{"limit, Polish", "/a", story("pl", 2, `<div>Wykorzystałeś limit bezpłatnych artykułów.</div>`), page.Paywalled, "preview"},
		{"limit, Swedish", "/a", story("sv", 2, `<div>Du har läst alla dina fria artiklar denna månad.</div>`), page.Paywalled, "preview"},
		{"limit, Danish", "/a", story("da", 2, `<div>Du har brugt dine gratis artikler i denne måned.</div>`), page.Paywalled, "preview"},
		{"limit, Russian", "/a", story("ru", 2, `<div>Вы исчерпали лимит бесплатных статей.</div>`), page.Paywalled, "preview"},
		{"limit, Turkish", "/a", story("tr", 2, `<div>Ücretsiz haber okuma limitinize ulaştınız.</div>`), page.Paywalled, "preview"},
		{"limit, Japanese", "/a", story("ja", 2, `<div>今月の無料記事の閲覧本数の上限に達しました。</div>`), page.Paywalled, "preview"},
		{"limit, Korean", "/a", story("ko", 3, `<div>이번 달 무료 기사 열람 한도를 모두 사용하셨습니다.</div>`), page.Paywalled, "preview"},
		{"limit, Chinese", "/a", story("zh", 3, `<div>您本月的免费文章已读完，请订阅。</div>`), page.Paywalled, "preview"},
		// metered: a notice beside the whole text
		{"two of five, all there", "/a", story("en", 14, `<div class=meter>You have read 2 of 5 free articles this month.</div>`), page.OK, "unknown"},
		{"two of five, a short story", "/a", story("en", 3, `<div class=meter>You have read 2 of 5 free articles this month.</div>`), page.OK, "unknown"},
		{"one left, German", "/a", story("de", 3, `<div class=meter>Noch 1 von 3 kostenlosen Artikeln in diesem Monat.</div>`), page.OK, "unknown"},
		// gates
		{"Piano template", "/a", story("en", 2, `<div id=piano-inline><div class=piano-container><h2>Keep reading for just 1</h2><p>Unlimited access to all stories</p><a href=/login>Already a subscriber? Log in</a></div></div>`), page.Paywalled, "preview"},
		{"Poool", "/a", story("fr", 2, `<div class="poool-paywall"><p>Cet article est réservé aux abonnés.</p></div>`), page.Paywalled, "preview"},
		{"Zuora, German", "/a", story("de", 2, `<div class=offer><h3>Diesen Artikel weiterlesen</h3><p>Mit Plus lesen Sie alle Artikel.</p><a href=/abo>Jetzt testen</a></div>`), page.Paywalled, "preview"},
		{"Leaky Paywall", "/a", story("en", 2, `<div class=leaky_paywall_message_wrap><div id=leaky_paywall_message>You must be logged in to read this. <a href=/s>Subscribe</a></div></div>`), page.Paywalled, "preview"},
		{"Substack", "/a", story("en", 2, `<div data-testid=paywall class=paywall><h2>This post is for paid subscribers</h2></div>`), page.Paywalled, "preview"},
		{"Ghost", "/a", story("en", 2, `<aside class="gh-post-upgrade-cta"><div class=gh-post-upgrade-cta-content><h2>This post is for subscribers only</h2><a>Subscribe now</a></div></aside>`), page.Paywalled, "preview"},
		{"register, Italian", "/a", story("it", 2, `<div class=paywall-adagio>Registrati gratis per continuare la lettura</div>`), page.Paywalled, "preview"},
		{"Czech", "/a", story("pl", 2, `<div>Tento článek je pouze pro předplatitele.</div>`), page.Paywalled, "preview"},
		{"Hungarian", "/a", story("pl", 2, `<div>Ez a cikk csak előfizetőknek érhető el.</div>`), page.Paywalled, "preview"},
		{"Romanian", "/a", story("it", 2, `<div>Acest articol este disponibil doar pentru abonați.</div>`), page.Paywalled, "preview"},
		{"Indonesian", "/a", story("en", 2, `<div>Artikel ini khusus untuk pelanggan. Berlangganan untuk membaca selengkapnya.</div>`), page.Paywalled, "preview"},
		{"Thai", "/a", story("en", 2, `<div>เนื้อหานี้สำหรับสมาชิกเท่านั้น</div>`), page.Paywalled, "preview"},
		// walls
		{"Cloudflare, turnstile in French", "/a", `<title>Un instant…</title><div class=main-wrapper><h1>news.example</h1><h2>Vérification que vous n'êtes pas un robot. Cela peut prendre quelques secondes.</h2></div><script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>`, page.Blocked, ""},
		{"Cloudflare, German", "/a", `<title>Nur einen Moment…</title><h1>news.example</h1><p>Überprüfen Sie, ob Sie ein Mensch sind. Dies kann einige Sekunden in Anspruch nehmen.</p><script>(function(){window._cf_chl_opt={}})()</script>`, page.Blocked, ""},
		{"Cloudflare 1020", "/a", `<title>Access denied | news.example used Cloudflare to restrict access</title><div id=cf-wrapper><div id=cf-error-details><h1>Error 1020</h1><h2>Access denied</h2><p>This website is using a security service to protect itself from online attacks.</p></div></div>`, page.Blocked, ""},
		{"DataDome, script alone", "/a", `<html><head><title>news.example</title></head><body style="margin:0"><script>var dd={'rt':'c','cid':'x','hsh':'y','t':'bv','host':'geo.captcha-delivery.com'}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>`, page.Blocked, ""},
		{"PerimeterX", "/a", `<title>Access to this page has been denied</title><div id=px-captcha></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p><p>Reference ID 12</p>`, page.Blocked, ""},
		{"PerimeterX, own words", "/a", `<title>news.example</title><h1>Before we continue...</h1><p>Press and hold to confirm you are a human and not a bot.</p><p>Reference ID 7f</p>`, page.Blocked, ""},
		{"Akamai", "/a", `<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access "http://news.example/a" on this server.<P>Reference #18.2<P>https://errors.edgesuite.net/18.2</BODY></HTML>`, page.Blocked, ""},
		{"Akamai, interstitial", "/a", `<html><head><title>news.example</title></head><body><div id="sec-if-cpt-container"></div><script src="/_sec/cp_challenge/ak-challenge-4-3.htm"></script></body></html>`, page.Blocked, ""},
		{"Imperva", "/a", `<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31" frameborder=0>Request unsuccessful. Incapsula incident ID: 7</iframe></body></html>`, page.Blocked, ""},
		{"Imperva, Pardon", "/a", `<title>Pardon Our Interruption</title><h1>Pardon Our Interruption...</h1><p>As you were browsing something about your browser made us think you were a bot.</p>`, page.Blocked, ""},
		{"hCaptcha, Spanish", "/a", `<title>Verificación</title><p>Confirma que no eres un robot para continuar.</p><div class=h-captcha data-sitekey=x></div>`, page.Blocked, ""},
		{"reCAPTCHA, no known words", "/a", `<title>news.example</title><p>Un dernier contrôle avant d'entrer.</p><form method=post><div class="g-recaptcha" data-sitekey=x></div><button>OK</button></form>`, page.Blocked, ""},
		{"too many requests with 200", "/a", `<title>Too many requests</title><h1>Too many requests</h1><p>You have sent too many requests in a short time. Please try again later.</p>`, page.Blocked, ""},
		{"Anubis", "/a", `<title>Making sure you're not a bot!</title><h1>Making sure you're not a bot!</h1><p>Loading...</p><p>You are seeing this because the administrator has set up a wall against scraping.</p><script id="anubis_challenge" type="application/json">{}</script>`, page.Blocked, ""},
		{"geo wall", "/a", `<title>451: Unavailable due to legal reasons</title><h1>451: Unavailable due to legal reasons</h1><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area and therefore access cannot be granted at this time.</p>`, page.Blocked, ""},
		// pay or ok
		{"pay or ok, German", "/a", `<html lang=de><title>news.example</title><div class=pur><h1>Weiterlesen mit Werbung und Tracking</h1><p>Besuchen Sie uns wie gewohnt mit Werbung und Cookies. Details zu Werbe- und Analyse-Trackern finden Sie in der Datenschutzerklärung.</p><button>Akzeptieren und weiter</button><h2>… oder Pur-Abo</h2><p>Nutzen Sie uns ganz ohne Werbetracking und praktisch ohne Werbung für 4,99 im Monat.</p><a href=/pur>Mehr zum Pur-Abo</a></div>`, page.Blocked, ""},
		{"pay or ok, French", "/a", `<html lang=fr><title>news.example</title><h1>Continuez sur notre site</h1><p>En acceptant les cookies, vous accédez gratuitement à nos contenus. Nos partenaires et nous déposons des traceurs pour mesurer l'audience et la publicité.</p><button>Accepter et continuer</button><p>Vous pouvez aussi refuser les cookies en vous abonnant à 2 par mois.</p><a href=/abo>S'abonner</a>`, page.Blocked, ""},
		{"pay or ok, Italian", "/a", `<html lang=it><title>news.example</title><h1>Se accetti tutti i cookie</h1><p>Puoi leggere gratuitamente il sito accettando i cookie di profilazione nostri e di terze parti. In alternativa puoi abbonarti e navigare senza cookie pubblicitari.</p><button>Accetta e continua</button><a href=/abbonati>Rifiuta e abbonati</a>`, page.Blocked, ""},
		// not an article
		{"a grid without headings", "/world", head + `<title>World</title><h1>World</h1><ul class=grid>` + grid("1", 24) + `</ul>`, page.NotArticle, ""},
		{"a list of long teasers", "/local", head + `<title>Local news</title><h1>Local</h1>` + strings.Repeat(`<div class=row><h2><a href=/s/1>Mill may open again next year</a></h2><p>`+styleParagraphs["en"][:180]+`</p></div>`, 15), page.NotArticle, ""},
		{"search results", "/search?q=mill", head + `<title>Search: mill</title><h1>Results for “mill”</h1><p>48 results</p><ol>` + strings.Repeat(`<li><a href=/s/1>Mill may open again next year</a><p>… nobody had an answer what would become of the <b>mill</b> that night …</p></li>`, 10) + `</ol>`, page.NotArticle, ""},
		{"a tag page with an introduction", "/topic/mill", head + `<title>The mill: all stories</title><h1>The mill</h1><p>The mill on the river has ground since 1711 and stands empty since the fire. All stories, pictures and letters about it.</p>` + strings.Repeat(`<h3><a href=/s/1>Mill may open again next year</a></h3>`, 12), page.NotArticle, ""},
		{"an author page", "/authors/mara-lund", head + `<script type="application/ld+json">{"@type":"ProfilePage","mainEntity":{"@type":"Person","name":"Mara Lund"}}</script><title>Mara Lund</title><h1>Mara Lund</h1><p>Mara Lund has written about the islands since 2009. She studied history in Ulm and worked as a sailor, and she lives on the quay with a dog.</p>` + strings.Repeat(`<h3><a href=/s/1>Mill may open again next year</a></h3>`, 9), page.NotArticle, ""},
		{"an author page without data", "/authors/mara-lund", head + `<title>Mara Lund, author at News</title><div class=author-header><h1>Mara Lund</h1><p>Mara Lund has written about the islands since 2009. She studied history in Ulm and worked as a sailor.</p></div><div class=feed>` + teasers(9) + `</div>`, page.NotArticle, ""},
		{"a podcast page", "/podcasts/quay", head + `<title>The Quay – podcast</title><h1>The Quay</h1><p>Every Friday we talk about the islands.</p>` + strings.Repeat(`<div class=episode><a href=/podcasts/quay/12>Episode 12: The mill</a><span>34 min</span></div>`, 12), page.NotArticle, ""},
		{"a login page", "/login", head + `<title>Log in</title><h1>Log in</h1><form><label>E-mail</label><input><label>Password</label><input type=password><button>Log in</button></form><p>No account yet? <a href=/register>Register</a></p><p>By logging in you accept our terms of use and our privacy policy, which tell how we handle your data.</p>`, page.NotArticle, ""},
		{"a video page without text", "/video/mill", head + `<meta property=og:type content=video.other><title>The mill burns – video</title><h1>The mill burns</h1><video src=/v.mp4></video><ul>` + grid("2", 12) + `</ul>`, page.NotArticle, ""},
		{"404, English, friendly", "/a", head + `<title>Oops! | News</title><h1>Oops!</h1><p>We can't find the page you're looking for. It may have been moved or deleted. Try our search or go back to the front page.</p>`, page.NotArticle, ""},
		{"404, German", "/a", head + `<title>News</title><h1>Diese Seite existiert nicht</h1><p>Die gesuchte Seite konnte leider nicht gefunden werden. Vielleicht wurde sie verschoben oder gelöscht.</p>`, page.NotArticle, ""},
		{"404, French", "/a", head + `<title>Erreur 404</title><h1>Oups, cette page n'existe pas</h1><p>La page que vous recherchez est introuvable ou a été supprimée.</p>`, page.NotArticle, ""},
		{"404, Spanish", "/a", head + `<title>Error 404</title><h1>Lo sentimos</h1><p>La página que buscas no existe o ha sido eliminada. Puedes volver a la portada o usar el buscador.</p>`, page.NotArticle, ""},
		{"404, Japanese", "/a", head + `<title>エラー</title><h1>お探しのページは見つかりませんでした</h1><p>ページが移動または削除された可能性があります。</p>`, page.NotArticle, ""},
		{"a story that is gone", "/a", head + `<title>News</title><h1>This article is no longer available</h1><p>Agency stories are removed from our site after thirty days, as our contracts demand. Try the search for newer ones.</p>`, page.NotArticle, ""},
		// scripts
		{"Angular", "/a", `<title>Mill</title><body><app-root></app-root><script src=main.js></script>`, page.JSRequired, ""},
		{"a spinner", "/a", `<title>Mill</title><body><div id=app><div class=spinner>Loading…</div></div><noscript>We're sorry but this site doesn't work properly without JavaScript enabled. Please enable it to continue.</noscript><script src=main.js></script>`, page.JSRequired, ""},
		{"French", "/a", `<title>Moulin</title><body><p>Veuillez activer JavaScript pour afficher cette page.</p>`, page.JSRequired, ""},
		{"Russian", "/a", `<title>Мельница</title><body><noscript>Для работы сайта необходимо включить JavaScript в вашем браузере</noscript><div id=root></div>`, page.JSRequired, ""},
		{"Polish", "/a", `<title>Młyn</title><body><div>Aby korzystać z serwisu, włącz obsługę JavaScript.</div>`, page.JSRequired, ""},
		// articles
		{"a photo story", "/a", newsLD + head + `<title>The mill</title><article><h1>The mill in pictures</h1><p>` + styleParagraphs["en"] + `</p>` + strings.Repeat(`<figure><img src=/p.jpg><figcaption>The wheel of the mill in spring, seen from the far bank of the river.</figcaption></figure>`, 8) + `</article>`, page.OK, ""},
		{"a video story with text", "/video/mill", newsLD + `<title>The mill burns</title><meta property=og:type content=video.other><h1>The mill burns</h1><video src=/v.mp4></video><p>` + styleParagraphs["en"] + `</p>`, page.OK, ""},
		{"a story on consent walls", "/a", story("de", 5, "") + `<div class=cookie-note>Wir verwenden Cookies. Alle akzeptieren</div>`, page.OK, ""},
		{"an interview beside many teasers", "/a", story("fr", 5, "") + teasers(30), page.OK, ""},
		{"subscribe in the header", "/a", `<header><a href=/abo>Subscribe now</a> <a>Already a subscriber? Log in</a></header>` + story("en", 3, ""), page.OK, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			row := New(Options{}).Extract(&page.Capture{Exchanges: []page.Exchange{{URL: "https://news.example" + tt.url, Status: 200, Body: []byte(tt.body), Header: page.Header{}}}}).Row
			if row.Outcome != tt.want || tt.access != "" && row.Access != tt.access {
				t.Errorf("outcome %q, access %q by %q, want %q, %q (warnings %q, text %.80q)", row.Outcome, row.Access, row.AccessSource, tt.want, tt.access, row.Warnings, row.Text)
			}
		})
	}
}
