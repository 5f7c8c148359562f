package selectors

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"
)

const valley = `sites:
  - hosts: [valley.example, .valley.example]
    paths: [/read.php/*, /longread/]
    from: 2024-01-01
    until: "2026-12-31"
    content: div.t5
    remove:
      - .q1
      - //div[@class='im6']
    fields:
      title: div.t1
      published: //meta[@itemprop='datePublished']/@content
      authors: .t2 span[itemprop=name]
    match:
      authors: '^By (.+)$'
    paywall: .gate
    tests:
      - url: https://valley.example/read.php/1042
        contains: [two lapwings]
        absent: [You May Also Like]
`

func TestLoadSites(t *testing.T) {
	sites, err := LoadSites(User, "valley.yaml", []byte(valley))
	if err != nil {
		t.Fatal(err)
	}
	s := sites[0]
	if s.Name != "valley.example" || s.Line != 2 || s.Layer != User || len(s.Remove) != 2 || s.Tests[0].Contains[0] != "two lapwings" {
		t.Errorf("read as %+v", s)
	}
	written, err := s.YAML()
	if err != nil {
		t.Fatal(err)
	}
	again, err := LoadSites(User, "again.yaml", written)
	if err != nil || again[0].sum != s.sum {
		t.Errorf("written and read again it differs (%v):\n%s", err, written)
	}
}

func TestWrongSiteRulesAreErrorsWithTheirLine(t *testing.T) {
	rule := func(line string) string { return "sites:\n  - hosts: [a.example]\n    content: p\n    " + line + "\n" }
	for _, tt := range []struct{ name, in, want string }{
		{"key", rule("remov: .x"), `my.yaml:4: unknown key "remov"; did you mean "remove"?`},
		{"key in test", rule("tests: [{url: 'https://a.example/', contain: [x]}]"), `did you mean "contains"?`},
		{"key on top", "site: []\n", `my.yaml:1: unknown key "site"; did you mean "sites"?`},
		{"key that nothing is like", rule("zzzzzz: 1"), `my.yaml:4: unknown key "zzzzzz"`},
		{"type", rule("paths: {a: b}"), "my.yaml:4: "},
		{"syntax", "sites: [\n", "my.yaml:"},
		{"no host", "sites:\n  - content: p\n", "my.yaml:2: has no hosts"},
		{"address for a host", "sites:\n  - hosts: https://a.example/\n    content: p\n", "is no host name"},
		{"nothing said", "sites:\n  - hosts: a.example\n", "says nothing"},
		{"CSS", rule("remove: 'div[['"), `my.yaml:4: remove "div[["`},
		{"second CSS", rule("remove:\n      - .a\n      - 'p:nth-child(2)'"), `my.yaml:6: remove "p:nth-child(2)": counts siblings`},
		{"XPath", rule("remove: \"//div[contains(@class='x')]\""), "my.yaml:4: remove"},
		{"far axis", rule("remove: //p/following::div"), "the axis following:: looks at the whole page"},
		{"nested //", rule("remove: '//div[.//p]'"), `a nested "//"`},
		{"attribute for content", rule("remove: //a/@href"), "where an element is wanted"},
		{"field", rule("fields: {autors: .by}"), `unknown field "autors"; did you mean "authors"?`},
		{"match without field", rule("match: {title: x}"), `match for "title"`},
		{"match", rule("fields: {title: h1}\n    match: {title: '('}"), `my.yaml:5: match "("`},
		{"large match", rule("fields: {title: h1}\n    match: {title: '\\w{999}\\d{999}\\s{999}'}"), "use fewer or smaller repetitions"},
		{"day", rule("from: 2026-13-01"), `"2026-13-01" is no day`},
		{"path", rule("paths: story/*"), "does not begin with /"},
		{"test without page", rule("tests: [{contains: [x]}]"), "wants the url"},
		{"two documents", "sites: []\n---\nsites: []\n", "more than one YAML document"},
	} {
		_, err := LoadSites(User, "my.yaml", []byte(tt.in))
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %q, want one line with %q", tt.name, err, tt.want)
		}
	}
}

func TestHolds(t *testing.T) {
	sites, err := LoadSites(User, "valley.yaml", []byte(valley))
	if err != nil {
		t.Fatal(err)
	}
	day := func(s string) time.Time { at, _ := time.Parse(time.DateOnly, s); return at }
	for _, tt := range []struct {
		path string
		at   time.Time
		want bool
	}{
		{"/read.php/1042", time.Time{}, true},
		{"/read.php/1042?page=2", time.Time{}, true},
		{"/read.php/1042/print", time.Time{}, false}, // * ends at a slash
		{"/longread/2026/meadow", time.Time{}, true},
		{"/longread", time.Time{}, false},
		{"/", time.Time{}, false},
		{"/read.php/1", day("2023-12-31"), false},
		{"/read.php/1", day("2024-01-01"), true},
		{"/read.php/1", day("2026-12-31").Add(23 * time.Hour), true},
		{"/read.php/1", day("2027-01-01"), false},
	} {
		if got := sites[0].Holds(tt.path, tt.at); got != tt.want {
			t.Errorf("Holds(%s, %v) = %v (%s)", tt.path, tt.at, got, sites[0].Excludes(tt.path, tt.at))
		}
	}
}

