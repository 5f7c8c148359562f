package extract

import (
	"slices"
	"strings"
	"testing"

	"newsarchive/page"
)

func prose(sentences int) string {
	var b strings.Builder
	for range (sentences + 3) / 4 {
		b.WriteString("<p>The council met in the old granary on Tuesday evening, and forty people came to listen to it. " +
			"Most of them wanted to know what would become of the mill. Nobody at the table had an answer that night. " +
			"The mayor promised one by the first of March, and then she closed the meeting.</p>\n")
	}
	return b.String()
}

func teasers(n int) string {
	return strings.Repeat(`<article><h3><a href="/s/1">Mill may open again next year</a></h3><p><a href="/s/1">The council has a plan.</a></p></article>`, n)
}

const (
	newsLD   = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The mill","datePublished":"2026-11-20T08:00:00Z"}</script>`
	closedLD = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The mill","datePublished":"2026-11-20T08:00:00Z","isAccessibleForFree":false}</script>`
)

func TestOutcome(t *testing.T) {
	for _, tt := range []struct {
		name, url, typ, body string
		status               int
		want                 page.Outcome
		warning              string
	}{
		{"an article", "/mill", "", newsLD + "<title>The mill</title><h1>The mill</h1>" + prose(12), 200, page.OK, ""},
		{"without any metadata", "/mill", "", "<title>The mill</title><h1>The mill</h1>" + prose(12), 200, page.OK, ""},
		{"beside forty headlines", "/mill", "", newsLD + "<title>The mill</title><article><h1>The mill</h1>" + prose(12) + "</article><aside>" + teasers(40) + "</aside>", 200, page.OK, ""},
		{"a news flash", "/mill", "", newsLD + "<title>Fire at the mill</title><h1>Fire at the mill</h1><p>A fire broke out at the old mill on Friday night. Nobody was hurt, the fire brigade said.</p>", 200, page.OK, "short_text"},
		{"120 characters of Chinese", "/mill", "", newsLD + "<title>磨坊起火</title><h1>磨坊起火</h1><p>" + strings.Repeat("周五夜间老磨坊发生火灾，消防部门表示没有人员受伤，起火原因仍在调查之中。", 4) + "</p>", 200, page.OK, ""},
		{"a list with many links", "/best", "", newsLD + "<title>Twenty walks</title><h1>Twenty walks</h1><ol>" + strings.Repeat(`<li>The path along the river past <a href="/w">the old mill</a> takes about two hours and needs good shoes in autumn.</li>`, 20) + "</ol>", 200, page.OK, ""},
		{"about bot walls", "/walls", "", newsLD + "<title>Just a moment: how Cloudflare took over</title><h1>Just a moment</h1>" + prose(12) + "<p>Everybody knows the line verify you are human, and checking your browser before accessing.</p>", 200, page.OK, ""},
		{"about paywalls", "/gates", "", newsLD + "<title>Subscribe to continue reading</title><h1>Subscribe to continue reading</h1>" + prose(24) + "<p>Readers are told to subscribe to continue reading.</p>", 200, page.OK, ""},
		{"with a cookie banner", "/mill", "", newsLD + `<title>The mill</title><div class="cookie">We use cookies. <button>Accept all cookies</button></div><h1>The mill</h1>` + prose(12), 200, page.OK, ""},
		{"declared closed, but all there", "/mill", "", closedLD + "<title>The mill</title><h1>The mill</h1>" + prose(60), 200, page.OK, ""},

		{"preview and gate", "/mill", "", newsLD + "<title>The mill</title><article><h1>The mill</h1>" + prose(4) + `<div class="offer">This article is for subscribers only. Subscribe to continue reading.</div></article>`, 200, page.Paywalled, ""},
		{"preview, declared closed", "/mill", "", closedLD + "<title>The mill</title><article><h1>The mill</h1>" + prose(4) + "</article>", 200, page.Paywalled, ""},
		{"preview in German", "/mill", "", newsLD + "<title>Die Mühle</title><article><h1>Die Mühle</h1>" + prose(4) + "<div>Um weiterzulesen, brauchen Sie ein Abo.</div></article>", 200, page.Paywalled, ""},

		{"Cloudflare", "/mill", "", `<title>Just a moment...</title><h1>news.example</h1><p>Verifying you are human. This may take a few seconds.</p><script>window._cf_chl_opt={}</script>`, 403, page.Blocked, "challenge_cloudflare"},
		{"Cloudflare with 503", "/mill", "", `<title>Just a moment...</title><p>Checking your browser before accessing news.example.</p>`, 503, page.Blocked, "challenge_cloudflare"},
		{"a wall with 200", "/mill", "", `<title>news.example</title><p>Please verify you are human to go on.</p>`, 200, page.Blocked, "challenge_generic"},
		{"DataDome", "/mill", "", `<title>news.example</title><p id="cmsg">Please enable JS and disable any ad blocker</p><script>var dd={'host':'geo.captcha-delivery.com'}</script>`, 200, page.Blocked, "challenge_datadome"},
		{"only a consent dialog", "/mill", "", `<title>news.example</title><div><h1>We value your privacy</h1><p>We and our partners store information on a device. With your consent we may use precise data about where you are.</p><button>No</button><p>Accept all or <a href="/p">manage preferences</a></p></div>`, 200, page.Blocked, "consent_wall"},
		{"429", "/mill", "", newsLD + "<title>The mill</title>" + prose(12), 429, page.Blocked, ""},
		{"401", "/mill", "", "<title>Sign in</title>", 401, page.Blocked, ""},

		{"404 with an article's text", "/mill", "", newsLD + "<title>The mill</title><h1>The mill</h1>" + prose(12), 404, page.HTTPError, ""},
		{"500", "/mill", "", "<title>Oops</title><p>Something broke.</p>", 500, page.HTTPError, ""},
		{"503 without a wall", "/mill", "", "<title>Back soon</title><p>We are changing the oil.</p>", 503, page.HTTPError, ""},
		{"missing with 200", "/mill", "", "<title>Page not found | News</title><h1>Page not found</h1><p>The page that you were looking for has moved or never was. Try the search.</p>", 200, page.NotArticle, "soft_404"},

		{"missing, without a heading", "/mill", "", "<title>News</title><div><div>Page not found</div>We are sorry, this story does not exist or has been removed. <a href='/'>To the front page</a></div>", 200, page.NotArticle, "soft_404"},
		{"a flash about it", "/mill", "", newsLD + "<title>Page not found is now art</title><h1>Page not found is now art</h1><p>A museum in Ulm has bought the first page not found, the curator said on Friday.</p>", 200, page.OK, ""},

		{"a front page", "/", "", `<meta property="og:type" content="website"><title>News</title>` + teasers(40), 200, page.NotArticle, ""},
		{"a section", "/world", "", `<title>World</title><h1>World</h1>` + teasers(30), 200, page.NotArticle, ""},
		{"a list that says so", "/tag/mill", "", `<script type="application/ld+json">{"@type":"CollectionPage","name":"Mill"}</script><title>Mill</title><h1>Mill</h1><p>Everything about the mill and the people who live around it, since 1990.</p>` + teasers(8), 200, page.NotArticle, ""},
		{"a PDF called HTML", "/mill", "text/html", "%PDF-1.7\n%\xE2\xE3\xCF\xD3", 200, page.NotArticle, "not_html"},
		{"a picture", "/mill", "image/png", "\x89PNG\r\n\x1a\n", 200, page.NotArticle, "not_html"},
		{"a picture whose bytes make letters", "/mill", "image/webp", prose(12), 200, page.NotArticle, "not_html"},
		{"a PDF that shows its text", "/mill", "application/pdf", "%PDF-1.7\n" + prose(12), 200, page.NotArticle, "not_html"},
		{"JSON", "/mill", "application/json", `{"a":1}`, 200, page.NotArticle, "not_html"},
		{"a feed", "/feed", "text/html", `<?xml version="1.0"?><rss><channel></channel></rss>`, 200, page.NotArticle, "not_html"},

		{"random bytes", "/mill", "", "\x05\x8e\x01\x13\xf1\x7f\x02<p\x11\x0e\x9d\x03\xaa\x1c\x07" + strings.Repeat("\x02\x91w\x1e\xc3k", 200), 200, page.NotArticle, "not_html"},
		{"rows of JSON without a type", "/mill", "", `{"html":"` + strings.ReplaceAll(prose(12), `"`, `\"`) + `"}`, 200, page.NotArticle, "not_html"},
		{"JSON called HTML", "/mill", "text/html; charset=utf-8", "\xEF\xBB\xBF\n" + `{"story":"` + strings.ReplaceAll(prose(12), "\n", " ") + `"}`, 200, page.NotArticle, "not_html"},
		{"JSON called HTML, cut", "/mill", "text/html", `[{"story":["` + strings.ReplaceAll(prose(12), "\n", " "), 200, page.NotArticle, "not_html"},
		{"near miss: a bracket before the page", "/mill", "text/html", "[warning] no cache\n" + newsLD + "<title>The mill</title><h1>The mill</h1>" + prose(12), 200, page.OK, ""},
		{"near miss: JSON before the page", "/mill", "text/html", `{"cache":1}` + newsLD + "<title>The mill</title><h1>The mill</h1>" + prose(12), 200, page.OK, ""},
		{"an imprint", "/imprint", "", "<title>Imprint</title><h1>Imprint</h1><p>The Mill News, 4 Mill Lane, Ulm. Published by Mill Print. Telephone 555 0100, at any hour.</p>", 200, page.NotArticle, ""},
		{"an article at an unknown address", "", "", newsLD + "<title>The mill</title><h1>The mill</h1>" + prose(3) + teasers(8), 200, page.OK, ""},
		{"nothing", "/mill", "", "", 200, page.Empty, ""},
		{"no text", "/mill", "", "<title>The mill</title><body><div></div>", 200, page.Empty, ""},
		{"an empty application", "/mill", "", `<title>The mill</title><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/a.js"></script>`, 200, page.JSRequired, ""},
		{"a place to fill", "/mill", "", `<title>The mill</title><body><div id="__next"></div><script src="/a.js"></script>`, 200, page.JSRequired, ""},
		{"asks for scripts", "/mill", "", `<title>The mill</title><body><p>Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.</p>`, 200, page.JSRequired, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			address := "https://news.example" + tt.url
			if tt.url == "" {
				address = ""
			}
			ex := page.Exchange{URL: address, Status: tt.status, Body: []byte(tt.body), Header: page.Header{}}
			if tt.typ != "" {
				ex.Header["Content-Type"] = []string{tt.typ}
			}
			row := New(Options{}).Extract(&page.Capture{Exchanges: []page.Exchange{ex}}).Row
			if row.Outcome != tt.want {
				t.Errorf("outcome %q, want %q (warnings %q, access %s by %s, text %q)", row.Outcome, tt.want, row.Warnings, row.Access, row.AccessSource, row.Text)
			}
			if slices.Contains(row.Warnings, "not_html") && row.Title+row.Text != "" {
				t.Errorf("what is no page has the text %q", row.Title+row.Text)
			}
			if !showsText(row.Outcome) && row.Text+row.HTML+row.Markdown+row.Lead != "" {
				t.Errorf("a page that is %s has the text %q", row.Outcome, row.Text)
			}
			if tt.warning != "" && !slices.Contains(row.Warnings, tt.warning) {
				t.Errorf("warnings %q lack %q", row.Warnings, tt.warning)
			}
		})
	}
}

