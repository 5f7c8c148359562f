package fetch

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"newsarchive/page"
)

// loopback lets tests reach their own servers.
var loopback = []AllowNet{{Prefix: mustPrefix("127.0.0.0/8")}, {Prefix: mustPrefix("::1")}}

func mustPrefix(s string) netip.Prefix {
	p, err := parsePrefix(s)
	if err != nil {
		panic(err)
	}
	return p
}

// A rawServer answers with the very bytes that its handler writes.
type rawServer struct {
	net.Listener
	URL string

	mu       sync.Mutex
	conns    int
	requests []string // heads, as received
}

// serve answers each request on a connection by handle, which returns false to
// close it.
func serve(t testing.TB, handle func(c net.Conn, path string) bool) *rawServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &rawServer{Listener: l, URL: "http://" + l.Addr().String()}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns++
			s.mu.Unlock()
			go s.answer(c, handle)
		}
	}()
	return s
}

func (s *rawServer) answer(c net.Conn, handle func(net.Conn, string) bool) {
	defer c.Close()
	r := bufio.NewReader(c)
	for {
		var head strings.Builder
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			head.WriteString(line)
			if line == "\r\n" {
				break
			}
		}
		s.mu.Lock()
		s.requests = append(s.requests, head.String())
		s.mu.Unlock()
		path := strings.Fields(head.String())[1]
		if path == "/robots.txt" {
			fmt.Fprint(c, "HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n")
			continue
		}
		if !handle(c, path) {
			return
		}
	}
}

func (s *rawServer) seen() (conns int, requests []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns, append([]string(nil), s.requests...)
}

// constant answers every request with the same bytes and closes the connection.
func constant(answer string) func(net.Conn, string) bool {
	return func(c net.Conn, _ string) bool {
		fmt.Fprint(c, answer)
		return false
	}
}

// client returns a Client for the loopback with short times.
func client(t testing.TB, o Options) *Client {
	t.Helper()
	o.AllowNet = append(o.AllowNet, loopback...)
	if o.Timeout == 0 {
		o.Timeout = 5 * time.Second
	}
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

func fetch(t testing.TB, c *Client, url string) *page.Capture {
	t.Helper()
	return fetchWith(t, c, url, nil)
}

func fetchWith(t testing.TB, c *Client, url string, h page.Header) *page.Capture {
	t.Helper()
	capture, err := c.Worker().Fetch(t.Context(), page.Request{URL: url, Header: h})
	if err != nil {
		t.Fatalf("Fetch(%q): %v", url, err)
	}
	return capture
}

func handler(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: h}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return "http://" + l.Addr().String()
}

// relay passes bytes both ways until one side closes.
func relay(a, b net.Conn) {
	go func() { io.Copy(a, b); a.Close() }()
	io.Copy(b, a)
	b.Close()
}