func TestCandidates(t *testing.T) {
	rules := Default()
	add := func(layer Layer, hosts ...string) {
		in := "sites:\n  - {hosts: [" + strings.Join(hosts, ", ") + "], content: p}\n"
		sites, err := LoadSites(layer, "x.yaml", []byte(in))
		if err != nil {
			t.Fatal(err)
		}
		rules = rules.WithSites(sites...)
	}
	add(Imported, "news.example")
	add(Shipped, ".example")
	add(Project, ".news.example")
	add(User, ".example", "a.example")
	add(Project, "news.example")
	add(Shipped, "'127.0.0.1:8080'")
	add(User, "bücher.test")
	add(User, ".über.test")
	for _, tt := range []struct {
		host string
		want []string
	}{
		{"xn--bcher-kva.test", []string{"user bücher.test"}},
		{"www.bücher.test", []string{"user bücher.test"}},
		{"a.xn--ber-goa.test:8080", []string{"user über.test"}},
		{"news.example", []string{"user example", "project news.example", "project news.example", "shipped example", "imported news.example"}},
		{"WWW.news.example:443", []string{"user example", "project news.example", "project news.example", "shipped example", "imported news.example"}},
		{"live.news.example", []string{"user example", "project news.example", "shipped example"}},
		{"oldnews.example", []string{"user example", "shipped example"}},
		{"127.0.0.1:8080", []string{"shipped 127.0.0.1:8080"}},
		{"127.0.0.1:8081", []string{}},
	} {
		got := []string{}
		for _, s := range rules.Candidates(tt.host) {
			got = append(got, s.Layer.String()+" "+s.Name)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Candidates(%s) = %q, want %q", tt.host, got, tt.want)
		}
	}
	if first := rules.Candidates("news.example")[1]; first.Hosts[0] != "news.example" {
		t.Errorf("of one layer, %q is asked before the exact host", first.Hosts[0])
	}
}

func TestVersionDigestsTheSites(t *testing.T) {
	read := func(data string) *Rules {
		sites, err := ReadSites(User, fstest.MapFS{"a.yaml": {Data: []byte(data)}, "notes.txt": {Data: []byte("[")}, "old/b.yaml": {Data: []byte("[")}}, "rules")
		if err != nil {
			t.Fatal(err)
		}
		return Default().WithSites(sites...)
	}
	one, other := read(valley), read(strings.Replace(valley, ".q1", ".q2", 1))
	if one.Version() == Default().Version() || one.Version() == other.Version() || one.Version() != read("# a comment\n"+valley).Version() {
		t.Errorf("versions %s, %s, %s", Default().Version(), one.Version(), other.Version())
	}
	if len(one.Version()) != 16 {
		t.Errorf("Version() = %q, want 16 hex digits", one.Version())
	}
}

// Packages that parse queries and patterns quote what they were given as it stands.
func TestErrorsAreOneLine(t *testing.T) {
	for _, keys := range []string{
		`content: "p -e:\n q"`,
		`content: "//p[\n\u202e"`,
		"content: p\n  fields: {title: h1}\n  match: {title: \"a(\\n\\u202e\"}",
	} {
		_, err := LoadSites(User, "a.yaml", []byte("sites:\n- hosts: [a.b]\n  "+keys+"\n"))
		if err == nil || !strings.HasPrefix(err.Error(), "a.yaml:") || strings.ContainsAny(err.Error(), "\n\u202e") {
			t.Errorf("%s: error %q", keys, err)
		}
	}
}

func FuzzLoadSites(f *testing.F) {
	f.Add([]byte(valley))
	f.Add([]byte("sites:\n- hosts: a.b\n  content: ['(//p)[1]', 'string(//h1)']\n  match: {title: 'a{1,9}'}\n"))
	page, err := html.Parse(strings.NewReader("<body><div class='a b x' id=c><a class=b href=x>y</a><p>z</div>"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sites, err := LoadSites(User, "fuzz.yaml", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.yaml:") || strings.Contains(err.Error(), "\n") {
				t.Fatalf("error without its file, or of several lines: %q", err)
			}
			return
		}
		rules := Default().WithSites(sites...)
		for _, s := range sites {
			if len(rules.Candidates(s.Name)) == 0 {
				t.Fatalf("nobody asks the rule for %q", s.Hosts)
			}
			for _, q := range slices.Concat(s.Content, s.Remove, s.Paywall, s.Fields[Title]) {
				q.Find(page, NewBudget())
			}
			written, err := s.YAML()
			if err != nil {
				t.Fatal(err)
			}
			again, err := LoadSites(User, "again.yaml", written)
			if err != nil || len(again) != 1 || again[0].sum != s.sum {
				t.Fatalf("written and read again it differs (%v):\n%s", err, written)
			}
		}
	})
}
