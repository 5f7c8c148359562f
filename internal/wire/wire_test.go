package wire

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"newsarchive/page"
)

func read(t *testing.T, wire string, l Limits) *page.Exchange {
	t.Helper()
	ex := &page.Exchange{URL: "https://news.example/story", Wire: []byte(wire)}
	if err := Read(ex, l); err != nil {
		t.Fatalf("Read(%.60q): %v", wire, err)
	}
	return ex
}

func TestHead(t *testing.T) {
	for _, tt := range []struct {
		name, wire string
		status     int
		field      string // and its value
		value      string
		body       string
	}{
		{"plain", "HTTP/1.1 200 OK\r\nServer: x\r\n\r\nhello", 200, "Server", "x", "hello"},
		{"odd case and spaces", "HTTP/1.1 200 Fine Really\r\nSERVER:   spaced   \r\n\r\n", 200, "Server", "spaced", ""},
		{"space before the colon", "HTTP/1.1 200 OK\r\nServer : x\r\n\r\n", 200, "Server", "x", ""},
		{"bare line feeds", "HTTP/1.0 404 Not\nServer: x\n\nb", 404, "Server", "x", "b"},
		{"no reason", "HTTP/1.1 200\r\nServer: x\r\n\r\n", 200, "Server", "x", ""},
		{"Latin-1 reason", "HTTP/1.1 200 Ja\xfc\r\nServer: \xfc\r\n\r\n", 200, "Server", "\xfc", ""},
		{"folded", "HTTP/1.1 200 OK\r\nServer: a\r\n  b\r\n\r\n", 200, "Server", "a b", ""},
		{"line without colon", "HTTP/1.1 200 OK\r\nnonsense\r\nServer: x\r\n\r\n", 200, "Server", "x", ""},
		{"no name", "HTTP/1.1 200 OK\r\n: y\r\nServer: x\r\n\r\n", 200, "Server", "x", ""},
		{"other version", "HTTP/2 200\r\nserver: x\r\n\r\nb", 200, "Server", "x", "b"},
		{"early hints", "HTTP/1.1 103 Early\r\nServer: no\r\n\r\nHTTP/1.1 200 OK\r\nServer: x\r\n\r\nb", 200, "Server", "x", "b"},
		{"switching protocols is final", "HTTP/1.1 101 Up\r\nServer: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", 101, "Server", "x", ""},
		{"no content", "HTTP/1.1 204 No\r\nServer: x\r\n\r\njunk", 204, "Server", "x", ""},
		{"status 999", "HTTP/1.1 999 No\r\nServer: x\r\n\r\nb", 999, "Server", "x", "b"},
	} {
		ex := read(t, tt.wire, Limits{})
		if ex.Status != tt.status || ex.Header.Get(tt.field) != tt.value || string(ex.Body) != tt.body || ex.Truncated != "" {
			t.Errorf("%s: %d, %s %q, body %q, truncated %q", tt.name, ex.Status, tt.field, ex.Header.Get(tt.field), ex.Body, ex.Truncated)
		}
		if end := bytes.LastIndex(ex.Wire[:ex.HeadLen], []byte("\n")); end != ex.HeadLen-1 {
			t.Errorf("%s: head of %d bytes does not end in a line end", tt.name, ex.HeadLen)
		}
	}
}

