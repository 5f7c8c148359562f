package fetch

import (
	"fmt"
	"net"
	"strings"
	"testing"

	"newsarchive/page"
)

const story = "<!doctype html><title>River rises</title><p>Forty households were moved to the school overnight.</p>"

func TestBytesOfTheConnectionAreKept(t *testing.T) {
	odd := "HTTP/1.1 200 Fine Really\r\nSERVER:   spaced   \r\nx-latin: \xfcber\r\ncontent-TYPE: text/html; charset=ISO-8859-1\r\nContent-Length: 5\r\n\r\ncaf\xe9!"
	for _, tt := range []struct{ name, answer, wire, body string }{
		{"odd head, Latin-1", odd, odd, "caf\xe9!"},
		{"early hints are left out", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + odd, odd, "caf\xe9!"},
		{"chunked with a trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nSum: 1\r\n\r\n", "", "abc"},
		{"a second answer nobody asked for", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n\r\nSMUGGLED",
			"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc"},
		{"both lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nSMUGGLED",
			"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "abc"},
		{"HTTP/1.0 until the end", "HTTP/1.0 200 OK\r\n\r\n" + story, "", story},
		{"status 999", "HTTP/1.1 999 No\r\nContent-Length: 1\r\n\r\nx", "", "x"},
	} {
		s := serve(t, constant(tt.answer))
		got := fetch(t, client(t, Options{}), s.URL+"/story?a=1#x")
		ex := got.Document()
		if got.Outcome != "" || ex == nil {
			t.Errorf("%s: %s, %s", tt.name, got.Outcome, got.Err)
			continue
		}
		want := tt.wire
		if want == "" {
			want = tt.answer
		}
		if string(ex.Wire) != want || string(ex.Body) != tt.body || ex.Truncated != "" {
			t.Errorf("%s:\n got %q\nwant %q\nbody %q, truncated %q", tt.name, ex.Wire, want, ex.Body, ex.Truncated)
		}
		_, requests := s.seen()
		if string(ex.Request) != requests[len(requests)-1] {
			t.Errorf("%s: request %q, server saw %q", tt.name, ex.Request, requests)
		}
		if ex.URL != s.URL+"/story?a=1" || ex.IP.String() != "127.0.0.1" || ex.Start.IsZero() || ex.Took <= 0 {
			t.Errorf("%s: %s from %s at %v in %v", tt.name, ex.URL, ex.IP, ex.Start, ex.Took)
		}
	}
}

func TestRequestIsHonest(t *testing.T) {
	s := serve(t, constant("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
	c := client(t, Options{UserAgent: "Gazette/2 (+https://gazette.example)", Header: page.Header{"accept-language": {"de"}}})
	ex := fetchWith(t, c, s.URL+"/", page.Header{"If-None-Match": {`"x"`}}).Document()
	want := strings.Join([]string{
		"GET / HTTP/1.1", "Host: " + strings.TrimPrefix(s.URL, "http://"), "User-Agent: Gazette/2 (+https://gazette.example)",
		"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Encoding: gzip, br, zstd",
		"Accept-Language: de", `If-None-Match: "x"`, "", ""}, "\r\n")
	if string(ex.Request) != want {
		t.Errorf("request\n%s\nwant\n%s", ex.Request, want)
	}
}

func TestConnectionIsKeptAlive(t *testing.T) {
	s := serve(t, func(c net.Conn, path string) bool {
		fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(path), path)
		return true
	})
	c := client(t, Options{IgnoreRobots: true})
	w := c.Worker()
	for _, path := range []string{"/one", "/two", "/three"} {
		got, err := w.Fetch(t.Context(), page.Request{URL: s.URL + path})
		if err != nil || string(got.Document().Body) != path {
			t.Fatalf("%s: %v, %v", path, got, err)
		}
	}
	if n, requests := s.seen(); n != 1 || len(requests) != 3 {
		t.Errorf("%d connections, %d requests", n, len(requests))
	}
}

func TestAddressIsAskedForAsItIs(t *testing.T) {
	s := serve(t, constant("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
	c := client(t, Options{IgnoreRobots: true})
	for _, path := range []string{"/a?q=100%", "/a?b=2&a=1&b=%zz", "/caf%C3%A9/%2F", "/a//b/;c=1", "/a?"} {
		ex := fetch(t, c, s.URL+path).Document()
		if want := "GET " + path + " HTTP/1.1\r\n"; !strings.HasPrefix(string(ex.Request), want) || ex.URL != s.URL+path {
			t.Errorf("asked for %q, recorded %s, want %s", strings.SplitN(string(ex.Request), "\r\n", 2)[0], ex.URL, path)
		}
	}
}
