package extract

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"newsarchive/page"
)

// read returns the metadata of markup at an address, captured on 1 December 2026.
func readAt(t testing.TB, url, markup string) metadata {
	t.Helper()
	return readMetadata(documentOf(t, url, markup))
}

func documentOf(t testing.TB, url, markup string) *document {
	t.Helper()
	d, err := newDocument(&page.Capture{Requested: url, Exchanges: []page.Exchange{{
		URL: url, Status: 200, Body: []byte(markup), Start: time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ld(json string) string { return `<script type="application/ld+json">` + json + `</script>` }

func TestTitle(t *testing.T) {
	const site = `<meta property="og:site_name" content="Valley Post">`
	for _, tt := range []struct{ name, markup, title, source string }{
		{"site name behind", site + `<title>Bridge closed - Valley Post</title>`, "Bridge closed", "html:title"},
		{"site name before", site + `<title>Valley Post: Bridge closed</title>`, "Bridge closed", "html:title"},
		{"section and site name", site + `<title>Bridge closed | Local | Valley Post</title><h1>Bridge closed</h1>`, "Bridge closed", "html:h1"},
		{"the address names the site", `<title>Bridge closed | news.example</title>`, "Bridge closed", "html:title"},
		{"an unknown name behind what a cell shows", `<title>Bridge closed to lorries - Sunrise</title><table><td><b>Bridge closed to lorries</b></td></table>`, "Bridge closed to lorries", "html:title"},
		{"near miss: the page shows all of it", `<title>Bridge closed to lorries - again</title><table><td><b>Bridge closed to lorries - again</b></td></table>`, "Bridge closed to lorries - again", "html:title"},
		{"near miss: a dash of the headline's own", site + `<title>Bridge closed - for now - Valley Post</title><h1>Bridge closed - for now</h1>`, "Bridge closed - for now", "html:h1"},
		{"the logo is an h1 too", site + `<title>Bridge closed to lorries</title><h1>Our Valley</h1><h1>Bridge closed to lorries</h1>`, "Bridge closed to lorries", "html:h1"},
		{"two agree against one", `<meta property="og:title" content="You won't believe this bridge"><title>Bridge closed to lorries</title><h1>Bridge closed to lorries</h1>`, "Bridge closed to lorries", "html:h1"},
		{"JSON-LD is cut", ld(`{"@type":"NewsArticle","headline":"Bridge closed to lorries until the sp"}`) + `<meta property="og:title" content="Bridge closed to lorries until the spring"><h1>Bridge closed to lorries until the spring</h1>`,
			"Bridge closed to lorries until the spring", "html:h1"},
		{"kicker inside the heading", `<title>Bridge closed to lorries</title><h1><span class="kicker">Traffic</span> Bridge closed to lorries</h1>`, "Bridge closed to lorries", "html:h1"},
		{"kicker in the title only", `<title>Traffic: Bridge closed to lorries</title><h1>Bridge closed to lorries</h1>`, "Bridge closed to lorries", "html:h1"},
		{"soft hyphen and blanks", "<h1>Bridge\u00a0\n closed to lor\u00adries</h1>", "Bridge closed to lorries", "html:h1"},
		{"what statistics are told", `<meta name="parsely-title" content="Old bridge closed to lorries"><meta property="og:title" content="Old bridge closed to lorries"><title>Bridge closed, lorries turned away</title><h1>Bridge closed, lorries turned away</h1>`,
			"Old bridge closed to lorries", "meta:og:title"},
		{"an icon has a title", `<h1>Bridge closed</h1><svg><title>Menu</title></svg>`, "Bridge closed", "html:h1"},
		{"none", `<p>Bridge closed</p>`, "", ""},
		{"the front link names the site", `<title>Valley Daily Archive: Bridge closed to lorries</title><a href="/">Valley Daily</a><p>Lorries must wait.</p>`, "Bridge closed to lorries", "html:title"},
		{"near miss: a front link that the title knows not", `<title>Bridge: closed to lorries</title><a href="/">Home page</a>`, "Bridge: closed to lorries", "html:title"},
		{"the heading is the logo", `<title>Bridge closed to lorries | Our Valley at Large</title><h1><a href="/">Our Valley at Large</a></h1>`, "Bridge closed to lorries", "html:title"},
		{"the heading ends the title", `<title>The bridge is closed to all lorries : Archive of the Valley</title><h1>Archive of the Valley</h1>`, "The bridge is closed to all lorries", "html:title"},
		{"the heading in other words", `<meta property="og:title" content="What lorry drivers must know"><title>What lorry drivers must know</title><h1>Bridge closed: what drivers must do now</h1>`, "Bridge closed: what drivers must do now", "html:h1"},
		{"near miss: a heading of something else", `<meta property="og:title" content="What lorry drivers must know"><title>What lorry drivers must know</title><h1>Newest comments</h1>`, "What lorry drivers must know", "meta:og:title"},
		{"a kicker that og:title does without", ld(`{"@type":"NewsArticle","headline":"Traffic: Bridge closed to lorries"}`) + `<meta property="og:title" content="Bridge closed to lorries"><h1>Traffic: Bridge closed to lorries</h1>`, "Bridge closed to lorries", "meta:og:title"},
		{"near miss: a kicker that the heading does without", ld(`{"@type":"NewsArticle","headline":"Traffic: Bridge closed to lorries"}`) + `<meta property="og:title" content="Traffic: Bridge closed to lorries"><h1>Bridge closed to lorries</h1>`, "Traffic: Bridge closed to lorries", "jsonld:headline"},
		{"the headline is the last of several headings", `<title>Bridge closed - Friends of the Valley</title><h1>Navigation</h1><h1>Bridge closed</h1>`, "Bridge closed", "html:h1"},
		{"a headline that describes what the page is named after", ld(`{"@type":"Article","name":"Old Bridge","headline":"bridge in the valley"}`) + `<title>Old Bridge - Valleypedia</title><h1>Old Bridge</h1>`, "Old Bridge", "html:h1"},
		{"the site is said to be called as the story", `<meta property="og:site_name" content="Bridge closed to lorries | Valley"><title>Bridge closed to lorries | Valley</title>`, "Bridge closed to lorries | Valley", "html:title"},
	} {
		m := readAt(t, "https://www.news.example/1", tt.markup)
		if m.title != (fact{tt.title, tt.source}) {
			t.Errorf("%s: title of %s = %+v, want %q from %s", tt.name, tt.markup, m.title, tt.title, tt.source)
		}
	}
}

func TestAuthors(t *testing.T) {
	for _, tt := range []struct{ name, markup, authors, agencies string }{
		{"JSON-LD person", ld(`{"@type":"NewsArticle","author":{"@type":"Person","name":"Ana Ruiz"}}`), "Ana Ruiz", ""},
		{"by reference", ld(`{"@graph":[{"@type":"Article","author":[{"@id":"#a"}]},{"@type":"Person","@id":"#a","name":"Ana Ruiz"}]}`), "Ana Ruiz", ""},
		{"names run together", ld(`{"@type":"NewsArticle","author":"Ana Ruiz, Tomas Bell and Ines Okafor"}`), "Ana Ruiz|Tomas Bell|Ines Okafor", ""},
		{"a person and an agency", ld(`{"@type":"NewsArticle","author":["Ana Ruiz",{"@type":"Organization","name":"dpa"}]}`), "Ana Ruiz", "dpa"},
		{"an agency alone signs", ld(`{"@type":"NewsArticle","author":{"@type":"Organization","name":"Northwire Agency"}}`), "Northwire Agency", ""},
		{"the house beside a person", `<meta property="og:site_name" content="Valley Post"><meta name="author" content="Ana Ruiz, Valley Post">`, "Ana Ruiz", ""},
		{"the house is no agency", `<meta property="og:site_name" content="Valley Post"><meta name="author" content="Valley Post">`, "Valley Post", ""},
		{"address of a profile", `<meta property="article:author" content="https://social.example/ana"><meta name="author" content="Ana Ruiz">`, "Ana Ruiz", ""},
		{"e-mail address and role", `<p class="byline">By Ana Ruiz, Staff Writer, ana@news.example</p>`, "Ana Ruiz", ""},
		{"twice the same", `<p class="byline">By ANA RUIZ and Ana Ruiz</p>`, "Ana Ruiz", ""},
		{"von", `<h1>Brücke zu</h1><p>Von Ole Harring und Britta von der Heide</p>`, "Ole Harring|Britta von der Heide", ""},
		{"par", `<h1>Le pont</h1><p>Par Éloïse Garnier</p>`, "Éloïse Garnier", ""},
		{"near miss: no byline but a sentence", `<h1>Brücke</h1><p>Von der Brücke ist nichts zu sehen</p>`, "", ""},
		{"with the date", `<div class="author-line">Posted on 3 May 2026 by Ana Ruiz</div>`, "Ana Ruiz", ""},
		{"von in a name", `<div class="author">Britta von der Heide</div>`, "Britta von der Heide", ""},
		{"microdata", `<span itemprop="author"><b itemprop="name">Ana Ruiz</b>, reporter</span>`, "Ana Ruiz", ""},
		{"of a comment", `<div class="comments"><span class="author">Tomas Bell</span></div>`, "", ""},
		{"a first name made whole", ld(`{"@type":"NewsArticle","author":{"name":"Ines"}}`) + `<a rel="author" class="byline">Ines Okafor</a>`, "Ines Okafor", ""},
		{"Chinese", `<meta name="author" content="陆文清、森川 千夏">`, "陆文清|森川 千夏", ""},
		{"signed with a mail address", `<h1>Bridge</h1><p>Text.</p><div>Samuel Oke<br>samuel@valley.example</div>`, "Samuel Oke", ""},
		{"no number", `<meta name="author" content="105092">`, "", ""},
		{"credit of a picture", `<div class="photo-author">Photo: Tomas Bell</div><figure><span class="author">Tomas Bell</span></figure><p class="author">Ana Ruiz</p>`, "Ana Ruiz", ""},
		{"the house signs, a line says who wrote", ld(`{"@type":"NewsArticle","author":{"@type":"Organization","name":"Valley Post"}}`) + `<meta property="og:site_name" content="Valley Post"><h1>Bridge</h1><p>By Ana Ruiz</p>`, "Ana Ruiz", ""},
		{"near miss: an agency signs, a line names somebody", ld(`{"@type":"NewsArticle","author":{"@type":"Organization","name":"Northwire Agency"}}`) + `<h1>Bridge</h1><p>By Ana Ruiz</p>`, "Northwire Agency", ""},
		{"an agency signs, a label names the author", ld(`{"@type":"NewsArticle","author":{"@type":"Organization","name":"Northwire Agency"}}`) + `<h1>Bridge</h1><p>Text.</p><p>Author: Ana Ruiz</p>`, "Ana Ruiz", "Northwire Agency"},
		{"card of a link", `<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ana Ruiz">`, "Ana Ruiz", ""},
		{"near miss: card with the time of reading", `<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="Five minutes">`, "", ""},
		{"one of two has a page", `<div class="byline">By <a href="/author/ana-ruiz">Ana Ruiz</a> and Tomas Bell</div>`, "Ana Ruiz|Tomas Bell", ""},
		{"our editor", `<h1>Brücke zu</h1><p>Von unserem Redakteur Ole Harring</p>`, "Ole Harring", ""},
		{"initials that are declared", ld(`{"@type":"NewsArticle","author":{"@type":"Person","name":"oh"}}`), "oh", ""},
		{"a label on a line of its own", `<h1>Brücke zu</h1><p>Von:<br><i>Ole Harring</i></p>`, "Ole Harring", ""},
		{"label and tags in one paragraph", `<h1>Brücke zu</h1><p>Text.</p><p><b>Autor:</b> <a href="/1">Ole Harring</a><br><b>Themen:</b> <a href="/2">Brücken</a></p>`, "Ole Harring", ""},
		{"a first name made whole by a line", ld(`{"@type":"NewsArticle","author":{"name":"Ines"}}`) + `<h1>Bridge</h1><p>Ines Okafor</p>`, "Ines Okafor", ""},
		{"near miss: a line that goes on", ld(`{"@type":"NewsArticle","author":{"name":"Ines"}}`) + `<h1>Bridge</h1><p>Ines goes home early</p>`, "Ines", ""},
		{"a house with a mark that parts names", `<meta property="og:site_name" content="Hill & Dale"><meta name="author" content="Hill & Dale">`, "Hill & Dale", ""},
		{"a request to write", `<h1>Bridge</h1><p>Text.</p><p>Send remarks on this post to <a href="mailto:a@news.example">&lt;a@news.example&gt;</a></p>`, "", ""},
		{"an authority", `<h1>Bridge</h1><p>Text.</p><div id="Authority_control"><a href="/1">Ana Ruiz</a></div>`, "", ""},
		{"a hotline is nobody", `<h1>桥</h1><p>举报电话：010-6500 jubao@news.example</p>`, "", ""},
	} {
		m := readAt(t, "https://www.news.example/1", tt.markup)
		if a, g := strings.Join(m.authors, "|"), strings.Join(m.agencies, "|"); a != tt.authors || g != tt.agencies {
			t.Errorf("%s: authors %q, agencies %q, want %q, %q", tt.name, a, g, tt.authors, tt.agencies)
		}
	}
}

func TestBylinesToRead(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"By Ana Ruiz", "Ana Ruiz"},
		{"Von Ole Harring", "Ole Harring"},
		{"Par Éloïse Garnier", "Éloïse Garnier"},
		{"Por Lucía Ferrándiz", "Lucía Ferrándiz"},
		{"Di Marco Bellini", "Marco Bellini"},
		{"Door Anke de Vries", "Anke de Vries"},
		{"Av Siri Dahl", "Siri Dahl"},
		{"Af Mette Holm", "Mette Holm"},
		{"Teksti: Aino Salo", "Aino Salo"},
		{"Autor: Jan Kowalski", "Jan Kowalski"},
		{"Írta: Kovács Péter", "Kovács Péter"},
		{"De Ion Popescu", "Ion Popescu"},
		{"Yazan: Ayşe Demir", "Ayşe Demir"},
		{"Автор: Анна Петрова", "Анна Петрова"},
		{"Автор Анна Петрова", "Анна Петрова"},
		{"Γράφει ο Νίκος Παπάς", "Νίκος Παπάς"},
		{"Του Νίκου Παπά", "Νίκου Παπά"},
		{"Oleh Budi Santoso", "Budi Santoso"},
		{"Penulis: Budi Santoso", "Budi Santoso"},
		{"Tác giả: Lê Phương", "Lê Phương"},
		{"بقلم أحمد علي", "أحمد علي"},
		{"מאת דנה כהן", "דנה כהן"},
		{"记者 陆文清", "陆文清"},
		{"文／陆文清", "陆文清"},
		{"김민수 기자", "김민수"},
		{"लेखक: रवि कुमार", "रवि कुमार"},
		{"BY ANA RUIZ", "ANA RUIZ"},
		{"VON OLE HARRING UND BRITTA VON DER HEIDE", "OLE HARRING|BRITTA VON DER HEIDE"},
		{"Von Ole Harring, dpa", "Ole Harring"},
		{"Von Ole Harring/dpa", "Ole Harring"},
		{"dpa/Ole Harring", ""},
		{"By Ana Ruiz in Port Alder", "Ana Ruiz"},
		{"By Ana Ruiz, BBC News", "Ana Ruiz"},
		{"By Ana Ruiz | Staff Writer", "Ana Ruiz"},
		{"By Ana Ruiz Staff Writer", "Ana Ruiz"},
		{"Por Lucía Ferrándiz y Juan Gil", "Lucía Ferrándiz|Juan Gil"},
		{"Por João Silva e Ana Souza", "João Silva|Ana Souza"},
		{"Text: Ole Harring | Fotos: Britta Kern", "Ole Harring"},
		{"Text: Ole Harring, Foto: Britta Kern", "Ole Harring"},
		{"Text und Fotos: Ole Harring", "Ole Harring"},
		{"Foto: Britta Kern", ""},
		{"Photo by Ana Ruiz", ""},
		{"By Photo Desk", ""},
		{"Von der Leyen spricht", ""},
		{"Por favor comparta", ""},
		{"By clicking you agree", ""},
		{"Di più", ""},
		{"De quoi s'agit-il", ""},
	} {
		m := readAt(t, "https://www.news.example/1", "<h1>Bridge closed to lorries</h1><p>"+tt.line+"</p><p>Lorries must wait until spring.</p>")
		if got := strings.Join(m.authors, "|"); got != tt.want {
			t.Errorf("authors of %q: %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, tt := range []struct{ name, markup, published, precision, source, modified string }{
		{"JSON-LD before meta", ld(`{"@type":"NewsArticle","datePublished":"2026-11-21T09:40:00+01:00","dateModified":"2026-11-22T08:00:00+01:00"}`) + `<meta property="article:published_time" content="2026-11-20T00:00:00Z">`,
			"2026-11-21T08:40:00Z", "second", "jsonld:datePublished", "2026-11-22T07:00:00Z"},
		{"a change is no publication", `<meta property="article:modified_time" content="2026-11-22T08:00:00Z"><p class="date">21 November 2026</p>`, "2026-11-21T00:00:00Z", "day", "html:date", "2026-11-22T08:00:00Z"},
		{"time elements by role", `<time class="updated" datetime="2026-11-22T08:00Z">x</time><time class="published" datetime="2026-11-21T08:40Z">y</time>`, "2026-11-21T08:40:00Z", "minute", "html:time", "2026-11-22T08:00:00Z"},
		{"of another story", `<div class="related"><time datetime="2020-01-01">x</time></div><time datetime="2026-11-21">y</time>`, "2026-11-21T00:00:00Z", "day", "html:time", ""},
		{"words say that it is a change", `<h1>Bridge</h1><p>Updated: 22 November 2026</p><p>Published: 21 November 2026</p>`, "2026-11-21T00:00:00Z", "day", "text", "2026-11-22T00:00:00Z"},
		{"the address comes last", `<h1>Bridge</h1>`, "2026-11-19T00:00:00Z", "day", "url", ""},
		{"never in the future", ld(`{"@type":"NewsArticle","datePublished":"2031-01-01T00:00:00Z"}`), "2026-11-19T00:00:00Z", "day", "url", ""},
		{"midnight somewhere is a day", `<meta property="article:published_time" content="2026-11-21T00:00:00+09:00">`, "2026-11-21T00:00:00Z", "day", "meta:article:published_time", ""},
		{"offset of the other date", `<meta property="article:published_time" content="2026-11-21T09:40:00"><meta property="article:modified_time" content="2026-11-21T10:00:00+01:00">`,
			"2026-11-21T08:40:00Z", "second", "meta:article:published_time", "2026-11-21T09:00:00Z"},
		{"a day to read before the date of a system", `<meta name="date" content="2026-11-24T10:00:00Z"><h1>Bridge</h1><p class="date">21.11.2026</p>`, "2026-11-21T00:00:00Z", "day", "html:date", ""},
		{"which is the month tells a day to read", `<html lang="de"><meta name="date" content="11/01/2026 12:43:42"><h1>Brücke</h1><p>Erstellt am: 01.11.2026</p>`, "2026-11-01T12:43:42Z", "second", "meta:date", ""},
		{"near miss: the day to read is another", `<html lang="de"><meta name="date" content="11/01/2026 12:43:42"><h1>Brücke</h1><p>Erstellt am: 02.11.2026</p>`, "2026-01-11T12:43:42Z", "second", "meta:date", ""},
		{"near miss: the same day", `<meta name="date" content="2026-11-21T10:00:00Z"><h1>Bridge</h1><p class="date">21.11.2026</p>`, "2026-11-21T10:00:00Z", "second", "meta:date", ""},
		{"near miss: a day of long ago", `<meta name="date" content="2026-11-21T10:00:00Z"><h1>Bridge</h1><p class="date">1 May 2019</p>`, "2026-11-21T10:00:00Z", "second", "meta:date", ""},
		{"the foot of an article", `<article><footer>28.11.26</footer><h1>Bridge</h1></article><footer>27.11.26</footer>`, "2026-11-28T00:00:00Z", "day", "text", ""},
		{"last change and day of issue", `<h1>Bridge</h1><p>Letzte Änderung: 22.11.2026<br>Erschienen am: 21.11.2026</p>`, "2026-11-21T00:00:00Z", "day", "text", "2026-11-22T00:00:00Z"},
		{"promoted is no promotion", `<div class="node--promoted"><time datetime="2026-11-21">y</time></div>`, "2026-11-21T00:00:00Z", "day", "html:time", ""},
		{"something is so since", `<h1>Bridge</h1><p>Closed since 1 May 2026</p>`, "2026-11-19T00:00:00Z", "day", "url", ""},
		{"publication before creation", ld(`{"@type":"NewsArticle","dateCreated":"2026-11-22T10:41:09Z"}`) + `<meta property="article:published_time" content="2026-11-21T08:40:00Z">`, "2026-11-21T08:40:00Z", "second", "meta:article:published_time", ""},
		{"creation alone", ld(`{"@type":"NewsArticle","dateCreated":"2026-11-21T08:40:00Z"}`), "2026-11-21T08:40:00Z", "second", "jsonld:dateCreated", ""},
		{"data of a script", `<script id="state" type="application/json">{"article":{"publishedAt":"2026-11-21T08:40:00Z"}}</script>`, "2026-11-21T08:40:00Z", "second", "script:publishedAt", ""},
	} {
		m := readAt(t, "https://www.news.example/2026/11/19/bridge", tt.markup)
		modified := ""
		if !m.modified.time.IsZero() {
			modified = m.modified.time.UTC().Format(time.RFC3339)
		}
		p := m.published
		if got := p.time.UTC().Format(time.RFC3339); got != tt.published || p.precision != tt.precision || p.source != tt.source || modified != tt.modified {
			t.Errorf("%s: published %s (%s, %s), modified %q, want %s (%s, %s), %q", tt.name, got, p.precision, p.source, modified, tt.published, tt.precision, tt.source, tt.modified)
		}
	}
}

func TestDatesOfOthersAreNotTheArticles(t *testing.T) {
	for _, tt := range []struct{ name, markup, published string }{
		{"a quotation", `<h1>Bridge</h1><p>Prose.</p><blockquote><p>The bridge stands.</p> 4 May 2019</blockquote>`, ""},
		{"an embedded post", `<h1>Bridge</h1><blockquote class="twitter-tweet"><p>Closed!</p>&mdash; Tom (@tom) <a href="https://social.example/1">May 4, 2019</a></blockquote>`, ""},
		{"an embedded post with a time", `<h1>Bridge</h1><div class="instagram-media"><time datetime="2019-05-04T10:00:00Z">May 4</time></div>`, ""},
		{"a quotation's element of a date", `<h1>Bridge</h1><blockquote><span class="date">4 May 2019</span></blockquote>`, ""},
		{"a comment", `<h1>Bridge</h1><div id="comments"><p>4 May 2019</p></div>`, ""},
		{"another story", `<h1>Bridge</h1><aside><p>4 May 2019</p></aside><div class="related-stories"><p>5 May 2019</p></div>`, ""},
		{"the bar of an archive of the web", `<div id="wm-ipp-base"><div class="r">10 Nov 2013</div></div><h1>Bridge</h1>`, ""},
		{"near miss: the article's own below a quotation", `<h1>Bridge</h1><blockquote>4 May 2019</blockquote><p>21 November 2026</p>`, "2026-11-21"},
		{"near miss: the whole page is a quotation", `<blockquote><h1>Bridge</h1><p>21 November 2026</p></blockquote>`, "2026-11-21"},
	} {
		got := ""
		m := readAt(t, "https://www.news.example/bridge", tt.markup)
		if p := m.published.time; !p.IsZero() {
			got = p.Format(time.DateOnly)
		}
		if got != tt.published || (got == "") != has(m.warnings, "published_missing") {
			t.Errorf("%s: published %q, warnings %q, want %q", tt.name, got, m.warnings, tt.published)
		}
	}
}

func TestDatesUnderLabels(t *testing.T) {
	const today = `<div class="topbar">Tuesday 1 December 2026</div>`
	for _, tt := range []struct{ name, markup, published, modified string }{
		{"the day of the masthead", today + `<h1>Bridge</h1><div class="info">By Ana Ruiz<br>Published: 21 November 2026 at 14:05 &nbsp; Last updated: 22 November 2026</div>`, "2026-11-21T14:05", "2026-11-22T00:00"},
		{"that day alone", `<header>1 December 2026</header>` + today + `<p class="masthead"><span class="date">1 December 2026</span></p><h1>About us</h1>`, "", ""},
		{"near miss: the head of an article", today + `<article><header>21 November 2026</header><h1>Bridge</h1></article>`, "2026-11-21T00:00", ""},
		{"the hour is of the other date", `<h1>Bridge</h1><p class="date">Nov. 21, 2026 | Updated: Nov. 22, 2026 9:15 p.m.</p>`, "2026-11-21T00:00", "2026-11-22T21:15"},
		{"neither has a label", `<h1>Bridge</h1><p>Nov. 21, 2026 | Nov. 22, 2026 9:15 p.m.</p>`, "2026-11-21T00:00", ""},
		{"two lines", `<h1>Bridge</h1><p>Published: 21 November 2026<br>Last updated: 22 November 2026 18:00</p>`, "2026-11-21T00:00", "2026-11-22T18:00"},
		{"French", `<h1>Pont</h1><p>Publié le 21 novembre 2026 à 14h05, mis à jour le 22 novembre 2026 à 08h00</p>`, "2026-11-21T14:05", "2026-11-22T08:00"},
		{"two elements", `<h1>Brücke</h1><span>Veröffentlicht: 21.11.2026 10:00</span> <span>Aktualisiert: 22.11.2026 11:00</span>`, "2026-11-21T10:00", "2026-11-22T11:00"},
		{"the change first", `<h1>Bridge</h1><p class="date">Updated 22 November 2026, published 21 November 2026</p>`, "2026-11-21T00:00", "2026-11-22T00:00"},
		{"changed at an hour of the same day", `<h1>Bridge</h1><p>21 November 2026, 10:00</p><p>Updated 14:05</p>`, "2026-11-21T10:00", "2026-11-21T14:05"},
		{"the same in one line", `<h1>Brücke</h1><p class="date">21.11.2026, 10:00 Uhr | Aktualisiert: 14:05 Uhr</p>`, "2026-11-21T10:00", "2026-11-21T14:05"},
		{"the same in French", `<h1>Pont</h1><p>Publié le 21 novembre 2026 à 10h00, mis à jour à 14h05</p>`, "2026-11-21T10:00", "2026-11-21T14:05"},
		{"at an hour of the clock by which the page declares", `<meta property="article:published_time" content="2026-11-21T10:00:00+01:00"><h1>Brücke</h1><p>Aktualisiert: 14:05 Uhr</p>`, "2026-11-21T09:00", "2026-11-21T13:05"},
		{"at an hour of a zone", `<meta property="article:published_time" content="2026-11-21T15:00:00Z"><h1>Bridge</h1><p>Updated 2:05 p.m. EST</p>`, "2026-11-21T15:00", "2026-11-21T19:05"},
		{"near miss: of which clock is not told", `<meta property="article:published_time" content="2026-11-21T10:00:00Z"><h1>Bridge</h1><p>Updated 14:05</p>`, "2026-11-21T10:00", ""},
		{"near miss: before it was published", `<h1>Bridge</h1><p>21 November 2026, 10:00</p><p>Updated 09:05</p>`, "2026-11-21T10:00", ""},
		{"near miss: no hour", `<h1>Bridge</h1><p>21 November 2026, 10:00</p><p>Updated 14 times</p>`, "2026-11-21T10:00", ""},
	} {
		m := readAt(t, "https://www.news.example/bridge", tt.markup)
		got := func(s stamp) string {
			if s.time.IsZero() {
				return ""
			}
			return s.time.UTC().Format("2006-01-02T15:04")
		}
		if p, c := got(m.published), got(m.modified); p != tt.published || c != tt.modified {
			t.Errorf("%s: published %q, modified %q, want %q, %q", tt.name, p, c, tt.published, tt.modified)
		}
	}
}

// TestTheDayOfTheSiteIsNoArticles: the day of the capture that stands above a headline and
// apart from it is the one on which the page was shown.
func TestTheDayOfTheSiteIsNoArticles(t *testing.T) {
	const menu = `<nav><a href="/a">Local</a><a href="/b">Sport</a></nav>`
	const day = `<div class="row"><span>Tuesday, 1 December 2026</span></div>`
	for _, tt := range []struct{ name, markup, want string }{
		{"above the menu", `<div>` + day + menu + `<div><h1>Bridge</h1></div></div>`, ""},
		{"outside of the article", `<header><a href="/">Valley Post</a></header>` + day + `<main><h1>Bridge</h1></main>`, ""},
		{"called a date", `<div class="bar"><span class="date">December 1, 2026</span></div>` + menu + `<article><h1>Bridge</h1></article>`, ""},
		{"a time element", `<div class="bar"><time datetime="2026-12-01">1 December</time></div>` + menu + `<article><h1>Bridge</h1></article>`, ""},
		{"beside the logo", `<div><a href="/"><img alt="Valley Post"></a> <span>1 December 2026</span></div><div><h1>Bridge</h1></div>`, ""},
		{"and the article's own", day + menu + `<main><h1>Bridge</h1><p>21 November 2026</p></main>`, "2026-11-21"},
		{"near miss: above the headline in the article", menu + `<article><span>1 December 2026</span><h1>Bridge</h1></article>`, "2026-12-01"},
		{"near miss: beside the headline", menu + `<div><span>1 December 2026</span><h1>Bridge</h1></div>`, "2026-12-01"},
		{"near miss: in main, above the article", menu + `<main><p>1 December 2026</p><article><h1>Bridge</h1></article></main>`, "2026-12-01"},
		{"near miss: of another day", `<div>21 November 2026</div>` + menu + `<main><h1>Bridge</h1></main>`, "2026-11-21"},
		{"near miss: below the headline", `<main><h1>Bridge</h1></main>` + day, "2026-12-01"},
	} {
		got := ""
		if p := readAt(t, "https://www.news.example/bridge", tt.markup).published.time; !p.IsZero() {
			got = p.Format(time.DateOnly)
		}
		if got != tt.want {
			t.Errorf("%s: published %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestDeclarations(t *testing.T) {
	d := documentOf(t, "https://www.news.example/story/1?from=feed", `<html lang="de_at"><base href="/story/">
		<link rel="canonical" href="1"><link rel="amphtml" href="1/amp"><a rel="license" href="https://license.example/by">CC BY</a>
		<meta name="robots" content="index, NOFOLLOW"><meta name="tdm-reservation" content="1">
		<meta property="og:image" content="/bridge.jpg"><meta name="keywords" content="bridge, traffic,  Bridge ">
		<figure><img data-src="/map.png" src="data:x"><figcaption>The bridge from above. Photo: Ana Ruiz</figcaption></figure>`+
		ld(`{"@type":"NewsArticle","isAccessibleForFree":"False","articleSection":["Local"],"description":"Lorries must wait until the spring."}`))
	m := readMetadata(d)
	m.readFigures(d)
	for _, tt := range []struct{ what, got, want string }{
		{"language", m.language.value, "de-AT"},
		{"canonical", m.canonical.value, "https://www.news.example/story/1"},
		{"AMP", m.amp, "https://www.news.example/story/1/amp"},
		{"licence", m.license.value, "https://license.example/by"},
		{"robots", m.robots, "robots: index, NOFOLLOW"},
		{"TDM", m.tdm, "tdm-reservation: 1"},
		{"tags", strings.Join(m.tags, "|"), "bridge|traffic"},
		{"section", m.section.value, "Local"},
		{"free", m.declaredFree.value, "no"},
		{"lead", m.leads[0].value, "Lorries must wait until the spring."},
		{"first image", m.images[0].url, "https://www.news.example/bridge.jpg"},
		{"second image", m.images[1].url, "https://www.news.example/map.png"},
		{"caption", m.images[1].caption, "The bridge from above."},
		{"credit", m.images[1].credit, "Ana Ruiz"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.what, tt.got, tt.want)
		}
	}
	if !m.noFollow {
		t.Error("nofollow was overlooked")
	}
}

func TestNamesAroundTheWholePageAreNotRead(t *testing.T) {
	page := `<div class="byline author date" itemprop="author">` + strings.Repeat("<b>By Ana Ruiz 21.11.2026 </b>", 400) + `</div>`
	d := documentOf(t, "https://www.news.example/1", page)
	if n := d.bylines[0]; brief(n) || stated(n) != "" {
		t.Errorf("%d nodes pass for a byline", 800)
	}
	if n := d.bylines[0].FirstChild; !brief(n) || stated(n) == "" {
		t.Error("one name does not")
	}
}

func TestSectionAndTags(t *testing.T) {
	const trail = `<nav class="Breadcrumbs"><a href="/">Valley Post</a> › <a href="/local">Local</a> › <a href="/local/traffic">Traffic</a> › <span>Bridge closed</span></nav>`
	for _, tt := range []struct{ name, markup, section, source, tags string }{
		{"declared before shown", ld(`{"@type":"NewsArticle","articleSection":"Local"}`) + trail, "Local", "jsonld:articleSection", ""},
		{"what systems call any article", ld(`{"@type":"NewsArticle","articleSection":"Articles"}`) + `<meta property="article:section" content="Local">`, "Local", "meta:article:section", ""},
		{"the first of many", ld(`{"@type":"NewsArticle","articleSection":"Local,Traffic"}`), "Local", "jsonld:articleSection", ""},
		{"near miss: one name with a comma", ld(`{"@type":"NewsArticle","articleSection":"Arts, Books & Music"}`), "Arts, Books & Music", "jsonld:articleSection", ""},
		{"last step of the trail", trail, "Traffic", "html:breadcrumb", ""},
		{"near miss: the trail ends with the article", `<h1>Bridge closed</h1><ol class="breadcrumb"><li><a href="/">Home</a><li><a href="/local">Local</a><li><a href="/1">Bridge closed</a></ol>`, "Local", "html:breadcrumb", ""},
		{"category and tags", `<a rel="category tag">Local</a><a rel="tag">#bridge</a><a rel="tag">Traffic</a>`, "Local", "html:category", "bridge|Traffic"},
		{"list of tags", `<ul class="article-tags"><li><a href="/t/1">Bridge</a><li><a href="/t/2">Traffic</a></ul>`, "", "", "Bridge|Traffic"},
		{"near miss: of another story", `<div class="teaser"><a rel="tag">Snow</a></div><div class="stages"><a href="/1">First stage</a></div>`, "", "", ""},
	} {
		m := readAt(t, "https://www.news.example/1", tt.markup)
		if got := strings.Join(m.tags, "|"); m.section != (fact{tt.section, tt.source}) || got != tt.tags {
			t.Errorf("%s: section %+v, tags %q, want %q from %s, %q", tt.name, m.section, got, tt.section, tt.source, tt.tags)
		}
	}
}

func TestSubtitle(t *testing.T) {
	for _, tt := range []struct{ name, markup, want string }{
		{"declared", ld(`{"@type":"NewsArticle","headline":"Bridge closed","alternativeHeadline":"Lorries must wait"}`), "Lorries must wait"},
		{"below the headline in its header", `<header><h1>Bridge closed</h1> <h2>Lorries must wait until spring</h2></header>`, "Lorries must wait until spring"},
		{"called so", `<h1>Bridge closed</h1><p class="article-subtitle">Lorries must wait until spring</p>`, "Lorries must wait until spring"},
		{"near miss: the first subheading of the text", `<h1>Bridge closed</h1><h2>Lorries must wait until spring</h2>`, ""},
		{"near miss: below a logo", `<title>Bridge closed</title><header><h1>Valley Post</h1><h2>The paper of the whole valley</h2></header>`, ""},
		{"near miss: a date", `<header><h1>Bridge closed</h1><h2>Monday, 23 November 2026</h2></header>`, ""},
	} {
		if m := readAt(t, "https://www.news.example/1", tt.markup); m.subtitle.value != tt.want {
			t.Errorf("%s: subtitle %q, want %q", tt.name, m.subtitle.value, tt.want)
		}
	}
}

func TestCreditLosesItsLabel(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Photograph: Ana Ruiz", "Ana Ruiz"},
		{"Foto: Ana Ruiz/Northwire", "Ana Ruiz/Northwire"},
		{"(Foto: Northwire)", "Northwire"},
		{"Credit: Photo: Ana Ruiz", "Ana Ruiz"},
		{"© Ana Ruiz", "Ana Ruiz"},
		{"Photo by Ana Ruiz", "Ana Ruiz"},
		{"写真：森川 千夏", "森川 千夏"},
		{"Ana Ruiz (Northwire)", "Ana Ruiz (Northwire)"},
		{"Northwire: Ana Ruiz", "Northwire: Ana Ruiz"}, // a name, not a label
		{"Foto:", "Foto:"},
	} {
		if got := unlabelled(tt.in); got != tt.want {
			t.Errorf("unlabelled(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestCanonicalIsBelievedOnlyOfThisSite(t *testing.T) {
	for _, tt := range []struct{ href, want string }{
		{"https://m.news.example/story/1", "https://m.news.example/story/1"},
		{"https://other.example/story/1", ""},
		{"https://www.news.example/", ""}, // a front page cannot be this story
		{"https://www.news.example/?p=7", "https://www.news.example/?p=7"},
		{"javascript:void(0)", ""},
	} {
		m := readAt(t, "https://www.news.example/story/1", `<link rel="canonical" href="`+tt.href+`">`)
		if m.canonical.value != tt.want {
			t.Errorf("canonical %q: %q, want %q", tt.href, m.canonical.value, tt.want)
		}
	}
}

func BenchmarkMetadata(b *testing.B) {
	markup := benchPage()
	b.Run("html.Parse", func(b *testing.B) {
		b.SetBytes(int64(len(markup)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := html.Parse(bytes.NewReader(markup)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.SetBytes(int64(len(markup)))
		b.ReportAllocs()
		for b.Loop() {
			if text, _ := decode(markup, ""); len(text) != len(markup) {
				b.Fatal("text was lost")
			}
		}
	})
	b.Run("metadata", func(b *testing.B) {
		d := documentOf(b, "https://www.news.example/1", string(markup))
		b.SetBytes(int64(len(markup)))
		b.ReportAllocs()
		for b.Loop() {
			d.index = newIndex(d.root, d.set)
			d.ld = parseLD(d.ldTexts)
			if m := readMetadata(d); m.title.value != "Bridge closed to lorries" || len(m.authors) != 1 {
				b.Fatalf("read %+v", m)
			}
		}
	})
}

// benchPage is a page of common size: a head full of tags, a story, and a long list
// of other stories.
func benchPage() []byte {
	var b bytes.Buffer
	b.WriteString(`<html lang="en"><head><title>Bridge closed to lorries - Valley Post</title><meta property="og:site_name" content="Valley Post">`)
	b.WriteString(ld(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"Bridge closed to lorries","author":{"@type":"Person","name":"Ana Ruiz"},"datePublished":"2026-11-21T08:40:00Z"}`))
	b.WriteString(`</head><body><article><h1 class="headline">Bridge closed to lorries</h1>`)
	for range 40 {
		b.WriteString(`<p class="text">The bridge over the river is closed to lorries until the spring, the council said on Monday; trams and cyclists may pass.</p>`)
	}
	b.WriteString(`</article><ul class="list">`)
	for range 600 {
		b.WriteString("<li class=\"item teaser\"><a href=\"/story/17\" class=\"link\"><span class=\"title\">Another story of the day</span></a>\n\t<img src=\"/i.png\" alt=\"\"></li>\n")
	}
	b.WriteString(`</ul></body></html>`)
	return b.Bytes()
}
