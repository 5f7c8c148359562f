package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"newsarchive/page"
)

func redirect(to string) string {
	return "HTTP/1.1 302 Found\r\nLocation: " + to + "\r\nContent-Length: 9000\r\n\r\n" + strings.Repeat("r", 9000)
}

func TestEachHopIsRecordedWhole(t *testing.T) {
	s := serve(t, func(c net.Conn, path string) bool {
		switch path {
		case "/a":
			fmt.Fprint(c, redirect("/b"))
		case "/b":
			fmt.Fprint(c, redirect("/c?x=1#part"))
		default:
			fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(story), story)
		}
		return true
	})
	got := fetch(t, client(t, Options{IgnoreRobots: true}), s.URL+"/a")
	if got.Outcome != "" || len(got.Exchanges) != 3 {
		t.Fatalf("%s %s, %d exchanges", got.Outcome, got.Err, len(got.Exchanges))
	}
	for i, want := range []struct {
		path string
		body int
	}{{"/a", 9000}, {"/b", 9000}, {"/c?x=1", len(story)}} {
		if ex := got.Exchanges[i]; ex.URL != s.URL+want.path || len(ex.Body) != want.body || ex.Truncated != "" {
			t.Errorf("hop %d: %s, body of %d, truncated %q", i, ex.URL, len(ex.Body), ex.Truncated)
		}
	}
	if n, requests := s.seen(); n != 1 || strings.Contains(strings.Join(requests, ""), "Referer") {
		t.Errorf("%d connections, requests %q", n, requests)
	}
}

func TestRedirectsThatEnd(t *testing.T) {
	for _, tt := range []struct {
		location  string
		outcome   page.Outcome
		err       string // contains
		exchanges int
	}{
		{"/again", page.NetworkError, "redirected in a circle", 2},
		{"on/", page.NetworkError, "redirected more than 10 times", 11}, // to /on/, /on/on/, …
		{"file:///etc/passwd", page.UnsafeAddress, "only http and https", 1},
		{"ftp://news.example/", page.UnsafeAddress, "only http and https", 1},
		{"gopher://127.0.0.1:70/", page.UnsafeAddress, "only http and https", 1},
		{"http://10.0.0.1/", page.UnsafeAddress, "10.0.0.1 is no public address (private)", 1},
		{"http://169.254.169.254/latest/", page.UnsafeAddress, "link-local", 1},
		{"http://[::ffff:169.254.169.254]/", page.UnsafeAddress, "link-local", 1},
		{"http://[fd00::1]/", page.UnsafeAddress, "unique local", 1},
		{"http://0xa.1/", page.UnsafeAddress, "10.0.0.1", 1},
		{"http://167772161/", page.UnsafeAddress, "10.0.0.1", 1},
		{"http://012.1/", page.UnsafeAddress, "10.0.0.1", 1},
		{"http://news.example@10.0.0.1/", page.UnsafeAddress, "10.0.0.1", 1},
		{"http://0.0.0.0/", page.UnsafeAddress, "this network", 1},
		{"http://[:bad/", page.NetworkError, "Location", 1},
		{"", "", "", 1}, // an answer, if an odd one
	} {
		for _, robots := range []bool{true, false} {
			s := serve(t, func(c net.Conn, _ string) bool {
				fmt.Fprint(c, "HTTP/1.1 301 Moved\r\nLocation: "+tt.location+"\r\nContent-Length: 0\r\n\r\n")
				return true
			})
			got := fetch(t, client(t, Options{IgnoreRobots: robots}), s.URL+"/")
			if got.Outcome != tt.outcome || !strings.Contains(got.Err, tt.err) || len(got.Exchanges) != tt.exchanges {
				t.Errorf("redirect to %q: %s %q, %d exchanges", tt.location, got.Outcome, got.Err, len(got.Exchanges))
			}
		}
	}
}

// A chain ends where it comes to an address again with nothing new to tell it; what a
// cookie of the user or of the site makes another question is asked.
func TestCirclesOfRedirectsEndAtOnce(t *testing.T) {
	url := handler(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/a":
			http.Redirect(w, r, "/b", http.StatusFound)
		case "/counts": // another cookie each time
			n := 0
			if c, err := r.Cookie("n"); err == nil {
				fmt.Sscan(c.Value, &n)
			}
			http.SetCookie(w, &http.Cookie{Name: "n", Value: fmt.Sprint(n + 1)})
			http.Redirect(w, r, "/counts", http.StatusFound)
		case "/self":
			http.Redirect(w, r, "/self", http.StatusFound)
		default:
			http.Redirect(w, r, "/a", http.StatusFound)
		}
	})
	for path, exchanges := range map[string]int{"/self": 1, "/a": 2, "/counts": 11} {
		for _, header := range []page.Header{nil, {"Cookie": {"sub=1"}}} {
			got := fetchWith(t, client(t, Options{IgnoreRobots: true}), url+path, header)
			if got.Outcome != page.NetworkError || !got.Endless || len(got.Exchanges) != exchanges {
				t.Errorf("%s: %s %q, endless %v, %d exchanges, want %d", path, got.Outcome, got.Err, got.Endless, len(got.Exchanges), exchanges)
			}
		}
	}
}

