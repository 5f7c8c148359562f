package testsite

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

func TestStatusesAndHeads(t *testing.T) {
	url := start(t, Options{Only: []string{Faults}, Slow: time.Millisecond}).Site(Faults).URL
	for _, tt := range []struct {
		path        string
		status      int
		field, want string
	}{
		{"/pump", 200, "Content-Type", "text/html; charset=utf-8"},
		{"/moved", 301, "Location", "/pump"},
		{"/found", 302, "Location", "/pump"},
		{"/permanent", 308, "Location", url + "/pump"},
		{"/chain", 301, "Location", "/chain/2"},
		{"/chain/3", 308, "Location", "/pump"},
		{"/loop/back", 302, "Location", "/loop"},
		{"/nowhere", 302, "Location", ""},
		{"/missing", 404, "ETag", ""},
		{"/never-heard-of", 404, "Content-Type", "text/html; charset=utf-8"},
		{"/gone", 410, "Content-Type", "text/html; charset=utf-8"},
		{"/busy", 429, "Retry-After", "1"},
		{"/maintenance", 503, "Retry-After", "Fri, 01 Jan 2027 00:00:00 GMT"},
		{"/broken", 500, "Retry-After", ""},
		{"/forbidden", 403, "", ""},
		{"/login", 401, "WWW-Authenticate", `Basic realm="readers"`},
		{"/empty", 200, "Content-Length", "0"},
		{"/no-content", 204, "Content-Type", "text/html; charset=utf-8"},
		{"/slow", 200, "Content-Length", ""},
		{"/chunked", 200, "Content-Length", ""},
		{"/refresh", 200, "Location", ""},
		{"/challenge", 200, "Content-Type", "text/html; charset=utf-8"},
		{"/no-type", 200, "Content-Type", ""},
		{"/unvalidated", 200, "ETag", ""},
		{"/x-robots", 200, "X-Robots-Tag", "noindex, nofollow, noai"},
		{"/report.pdf", 200, "Content-Type", "application/pdf"},
		{"/odd-head", 200, "X-Odd", "spaces kept"},
		{"/robots.txt", 200, "Content-Type", "text/plain; charset=utf-8"},
	} {
		res, _ := get(t, url+tt.path)
		if got := res.Header.Get(tt.field); res.StatusCode != tt.status || got != tt.want {
			t.Errorf("%s answers %d with %s %q, want %d with %q", tt.path, res.StatusCode, tt.field, got, tt.status, tt.want)
		}
	}
}

func TestOddHeadIsSentAsItStands(t *testing.T) {
	url := start(t, Options{Only: []string{Faults}}).Site(Faults).URL
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "GET /odd-head HTTP/1.1\r\nHost: x\r\n\r\n")
	got, _ := io.ReadAll(conn)
	want := "HTTP/1.1 200 Fine By Me\r\ncontent-TYPE:text/html; charset=utf-8\r\nX-Odd:   spaces kept  \r\nx-odd: twice\r\n"
	if !bytes.HasPrefix(got, []byte(want)) {
		t.Errorf("head is %q, want it to begin %q", got[:min(len(got), len(want))], want)
	}
}

func TestCutAnswersEndEarly(t *testing.T) {
	url := start(t, Options{Only: []string{Faults}}).Site(Faults).URL
	for _, path := range []string{"/cut", "/cut-gzip", "/cut-chunked"} {
		res, err := plain.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err == nil || len(body) == 0 {
			t.Errorf("%s: read %d bytes whole, want the connection to end early", path, len(body))
		}
	}
}

func TestContentCodings(t *testing.T) {
	url := start(t, Options{Only: []string{Faults}}).Site(Faults).URL
	_, want := get(t, url+"/pump")
	for coding, open := range map[string]func(io.Reader) (io.Reader, error){
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		"zstd": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
	} {
		res, packed := get(t, url+"/"+coding, "Accept-Encoding", "gzip, br, zstd;q=0.5")
		r, err := open(strings.NewReader(packed))
		if err != nil || res.Header.Get("Content-Encoding") != coding {
			t.Fatalf("%s: coding %q, %v", coding, res.Header.Get("Content-Encoding"), err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != want {
			t.Errorf("%s: unpacked to %d bytes (%v), want %d", coding, len(got), err, len(want))
		}
		if res, got := get(t, url+"/"+coding, "Accept-Encoding", coding+";q=0"); got != want || res.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: packed for a client that refuses it", coding)
		}
	}
}

func TestValidators(t *testing.T) {
	url := start(t, Options{Only: []string{Faults}}).Site(Faults).URL + "/pump"
	first, _ := get(t, url)
	etag, date := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	for _, tt := range []struct {
		name   string
		header []string
		want   int
	}{
		{"same tag", []string{"If-None-Match", etag}, 304},
		{"among others, weakly", []string{"If-None-Match", `"x", W/` + etag}, 304},
		{"another tag", []string{"If-None-Match", `"x"`}, 200},
		{"same date", []string{"If-Modified-Since", date}, 304},
		{"older date", []string{"If-Modified-Since", "Mon, 02 Nov 2026 00:00:00 GMT"}, 200},
		{"the tag outweighs the date", []string{"If-None-Match", `"x"`, "If-Modified-Since", date}, 200},
		{"no date", []string{"If-Modified-Since", "yesterday"}, 200},
	} {
		if res, _ := get(t, url, tt.header...); res.StatusCode != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, res.StatusCode, tt.want)
		}
	}
}