func TestCutPages(t *testing.T) {
	whole := "<title>The mill</title><h1>The mill</h1>" + prose(12)
	for _, tt := range []struct {
		name string
		ex   page.Exchange
		want page.Outcome
	}{
		{"whole", page.Exchange{Status: 200, Body: []byte(whole)}, page.OK},
		{"not modified", page.Exchange{Status: 304, Request: []byte("GET / HTTP/1.1\r\nIf-None-Match: a\r\n\r\n")}, page.Unchanged},
		{"not modified, of a request without a condition", page.Exchange{Status: 304, Request: []byte("GET / HTTP/1.1\r\n\r\n")}, page.HTTPError},
		{"disconnected", page.Exchange{Status: 200, Body: []byte(whole), Truncated: "disconnect"}, page.Partial},
		{"disconnected at once", page.Exchange{Status: 200, Body: []byte("<title>The"), Truncated: "disconnect"}, page.NetworkError},
		{"too long", page.Exchange{Status: 200, Body: []byte(whole), Truncated: "length"}, page.Partial},
		{"too long without text", page.Exchange{Status: 200, Body: []byte("<title>The"), Truncated: "length"}, page.TooLarge},
		{"broken gzip", page.Exchange{Status: 200, Body: []byte(whole), DecodeError: "gzip: invalid checksum"}, page.Partial},
		{"broken gzip without text", page.Exchange{Status: 200, DecodeError: "gzip: invalid header"}, page.NetworkError},
		{"too many layers", page.Exchange{Status: 200, DecodeError: "3 content codings, at most 2 are undone", Bounded: true}, page.TooLarge},
		{"a bomb after the text", page.Exchange{Status: 200, Body: []byte(whole), DecodeError: "output is out of proportion", Bounded: true}, page.Partial},
		{"a range", page.Exchange{Status: 206, Body: []byte(whole)}, page.Partial},
	} {
		tt.ex.URL = "https://news.example/mill"
		if row := New(Options{}).Extract(&page.Capture{Exchanges: []page.Exchange{tt.ex}}).Row; row.Outcome != tt.want {
			t.Errorf("%s: outcome %q, want %q (warnings %q)", tt.name, row.Outcome, tt.want, row.Warnings)
		}
	}
}

