package selectors

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestDefaultRulesLoad(t *testing.T) {
	if v := Default().Version(); len(v) != 16 {
		t.Errorf("Version() = %q, want 16 hex digits", v)
	}
}

func TestWrongRulesAreErrorsWithTheirLine(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"selector", "kinds:\n  share:\n    selectors:\n      - nav\n      - 'div[['\n", "my.yaml:5: selector"},
		{"slow selector", "kinds:\n  share:\n    selectors: ['li:nth-child(2n)']\n", "counts siblings"},
		{"kind", "kinds:\n  shares: {}\n", `unknown kind "shares"`},
		{"token", "kinds:\n  share:\n    tokens: [Share]\n", "my.yaml:3: token \"Share\": is not lower case"},
		{"use", "phrases:\n  titles:\n    en: [x]\n", `unknown use "titles"`},
		{"phrase", "phrases:\n  lines:\n    en: ['***']\n", "has no letter"},
		{"key", "kindz: {}\n", "my.yaml"},
		{"syntax", "kinds: [\n", "my.yaml"},
		{"a control character", "kinds:\n  meta: \x00\n", "my.yaml:2: byte 0x00 is not allowed"},
		{"another charset", "# caf\xe9\n", "my.yaml:1: byte 0xe9 is not allowed"},
	} {
		if _, err := Load("my.yaml", []byte(tt.in)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

func TestByName(t *testing.T) {
	for _, tt := range []struct {
		name string
		want Kind
	}{
		{"article__relatedLinks-2", Related},
		{"related", Related},
		{"correlated", 0}, // a part of a word is no word
		{"read-more", Related},
		{"read more", 0}, // two classes, not one name
		{"entry-content", Body},
		{"comments-area", Comments},
		{"commented", 0},
		{"manualteasers", Related}, // "*teaser*" stands inside of a word
		{"teasertext", Lead},       // a token of its own
		{"newslettercolumn", Newsletter},
		{"letter", 0},
		{"factbox", Aside},
		{"live-event-entries", Live},
		{"live-music", 0},
		{"alive", 0},
		{"has-medium-font-size", 0}, // of a paragraph
		{"font-size", Tools},
		{"has-sidebar", 0}, // what has one is none
		{"ad-free", 0},
		{"print:block", 0}, // when, not what
		{"md:sidebar", Navigation},
		{"d-print-block", 0},
		{"d-print-none", Tools},
		{"views-field-body", 0},
		{"", 0},
		{strings.Repeat("share ", 1000), 0},
	} {
		if got := Default().ByName(tt.name); got != tt.want {
			t.Errorf("ByName(%.40q) = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestBySelector(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Kind
	}{
		{"<nav>", Navigation},
		{"<div role=navigation>", Navigation},
		{"<div role=navigationx>", 0},
		{"<div id=onetrust-consent-sdk>", Consent},
		{"<ins class='adsbygoogle big'>", Advertisement},
		{"<header><h1>x</h1></header>", 0},
		{"<header><h2>x</h2></header>", Navigation},
		{"<section itemprop=articleBody>", Body},
		{"<p>", 0},
	} {
		if got := Default().BySelector(parse(t, tt.in)); got != tt.want {
			t.Errorf("BySelector(%s) = %v, want %v", tt.in, got, tt.want)
		}
	}
}

// parse returns the first element of the body of in.
func parse(t *testing.T, in string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	return doc.FirstChild.LastChild.FirstChild
}

func TestPhrase(t *testing.T) {
	for _, tt := range []struct {
		use  Use
		in   string
		want bool
	}{
		{Headings, "You May Also Like:", true},
		{Headings, "You may also like these", true},
		{Headings, "Related", true},
		{Headings, "Related parties must be named", false}, // no prefix
		{Headings, "Editor’s Picks", true},
		{Headings, "»Lesen Sie auch: Die Flut«", true},
		{Headings, "À lire aussi", true},
		{Headings, "Mehr ausgeben", false}, // "mehr aus*" ends inside a word
		{Headings, "関連記事はこちら", true},
		{Lines, "Photo: Anna Example", true},
		{Lines, "Photographs were taken", false},
		{Lines, "Foto de ayer", false}, // "foto:*" wants its colon
		{CommentHeads, "Comments (3)", true},
		{CommentHeads, "Commentary", false},
		{Lines, "Get in touch with our news team", true},
		{Lines, "Get in touch with nature", false},
		{Headings, "Además de Palma", false},
		{Lines, "", false},
		{"titles", "x", false},
	} {
		if got := Default().Phrase(tt.use, FoldPhrase(tt.in)); got != tt.want {
			t.Errorf("Phrase(%s, %q) = %v, want %v", tt.use, tt.in, got, tt.want)
		}
	}
}

func TestPhraseLen(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int
		of   string // the phrase found
	}{
		{"Share", 5, "share"},
		{"Share on the way home", 8, "share on"},
		{"Sharing is what they do", 0, ""},
		{"Story continues below", 21, "story continues below"}, // not "story continues"
		{"Реклама на фасаде", 7, "реклама"},                    // letters, not bytes
		{"責任編輯：林", 12, "責任編輯"},                                 // three each
	} {
		if got := Default().PhraseLen(Lines, FoldPhrase(tt.in)); got != tt.want {
			t.Errorf("PhraseLen(%q) = %d, want %d, that of %q", tt.in, got, tt.want, tt.of)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("kinds:\n  share:\n    selectors: ['[class^=x] > a.b']\n    tokens: [a b]\nphrases:\n  lines:\n    en: ['read more*']\n"))
	page, err := html.Parse(strings.NewReader("<body><div class='a b x' id=c><a class=b href=x>y</a></div>"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Load("fuzz.yaml", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.yaml") {
				t.Fatalf("error without its file: %v", err)
			}
			return
		}
		for n := range page.Descendants() {
			if n.Type == html.ElementNode {
				r.BySelector(n)
			}
		}
		r.ByName("a-b c")
		r.Phrase(Lines, "read more")
	})
}