func TestGzippedSitemap(t *testing.T) {
	url := start(t, Options{Only: []string{"courier"}}).Site("courier").URL
	res, body := get(t, url+"/sitemaps/2026-11.xml.gz", "Accept-Encoding", "gzip")
	r, err := gzip.NewReader(strings.NewReader(body))
	if err != nil || res.Header.Get("Content-Encoding") != "" {
		t.Fatalf("content coding %q, %v", res.Header.Get("Content-Encoding"), err)
	}
	if xml, err := io.ReadAll(r); err != nil || !strings.Contains(string(xml), "<loc>"+url+"/city/bridge-reopens</loc>") {
		t.Errorf("sitemap is %q, %v", xml, err)
	}
}

// TestCharsetsAreExact compares with bytes that another program (Python's codecs) wrote.
func TestCharsetsAreExact(t *testing.T) {
	url := start(t, Options{Only: []string{"meridian"}}).Site("meridian").URL
	for _, tt := range []struct{ path, contentType, title string }{
		{"/fr/phare", "text/html; charset=ISO-8859-1", "4c6520706861726520717569206e"},                   // windows-1252
		{"/ru/tramvai", "text/html", "cfeef1ebe5e4ede8e920e4e5f0e5"},                                     // windows-1251
		{"/ja/tofu", "text/html", "93a4958589ae82cc838983628370814193f18f5c944e82d482e882c9"},            // shift_jis
		{"/ko/haenyeo", "text/html; charset=euc-kr", "b9d9b4d9b7ce20b5b9bec6bfc220c7d8b3e020c7d0b1b32c"}, // euc-kr
		{"/zh/chaguan", "text/html", "c0cfb2e8b9ddc0efb5c4c6e5bed6cfc2c1cbcaaec6dfc4ea"},                 // gbk
		{"/en/typewriter", "text/html", "540068006500200074006f0077006e00200063006c00650072006b00"},      // utf-16
		{"/ja/eki", "text/html", "1b24424c353f4d3158244e425439673c3c242c3f5e3d713c3c244b244a2443"},       // iso-2022-jp
		{"/ar/khubz", "text/html", "e3cec8d220c7e1cded20eddaedcf"},                                       // windows-1256
		{"/de/glocke", "text/html", "44696520476c6f636b652c206469"},                                      // windows-1252
		{"/cs/hajny", "text/html; charset=utf-8", "48616a6efd2073706fe8ed74616c"},                        // windows-1250
		{"/pl/zegar", "text/html; charset=iso-8859-1", "c5bbc3b3c582772c206b74c3b37279207370"},           // utf-8
		{"/sv/bastun", "text/html", "42617374756e20736f6d2072e464"},                                      // windows-1252
	} {
		res, body := get(t, url+tt.path)
		if got := res.Header.Get("Content-Type"); got != tt.contentType {
			t.Errorf("%s: Content-Type %q, want %q", tt.path, got, tt.contentType)
		}
		title, _ := hex.DecodeString(tt.title)
		if !strings.Contains(body, string(title)) {
			t.Errorf("%s: body lacks the title's bytes %s", tt.path, tt.title)
		}
	}
	_, utf16 := get(t, url+"/en/typewriter")
	if first, _ := bufio.NewReader(strings.NewReader(utf16)).Peek(4); string(first) != "\xff\xfe<\x00" {
		t.Errorf("UTF-16 page begins %x, want a mark and little-endian units", first)
	}
}

func TestSlowAnswerEndsWithTheClient(t *testing.T) {
	s := start(t, Options{Only: []string{Faults}, Slow: time.Hour})
	client := &http.Client{Timeout: 50 * time.Millisecond}
	if res, err := client.Get(s.Site(Faults).URL + "/slow"); err == nil {
		_ = res.Body.Close()
		t.Error("answered at once, want a time out")
	}
}