func TestPhrasesCanBeRead(t *testing.T) {
	p, err := readPhrases(judgeYAML)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Gates) < 12 {
		t.Errorf("gates in %d languages, want 12 at least", len(p.Gates))
	}
	lists := [][]string{p.gates.list, p.Consents, p.Captchas, p.Scripts, p.GateNames, p.OpenNames, p.Missing, p.Services}
	for _, c := range p.Challenges {
		lists = append(lists, c.Titles, c.Marks, c.Phrases)
	}
	for _, s := range slices.Concat(lists...) {
		if s == "" || s != lowered(s) && s != strings.ToLower(s) || strings.Contains(s, "’") {
			t.Errorf("%q is not as pages are read: lower case, single blanks, one kind of apostrophe", s)
		}
	}
	if _, err := readPhrases([]byte("gate: [x]")); err == nil {
		t.Error("a misspelled key is no error")
	}
}

func TestFinder(t *testing.T) {
	f := newFinder([]string{"for subscribers", "subscribe to read", "会员限定"})
	for _, tt := range []struct{ text, want string }{
		{"", ""}, {"fo", ""}, {"for", ""}, {"for subscribers", "for subscribers"}, {"この記事は会员限定", "会员限定"},
		{"subscribe to read, for subscribers", "for subscribers"}, {"subscribe to rea", ""},
	} {
		if got := f.in(tt.text); got != tt.want || got != anyIn(tt.text, f.list) {
			t.Errorf("in(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Whatever comes, there is an outcome, and its text is where it may be: nowhere on
// walls and errors, and never nothing where the page is called an article.
func FuzzOutcome(f *testing.F) {
	f.Add([]byte(newsLD+"<title>The mill</title><h1>The mill</h1>"+prose(12)), 200, "text/html", "")
	f.Add([]byte("<title>Just a moment...</title><p>Verify you are human"), 503, "", "")
	f.Add([]byte("%PDF-1.7"), 200, "text/html", "length")
	f.Add([]byte(`<div class="paywall">For subscribers only</div><p>x`), 206, "text/html; charset=utf-16", "disconnect")
	e := New(Options{})
	f.Fuzz(func(t *testing.T, body []byte, status int, typ, truncated string) {
		ex := page.Exchange{URL: "https://news.example/mill", Status: status, Body: body, Truncated: truncated, Header: page.Header{"Content-Type": {typ}}}
		row := e.Extract(&page.Capture{Exchanges: []page.Exchange{ex}}).Row
		if !slices.Contains(page.Outcomes[:], row.Outcome) {
			t.Fatalf("outcome %q", row.Outcome)
		}
		if slices.Contains(row.Warnings, "extractor_panic") {
			t.Fatal("panic")
		}
		if row.Outcome == page.OK && row.Text == "" || !showsText(row.Outcome) && row.Text != "" {
			t.Fatalf("outcome %q with the text %q", row.Outcome, row.Text)
		}
		checkAllowed(t, row.HTML)
	})
}

// checkOutcome reads a page that came with status 200, and compares its outcome and one of its warnings, where one is wanted.
func checkOutcome(t *testing.T, path, body string, want page.Outcome, warning string) {
	t.Helper()
	row := New(Options{}).Extract(&page.Capture{Exchanges: []page.Exchange{{URL: "https://news.example" + path, Status: 200, Body: []byte(body), Header: page.Header{}}}}).Row
	if row.Outcome != want || warning != "" && !slices.Contains(row.Warnings, warning) {
		t.Errorf("outcome %q, warnings %q, access %s by %q, want %q, %q; text %.90q", row.Outcome, row.Warnings, row.Access, row.AccessSource, want, warning, row.Text)
	}
}
