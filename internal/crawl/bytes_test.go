package crawl_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// odd is a response that is legal or at least met in the wild, in every byte that
// a parser would lose: header case and order, white space, a Latin-1 byte in the
// reason phrase, chunk extensions, a trailer.
const odd = "HTTP/1.1 200 Fine R\xe9ally\r\n" +
	"SERVER:   spaced   \r\n" +
	"x-lower: a\r\nX-Lower: b\r\n" +
	"content-TYPE: text/html; charset=utf-8\r\n" +
	"transfer-encoding: chunked\r\nTrailer: X-After\r\n\r\n"

var oddBody = "1b;ext=\"v\"\r\n<title>Odd</title><p>Hello.\r\n0\r\nX-After: done\r\n\r\n"

// serveOdd answers every request on every connection with the odd response.
func serveOdd(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			buf := make([]byte, 4096)
			for {
				n, err := c.Read(buf)
				if err != nil {
					return
				}
				if bytes.Contains(buf[:n], []byte("GET /robots.txt")) {
					io.WriteString(c, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
					continue
				}
				io.WriteString(c, odd+oddBody)
			}
		}()
	}
}

// TestBytesOfTheConnectionReachTheArchive reads a response back from the WARC
// and holds it to what the server sent, over HTTP and HTTPS.
func TestBytesOfTheConnectionReachTheArchive(t *testing.T) {
	for _, scheme := range []string{"http", "https"} {
		t.Run(scheme, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			if scheme == "https" {
				l = tls.NewListener(l, selfSigned(t))
			}
			t.Cleanup(func() { l.Close() })
			go serveOdd(l)
			got := captured(t, scheme+"://"+l.Addr().String()+"/odd")
			if want := odd + oddBody; string(got.Wire) != want {
				t.Errorf("the WARC has\n%q\nthe server sent\n%q", got.Wire, want)
			}
			if want := "<title>Odd</title><p>Hello."; string(got.Body) != want {
				t.Errorf("body %q, want %q", got.Body, want)
			}
		})
	}
}

func selfSigned(t *testing.T) *tls.Config {
	s := httptest.NewTLSServer(nil)
	t.Cleanup(s.Close)
	return &tls.Config{Certificates: s.TLS.Certificates, NextProtos: []string{"http/1.1"}}
}

// captured fetches one address through the real loop and reads it back.
func captured(t *testing.T, address string) *page.Exchange {
	t.Helper()
	allow, err := fetch.ParseAllowNet("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{AllowNet: []fetch.AllowNet{allow}, InsecureHosts: []string{"127.0.0.1"}})
	defer client.Close()
	dir := filepath.Join(t.TempDir(), "archive")
	store, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var row page.Row
	loop := &crawl.Crawl{Frontier: frontier.NewMemory(frontier.Options{}), Store: store,
		NewFetcher: func() crawl.Fetcher { return client.Worker() }, Extract: extract.New(extract.Options{}),
		Done: func(v crawl.Visit) { row = v.Row }}
	if err := loop.Run(context.Background(), []string{address}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := archive.OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c, err := r.Capture(row)
	if err != nil {
		t.Fatal(err)
	}
	return c.Document()
}