func TestAddressesThatAreNotVisited(t *testing.T) {
	c := New(Options{})
	defer c.Close()
	for _, u := range []string{"", "news", "file:///etc/passwd", "http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/",
		"http://127.1:1/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "https://192.168.1.1/", "http://100.100.100.200/", "http://168.63.129.16/"} {
		got := fetch(t, c, u)
		if got.Outcome != page.UnsafeAddress || got.Err == "" || len(got.Exchanges)+len(got.Side) != 0 || got.Robots != "" {
			t.Errorf("%q: %s %q, robots %q", u, got.Outcome, got.Err, got.Robots)
		}
	}
}

func TestCredentialsStayWithTheirOrigin(t *testing.T) {
	other := serve(t, constant("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
	s := serve(t, func(c net.Conn, path string) bool {
		to := other.URL + "/x"
		if path == "/a" {
			to = "/b"
		}
		fmt.Fprintf(c, "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", to)
		return true
	})
	secrets := page.Header{"Authorization": {"Bearer key"}, "Cookie": {"sub=1"}}
	got := fetchWith(t, client(t, Options{IgnoreRobots: true}), s.URL+"/a", secrets)
	if len(got.Exchanges) != 3 {
		t.Fatalf("%s %s, %d exchanges", got.Outcome, got.Err, len(got.Exchanges))
	}
	_, own := s.seen()
	_, theirs := other.seen()
	for _, head := range own {
		if !strings.Contains(head, "Bearer key") || !strings.Contains(head, "sub=1") {
			t.Errorf("own origin was asked without credentials: %q", head)
		}
	}
	for _, head := range theirs {
		if strings.Contains(head, "key") || strings.Contains(head, "sub=1") {
			t.Errorf("credentials went to another origin: %q", head)
		}
	}
	if r := string(got.Exchanges[0].Request); strings.Contains(r, "key") || strings.Contains(r, "sub=1") || !strings.Contains(r, "\r\nAuthorization: [redacted]\r\n") {
		t.Errorf("recorded request holds secrets: %q", r)
	}
	kept := fetchWith(t, client(t, Options{IgnoreRobots: true, KeepSecrets: true}), s.URL+"/a", secrets)
	if !strings.Contains(string(kept.Exchanges[0].Request), "Bearer key") {
		t.Error("secrets were redacted although they were to be kept")
	}
	if err := (Options{Header: page.Header{"cookie": {"a=b"}}}).Check(); err == nil {
		t.Error("a cookie for every site was accepted")
	}
}

func TestCookiesOfASiteComeBackToIt(t *testing.T) {
	url := handler(t, func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("seen"); err == nil {
			fmt.Fprint(w, "again "+c.Value)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	})
	if got := fetch(t, client(t, Options{IgnoreRobots: true}), url+"/story"); got.Outcome != "" || string(got.Document().Body) != "again 1" {
		t.Errorf("%s %s", got.Outcome, got.Err)
	}
}

func TestStaleConnectionIsReplaced(t *testing.T) {
	hung := make(chan struct{}, 1)
	s := serve(t, func(c net.Conn, path string) bool {
		if path == "/stale" {
			select {
			case <-hung: // the second time
			default:
				hung <- struct{}{}
				return false // without an answer
			}
		}
		fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(path), path)
		return true
	})
	w := client(t, Options{IgnoreRobots: true}).Worker()
	for _, path := range []string{"/first", "/stale"} {
		got, err := w.Fetch(t.Context(), page.Request{URL: s.URL + path})
		if err != nil || got.Outcome != "" || len(got.Exchanges) != 1 || string(got.Document().Body) != path {
			t.Fatalf("%s: %+v, %v", path, got, err)
		}
		if r := string(got.Document().Request); strings.Count(r, "GET ") != 1 || !strings.HasPrefix(r, "GET "+path+" ") {
			t.Errorf("%s: request recorded as %q", path, r)
		}
	}
}

func TestCancelledFetchIsAnError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := serve(t, func(c net.Conn, _ string) bool {
		cancel()
		c.Read(make([]byte, 1))
		return false
	})
	got, err := client(t, Options{IgnoreRobots: true}).Worker().Fetch(ctx, page.Request{URL: s.URL})
	if got != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestFailuresSayWhy(t *testing.T) {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	closed := "http://" + l.Addr().String()
	l.Close()
	silent := serve(t, func(c net.Conn, _ string) bool { c.Read(make([]byte, 1)); return false })
	c := client(t, Options{Timeout: 300 * time.Millisecond})
	c.dialer.lookup = func(_ context.Context, host string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	for _, tt := range []struct{ url, err string }{
		{closed, "connection refused"},
		{"http://story.invalid/", "cannot resolve story.invalid: no such host"},
		{silent.URL, "no answer within 300ms"},
		{strings.Replace(silent.URL, "http:", "https:", 1), ""},
	} {
		got := fetch(t, c, tt.url)
		if got.Outcome != page.NetworkError || !strings.HasPrefix(got.Err, tt.err) || got.Err == "" || strings.Contains(got.Err, "\n") {
			t.Errorf("%s: %s %q, want %q", tt.url, got.Outcome, got.Err, tt.err)
		}
	}
}

func TestPanicBelowIsOneFailure(t *testing.T) {
	c := client(t, Options{IgnoreRobots: true})
	c.recorder.base = panics{}
	if got := fetch(t, c, "http://news.example/"); got.Outcome != page.NetworkError || !strings.Contains(got.Err, "loose wire") {
		t.Errorf("%s %q", got.Outcome, got.Err)
	}
}

type panics struct{}

func (panics) RoundTrip(*http.Request) (*http.Response, error) { panic("loose wire") }

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		value, date string
		want        time.Duration // after now; 0 for none
	}{
		{"120", "", 2 * time.Minute},
		{"120", "Mon, 23 Nov 2026 12:30:00 GMT", 2 * time.Minute},
		{" 5 ", "", 5 * time.Second},
		{"Mon, 23 Nov 2026 12:30:00 GMT", "", 30 * time.Minute},
		{"Mon, 23 Nov 2026 12:30:00 GMT", "some day", 30 * time.Minute},
		{"Monday, 23-Nov-26 13:00:00 GMT", "", time.Hour},
		{"999999999", "", 24 * time.Hour},
		{"99999999999999999999999999", "", 24 * time.Hour},
		{"Mon, 23 Nov 2126 12:30:00 GMT", "", 24 * time.Hour},
		{"Mon, 23 Nov 2020 12:30:00 GMT", "", 0},
		{"Mon, 23 Nov 2026 11:00:02 GMT", "Mon, 23 Nov 2026 11:00:00 GMT", 2 * time.Second}, // its clock is an hour late
		{"Mon, 23 Nov 2026 13:00:02 GMT", "Mon, 23 Nov 2026 13:00:00 GMT", 2 * time.Second}, // or early
		{"Mon, 23 Nov 2026 13:00:00 GMT", "Mon, 23 Nov 2026 13:00:00 GMT", 0},
		{"", "", 0}, {"0", "", 0}, {"-5", "", 0}, {"1.5", "", 0}, {"soon", "", 0}, {"1e9", "", 0},
	} {
		got := retryAt(page.Header{"Retry-After": {tt.value}, "Date": {tt.date}}, now)
		if tt.want == 0 && !got.IsZero() || tt.want != 0 && !got.Equal(now.Add(tt.want)) {
			t.Errorf("retryAt(%q of %q) = %v, want %v after %v", tt.value, tt.date, got, tt.want, now)
		}
	}
	s := serve(t, constant("HTTP/1.1 429 Slow\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n"))
	got := fetch(t, client(t, Options{}), s.URL+"/")
	if wait := time.Until(got.RetryAt); got.Outcome != "" || wait < 30*time.Second || wait > time.Minute {
		t.Errorf("%s, retry at %v", got.Outcome, got.RetryAt)
	}
}

