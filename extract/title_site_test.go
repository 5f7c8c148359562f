package extract

import "testing"

func TestSiteNames(t *testing.T) {
	const agency = `{"@type":"NewsArticle","headline":"Bridge closed to lorries","publisher":{"@type":"Organization","name":"Reuters"}}`
	const headed = `<h1>Bridge closed to lorries</h1>`
	for _, tt := range []struct{ name, markup, site, source string }{
		{"declared", `<meta property="og:site_name" content="Valley Post - "><title>Bridge closed to lorries | Hill</title>`, "Valley Post", "meta:og:site_name"},
		{"the tail of the title, by the domain", `<title>Bridge closed to lorries | Local | Valley-Post</title>` + headed, "Valley-Post", "html:title"},
		{"with what the domain leaves out", `<title>Bridge closed to lorries - The Valley Post Online</title>` + headed, "The Valley Post Online", "html:title"},
		{"by the logo", `<title>Bridge closed to lorries – The Hill Gazette</title><a href="/"><img alt="The Hill Gazette Logo"></a>` + headed, "The Hill Gazette", "html:title"},
		{"by the copyright line", `<title>Bridge closed to lorries | Hill Gazette</title>` + headed + `<footer>© 2026 Hill Gazette. All rights reserved.</footer>`, "Hill Gazette", "html:title"},
		{"at the head", `<title>Valley Post | Bridge closed to lorries</title>` + headed, "Valley Post", "html:title"},
		{"near miss: a section", `<title>Bridge closed to lorries | Local</title><a href="/"><img alt="Hill Gazette"></a><nav><a href="/local">Local</a></nav>` + headed, "", ""},
		{"near miss: a section that stands in the copyright line", `<title>Bridge closed to lorries | Local</title>` + headed + `<p>Copyright 2026 Hill Gazette Local Media</p>`, "", ""},
		{"near miss: the headline's own dash", `<title>Bridge closed - what readers of the Valley Post think</title>` + headed, "", ""},
		{"near miss: the headline ends so", `<title>Bridge closed - Letters to Valley Post</title><h1>Bridge closed - Letters to Valley Post</h1>`, "", ""},
		{"a link to the front page that only ends the title's last word", `<title>The Post privacy policy</title><a href="/">privacy policy</a>`, "", ""},
		{"one that the address has", `<title>Bridge closed Valley Post</title><a href="/">Valley Post</a>`, "Valley Post", "html:a"},
		{"the publisher is where the story comes from", ld(agency) + `<title>Bridge closed to lorries | Valley Post</title>` + headed, "Valley Post", "html:title"},
		{"an application is called as the page", `<meta name="application-name" content="Bridge closed to lorries - Valley Post"><title>Bridge closed to lorries - Valley Post</title>` + headed, "Valley Post", "html:title"},
		{"a company publishes", ld(`{"@type":"NewsArticle","headline":"Bridge closed","publisher":{"name":"Valley Post Druck und Verlag GmbH & Co. KG"}}`) + `<title>Bridge closed to lorries | Valley Post</title>` + headed, "Valley Post", "html:title"},
	} {
		if m := readAt(t, "https://www.valley-post.example/local/1", tt.markup); m.siteName != (fact{tt.site, tt.source}) {
			t.Errorf("%s: site name %+v, want %q of %q", tt.name, m.siteName, tt.site, tt.source)
		}
	}
}

func TestTitlesLoseTheSiteHoweverItIsSpelled(t *testing.T) {
	for _, tt := range []struct{ site, title, want string }{
		{"Foo Times", "Bridge closed | The Foo Times", "Bridge closed"},
		{"The Foo Times", "Bridge closed | Foo Times", "Bridge closed"},
		{"Foo Times", "Bridge closed - FooTimes.com", "Bridge closed"},
		{"Hill & Dale", "Bridge closed – Hill and Dale", "Bridge closed"},
		{"Süd-Kurier", "Brücke zu | Suedkurier", "Brücke zu"},
		{"El País Día", "El puente | El Pais Dia", "El puente"},
		{"Foo Times", "Bridge closed | Foot lies", "Bridge closed | Foot lies"},
		{"Foo Times", "Bridge closed | Bar Times", "Bridge closed | Bar Times"},
	} {
		m := readAt(t, "https://www.news.example/1", `<meta property="og:site_name" content="`+tt.site+`"><title>`+tt.title+`</title>`)
		if m.title.value != tt.want {
			t.Errorf("site %q: title of %q = %q, want %q", tt.site, tt.title, m.title.value, tt.want)
		}
	}
}
