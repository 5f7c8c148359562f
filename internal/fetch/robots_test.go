package fetch

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsarchive/page"
)

func TestRobotsRules(t *testing.T) {
	for _, tt := range []struct {
		name, text, path string
		want             bool
	}{
		{"no text", "", "/a", true},
		{"disallow all", "User-agent: *\nDisallow: /", "/a", false},
		{"empty disallow", "User-agent: *\nDisallow:", "/a", true},
		{"another's group", "User-agent: other\nDisallow: /", "/a", true},
		{"own group before everyone's", "User-agent: *\nDisallow: /\nUser-agent: gazette\nDisallow: /b", "/a", true},
		{"case of the token", "User-agent: GAZETTE\nDisallow: /", "/a", false},
		{"token with a version", "User-agent: gazette/1.0\nDisallow: /", "/a", false},
		{"token within a longer one", "User-agent: gazettebot\nDisallow: /", "/a", true},
		{"token that begins like it", "User-agent: gaz\nDisallow: /", "/a", true},
		{"groups of one token are merged", "User-agent: gazette\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: gazette\nDisallow: /b", "/b", false},
		{"groups of everyone are merged", "User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/a", false},
		{"several agents", "User-agent: x\nUser-agent: gazette\nDisallow: /a", "/a", false},
		{"other lines between agents", "User-agent: gazette\nSitemap: https://news.example/s.xml\n\nUser-agent: x\nDisallow: /a", "/a", false},
		{"a rule ends the agents", "User-agent: x\nDisallow: /a\nUser-agent: gazette\nDisallow: /b", "/a", true},
		{"rules before any agent", "Disallow: /\nUser-agent: gazette\nAllow: /", "/a", true},
		{"own group without rules", "User-agent: *\nDisallow: /\nUser-agent: gazette\n", "/a", true},
		{"longest match", "User-agent: *\nAllow: /folder\nDisallow: /folder/page", "/folder/page1", false},
		{"longest match, allowed", "User-agent: *\nDisallow: /folder\nAllow: /folder/page", "/folder/page1", true},
		{"tie", "User-agent: *\nDisallow: /folder\nAllow: /folder", "/folder/page", true},
		{"tie, the other way round", "User-agent: *\nAllow: /folder\nDisallow: /folder", "/folder/page", true},
		{"case of the path", "User-agent: *\nDisallow: /A", "/a", true},
		{"prefix", "User-agent: *\nDisallow: /fish", "/fishheads/yummy.html", false},
		{"not a prefix", "User-agent: *\nDisallow: /fish/", "/fish", true},
		{"asterisk", "User-agent: *\nDisallow: /*.php", "/folder/a.php?x", false},
		{"asterisk at the end", "User-agent: *\nDisallow: /fish*", "/fish", false},
		{"dollar", "User-agent: *\nDisallow: /*.php$", "/a.php", false},
		{"dollar and a query", "User-agent: *\nDisallow: /*.php$", "/a.php?x", true},
		{"dollar, last of two", "User-agent: *\nDisallow: /*.php$", "/a.php/b.php", false},
		{"root only", "User-agent: *\nDisallow: /$", "/", false},
		{"root only, page", "User-agent: *\nDisallow: /$", "/a", true},
		{"dollar inside", "User-agent: *\nDisallow: /a$b", "/a$b", false},
		{"encoded asterisk is no wildcard", "User-agent: *\nDisallow: /a%2Ab", "/axb", true},
		{"encoded asterisk", "User-agent: *\nDisallow: /a%2ab", "/a*b", false},
		{"pieces do not overlap", "User-agent: *\nDisallow: /ab*ba$", "/aba", true},
		{"many asterisks", "User-agent: *\nDisallow: /a**b*", "/a/b", false},
		{"UTF-8 against percent", "User-agent: *\nDisallow: /münchen", "/m%C3%BCnchen", false},
		{"percent against UTF-8", "User-agent: *\nDisallow: /m%c3%bcnchen", "/münchen", false},
		{"percent of a letter", "User-agent: *\nDisallow: /%61b", "/ab", false},
		{"percent of a slash differs", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
		{"broken percent", "User-agent: *\nDisallow: /100%", "/100%", false},
		{"query", "User-agent: *\nDisallow: /q?b=2&a=1", "/q?b=2&a=1", false},
		{"query in another order", "User-agent: *\nDisallow: /q?b=2&a=1", "/q?a=1&b=2", true},
		{"comment", "User-agent: * # all\nDisallow: /a # here\n", "/a", false},
		{"spaces and case of fields", " USER-AGENT :\t*\n DISALLOW : /a ", "/a", false},
		{"byte order mark, CR, NUL", "\ufeffUser-agent: *\r\x00Disallow: /\x00\r", "/a", false},
		{"HTML instead", "<!doctype html><p>User-agent: * is welcome</p>", "/a", true},
		{"robots.txt itself", "User-agent: *\nDisallow: /", "/robots.txt", true},
		{"misspelt", "User agent *\nDissalow: /", "/a", true},
	} {
		r := parseRobots([]byte(tt.text), "Gazette")
		if got, line := r.decide(tt.path); got != tt.want {
			t.Errorf("%s: decide(%q) = %v by %q", tt.name, tt.path, got, line)
		}
	}
}

func TestRobotsLineIsNamed(t *testing.T) {
	r := parseRobots([]byte("User-agent: *\n  Disallow: /private/\x1b # secret\nAllow: /\nCrawl-delay: 2.5\n"), "x")
	if _, line := r.decide("/private/%1B"); line != `Disallow: /private/\u001b` {
		t.Errorf("line %q", line)
	}
	if r.delay != 2500*time.Millisecond {
		t.Errorf("delay %v", r.delay)
	}
	for _, bad := range []string{"-1", "x", "", "NaN", "0"} {
		if d := parseRobots([]byte("User-agent: *\nCrawl-delay: "+bad), "x").delay; d != 0 {
			t.Errorf("Crawl-delay %q is %v", bad, d)
		}
	}
	if d := parseRobots([]byte("User-agent: *\nCrawl-delay: 1e300"), "x").delay; d != maxCrawlDelay {
		t.Errorf("absurd delay is %v", d)
	}
}

func TestRobotsIsReadToItsLimit(t *testing.T) {
	filler := strings.Repeat("# no news here\n", maxRobots/15)
	if ok, _ := parseRobots(upTo([]byte("User-agent: *\nDisallow: /a\n"+filler), maxRobots), "x").decide("/a"); ok {
		t.Error("rules at the beginning of a long file were lost")
	}
	if ok, _ := parseRobots(upTo([]byte(filler+"\n\nUser-agent: *\nDisallow: /a\n"), maxRobots), "x").decide("/a"); !ok {
		t.Error("rules past the limit count")
	}
}

// robotsSite serves answer as robots.txt, and pages beside it.
func robotsSite(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) (url string, asked *atomic.Int32) {
	asked = new(atomic.Int32)
	return handler(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/robots") {
			asked.Add(1)
			answer(w, r)
			return
		}
		fmt.Fprint(w, story)
	}), asked
}

