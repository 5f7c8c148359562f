package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"newsarchive/page"
)

// names is a resolver whose answers change from one look-up to the next; the last one
// stays. 127.0.0.1 stands for what may be visited.
type names struct {
	mu      sync.Mutex
	answers map[string][]string
	asked   map[string]int
}

func (n *names) lookup(_ context.Context, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	list := n.answers[host]
	if len(list) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	at := min(n.asked[host], len(list)-1)
	n.asked[host]++
	return addrs(list[at]), nil
}

// A name that is safe when it is looked at first and private afterwards leads a whole
// fetch nowhere: not on a later hop, not on a second fetch. robots.txt is asked first,
// over the connection that then serves the page.
func TestReboundNamesOfWholeFetches(t *testing.T) {
	for _, tt := range []struct {
		what    string
		answers map[string][]string
		path    string // of news.example
		before  int    // fetches that are answered
		hops    int    // answers in the capture of the next one
	}{
		{"between two fetches", map[string][]string{"news.example": {"127.0.0.1", "10.0.0.1"}}, "/", 1, 0},
		{"on a redirect to itself", map[string][]string{"news.example": {"127.0.0.1", "192.168.0.1"}}, "/to/news.example", 0, 1},
		{"on a redirect to another name", map[string][]string{"news.example": {"127.0.0.1"}, "inner.example": {"10.0.0.1"}}, "/to/inner.example", 0, 1},
		{"on a redirect to a name that turns", map[string][]string{"news.example": {"127.0.0.1"}, "inner.example": {"fd00::1", "127.0.0.1"}}, "/to/inner.example", 0, 1},
	} {
		t.Run(tt.what, func(t *testing.T) {
			port := ""
			s := serve(t, func(c net.Conn, path string) bool { // each answer ends its connection
				switch to, found := strings.CutPrefix(path, "/to/"); {
				case found:
					fmt.Fprintf(c, "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: http://%s:%s/secret\r\nContent-Length: 0\r\n\r\n", to, port)
				default:
					fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(story), story)
				}
				return false
			})
			_, port, _ = net.SplitHostPort(s.Addr().String())
			c := client(t, Options{})
			c.dialer.lookup = (&names{answers: tt.answers, asked: map[string]int{}}).lookup
			url := "http://news.example:" + port + tt.path
			for range tt.before {
				if got := fetch(t, c, url); got.Outcome != "" {
					t.Fatalf("%s %s before the name is rebound", got.Outcome, got.Err)
				}
			}
			got := fetch(t, c, url)
			if got.Outcome != page.UnsafeAddress || !strings.Contains(got.Err, "is no public address") || len(got.Exchanges) != tt.hops {
				t.Errorf("%s %q, %d answers", got.Outcome, got.Err, len(got.Exchanges))
			}
			if _, requests := s.seen(); strings.Contains(strings.Join(requests, " "), "secret") {
				t.Errorf("asked for %q", requests)
			}
		})
	}
}
