package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"newsarchive/page"
)

// packed compresses s; zstd-far refers back to what lies 16 MiB behind.
func packed(coding, s string) string {
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw":
		w, _ = flate.NewWriter(&b, 9)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	case "zstd-far":
		w, _ = zstd.NewWriter(&b, zstd.WithWindowSize(64<<20))
	}
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func plain(head, body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n%s", len(body), head, body)
}

// Each bound is met at its value, and what goes beyond it has its mark.
func TestEachBound(t *testing.T) {
	fields := func(n int) string { return strings.Repeat("X-Pad: 1\r\n", n) }
	long := strings.Repeat(story, 200_000/len(story))
	twice := packed("gzip", packed("gzip", long))
	for _, tt := range []struct {
		name, answer string
		o            Options
		outcome      page.Outcome
		mark         string // of Truncated, or "decode"
	}{
		{"as many fields as may be", plain(fields(19), story), Options{MaxFields: 20}, "", ""},
		{"a field too many", plain(fields(20), story), Options{MaxFields: 20}, page.TooLarge, ""},
		{"5,000 fields", plain(fields(5000), story), Options{}, page.TooLarge, ""},
		{"a folded field of many lines", plain("X: a\r\n"+strings.Repeat(" b\r\n", 5000), story), Options{}, page.TooLarge, ""},
		{"a head within its bytes", plain("X: "+strings.Repeat("a", 1500)+"\r\n", story), Options{MaxHead: 2000}, "", ""},
		{"a head beyond its bytes", plain("X: "+strings.Repeat("a", 2000)+"\r\n", story), Options{MaxHead: 2000}, page.TooLarge, ""},
		{"interim heads count", strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 100) + plain("", story), Options{MaxHead: 2000}, page.TooLarge, ""},
		{"wire bytes", plain("", long), Options{MaxWire: 50_000}, "", "length"},
		{"decoded bytes", plain("Content-Encoding: gzip\r\n", packed("gzip", long)), Options{MaxBody: 50_000}, "", "decode"},
		{"decoded bytes are enough", plain("Content-Encoding: gzip\r\n", packed("gzip", long)), Options{MaxBody: 250_000}, "", ""},
		{"ratio", plain("Content-Encoding: deflate\r\n", packed("deflate", strings.Repeat("a", 3<<20))), Options{MaxRatio: 5}, "", "decode"},
		{"ratio is enough", plain("Content-Encoding: deflate\r\n", packed("deflate", strings.Repeat("a", 3<<20))), Options{MaxRatio: 2000}, "", ""},
		{"raw deflate bomb", plain("Content-Encoding: deflate\r\n", packed("raw", strings.Repeat("a", 30<<20))), Options{}, "", "decode"},
		{"br bomb", plain("Content-Encoding: br\r\n", packed("br", strings.Repeat("a", 30<<20))), Options{}, "", "decode"},
		{"zstd bomb", plain("Content-Encoding: zstd\r\n", packed("zstd", strings.Repeat("a", 30<<20))), Options{}, "", "decode"},
		{"gzip in br in gzip", plain("Content-Encoding: gzip, br, gzip\r\n", packed("gzip", packed("br", packed("gzip", long)))), Options{}, "", "decode"},
		{"two layers", plain("Content-Encoding: gzip, gzip\r\n", twice), Options{}, "", ""},
		{"one layer too many", plain("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", twice), Options{MaxLayers: 1}, "", "decode"},
		{"zstd window", plain("Content-Encoding: zstd\r\n", packed("zstd-far", strings.Repeat(long, 60))), Options{MaxRatio: 1e6}, "", "decode"},
		{"zstd window is enough", plain("Content-Encoding: zstd\r\n", packed("zstd-far", strings.Repeat(long, 60))), Options{MaxRatio: 1e6, MaxWindow: 64 << 20}, "", ""},
	} {
		s := serve(t, constant(tt.answer))
		tt.o.IgnoreRobots = true
		got := fetch(t, client(t, tt.o), s.URL+"/")
		mark := ""
		if d := got.Document(); d != nil && got.Outcome == "" {
			if mark = d.Truncated; mark == "" && d.DecodeError != "" {
				mark = "decode"
			}
		}
		if got.Outcome != tt.outcome || tt.outcome == "" && mark != tt.mark {
			t.Errorf("%s: %q %q, mark %q, want %q and %q", tt.name, got.Outcome, got.Err, mark, tt.outcome, tt.mark)
		}
	}
}

