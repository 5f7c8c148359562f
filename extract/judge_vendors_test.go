package extract

import (
	"testing"

	"newsarchive/page"
)

// TestVendors judges pages as bot defences, gates of sites and applications serve them, with status 200,
// and articles that carry the scripts and the words of the same.
func TestVendors(t *testing.T) {
	flash := func(head, after string) string {
		return "<html lang=en><head>" + head + newsLD + "<title>Fire at the mill</title></head><body><article><h1>Fire at the mill</h1><p>A fire broke out at the old mill on Friday night. Nobody was hurt, the fire brigade said.</p></article>" + after
	}
	shell := func(inside string) string { return "<html><head><title>The Post</title></head><body>" + inside }
	for _, tt := range []struct {
		name, body string
		want       page.Outcome
		warning    string
	}{
		{"Cloudflare, rendered, Spanish", `<title>Un momento…</title><h1>news.example</h1><p>Verifique que es un ser humano completando la acción a continuación.</p>`, page.Blocked, "challenge_cloudflare"},
		{"Cloudflare, rendered, Chinese", `<title>请稍候…</title><h1>news.example</h1><p>请完成以下操作，验证您是真人。</p>`, page.Blocked, "challenge_cloudflare"},
		{"DataDome, rendered", `<title>news.example</title><h1>Verification Required</h1><p>Slide right to secure your access.</p><p>We want to make sure it is actually you we are dealing with and not a robot.</p><p>Something about the behavior of the browser has caught our attention.</p>`, page.Blocked, "challenge_datadome"},
		{"Akamai, refresh", `<meta http-equiv="refresh" content="5; URL='/a?bm-verify=AAQ'"><title> </title><script>xhr.open("POST","/_sec/verify?provider=interstitial",false)</script>`, page.Blocked, "challenge_akamai"},
		{"Imperva, error 15", `<title>Error</title><h2>Access denied</h2><h3>Error 15</h3><p>This request was blocked by our security service</p><p>Incident ID: 99</p>`, page.Blocked, "challenge_imperva"},
		{"CloudFront", `<TITLE>ERROR: The request could not be satisfied</TITLE><H1>403 ERROR</H1><H2>The request could not be satisfied.</H2>Request blocked. We can't connect to the server for this app or website at this time. There might be too much traffic or a configuration error. Try again later, or contact the app or website owner.`, page.Blocked, "challenge_generic"},
		{"Sucuri, script alone", `<title>You are being redirected...</title><noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript><script>sucuri_cloudproxy_js='';</script>`, page.Blocked, "challenge_sucuri"},
		{"Kasada, first answer", `<!DOCTYPE html><html><script>window.KPSDK={};</script><script src="/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3/ips.js?x=1"></script>`, page.Blocked, "challenge_kasada"},
		{"F5", `<title>Request Rejected</title>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 12`, page.Blocked, "challenge_f5"},
		{"Fastly", `<title>Client Challenge</title><script src="/_fs-ch-1T1wmsGaOgGaSxcX/script.js"></script><noscript>Please enable JavaScript to proceed.</noscript><div>A required part of this site couldn’t load. This may be due to a browser extension, network issues, or browser settings.</div>`, page.Blocked, "challenge_fastly"},
		{"Radware", `<title>Radware Bot Manager Captcha</title><h1>We apologize for the inconvenience...</h1><p>...but your activity and behavior on this site made us think that you are a bot.</p>`, page.Blocked, "challenge_radware"},
		{"DDoS-Guard, Russian", `<title>DDoS-Guard</title><h1>Проверка браузера перед переходом на news.example</h1><script src="/.well-known/ddos-guard/js-challenge/index.js"></script>`, page.Blocked, "challenge_cloudflare"},
		{"a line to wait in", `<title>Queue-it</title><h1>You are now in line</h1><p>When it is your turn, you will have 10 minutes to enter the website.</p>`, page.Blocked, "challenge_queue"},
		{"too many requests, German", `<title>Zu viele Anfragen</title><h1>Zu viele Anfragen</h1><p>Bitte versuchen Sie es später erneut.</p>`, page.Blocked, "challenge_generic"},
		{"refused, French, beside the site's name", `<title>Accès refusé | Le Moulin</title><h1>Accès refusé</h1><p>Une activité suspecte a été relevée.</p>`, page.Blocked, "challenge_generic"},
		{"readers of other countries", `<title>Gazette</title><h1>Our European visitors are important to us.</h1><p>This site is currently unavailable to visitors from the European Economic Area while we work on it.</p>`, page.Blocked, "challenge_region"},
		{"no reading beside a blocker", `<title>Gazette</title><h1>Please disable your ad blocker</h1><p>Advertising pays for our journalism. Add us to the list of sites you allow, then reload this page.</p>`, page.Blocked, "challenge_adblock"},
		{"consent, Dutch", `<html lang=nl><title>Privacy</title><h1>Welkom</h1><p>Wij gebruiken cookies en vergelijkbare technieken om je een optimale ervaring te bieden. Als je op Akkoord klikt, geef je toestemming voor het plaatsen van cookies.</p><button>Akkoord</button>`, page.Blocked, "consent_wall"},
		{"consent or a subscription, French", `<html lang=fr><title>Le Moulin</title><h2>Pour accéder au site, acceptez les cookies ou abonnez-vous</h2><p>Accédez gratuitement au site en acceptant les traceurs publicitaires.</p><button>Accepter et continuer</button><a href=/abo>S’abonner</a>`, page.Blocked, "consent_wall"},
		{"one kind of apostrophe", `<html lang=fr><title>Moulin</title><p>Confirmez que vous n’êtes pas un robot.</p>`, page.Blocked, "challenge_generic"},

		{"a shell with a spinner", shell(`<div id="__next"><div class="spinner">Loading...</div></div><script src=a.js></script>`), page.JSRequired, ""},
		{"a shell with a header and a footer", shell(`<div id="app"><header><a href="/">Post</a></header><div class="line"></div><footer>© 2026 Post</footer></div><script src=a.js></script>`), page.JSRequired, ""},
		{"a shell with an element in it", shell(`<app-root><div class="preloader"></div></app-root>`), page.JSRequired, ""},
		{"a shell, Portuguese", shell(`<div>Você precisa habilitar o JavaScript para usar este site.</div>`), page.JSRequired, ""},

		{"a flash beside the script of a defence", flash(`<link rel=preconnect href="https://ct.captcha-delivery.com"><script>AwsWafIntegration.getToken()</script>`, ""), page.OK, ""},
		{"a flash under a word of walls", "<title>Access denied</title>" + newsLD + "<h1>Access denied</h1><p>The court has denied the town access to the mill, a clerk said on Friday. The town will appeal.</p>", page.OK, ""},
		{"a story that quotes a wall", "<html lang=en><title>Captchas</title><h1>Captchas</h1><p>“I’m not a robot” is what nine in ten have told a page this week, and one in ten was asked a third time to „verify you are human“, a survey says.</p>" + styled("en", 2), page.OK, ""},
		{"words that are not shown", `<html lang=en><title>Fire at the mill</title><h1>Fire at the mill</h1>` + styled("en", 2) + `<div id=adb style="display: none">Please disable your ad blocker</div><div hidden>Verify you are human</div>`, page.OK, ""},
		{"a gate that is not shown", flash("", `<div class=offer style="display:none">Subscribe to continue reading</div>`), page.OK, ""},
		{"metered, and all there", `<meta property="article:content_tier" content="metered">` + newsLD + `<title>Mill</title><h1>Mill</h1>` + styled("en", 4), page.OK, ""},
		{"locked", `<meta property="article:content_tier" content="locked">` + newsLD + `<title>Mill</title><h1>Mill</h1>` + styled("en", 2), page.Paywalled, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkOutcome(t, "/a", tt.body, tt.want, tt.warning)
		})
	}
}