func TestWhatAnswersOfRobotsMean(t *testing.T) {
	text := func(s string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s) }
	}
	status := func(code int) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "60")
			w.WriteHeader(code)
		}
	}
	for _, tt := range []struct {
		name    string
		answer  func(http.ResponseWriter, *http.Request)
		outcome page.Outcome
		robots  string
		rule    string
	}{
		{"allowed", text("User-agent: *\nAllow: /story\n"), "", "allowed", "Allow: /story"},
		{"no rule for it", text("User-agent: *\nDisallow: /x\n"), "", "allowed", ""},
		{"denied", text("User-agent: *\nDisallow: /story\n"), page.RobotsDenied, "denied", "Disallow: /story"},
		{"not found", status(404), "", "allowed", ""},
		{"forbidden", status(403), "", "allowed", ""},
		{"too many requests", status(429), page.RobotsDenied, "denied", ""},
		{"server error", status(503), page.RobotsDenied, "denied", ""},
		{"redirected for ever", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, "", "allowed", ""},
		{"redirected once", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.Redirect(w, r, "/robots-here", http.StatusMovedPermanently)
				return
			}
			fmt.Fprint(w, "User-agent: *\nDisallow: /\n")
		}, page.RobotsDenied, "denied", "Disallow: /"},
		{"without end", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "User-agent: *\nDisallow: /story\n")
			for {
				if _, err := fmt.Fprint(w, strings.Repeat("# more\n", 1000)); err != nil {
					return
				}
			}
		}, page.RobotsDenied, "denied", "Disallow: /story"},
		{"cut short", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "User-agent: *\n")
		}, page.NetworkError, "", ""},
	} {
		url, asked := robotsSite(t, tt.answer)
		c := client(t, Options{UserAgent: "Gazette/1"})
		for i := range 2 {
			before := asked.Load()
			got := fetch(t, c, url+"/story")
			if got.Outcome != tt.outcome || got.Robots != tt.robots || got.Rule != tt.rule || (got.Err == "") != (got.Outcome == "") {
				t.Errorf("%s: %s %q, robots %q by %q", tt.name, got.Outcome, got.Err, got.Robots, got.Rule)
			}
			if arrived := len(got.Exchanges) == 1; arrived != (tt.outcome == "") {
				t.Errorf("%s: %d exchanges", tt.name, len(got.Exchanges))
			}
			if first := i == 0; first != (len(got.Side) > 0) || first != (asked.Load() > before) || len(got.Side) > 6 {
				t.Errorf("%s, fetch %d: %d side exchanges, asked %d times", tt.name, i, len(got.Side), asked.Load())
			}
			if tt.name == "server error" && got.RetryAt.IsZero() {
				t.Errorf("%s: Retry-After was lost", tt.name)
			}
		}
	}
}