func TestAddressesHaveALength(t *testing.T) {
	s := serve(t, func(c net.Conn, path string) bool {
		fmt.Fprint(c, redirect("/"+strings.Repeat("b", 150)))
		return true
	})
	c := client(t, Options{IgnoreRobots: true, MaxAddress: 100})
	for _, path := range []string{"/" + strings.Repeat("a", 100), "/short"} {
		if got := fetch(t, c, s.URL+path); got.Outcome != page.UnsafeAddress || !strings.Contains(got.Err, "longer than 100") {
			t.Errorf("%.20s: %s %q", path, got.Outcome, got.Err)
		}
	}
}

func TestRobotsAreReadUpToTheirBound(t *testing.T) {
	url := handlerOf(t, "User-agent: *\nDisallow: /a\n"+strings.Repeat("# filler\n", 100)+"Disallow: /b\n")
	c := client(t, Options{MaxRobots: 100})
	if got := fetch(t, c, url+"/a"); got.Outcome != page.RobotsDenied {
		t.Errorf("/a: %s", got.Outcome)
	}
	if got := fetch(t, c, url+"/b"); got.Outcome != "" {
		t.Errorf("/b: %s %s", got.Outcome, got.Err)
	}
}

func handlerOf(t *testing.T, robots string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				head := make([]byte, 4096)
				n, _ := c.Read(head)
				body := story
				if strings.HasPrefix(string(head[:n]), "GET /robots.txt ") {
					body = robots
				}
				io.WriteString(c, plain("Connection: close\r\n", body))
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

// Whatever cuts a body, it is never without a mark.
func TestNoCutBodyIsComplete(t *testing.T) {
	gz := packed("gzip", strings.Repeat(story, 100))
	chunked := func(parts ...string) string {
		var b strings.Builder
		b.WriteString("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
		for _, p := range parts {
			fmt.Fprintf(&b, "%x\r\n%s\r\n", len(p), p)
		}
		return b.String()
	}
	for name, answer := range map[string]string{
		"one byte short":             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalf",
		"chunked, no end":            chunked("half"),
		"chunked, end without line":  chunked("half") + "0",
		"chunked, minus in size":     chunked("half") + "-1\r\nx",
		"chunked, space in size":     chunked("half") + " 4\r\nhalf\r\n0\r\n\r\n",
		"chunked, 0x in size":        chunked("half") + "0x4\r\nhalf\r\n0\r\n\r\n",
		"chunked, underscore":        chunked("half") + "1_0\r\nhalfhalfhalfhalf\r\n0\r\n\r\n",
		"chunk longer than it says":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhalf\r\n0\r\n\r\n",
		"gzip cut in its head":       plain("Content-Encoding: gzip\r\n", gz[:5]),
		"gzip cut in its data":       plain("Content-Encoding: gzip\r\n", gz[:len(gz)-20]),
		"gzip cut in its sum":        plain("Content-Encoding: gzip\r\n", gz[:len(gz)-2]),
		"gzip cut in the 2nd member": plain("Content-Encoding: gzip\r\n", gz+gz[:len(gz)-9]),
		"deflate cut":                plain("Content-Encoding: deflate\r\n", packed("deflate", strings.Repeat(story, 100))[:60]),
		"br cut":                     plain("Content-Encoding: br\r\n", packed("br", strings.Repeat(story, 100))[:30]),
		"zstd cut":                   plain("Content-Encoding: zstd\r\n", packed("zstd", strings.Repeat(story, 100))[:30]),
		"length and less of gzip":    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n" + gz,
	} {
		s := serve(t, constant(answer))
		got := fetch(t, client(t, Options{IgnoreRobots: true, RateWindow: 200 * time.Millisecond}), s.URL+"/")
		d := got.Document()
		if got.Outcome == "" && (d == nil || d.Truncated == "" && d.DecodeError == "") {
			t.Errorf("%s: taken for complete: %q", name, d.Body)
		}
	}
}