func TestHeadErrors(t *testing.T) {
	for _, tt := range []struct {
		name, wire string
		want       error
	}{
		{"nothing", "", ErrHead},
		{"HTML alone", "<!doctype html><p>x", ErrHead},
		{"status of two digits", "HTTP/1.1 20 OK\r\n\r\n", ErrHead},
		{"status below 100", "HTTP/1.1 013 OK\r\n\r\n", ErrHead},
		{"status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", ErrHead},
		{"status of letters", "HTTP/1.1 2OO OK\r\n\r\n", ErrHead},
		{"interim without final", "HTTP/1.1 100 Go\r\n\r\n", ErrHead},
		{"one long line", "HTTP/1.1 200 OK\r\nA: " + strings.Repeat("x", MaxHead), ErrHeadTooLarge},
		{"many lines", "HTTP/1.1 200 OK\r\n" + strings.Repeat("Set-Cookie: a=b\r\n", MaxHead/16) + "\r\n", ErrHeadTooLarge},
		{"many interim heads", strings.Repeat("HTTP/1.1 103 Wait\r\nX: y\r\n\r\n", MaxHead/20), ErrHeadTooLarge},
	} {
		if err := Read(&page.Exchange{Wire: []byte(tt.wire)}, Limits{}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestFraming(t *testing.T) {
	const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	for _, tt := range []struct{ name, wire, entity, truncated string }{
		{"length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc", ""},
		{"length, more follows", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef", "abc", ""},
		{"length, cut", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "abc", "disconnect"},
		{"lengths that agree", "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\nContent-Length: 3\r\n\r\nabcd", "abc", ""},
		{"length of zero", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nabc", "", ""},
		{"until the end", "HTTP/1.1 200 OK\r\n\r\nabc", "abc", ""},
		{"head cut", "HTTP/1.1 200 OK\r\nContent-", "", "disconnect"},
		{"chunked", chunked + "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n", "abc0123456789", ""},
		{"chunked, trailer", chunked + "3\r\nabc\r\n0\r\nSum: 1\r\n\r\n", "abc", ""},
		{"chunked beats length", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "a", ""},
		{"no last chunk", chunked + "3\r\nabc\r\n", "abc", "disconnect"},
		{"cut inside a chunk", chunked + "5\r\nabc", "abc", "disconnect"},
		{"chunk longer than said", chunked + "2\r\nabc\r\n0\r\n\r\n", "ab", "disconnect"},
		{"size is not hexadecimal", chunked + "3\r\nabc\r\nxyz\r\n", "abc", "disconnect"},
		{"negative size", chunked + "-3\r\nabc\r\n0\r\n\r\n", "", "disconnect"},
		{"size past 64 bits", chunked + "10000000000000003\r\nabc\r\n0\r\n\r\n", "", "disconnect"},
		{"largest size", chunked + "ffffffffffffffff\r\nabc", "abc", "disconnect"},
		{"bare line feed after a size", chunked + "3\nabc\r\n0\r\n\r\n", "", "disconnect"},
	} {
		ex := read(t, tt.wire, Limits{})
		if string(ex.Entity) != tt.entity || string(ex.Body) != tt.entity || ex.Truncated != tt.truncated {
			t.Errorf("%s: entity %q, body %q, truncated %q", tt.name, ex.Entity, ex.Body, ex.Truncated)
		}
	}
	for _, bad := range []string{"3\r\nContent-Length: 4", "3, 4", "-1", "+3", "3x", "", "99999999999999999999"} {
		ex := &page.Exchange{Wire: []byte("HTTP/1.1 200 OK\r\nContent-Length: " + bad + "\r\n\r\nabc")}
		if err := Read(ex, Limits{}); err == nil || ex.Status != 200 {
			t.Errorf("Content-Length %q: status %d, error %v", bad, ex.Status, err)
		}
	}
	ex := &page.Exchange{Wire: []byte("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), Truncated: "time"}
	if Read(ex, Limits{}); ex.Truncated != "time" {
		t.Errorf("known reason became %q", ex.Truncated)
	}
	ex = &page.Exchange{Method: "HEAD", Wire: []byte("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")}
	if Read(ex, Limits{}); ex.Truncated != "" {
		t.Errorf("answer to HEAD is %q", ex.Truncated)
	}
}

// Records of other tools keep the fields of codings that they undid.
func TestBodyThatWasDecodedBefore(t *testing.T) {
	const html = "\xef\xbb\xbf\n<!doctype html><p>The river rose."
	for _, tt := range []struct {
		fields, body string
		whole        bool
	}{
		{"Transfer-Encoding: chunked", html, true},
		{"Transfer-Encoding: chunked\r\nContent-Encoding: gzip", html, true},
		{"Content-Encoding: br", html, true},
		{"Content-Encoding: zstd", html, true},
		{"Transfer-Encoding: chunked", "The river rose.", false},
		{"Content-Encoding: gzip", "The river rose.", false},
	} {
		ex := read(t, "HTTP/1.1 200 OK\r\n"+tt.fields+"\r\n\r\n"+tt.body, Limits{})
		whole := string(ex.Body) == tt.body && ex.Truncated == "" && ex.DecodeError == ""
		if whole != tt.whole {
			t.Errorf("%s on %q: body %q, truncated %q, %s", tt.fields, tt.body, ex.Body, ex.Truncated, ex.DecodeError)
		}
	}
}

func TestReadFirst(t *testing.T) {
	for _, tt := range []struct{ wire, rest string }{
		{"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK", "HTTP/1.1 200 OK"},
		{"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", ""},
		{"HTTP/1.1 200 OK\r\n\r\nabc", ""},
		{"HTTP/1.1 304 Same\r\n\r\nabc", "abc"},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nSum: 1\r\n\r\nmore", "more"},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", ""},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", ""},
	} {
		rest, err := ReadFirst(&page.Exchange{Wire: []byte(tt.wire)}, Limits{})
		if err != nil || string(rest) != tt.rest {
			t.Errorf("ReadFirst(%q) leaves %q (%v), want %q", tt.wire, rest, err, tt.rest)
		}
	}
}

func TestEntityIsNotCopied(t *testing.T) {
	ex := read(t, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", Limits{})
	if &ex.Entity[0] != &ex.Wire[ex.HeadLen] || &ex.Body[0] != &ex.Entity[0] {
		t.Error("an entity without codings was copied")
	}
}

func TestEntityLimit(t *testing.T) {
	for _, wire := range []string{"HTTP/1.1 200 OK\r\n\r\nabcdef", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n0\r\n\r\n"} {
		if ex := read(t, wire, Limits{Entity: 4}); string(ex.Entity) != "abcd" || ex.Truncated != "length" {
			t.Errorf("entity %q, truncated %q", ex.Entity, ex.Truncated)
		}
		if ex := read(t, wire, Limits{Entity: 6}); string(ex.Entity) != "abcdef" || ex.Truncated != "" {
			t.Errorf("entity %q, truncated %q", ex.Entity, ex.Truncated)
		}
	}
}

// code compresses s with a coding as servers do.
func code(t testing.TB, coding, s string) string {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip", "x-gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw":
		w, _ = flate.NewWriter(&b, 6)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	default:
		t.Fatalf("no writer for %q", coding)
	}
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func coded(coding, body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", coding, len(body), body)
}

const story = "Forty households were moved to the school overnight when the river rose. "

func TestCodings(t *testing.T) {
	long := strings.Repeat(story, 400)
	gz := code(t, "gzip", long)
	for _, tt := range []struct{ name, coding, in, want string }{
		{"gzip", "gzip", gz, long},
		{"x-gzip", "X-GZip", gz, long},
		{"gzip, two members", "gzip", gz + gz, long + long},
		{"gzip, junk after it", "gzip", gz + "junk and more junk", long},
		{"gzip, zeros after it", "gzip", gz + "\x00\x00\x00\x00", long},
		{"deflate with zlib head", "deflate", code(t, "deflate", long), long},
		{"raw deflate", "deflate", code(t, "raw", long), long},
		{"br", "br", code(t, "br", long), long},
		{"zstd", "zstd", code(t, "zstd", long), long},
		{"gzip in br", "gzip, br", code(t, "br", gz), long},
		{"identity", "identity", long, long},
		{"none named", " , ", long, long},
		{"gzip sent twice, named once", "gzip", code(t, "gzip", gz), gz},
		{"empty", "gzip", "", ""},
	} {
		ex := read(t, coded(tt.coding, tt.in), Limits{})
		if string(ex.Body) != tt.want || string(ex.Entity) != tt.in || ex.DecodeError != "" {
			t.Errorf("%s: body of %d bytes, want %d (%s)", tt.name, len(ex.Body), len(tt.want), ex.DecodeError)
		}
	}
}

func TestCodingErrors(t *testing.T) {
	long := strings.Repeat(story, 4000)
	gz := code(t, "gzip", long)
	badSum := []byte(gz)
	badSum[len(badSum)-6] ^= 1
	for _, tt := range []struct {
		name, coding, in string
		prefix           bool // some of the text came out
	}{
		{"gzip cut", "gzip", gz[:len(gz)-len(gz)/3], true},
		{"gzip with a wrong sum", "gzip", string(badSum), true},
		{"not gzip", "gzip", long, false},
		{"br cut", "br", code(t, "br", long)[:60], true},
		{"not zstd", "zstd", long, false},
		{"unknown", "sdch", long, false},
		{"too many layers", "gzip, gzip, gzip", gz, false},
		{"outer layer unknown", "gzip, sdch", gz, false},
	} {
		ex := read(t, coded(tt.coding, tt.in), Limits{})
		if ex.DecodeError == "" || string(ex.Entity) != tt.in || ex.Truncated != "" {
			t.Errorf("%s: no error, or truncated %q", tt.name, ex.Truncated)
		}
		if bound := tt.name == "too many layers"; ex.Bounded != bound {
			t.Errorf("%s: by a bound: %v, want %v (%s)", tt.name, ex.Bounded, bound, ex.DecodeError)
		}
		if !strings.HasPrefix(long, string(ex.Body)) || (len(ex.Body) > 0) != tt.prefix {
			t.Errorf("%s: body of %d bytes (%s)", tt.name, len(ex.Body), ex.DecodeError)
		}
	}
}

func TestBombs(t *testing.T) {
	zeros := strings.Repeat("\x00", 32<<20)
	for _, coding := range []string{"gzip", "deflate", "br", "zstd"} {
		bomb := code(t, coding, zeros)
		ex := read(t, coded(coding, bomb), Limits{})
		if most := max(freeOutput, 200*len(bomb)); !ex.Bounded || ex.DecodeError == "" || len(ex.Body) > min(most, 20<<20) {
			t.Errorf("%s bomb of %d bytes became %d (%s)", coding, len(bomb), len(ex.Body), ex.DecodeError)
		}
	}
	ex := read(t, coded("gzip", code(t, "gzip", strings.Repeat(story, 4000))), Limits{Body: 1000})
	if len(ex.Body) != 1000 || !ex.Bounded || ex.DecodeError != `"gzip": output is past the size limit` {
		t.Errorf("body of %d bytes, %s", len(ex.Body), ex.DecodeError)
	}
	// A frame that asks for a window of 128 MiB: magic, no content size, window descriptor 0x88.
	if ex := read(t, coded("zstd", "\x28\xb5\x2f\xfd\x00\x88\x01\x00\x00"), Limits{}); ex.DecodeError == "" || !ex.Bounded {
		t.Error("a window of 128 MiB was accepted")
	}
	// A brotli stream of the form with large windows, which no content coding has: it asks for 1 GiB.
	if ex := read(t, coded("br", "\x11\x1e\x00\x00\x00\x00"), Limits{}); ex.DecodeError == "" {
		t.Error("a large window of brotli was accepted")
	}
}

// FuzzRead holds Read to its limits, and to telling where a body was cut.
func FuzzRead(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"))
	for _, coding := range []string{"gzip", "deflate", "br", "zstd"} {
		f.Add([]byte(coded(coding, code(f, coding, story))))
	}
	f.Fuzz(func(t *testing.T, wire []byte) {
		l := Limits{Entity: 4 << 10, Body: 8 << 10}
		sent := bytes.Clone(wire)
		ex := &page.Exchange{Wire: wire}
		err := Read(ex, l)
		if !bytes.Equal(sent, ex.Wire) {
			t.Fatal("the wire bytes changed")
		}
		if err != nil {
			return
		}
		if ex.Status < 100 || ex.HeadLen <= 0 || ex.HeadLen > len(wire) {
			t.Fatalf("status %d, head %d of %d", ex.Status, ex.HeadLen, len(wire))
		}
		if int64(len(ex.Entity)) > l.Entity || int64(len(ex.Body)) > l.Body {
			t.Fatalf("entity %d, body %d", len(ex.Entity), len(ex.Body))
		}
		if ex.DecodeError == "" && len(contentCodings(ex.Header)) == 0 && !bytes.Equal(ex.Body, ex.Entity) {
			t.Fatal("a body without coding is not its entity")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	for i := range 900 { // about 70 kB
		fmt.Fprintf(&text, "<p>%d %s</p>\n", i*7919, story)
	}
	for _, coding := range []string{"identity", "gzip", "br", "zstd"} {
		body := text.String()
		if coding != "identity" {
			body = code(b, coding, body)
		}
		wire := []byte(coded(coding, body))
		b.Run(coding, func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			b.ReportAllocs()
			for b.Loop() {
				ex := page.Exchange{Wire: wire}
				if err := Read(&ex, Limits{}); err != nil || len(ex.Body) != text.Len() {
					b.Fatalf("body of %d bytes, %v", len(ex.Body), err)
				}
			}
		})
	}
}