func TestProxyIsAskedForEveryConnection(t *testing.T) {
	s := serve(t, constant("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
	var asked []string
	proxy := handler(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.Host+" "+r.Header.Get("Proxy-Authorization"))
		up, err := net.Dial("tcp", r.Host)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		down, _, _ := http.NewResponseController(w).Hijack()
		fmt.Fprint(down, "HTTP/1.1 200 Connected\r\n\r\n")
		relay(down, up)
	})
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:9") // must not matter
	u, _ := url.Parse(proxy)
	u.User = url.UserPassword("me", "pass")
	c := client(t, Options{IgnoreRobots: true, Proxy: u.String()})
	got := fetch(t, c, s.URL+"/x")
	want := "CONNECT " + strings.TrimPrefix(s.URL, "http://") + " Basic bWU6cGFzcw=="
	if got.Outcome != "" || len(asked) != 1 || asked[0] != want || string(got.Document().Body) != "ok" {
		t.Errorf("%s %q, proxy was asked %q, want %q", got.Outcome, got.Err, asked, want)
	}
	if strings.Contains(string(got.Document().Request), "CONNECT") || strings.Contains(string(got.Document().Request), "Proxy") {
		t.Errorf("recorded %q", got.Document().Request)
	}
	unsafe := New(Options{IgnoreRobots: true, Proxy: u.String()})
	defer unsafe.Close()
	if got := fetch(t, unsafe, s.URL); got.Outcome != page.UnsafeAddress || len(asked) != 1 {
		t.Errorf("unsafe target through a proxy: %s %q", got.Outcome, got.Err)
	}
	if err := (Options{Proxy: "socks5://127.0.0.1:1"}).Check(); err == nil {
		t.Error("a proxy of another kind was accepted")
	}
}
