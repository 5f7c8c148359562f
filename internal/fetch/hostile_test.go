package fetch

import (
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"newsarchive/page"
)

// Floods that hide where few look: behind the body, between its parts, in members
// that hold nothing. Each ends, within the bytes that it may have, and is marked.
func TestFloodsInOddPlaces(t *testing.T) {
	const chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
	empty := packed("gzip", "")
	for _, tt := range []struct {
		name, answer string
		mark         bool // it must not pass for complete
	}{
		{"trailers without end", chunked + "4\r\nhalf\r\n0\r\n" + strings.Repeat("X-Sum: 1\r\n", 50_000) + "\r\n", true},
		{"one trailer of a mebibyte", chunked + "4\r\nhalf\r\n0\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n", true},
		{"chunk extension of a mebibyte", chunked + "4;" + strings.Repeat("e", 1<<20) + "\r\nhalf\r\n0\r\n\r\n", true},
		{"chunk size of a mebibyte of zeros", chunked + strings.Repeat("0", 1<<20) + "4\r\nhalf\r\n0\r\n\r\n", true},
		{"a hundred thousand chunks of a byte", chunked + strings.Repeat("1\r\nx\r\n", 100_000) + "0\r\n\r\n", true},
		{"status line of a mebibyte", "HTTP/1.1 200 " + strings.Repeat("O", 1<<20) + "\r\n\r\nbody", true},
		{"field name of a mebibyte", "HTTP/1.1 200 OK\r\n" + strings.Repeat("n", 1<<20) + ": v\r\n\r\nbody", true},
		{"field without a colon", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nno field\r\n\r\nbody", true},
		{"gzip as transfer coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(empty), empty), false},
		{"twenty codings", plain("Content-Encoding: "+strings.Repeat("gzip, ", 19)+"gzip\r\n", packed("gzip", story)), true},
		{"twenty fields of codings", plain(strings.Repeat("Content-Encoding: br\r\n", 20), packed("br", story)), true},
	} {
		s := serve(t, constant(tt.answer))
		got := fetch(t, client(t, Options{IgnoreRobots: true, MaxWire: 200_000}), s.URL+"/")
		d := got.Document()
		if d != nil && len(d.Wire) > 300<<10 {
			t.Errorf("%s: %d bytes were kept", tt.name, len(d.Wire))
		}
		if complete := got.Outcome == "" && d != nil && d.Truncated == "" && d.DecodeError == ""; complete && tt.mark {
			t.Errorf("%s: taken for complete, body of %d bytes", tt.name, len(d.Body))
		}
	}
}

// Gzip members that hold nothing cost no more than their bytes, however many.
func TestEmptyGzipMembers(t *testing.T) {
	body := strings.Repeat(packed("gzip", ""), 400_000) + packed("gzip", story)
	s := serve(t, constant(plain("Content-Encoding: gzip\r\n", body)))
	d := fetch(t, client(t, Options{IgnoreRobots: true}), s.URL+"/").Document()
	if d == nil || d.DecodeError == "" && string(d.Body) != story {
		t.Errorf("%+v", d)
	}
}

// Lengths that are not true, in both directions, and none at all.
func TestLengthsThatLie(t *testing.T) {
	for _, tt := range []struct {
		name, answer, body, mark string
	}{
		{"longer than said", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 200 OK\r\n\r\nsmuggled", "body", ""},
		{"shorter than said", "HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nbody", "body", "disconnect"},
		{"HTTP/1.0 without a length", "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nbody", "body", ""},
		{"HTTP/1.0 kept alive without a length", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nbody", "body", ""},
		{"no length, and said to stay open", "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\nbody", "body", ""},
	} {
		s := serve(t, constant(tt.answer))
		c := client(t, Options{IgnoreRobots: true})
		for range 2 { // what one answer left over is no part of the next
			got := fetch(t, c, s.URL+"/")
			if d := got.Document(); got.Outcome != "" || string(d.Body) != tt.body || d.Truncated != tt.mark {
				t.Errorf("%s: %s %s, body %q, truncated %q", tt.name, got.Outcome, got.Err, d.Body, d.Truncated)
			}
		}
	}
}

// Whatever way a redirect spells an inner host, nothing is asked of it: not even
// the loopback, of which one port alone is open.
func TestRedirectsToOddSpellings(t *testing.T) {
	canary := serve(t, constant(plain("", "secret")))
	_, port, _ := net.SplitHostPort(canary.Addr().String())
	for _, host := range []string{
		"127.0.0.1", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "0x7f.1", "127.1", "127.0.1", "127.0.0.1.", "0",
		"[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[::7f00:1]", "[64:ff9b::7f00:1]",
		"localhost", "LOCALHOST", "localhost.", "foo.localhost", "%6cocalhost", "loc%61lhost", "127.0.0.%31",
		"①②⑦.⓪.⓪.①", "127。0。0。1", "127.0.0.1%00.news.example", "xn--127-0-0-1", "news.example@127.0.0.1", "news.example:80@127.0.0.1", "127.0.0.1\\@news.example",
		"\t127.0.0.1", "127.0.\t0.1",
	} {
		for _, form := range []string{"http://%s:%s/", "//%s:%s/", "http:\\\\%s:%s/", "HtTp:/%s:%s/", "http:%s:%s"} {
			if strings.HasPrefix(form, "http:%s") && !strings.HasPrefix(host, "1") {
				continue
			}
			location := fmt.Sprintf(form, host, port)
			s := serve(t, constant("HTTP/1.1 302 Found\r\nLocation: "+location+"\r\nContent-Length: 0\r\n\r\n"))
			c := New(Options{AllowNet: []AllowNet{allowed(t, s.Addr().String())}, IgnoreRobots: true})
			got := fetch(t, c, s.URL+"/")
			c.Close()
			if d := got.Document(); d != nil && strings.Contains(string(d.Body), "secret") || got.Outcome == "" && d.Status == 200 {
				t.Errorf("redirect to %q: %s, %d exchanges", location, got.Outcome, len(got.Exchanges))
			}
			if got.Outcome == page.OK {
				t.Errorf("redirect to %q is ok", location)
			}
		}
	}
	if conns, requests := canary.seen(); conns > 0 {
		t.Errorf("%d connections to the canary: %q", conns, requests)
	}
}

func allowed(t *testing.T, s string) AllowNet {
	a, err := ParseAllowNet(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A megabyte of cookies over many answers neither grows without end nor is sent back.
func TestCookiesOfManyAnswers(t *testing.T) {
	var n atomic.Int32
	s := serve(t, func(c net.Conn, _ string) bool {
		fmt.Fprint(c, plain("Set-Cookie: c"+fmt.Sprint(n.Add(1))+"="+strings.Repeat("v", 4000)+"\r\n", story))
		return true
	})
	c := client(t, Options{IgnoreRobots: true})
	for range 70 {
		fetch(t, c, s.URL+"/")
	}
	_, requests := s.seen()
	if last := requests[len(requests)-1]; len(last) > maxCookies*4200+2000 {
		t.Errorf("a request of %d bytes", len(last))
	}
}

// A Location that browsers follow and net/url refuses is followed.
func TestOddLocations(t *testing.T) {
	s := serve(t, func(c net.Conn, path string) bool {
		if path == "/" {
			io.WriteString(c, "HTTP/1.1 302 Found\r\nLocation: /50%-off\r\nContent-Length: 0\r\n\r\n")
		} else {
			fmt.Fprint(c, plain("", path))
		}
		return true
	})
	got := fetch(t, client(t, Options{IgnoreRobots: true}), s.URL+"/")
	if d := got.Document(); got.Outcome != "" || len(got.Exchanges) != 2 || string(d.Body) != "/50%25-off" {
		t.Errorf("%s (%s): %+v", got.Outcome, got.Err, d)
	}
}
