package address

import (
	"net/url"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://news.example/a b", "https://news.example/a%20b"},
		{"HTTP://News.Example:80", "http://news.example/"},
		{"https://u:p@news.example/x#frag", "https://news.example/x"},
		{"https://news.example/100%", "https://news.example/100%25"},
		{"https://news.example/50%25%zz?q=%", "https://news.example/50%25%25zz?q=%"},
		{"http://2130706433/", "http://127.0.0.1/"},
		{"http://0x7f.1/", "http://127.0.0.1/"},
		{"http://０x7f.1/", "http://127.0.0.1/"},
		{"http://127。0。0。1/", "http://127.0.0.1/"},
		{"https://bücher.example/", "https://xn--bcher-kva.example/"},
		{"http://[::ffff:7f00:1]/", "http://[::ffff:7f00:1]/"},
	} {
		got, err := Parse(tt.in)
		if err != nil || got.String() != tt.want {
			t.Errorf("Parse(%q) = %v, %v, want %q", tt.in, got, err, tt.want)
		}
	}
	for _, in := range []string{"", "news", "/story", "ftp://news.example/", "file:///etc/passwd", "http://", "javascript:alert(1)", "http://a b/",
		"http://news.example/?" + strings.Repeat("\xff", 2000)} /* too long once it is escaped */ {
		if got, err := Parse(in); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", in, got)
		}
	}
}

func TestResolve(t *testing.T) {
	base, _ := url.Parse("https://news.example/world/story.html?x=1")
	for _, tt := range []struct{ in, want string }{
		{"other.html", "https://news.example/world/other.html"},
		{" /top \n", "https://news.example/top"},
		{"//cdn.example/i.png", "https://cdn.example/i.png"},
		{"?page=2", "https://news.example/world/story.html?page=2"},
		{"up-100%", "https://news.example/world/up-100%25"},
		{"a#b", "https://news.example/world/a"},
		{"a?b  \t #c", "https://news.example/world/a?b"},
		{"#b", ""}, {"", ""}, {"mailto:a@b.example", ""}, {"javascript:void(0)", ""}, {"http://[::1", ""},
		{"https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"}, {"https://:80/x", ""}, {"https://a:b<:/x", ""}, {"https://a|b.example/", ""},
	} {
		got, ok := Resolve(base, tt.in)
		if got != tt.want && (ok || tt.want != "") {
			t.Errorf("Resolve(%q) = %q, %v, want %q", tt.in, got, ok, tt.want)
		}
	}
}

func TestKey(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"HTTPS://News.Example:443/Path/?utm_source=x&id=3&fbclid=9#top", "https://news.example/Path/?id=3"},
		{"http://news.example:8080?b=2&a=1", "http://news.example:8080/?b=2&a=1"},
		{"https://news.example/a/", "https://news.example/a/"},
		{"https://news.example/a", "https://news.example/a"},
		{"https://news.example/a?", "https://news.example/a"},
		{"https://news.example./a", "https://news.example/a"},
		{"https://bücher.example/a", "https://xn--bcher-kva.example/a"},
		{"https://news.example/%7ea/%c3%a4/%2f?q=%7e", "https://news.example/~a/%C3%A4/%2F?q=%7e"},
		{"https://news.example/ä", "https://news.example/%C3%A4"},
		{"https://news.example/a/./b/../c", "https://news.example/a/c"},
		{"https://news.example/a;jsessionid=1A2B.node3/b;v=2?PHPSESSID=1", "https://news.example/a/b;v=2"},
		{"https://news.example/a?sid=4711&s=flood", "https://news.example/a?sid=4711&s=flood"},
		{"https://news.example/a?sid=0a1b2c3d4e5f6071", "https://news.example/a"},
		{"https://news.example/a?ref=home&pos=3", "https://news.example/a?ref=home&pos=3"}, // only links lose these
		{"http://[::1]:80/", "http://[::1]/"}, {"http://[::1]/", "http://[::1]/"},
		{"mailto:a@b.example", "mailto:a@b.example"},
	} {
		if got := Key(tt.in); got != tt.want {
			t.Errorf("Key(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestLink(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://news.example/bridge-reopens-after-repairs?ref=home&pos=3&page=2", "https://news.example/bridge-reopens-after-repairs?page=2"},
		{"https://news.example/bridge-reopens-001234.html?src=x", "https://news.example/bridge-reopens-001234.html"},
		{"https://news.example/story.php?ref=home", "https://news.example/story.php?ref=home"}, // the parameter may be all there is
		{"https://news.example/bridge-reopens?utm_source=x&ref=home", "https://news.example/bridge-reopens?ref=home"},
	} {
		if got := Link(tt.in); got != tt.want {
			t.Errorf("Link(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTheListOfParametersIsWhole(t *testing.T) {
	groups := map[string]int{}
	for _, g := range known.names {
		groups[g]++
	}
	for _, g := range []string{inTracking, inSession, inLike, inReferring} {
		if groups[g] == 0 {
			t.Errorf("no parameter in group %q", g)
		}
		delete(groups, g)
	}
	if len(groups) > 0 {
		t.Errorf("groups that nothing asks for: %v", groups)
	}
}

func TestIDIsOfThePageAndNotOfTheSpelling(t *testing.T) {
	a, b, c := ID("https://news.example/a"), ID("HTTPS://News.example:443/a?utm_source=x#top"), ID("https://news.example/b")
	if len(a) != 16 || a[0] != 'a' || a != b || a == c || ID("") != "" {
		t.Errorf("ids are %q, %q, %q, %q", a, b, c, ID(""))
	}
}

func TestSite(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"www.bbc.co.uk", "bbc.co.uk"}, {"News.Example:8080", "news.example"}, {"a.b.news.example", "news.example"},
		{"127.0.0.1:8090", "127.0.0.1:8090"}, {"localhost", "localhost"}, {"co.uk", "co.uk"},
	} {
		if got := Site(tt.in); got != tt.want {
			t.Errorf("Site(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("http://0x7f.1:80/..//a?b#c")
	f.Fuzz(func(t *testing.T, s string) {
		u, err := Parse(s)
		if err != nil {
			return
		}
		again, err := Parse(u.String())
		if err != nil || again.String() != u.String() {
			t.Fatalf("Parse(%q) = %s, again %v (%v)", s, u, again, err)
		}
	})
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"HTTPS://Näws.Example.:443/a/../%7e;jsessionid=1/?utm_a=1&b=%zz#c", "http://a:80:80/;;=", "//host", "http://[::1%25a]:80/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := Key(s)
		if again := Key(key); again != key {
			t.Fatalf("Key(%q) = %q, again %q", s, key, again)
		}
		link := Link(s)
		if again := Link(link); again != link || Key(link) != link {
			t.Fatalf("Link(%q) = %q, again %q, its key %q", s, link, again, Key(link))
		}
		if ID(s) != ID(key) {
			t.Fatalf("ID(%q) is not that of its key %q", s, key)
		}
	})
}