func TestRobotsIsAskedOnEveryHop(t *testing.T) {
	other, _ := robotsSite(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /hidden\n") })
	s := serve(t, func(c net.Conn, path string) bool {
		fmt.Fprintf(c, "HTTP/1.1 302 Found\r\nLocation: %s/hidden\r\nContent-Length: 0\r\n\r\n", other)
		return true
	})
	got := fetch(t, client(t, Options{}), s.URL+"/")
	if got.Outcome != page.RobotsDenied || got.Rule != "Disallow: /hidden" || len(got.Exchanges) != 1 || len(got.Side) != 2 {
		t.Errorf("%s %q by %q, %d exchanges, %d beside", got.Outcome, got.Err, got.Rule, len(got.Exchanges), len(got.Side))
	}
}

func TestRobotsIsAskedOnceByMany(t *testing.T) {
	url, asked := robotsSite(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "User-agent: *\nCrawl-delay: 3\nSitemap: /news.xml\n")
	})
	c := client(t, Options{})
	if d, r := c.CrawlDelay(url), c.RobotsTxt(url); d != 0 || r.Sitemaps != nil {
		t.Errorf("delay before the first fetch: %v, sitemaps %v", d, r.Sitemaps)
	}
	var wg sync.WaitGroup
	var side atomic.Int32
	for range 20 {
		wg.Go(func() {
			got, err := c.Worker().Fetch(t.Context(), page.Request{URL: url + "/story"})
			if err != nil || got.Outcome != "" {
				t.Errorf("%v %v", got, err)
				return
			}
			side.Add(int32(len(got.Side)))
		})
	}
	wg.Wait()
	if asked.Load() != 1 || side.Load() != 1 {
		t.Errorf("asked %d times, %d side exchanges", asked.Load(), side.Load())
	}
	if d := c.CrawlDelay(url); d != 3*time.Second {
		t.Errorf("delay %v", d)
	}
	if got := c.RobotsTxt(url).Sitemaps; !slices.Equal(got, []string{url + "/news.xml"}) {
		t.Errorf("sitemaps %v", got)
	}
}

func TestRobotsOfLastTimeCountWhileTheServerFails(t *testing.T) {
	broken := new(atomic.Bool)
	url, _ := robotsSite(t, func(w http.ResponseWriter, _ *http.Request) {
		if broken.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		fmt.Fprint(w, "User-agent: *\nDisallow: /hidden\n")
	})
	c := client(t, Options{})
	fetch(t, c, url+"/story")
	broken.Store(true)
	c.robots.policies[url].expires = time.Now().Add(-time.Second)
	if got := fetch(t, c, url+"/story"); got.Outcome != "" || len(got.Side) != 1 || got.Side[0].Status != http.StatusBadGateway {
		t.Errorf("%s %q, beside it %d", got.Outcome, got.Err, len(got.Side))
	}
	if got := fetch(t, c, url+"/hidden"); got.Outcome != page.RobotsDenied {
		t.Errorf("%s %q", got.Outcome, got.Err)
	}
}

func TestRobotsCacheIsBounded(t *testing.T) {
	c := New(Options{})
	for i := range robotsOrigins + 10 {
		p, mine := c.robots.policy(fmt.Sprintf("http://%d.example", i))
		if !mine {
			t.Fatal("an unknown origin was known")
		}
		p.accept(rules{})
		close(p.done)
	}
	if n := len(c.robots.policies); n > robotsOrigins {
		t.Errorf("%d origins are kept", n)
	}
}

// FuzzRobots holds the parser to its promises: a matching rule is one of the
// file, and how a path is spelt does not change the verdict.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%61", "/axb")
	f.Add("User-agent: gazette\nCrawl-delay: 3\nDisallow: /m\u00fcnchen", "/m%C3%BCnchen")
	f.Fuzz(func(t *testing.T, text, path string) {
		r := parseRobots([]byte(text), "gazette")
		ok, line := r.decide(path)
		if !ok && line == "" {
			t.Fatalf("%q is refused by no line", path)
		}
		if r.delay < 0 || r.delay > maxCrawlDelay {
			t.Fatalf("delay %v", r.delay)
		}
		if path == "/robots.txt" || normalize(path) == "/robots.txt" {
			return
		}
		if again, _ := r.decide(normalize(path)); again != ok {
			t.Fatalf("decide(%q) = %v, of its normal form %q %v", path, ok, normalize(path), again)
		}
	})
}

func BenchmarkRobots(b *testing.B) {
	var text strings.Builder
	text.WriteString("User-agent: *\n")
	for i := range 500 {
		fmt.Fprintf(&text, "Disallow: /section%d/*/print$\n", i)
	}
	r := parseRobots([]byte(text.String()), "gazette")
	b.ReportAllocs()
	for b.Loop() {
		if ok, _ := r.decide("/section7/2026/11/23/river-rises/print"); ok {
			b.Fatal("allowed")
		}
	}
}
