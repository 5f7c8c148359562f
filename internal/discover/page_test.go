package discover

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsarchive/page"
)

var front = &url.URL{Scheme: "https", Host: "news.example", Path: "/"}

func TestPage(t *testing.T) {
	got := Page([]byte(`<html><head><base href="/en/"><base href="/ignored/">
<link rel="alternate" type="application/rss+xml; charset=utf-8" href="rss.xml">
<link rel="ALTERNATE feed" href="https://news.example/all">
<link rel="alternate" type="application/json" href="/wp-json/oembed?url=x"><link rel="alternate" type="application/json" href="/feed.json">
<link rel="alternate" hreflang="de" href="https://news.example/de/"><link rel="amphtml" href="/amp/"><link rel="canonical" href="/canon">
<link rel="sitemap" href="/maps.xml"><link rel="next" href="?page=2">
<meta name="robots" content="noai, nofollow"><meta name="TDM-Reservation" content="1">
</head><body><a href="/sitemap.xml">map</a><a href="feed/">feed</a><a href="rss.xml">again</a><a rel="nofollow next" href="?page=3">older</a></body>`), front)
	want := &Hints{
		Feeds:      []string{"https://news.example/en/rss.xml", "https://news.example/all", "https://news.example/feed.json", "https://news.example/en/feed/"},
		Sitemaps:   []string{"https://news.example/maps.xml", "https://news.example/sitemap.xml"},
		Alternates: []Alternate{{"https://news.example/de/", "de"}},
		AMP:        "https://news.example/amp/", Canonical: "https://news.example/canon", Next: "https://news.example/en/?page=2",
		Policy: []Signal{{"noai", "", "meta"}, {"nofollow", "", "meta"}, {"tdm-reservation", "1", "meta"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("hints (-want +got):\n%s", diff)
	}
}

func TestHeaders(t *testing.T) {
	got := Headers(page.Header{"Tdm-Reservation": {"1"}, "X-Robots-Tag": {"otherbot: noai", "scrape: noarchive", "noindex, unavailable_after: 2026"}, "Content-Usage": {"train-ai=n"}}, "scrape")
	want := []Signal{{"tdm-reservation", "1", "header"}, {"content-usage", "train-ai=n", "header"}, {"noarchive", "", "header"}, {"noindex", "", "header"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("signals (-want +got):\n%s", diff)
	}
}

func TestReserves(t *testing.T) {
	for _, tt := range []struct {
		s    Signal
		want bool
	}{
		{Signal{Name: "tdm-reservation", Value: " 1"}, true},
		{Signal{Name: "tdm-reservation", Value: "0"}, false},
		{Signal{Name: "tdm-policy", Value: "https://news.example/policy.json"}, false},
		{Signal{Name: "content-usage", Value: "/news/ train-ai=n"}, true},
		{Signal{Name: "content-usage", Value: "train-ai=y, search=y"}, false},
		{Signal{Name: "noai"}, true},
		{Signal{Name: "noarchive"}, false},
	} {
		if got := tt.s.Reserves(); got != tt.want {
			t.Errorf("%+v.Reserves() = %v, want %v", tt.s, got, tt.want)
		}
	}
}

func TestRobotsTxt(t *testing.T) {
	got := RobotsTxt([]byte("User-agent: *\r\nDisallow: /x\nsitemap : https://news.example/a.xml\nSitemap: /b.xml\nSitemap: /b.xml\nSitemap:\nContent-Usage: train-ai=n # no\n"), front)
	want := &Robots{Sitemaps: []string{"https://news.example/a.xml", "https://news.example/b.xml"}, Policy: []Signal{{"content-usage", "train-ai=n", "robots.txt"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("robots (-want +got):\n%s", diff)
	}
}

func TestTDMRep(t *testing.T) {
	got, err := TDMRep([]byte(`[{"location":"/","tdm-reservation":1,"tdm-policy":"https://news.example/p.json"},{"location":"/open/*","tdm-reservation":"0"}]`))
	want := []TDMRule{{"/", 1, "https://news.example/p.json"}, {"/open/*", 0, ""}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("rules (-want +got):\n%s%v", diff, err)
	}
	if _, err := TDMRep([]byte("<html>")); err == nil {
		t.Error("a page was taken for a file of rules")
	}
}

func links(n int, text, region string) (out []page.Link) {
	for i := range n {
		out = append(out, page.Link{URL: "https://news.example/" + text + string(rune('a'+i)), Text: text, Region: region})
	}
	return out
}

func TestJudge(t *testing.T) {
	headlines := links(6, "Council approves the long overdue budget", "main")
	for _, tt := range []struct {
		name string
		r    page.Reading
		want Kind
	}{
		{"an article with many linked headlines", page.Reading{Row: page.Row{Outcome: page.Partial}, Links: headlines}, Article},
		{"a list of headlines", page.Reading{Row: page.Row{Outcome: page.NotArticle}, Links: headlines}, Section},
		{"headlines in the navigation only", page.Reading{Row: page.Row{Outcome: page.NotArticle}, Links: links(6, "Council approves the long overdue budget", "chrome")}, ""},
		{"an index of short words", page.Reading{Row: page.Row{Outcome: page.NotArticle}, Links: links(26, "A", "main")}, ""},
		{"an error", page.Reading{Row: page.Row{Outcome: page.HTTPError}, Links: headlines}, ""},
	} {
		if got := Judge(&tt.r); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSections(t *testing.T) {
	got := Sections([]page.Link{
		{URL: "https://news.example/sport/", Text: "Sport", Region: "main"},
		{URL: "https://www.news.example/world?utm_source=nav", Text: "World", Region: "chrome"},
		{URL: "https://news.example/", Text: "Home", Region: "chrome"},
		{URL: "https://news.example/privacy", Text: "Privacy", Region: "chrome"},
		{URL: "https://elsewhere.example/world", Text: "World", Region: "chrome"},
		{URL: "https://news.example/bridge", Text: "Bridge reopens after 14 months", Region: "main"},
	}, front)
	want := []Entry{{URL: "https://www.news.example/world", Kind: Section, Title: "World"}, {URL: "https://news.example/sport/", Kind: Section, Title: "Sport"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
}

// Headlines of scripts without spaces are one word to a split at spaces, and of some
// languages two or three. What a site calls its sections in them is shorter.
func TestSectionsOfScriptsWithoutSpaces(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"スポーツ", true},
		{"エンターテインメント", true},
		{"医療・健康・福祉", true},
		{"国际新闻", true},
		{"사회·문화", true},
		{"ข่าวต่างประเทศ", true},
		{"Wirtschaft und Finanzen", true},
		{"鉄橋が十四か月ぶりに通行再開", false},
		{"旧铁桥修缮十四个月后重新开放", false},
		{"낡은철교 십사개월만에 재개통", false},
		{"สะพานเหล็กเก่าเปิดให้ใช้งานอีกครั้ง", false},
	} {
		got := Sections([]page.Link{{URL: "https://news.example/a/b", Text: tt.text, Region: "main"}}, front)
		if (len(got) == 1) != tt.want {
			t.Errorf("%s: a section: %v, want %v", tt.text, len(got) == 1, tt.want)
		}
	}
}

// Numbered addresses that bear headlines elsewhere on the page are those of articles,
// however short the text of one is.
func TestNumberedLikeHeadlines(t *testing.T) {
	got := Sections([]page.Link{
		{URL: "https://news.example/story/10.html", Text: "Bridge reopens after 14 months", Region: "main"},
		{URL: "https://news.example/story/11.html", Text: "Council votes for a second tram", Region: "main"},
		{URL: "https://news.example/story/12.html", Text: "Harbour fog delays the first ferry", Region: "main"},
		{URL: "https://news.example/story/13.html", Text: "More fog", Region: "main"},
		{URL: "https://news.example/list/4.html", Text: "Harbour", Region: "main"},
		{URL: "https://news.example/story/", Text: "Stories", Region: "main"},
	}, front)
	want := []Entry{{URL: "https://news.example/list/4.html", Kind: Section, Title: "Harbour"}, {URL: "https://news.example/story/", Kind: Section, Title: "Stories"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
}
