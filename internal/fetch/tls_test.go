package fetch

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"newsarchive/page"
)

// secure serves h over TLS, with a certificate that nobody has signed.
func secure(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.EnableHTTP2 = true // offered, and not taken
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

func TestHTTPSIsRecordedInTheClear(t *testing.T) {
	var protocol string
	url := secure(t, func(w http.ResponseWriter, r *http.Request) {
		protocol = r.Proto
		fmt.Fprint(w, story)
	})
	c := client(t, Options{IgnoreRobots: true, InsecureHosts: []string{"127.0.0.1"}})
	for range 2 {
		got := fetch(t, c, url+"/story")
		ex := got.Document()
		if got.Outcome != "" || !strings.HasPrefix(string(ex.Request), "GET /story HTTP/1.1\r\n") || !strings.HasPrefix(string(ex.Wire), "HTTP/1.1 200 OK\r\n") || string(ex.Body) != story {
			t.Fatalf("%s %q", got.Outcome, got.Err)
		}
		if ex.IP.String() != "127.0.0.1" || protocol != "HTTP/1.1" {
			t.Errorf("from %v by %s", ex.IP, protocol)
		}
	}
}

func TestCertificatesAreVerified(t *testing.T) {
	url := secure(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, story) })
	for _, o := range []Options{{}, {InsecureHosts: []string{"other.example"}}} {
		got := fetch(t, client(t, o), url)
		if got.Outcome != page.NetworkError || !strings.HasPrefix(got.Err, "certificate is not trusted: ") || len(got.Exchanges) != 0 {
			t.Errorf("%s %q", got.Outcome, got.Err)
		}
	}
}

func TestPlainServerIsNoTLSServer(t *testing.T) {
	url := handler(t, func(http.ResponseWriter, *http.Request) {})
	got := fetch(t, client(t, Options{}), strings.Replace(url, "http:", "https:", 1))
	if got.Outcome != page.NetworkError || got.Err != "server does not speak TLS" {
		t.Errorf("%s %q", got.Outcome, got.Err)
	}
}

func TestHTTPSThroughAProxy(t *testing.T) {
	url := secure(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, story) })
	proxy := handler(t, func(w http.ResponseWriter, r *http.Request) {
		up, err := net.Dial("tcp", r.Host)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		down, _, _ := http.NewResponseController(w).Hijack()
		fmt.Fprint(down, "HTTP/1.1 200 Connected\r\n\r\n")
		relay(down, up)
	})
	c := client(t, Options{IgnoreRobots: true, Proxy: proxy, InsecureHosts: []string{"127.0.0.1"}})
	got := fetch(t, c, url)
	if got.Outcome != "" || string(got.Document().Body) != story || got.Document().IP.IsValid() {
		t.Errorf("%s %q from %v", got.Outcome, got.Err, got.Document())
	}
	refusing := handler(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	c = client(t, Options{IgnoreRobots: true, Proxy: refusing})
	if got := fetch(t, c, url); got.Outcome != page.NetworkError || got.Err != "proxy: answered 403 to CONNECT" {
		t.Errorf("%s %q", got.Outcome, got.Err)
	}
}

func TestClosedHandshake(t *testing.T) {
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		return nil, fmt.Errorf("no certificate")
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { c.(*tls.Conn).Handshake(); c.Close() }()
		}
	}()
	got := fetch(t, client(t, Options{}), "https://"+l.Addr().String())
	if got.Outcome != page.NetworkError || !strings.Contains(got.Err, "tls: ") {
		t.Errorf("%s %q", got.Outcome, got.Err)
	}
}
