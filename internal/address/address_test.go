package address

import (
	"net/url"
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
	for _, in := range []string{"", "news", "/story", "ftp://news.example/", "file:///etc/passwd", "http://", "javascript:alert(1)", "http://a b/"} {
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
		{"#b", ""}, {"", ""}, {"mailto:a@b.example", ""}, {"javascript:void(0)", ""}, {"http://[::1", ""},
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
	} {
		if got := Key(tt.in); got != tt.want {
			t.Errorf("Key(%q) = %q, want %q", tt.in, got, tt.want)
		}
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
