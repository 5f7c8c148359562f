package fetch

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"newsarchive/page"
)

func compress(coding, s string) string {
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	default:
		w, _ = zstd.NewWriter(&b)
	}
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func TestCodingsAreDecodedAndKept(t *testing.T) {
	long := strings.Repeat(story, 300)
	for _, coding := range []string{"gzip", "br", "zstd"} {
		entity := compress(coding, long)
		half := len(entity) / 2
		plain := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", coding, len(entity), entity)
		chunked := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n",
			coding, half, entity[:half], len(entity)-half, entity[half:])
		for _, answer := range []string{plain, chunked} {
			s := serve(t, constant(answer))
			ex := fetch(t, client(t, Options{}), s.URL+"/").Document()
			if string(ex.Wire) != answer || string(ex.Entity) != entity || string(ex.Body) != long || ex.DecodeError != "" {
				t.Errorf("%s: wire %d of %d, entity %d, body %d, %s", coding, len(ex.Wire), len(answer), len(ex.Entity), len(ex.Body), ex.DecodeError)
			}
			if ex.Header.Get("Content-Encoding") != coding {
				t.Errorf("%s: header %v", coding, ex.Header)
			}
		}
	}
}

// Colly must not convert, gunzip or drop what the recorder hands up.
func TestNamesThatCollyWouldDecompress(t *testing.T) {
	gz := compress("gzip", story)
	s := serve(t, constant(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/gzip\r\nContent-Length: %d\r\n\r\n%s", len(gz), gz)))
	got := fetch(t, client(t, Options{}), s.URL+"/sitemap.xml.gz")
	if got.Outcome != "" || string(got.Document().Body) != gz {
		t.Errorf("%s %s, body of %d bytes, want %d", got.Outcome, got.Err, len(got.Document().Body), len(gz))
	}
}

func TestCutBodies(t *testing.T) {
	for _, tt := range []struct{ name, answer, body string }{
		{"short of its length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "half"},
		{"absurd length", "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nhalf", "half"},
		{"no last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "half"},
		{"bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\nmore", "half"},
		{"chunk beyond 64 bits", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nffffffffffffffffff\r\nmore", "half"},
	} {
		s := serve(t, constant(tt.answer))
		got := fetch(t, client(t, Options{}), s.URL+"/")
		ex := got.Document()
		if got.Outcome != "" || ex.Truncated != "disconnect" || string(ex.Body) != tt.body || string(ex.Wire) != tt.answer {
			t.Errorf("%s: %s %s, truncated %q, body %q, wire %q", tt.name, got.Outcome, got.Err, ex.Truncated, ex.Body, ex.Wire)
		}
	}
}

func TestResetInMidBody(t *testing.T) {
	s := serve(t, func(c net.Conn, _ string) bool {
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\n\r\nhalf")
		io.CopyN(io.Discard, c, 1) // until the client is gone: nothing more comes
		return false
	})
	c := client(t, Options{RateWindow: 50 * time.Millisecond})
	if ex := fetch(t, c, s.URL+"/").Document(); ex.Truncated != "time" || string(ex.Body) != "half" {
		t.Errorf("stalled body: truncated %q, body %q", ex.Truncated, ex.Body)
	}
	s = serve(t, func(c net.Conn, _ string) bool {
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\n\r\nhalf")
		c.(*net.TCPConn).SetLinger(0)
		return false
	})
	got := fetch(t, c, s.URL+"/")
	if d := got.Document(); got.Outcome == "" && d.Truncated != "disconnect" {
		t.Errorf("reset body: truncated %q", d.Truncated)
	}
}

func TestSlowDripIsCutThoughBytesCome(t *testing.T) {
	s := serve(t, func(c net.Conn, _ string) bool {
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\n\r\n")
		return drip(c)
	})
	got := fetch(t, client(t, Options{RateWindow: 100 * time.Millisecond, MinRate: 10_000}), s.URL+"/")
	if d := got.Document(); got.Outcome != "" || d.Truncated != "time" || len(d.Body) == 0 {
		t.Errorf("%s %s, %+v", got.Outcome, got.Err, d)
	}
}

func TestTotalTimeCutsABodyThatKeepsItsRate(t *testing.T) {
	s := serve(t, func(c net.Conn, _ string) bool {
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\n\r\n")
		return drip(c)
	})
	got := fetch(t, client(t, Options{Timeout: 200 * time.Millisecond, MinRate: 1}), s.URL+"/")
	if d := got.Document(); got.Outcome != "" || d == nil || d.Truncated != "time" {
		t.Errorf("%s %s, %+v", got.Outcome, got.Err, d)
	}
}

// drip writes a byte now and then until the client has gone.
func drip(c net.Conn) bool {
	for {
		if _, err := c.Write([]byte("x")); err != nil {
			return false
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestSlowHeadFailsAsAWhole(t *testing.T) {
	s := serve(t, func(c net.Conn, _ string) bool {
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nX: ")
		return drip(c)
	})
	got := fetch(t, client(t, Options{HeaderTimeout: 100 * time.Millisecond}), s.URL+"/")
	if got.Outcome != page.NetworkError || got.Err != "no answer within 100ms" {
		t.Errorf("%s %q", got.Outcome, got.Err)
	}
	if d := got.Document(); d == nil || d.Truncated != "time" || len(d.Wire) == 0 {
		t.Errorf("recorded %+v", d)
	}
}

func TestSizeLimits(t *testing.T) {
	body := strings.Repeat("0123456789", 10_000)
	head := "HTTP/1.1 200 OK\r\n\r\n"
	for _, answer := range []string{head + body, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1;"+strings.Repeat("e", 60)+"\r\nx\r\n", 2000)} {
		s := serve(t, constant(answer))
		got := fetch(t, client(t, Options{MaxWire: 5000}), s.URL+"/")
		ex := got.Document()
		if got.Outcome != "" || ex.Truncated != "length" || len(ex.Wire) > 5000 || !strings.HasPrefix(answer, string(ex.Wire)) {
			t.Errorf("%s %s, truncated %q, wire %d", got.Outcome, got.Err, ex.Truncated, len(ex.Wire))
		}
	}
	s := serve(t, constant(head+body))
	for _, limit := range []int64{int64(len(head+body)) - 1, int64(len(head + body))} {
		ex := fetch(t, client(t, Options{MaxWire: limit}), s.URL+"/").Document()
		if whole := limit == int64(len(head+body)); int64(len(ex.Wire)) != limit || (ex.Truncated == "") != whole {
			t.Errorf("limit %d: wire %d, truncated %q", limit, len(ex.Wire), ex.Truncated)
		}
	}
}

func TestBombIsCutAndItsBytesKept(t *testing.T) {
	bomb := compress("gzip", strings.Repeat("\x00", 24<<20))
	s := serve(t, constant(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", len(bomb), bomb)))
	ex := fetch(t, client(t, Options{}), s.URL+"/").Document()
	if ex.DecodeError == "" || len(ex.Body) > 20<<20 || string(ex.Entity) != bomb {
		t.Errorf("body %d, entity %d of %d, %q", len(ex.Body), len(ex.Entity), len(bomb), ex.DecodeError)
	}
}

func TestHeadsThatAreRefused(t *testing.T) {
	for _, tt := range []struct {
		name, answer string
		outcome      page.Outcome
		err          string // its beginning
	}{
		{"huge head", "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 300<<10) + "\r\n\r\n", page.TooLarge, "response head has more than 262144 bytes or 4000 lines"},
		{"flood of hints", strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 20_000), page.TooLarge, "response head has more than 262144 bytes or 4000 lines"},
		{"garbage", "\x00\x01\x02 not HTTP \x1b[31m\r\n\r\n", page.NetworkError, "answer is not HTTP"},
		{"garbage without end", strings.Repeat("garbage ", 50_000), page.NetworkError, "answer is not HTTP"},
		{"nothing", "", page.NetworkError, "connection closed without an answer"},
		{"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", page.NetworkError, "Content-Length fields contradict each other"},
		{"a line that is no field", "HTTP/1.1 200 OK\r\nno field\r\nContent-Length: 0\r\n\r\n", page.NetworkError, "answer is not proper HTTP: malformed MIME header"},
	} {
		s := serve(t, constant(tt.answer))
		got := fetch(t, client(t, Options{}), s.URL+"/")
		if got.Outcome != tt.outcome || !strings.HasPrefix(got.Err, tt.err) || strings.Contains(got.Err, "\x1b") || got.Err == "" {
			t.Errorf("%s: %s %q", tt.name, got.Outcome, got.Err)
		}
	}
}

func TestManyCookies(t *testing.T) {
	url := handler(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		for i := range 2000 {
			w.Header().Add("Set-Cookie", fmt.Sprintf("c%d=%s", i, strings.Repeat("v", 80)))
		}
		io.WriteString(w, story)
	})
	c := client(t, Options{})
	for range 2 {
		got := fetch(t, c, url)
		if got.Outcome != "" || string(got.Document().Body) != story {
			t.Errorf("2000 cookies: %s %s", got.Outcome, got.Err)
		}
		if n := strings.Count(string(got.Document().Request), "=vv"); n > maxCookies {
			t.Errorf("%d cookies were sent back", n)
		}
	}
}
