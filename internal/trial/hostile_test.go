package trial

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"time"
)

// hostile are the ways to keep a visitor.
var hostile = []struct {
	says string
	act  func(c net.Conn)
}{
	{"never answers", func(c net.Conn) { hold(c) }},
	{"stalls after its head", func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
		hold(c)
	}},
	{"drips its head", func(c net.Conn) {
		drip(c, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X-More: and more\r\n", 1000), 100*time.Millisecond)
	}},
	{"drips its body", func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
		drip(c, strings.Repeat("drop ", 10_000), 20*time.Millisecond)
	}},
	{"sends without end", func(c net.Conn) {
		w := bufio.NewWriterSize(c, 32<<10) // its own work is not what is measured
		io.WriteString(w, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
		for n := 0; ; n++ {
			if _, err := fmt.Fprintf(w, "<p>%s <a href=\"/%d\">more</a></p>\n", vocabulary[rand.IntN(len(vocabulary))], n); err != nil {
				return
			}
		}
	}},
	{"redirects without end", func(c net.Conn) {
		fmt.Fprintf(c, "HTTP/1.1 302 Found\r\nLocation: /%d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", rand.Int())
	}},
	{"answers and closes", func(c net.Conn) {}},
}

// hold keeps the connection until the visitor goes.
func hold(c net.Conn) { io.Copy(io.Discard, c) }

// drip writes a byte at a time.
func drip(c net.Conn, s string, pause time.Duration) {
	for i := range len(s) {
		if _, err := c.Write([]byte{s[i]}); err != nil {
			return
		}
		time.Sleep(pause)
	}
	hold(c)
}

// serveHostile serves so many hosts, each in one of the ways, and returns their
// addresses. Their robots.txt is hostile only where robots says so.
func serveHostile(t *testing.T, hosts int, robots bool) (addrs []string) {
	t.Helper()
	for i, l := range listen(t, hosts) {
		act := hostile[i%len(hostile)].act
		addrs = append(addrs, l.Addr().String())
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				go func() {
					defer c.Close()
					head := make([]byte, 4096)
					n, err := c.Read(head)
					if err != nil {
						return
					}
					if path := strings.Fields(string(head[:n])); !robots && len(path) > 1 && path[1] == "/robots.txt" {
						io.WriteString(c, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
						return
					}
					act(c)
				}()
			}
		}()
	}
	return addrs
}
