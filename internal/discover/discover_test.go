package discover

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

var site = &url.URL{Scheme: "https", Host: "news.example", Path: "/a/list.xml"}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func packed(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

const rssText = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The  Harbour
 Post</title><link>https://news.example/</link><ttl>15</ttl>
<item><title>Bridge &amp; tunnel</title><link>https://news.example/bridge?utm_source=rss</link><pubDate>Sat, 21 Nov 2026 08:40:00 +0100</pubDate></item>
<item><title>Only an id</title><guid isPermaLink="true">https://news.example/id</guid><dc:date>2026-11-20T10:00:00Z</dc:date></item>
<item><title>Relative</title><link>/relative</link></item>
<item><title>Twice</title><link>https://news.example/id#top</link></item>
<item><title>No address</title><guid isPermaLink="false">4711</guid></item>
</channel></rss>`

var rssEntries = []Entry{
	{URL: "https://news.example/bridge?utm_source=rss", Kind: Article, Title: "Bridge & tunnel", Published: at("2026-11-21T07:40:00Z"), PublishedRaw: "Sat, 21 Nov 2026 08:40:00 +0100"},
	{URL: "https://news.example/id", Kind: Article, Title: "Only an id", Published: at("2026-11-20T10:00:00Z"), PublishedRaw: "2026-11-20T10:00:00Z", Modified: at("2026-11-20T10:00:00Z")}, // dc:date says either
	{URL: "https://news.example/relative", Kind: Article, Title: "Relative"},
}

const newsText = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><loc> https://news.example/one </loc><lastmod>2026-11-21T09:00:00+01:00</lastmod>
<news:news><news:publication><news:name>The Harbour Post</news:name><news:language>en</news:language></news:publication><news:publication_date>2026-11-21T08:40+01:00</news:publication_date><news:title>One</news:title></news:news>
<image:image><image:loc>https://news.example/one.jpg</image:loc></image:image></url>
<url><loc>https://news.example/two</loc><xhtml:link rel="alternate" hreflang="de" href="https://news.example/de/zwei"/><lastmod>2026-11</lastmod></url>
</urlset>`

func TestRead(t *testing.T) {
	news := &List{Kind: Sitemap, Format: News, Entries: []Entry{
		{URL: "https://news.example/one", Kind: Article, Title: "One", Published: at("2026-11-21T07:40:00Z"), PublishedRaw: "2026-11-21T08:40+01:00", Modified: at("2026-11-21T08:00:00Z")},
		{URL: "https://news.example/two"},
		{URL: "https://news.example/de/zwei"},
	}}
	for _, tt := range []struct {
		name, body string
		want       *List
	}{
		{"rss", rssText, &List{Kind: Feed, Format: RSS, Title: "The Harbour Post", TTL: 15 * time.Minute, Entries: rssEntries}},
		{"rss, UTF-16", utf16le(strings.Replace(rssText, "UTF-8", "UTF-16", 1)), &List{Kind: Feed, Format: RSS, Title: "The Harbour Post", TTL: 15 * time.Minute, Entries: rssEntries}},
		{"latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss version=\"2.0\"><channel><title>Z\xfcrich\x07</title></channel></rss>", &List{Kind: Feed, Format: RSS, Title: "Zürich"}},
		{"rdf", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel><item><title>A</title><link>https://news.example/a</link></item></rdf:RDF>`,
			&List{Kind: Feed, Format: RSS, Title: "T", Entries: []Entry{{URL: "https://news.example/a", Kind: Article, Title: "A"}}}},
		{"atom: an update is no publication", `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link rel="next" href="/atom?page=2"/>
			<entry><title>A</title><id>tag:x</id><link rel="replies" href="/r"/><link rel="alternate" type="application/json" href="/a.json"/><link rel="alternate" href="/a"/><updated>2026-11-21T08:40:00Z</updated></entry>
			<entry><title>B</title><id>https://news.example/b</id><published>2026-11-20T08:40:00Z</published><updated>2026-11-21T08:40:00Z</updated></entry></feed>`,
			&List{Kind: Feed, Format: Atom, Title: "T", Entries: []Entry{
				{URL: "https://news.example/a", Kind: Article, Title: "A", Modified: at("2026-11-21T08:40:00Z")},
				{URL: "https://news.example/b", Kind: Article, Title: "B", Published: at("2026-11-20T08:40:00Z"), PublishedRaw: "2026-11-20T08:40:00Z", Modified: at("2026-11-21T08:40:00Z")},
				{URL: "https://news.example/atom?page=2", Kind: Feed},
			}}},
		{"json", `{"version":"https://jsonfeed.org/version/1.1","title":"T","next_url":"/feed2.json","items":[{"id":"1","url":"https://news.example/a","title":"A","date_published":"2026-11-20T08:40:00Z"},{"id":"https://news.example/b"}]}`,
			&List{Kind: Feed, Format: JSONFeed, Title: "T", Entries: []Entry{
				{URL: "https://news.example/a", Kind: Article, Title: "A", Published: at("2026-11-20T08:40:00Z"), PublishedRaw: "2026-11-20T08:40:00Z"},
				{URL: "https://news.example/b", Kind: Article},
				{URL: "https://news.example/feed2.json", Kind: Feed},
			}}},
		{"news sitemap", newsText, news},
		{"news sitemap, packed", packed(newsText), news},
		{"index", `<sitemapindex><sitemap><loc>https://news.example/s1.xml.gz</loc><lastmod>2026-11-21</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>`,
			&List{Kind: Sitemap, Format: Index, Entries: []Entry{{URL: "https://news.example/s1.xml.gz", Kind: Sitemap, Modified: at("2026-11-21T00:00:00Z")}, {URL: "https://news.example/s2.xml", Kind: Sitemap}}}},
		{"text", "\ufeffhttps://news.example/a\r\n\r\nhttps://news.example/b\nhttps://news.example/a\n", &List{Kind: Sitemap, Format: Text, Entries: []Entry{{URL: "https://news.example/a"}, {URL: "https://news.example/b"}}}},
		{"cut short", `<urlset><url><loc>https://news.example/a</loc></url><url><loc>https://news.exa`,
			&List{Kind: Sitemap, Format: URLSet, Entries: []Entry{{URL: "https://news.example/a"}}, Cut: "malformed: XML syntax error on line 1: unexpected EOF"}},
		{"nothing in it", `<urlset/>`, &List{Kind: Sitemap, Format: URLSet}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Read([]byte(tt.body), site)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("list (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadRefusesWhatIsNoList(t *testing.T) {
	for _, body := range []string{"", "<html><body><a href=/feed>feed</a></body></html>", `{"name":"x","items":[]}`, "https://news.example/ is where we are.\n", "\x1f\x8bnot packed", "<!doctype html>", "plain"} {
		if l, err := Read([]byte(body), site); !errors.Is(err, ErrNoList) {
			t.Errorf("Read(%q) = %v, %v, want ErrNoList", body, l, err)
		}
	}
}

func TestReadIsSafeFromHostileLists(t *testing.T) {
	laughs := `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`
	t.Run("entities of the document are neither expanded nor fetched", func(t *testing.T) {
		for _, body := range []string{
			laughs + `<rss version="2.0"><channel><title>T</title><item><title>&c;&x;</title><link>https://news.example/a</link></item></channel></rss>`,
			laughs + `<urlset><url><loc>https://news.example/&c;</loc><title>&x;</title></url></urlset>`,
		} {
			l, err := Read([]byte(body), site)
			if err != nil {
				continue // refused is as good
			}
			if s := fmt.Sprint(l); strings.Contains(s, "haha") || strings.Contains(s, "root:") {
				t.Errorf("expanded: %s", s)
			}
		}
	})
	t.Run("depth", func(t *testing.T) {
		for _, root := range []string{"rss", "feed", "urlset"} {
			body := "<" + root + ">" + strings.Repeat("<a>", 200_000)
			if l, err := Read([]byte(body), site); err == nil && len(l.Entries) > 0 {
				t.Errorf("%s: read %v", root, l)
			}
		}
	})
	t.Run("namespaces", func(t *testing.T) {
		var b strings.Builder
		b.WriteString(`<rss version="2.0"`)
		for i := range 2000 {
			fmt.Fprintf(&b, ` xmlns:n%d="u%d"`, i, i)
		}
		b.WriteString(`><channel/></rss>`)
		if _, err := Read([]byte(b.String()), site); err == nil || !strings.Contains(err.Error(), "namespaces") {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("a bomb ends at the bound", func(t *testing.T) {
		bomb := packed(`<urlset><url><loc>https://news.example/a</loc></url>` + strings.Repeat(" ", int(DefaultLimits().Sitemap)))
		l, err := Read([]byte(bomb), site)
		if err != nil || len(l.Entries) != 1 || l.Cut != "longer than 52428800 bytes" {
			t.Errorf("Read = %+v, %v", l, err)
		}
	})
	t.Run("too many addresses", func(t *testing.T) {
		var b strings.Builder
		b.WriteString("<urlset>")
		for i := range DefaultLimits().SitemapItems + 1 {
			fmt.Fprintf(&b, "<url><loc>https://news.example/%d</loc></url>", i)
		}
		l, err := Read([]byte(b.String()), site)
		if err != nil || len(l.Entries) != DefaultLimits().SitemapItems || l.Cut != "more than 50000 entries" {
			t.Errorf("%d entries, cut %q, %v", len(l.Entries), l.Cut, err)
		}
	})
}

func TestNewest(t *testing.T) {
	l := &List{Entries: []Entry{{Published: at("2026-11-20T00:00:00Z")}, {Modified: at("2026-11-22T00:00:00Z")}, {}}}
	if got := l.Newest(); !got.Equal(at("2026-11-22T00:00:00Z")) {
		t.Errorf("Newest() = %v", got)
	}
}

// Other limits than the default are held to.
func TestLimitsAreThoseGiven(t *testing.T) {
	m := DefaultLimits()
	m.FeedItems, m.SitemapItems = 1, 1
	two := `<urlset><url><loc>https://news.example/a</loc></url><url><loc>https://news.example/b</loc></url></urlset>`
	if l, err := m.Read([]byte(two), site); err != nil || len(l.Entries) != 1 || l.Cut != "more than 1 entries" {
		t.Errorf("sitemap: %+v, %v", l, err)
	}
	feed := `<rss version="2.0"><channel><item><link>https://news.example/a</link></item><item><link>https://news.example/b</link></item></channel></rss>`
	if l, err := m.Read([]byte(feed), site); err != nil || len(l.Entries) != 1 || l.Cut != "more than 1 entries" {
		t.Errorf("feed: %+v, %v", l, err)
	}
	m.Feed, m.Sitemap = 60, 60
	if _, err := m.Read([]byte(feed), site); err == nil || !strings.Contains(err.Error(), "longer than 60 bytes") {
		t.Errorf("long feed: %v", err)
	}
	if l, err := m.Read([]byte(two), site); err != nil || l.Cut != "longer than 60 bytes" {
		t.Errorf("long sitemap: %+v, %v", l, err)
	}
}

// A list is not held whose parts would take more memory than its bytes, by far.
func TestListsOfManyPartsAreRefused(t *testing.T) {
	many := strings.Repeat("a='>' ", 30_000)
	for _, tt := range []struct{ name, list, why string }{
		{"elements", "<rss version='2.0'><channel><item>" + strings.Repeat("<a/>", 401_000) + "</item></channel></rss>", "elements and attributes"},
		{"attributes", "<rss version='2.0'><channel><item>" + strings.Repeat("<a b='' c='' d='' e=''/>", 100_000) + "</item></channel></rss>", "elements and attributes"},
		{"attributes of one element", "<rss version='2.0'><channel " + many + "><item></item></channel></rss>", "words"},
		{"attributes without values", "<feed><entry " + strings.Repeat("a ", 50_000) + "></entry></feed>", "words"},
	} {
		if _, err := Read([]byte(tt.list), site); err == nil || !strings.Contains(err.Error(), tt.why) {
			t.Errorf("%s: error %v, want one of %s", tt.name, err, tt.why)
		}
	}
	l, err := Read([]byte("<urlset><url><loc>https://news.example/a</loc></url><url "+many+"/></urlset>"), site)
	if err != nil || len(l.Entries) != 1 || !strings.Contains(l.Cut, "words") {
		t.Errorf("sitemap: %+v, %v", l, err)
	}
	long := "<!-- " + strings.Repeat("it's a < b, ", 30_000) + "--><description><![CDATA[" + strings.Repeat("if a <b && c> d, 5 < 6 'x ", 30_000) + "]]></description>"
	l, err = Read([]byte("<rss version='2.0'><channel>"+long+"<item><link>https://news.example/a</link></item></channel></rss>"), site)
	if err != nil || len(l.Entries) != 1 {
		t.Errorf("near miss: %+v, %v", l, err)
	}
}

// What is beyond the bound of a feed's items is not read, in whatever charset it is.
func TestFeedsEndAfterTheirItems(t *testing.T) {
	m := DefaultLimits()
	m.FeedItems = 2
	more := strings.Repeat("<item><link>https://news.example/z</link></item>", 20_000)
	for _, tt := range []struct{ name, feed, title string }{
		{"RSS", `<rss version="2.0"><channel><title>T</title><item><title>мост</title><link>https://news.example/a</link></item>` +
			`<item><description><![CDATA[an <item> & another <item>]]></description><link>https://news.example/b</link></item>` + more + `</channel></rss>`, "мост"},
		{"RSS in windows-1251", `<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>` + strings.Repeat("\xec\xee\xf1\xf2", 500) + `</title>` +
			"<item><title>\xec\xee\xf1\xf2</title><link>https://news.example/a</link></item><item><link>https://news.example/b</link></item>" + more + `</channel></rss>`, "мост"},
		{"RDF", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>` +
			`<item><title>мост</title><link>https://news.example/a</link></item><item><link>https://news.example/b</link></item>` + more + `</rdf:RDF>`, "мост"},
		{"Atom with prefixes", `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>мост</a:title><a:link href="https://news.example/a"/></a:entry>` +
			`<a:entry><a:link href="https://news.example/b"/></a:entry>` + strings.ReplaceAll(more, "item>", "a:entry>") + `</a:feed>`, "мост"},
	} {
		l, err := m.Read([]byte(tt.feed), site)
		if err != nil || len(l.Entries) != 2 || l.Cut != "more than 2 entries" || l.Entries[0].Title != tt.title || l.Entries[1].URL != "https://news.example/b" {
			t.Errorf("%s: %+v, %v", tt.name, l, err)
		}
		if n := testing.AllocsPerRun(1, func() { m.Read([]byte(tt.feed), site) }); n > 5000 {
			t.Errorf("%s: %.0f allocations for two items", tt.name, n)
		}
	}
}
