package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 123456789, time.UTC)

const answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Ferry back in service</p>"

// batch returns n response records in one batch.
func batch(t testing.TB, n int) (*Batch, []Span) {
	t.Helper()
	b, err := NewBatch(0)
	if err != nil {
		t.Fatal(err)
	}
	var spans []Span
	for i := range n {
		s, err := b.Add(Entry{Type: Response, Date: noon, URI: fmt.Sprintf("https://news.example/%d", i),
			ContentType: HTTPResponse, Block: [][]byte{[]byte(answer)}, PayloadDigest: Digest([]byte(answer[45:]))})
		if err != nil {
			t.Fatal(err)
		}
		spans = append(spans, s)
	}
	return b, spans
}

// line tells one record, or one error, in a line.
func read(r io.Reader) (lines []string) {
	rd := NewReader(r)
	for {
		rec, err := rd.Next()
		if err == io.EOF {
			return lines
		}
		if err != nil {
			lines = append(lines, err.Error())
			if d := new(DamageError); !errors.As(err, &d) {
				return lines
			}
			continue
		}
		block, err := io.ReadAll(rec.Block)
		lines = append(lines, fmt.Sprintf("%s %s %d+%d %d %q", rec.Header.Type(), rec.Header.TargetURI(), rec.Offset, rec.Length, rec.Within, clip(string(block))))
		if err != nil {
			lines = append(lines, err.Error())
		}
	}
}

func clip(s string) string { return s[:min(len(s), 15)] }

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("read:\n%s\nwant:\n%s", g, w)
	}
}

func TestRoundTripTiles(t *testing.T) {
	b, spans := batch(t, 3)
	rd := NewReader(bytes.NewReader(b.Bytes()))
	for i, want := range spans {
		rec, err := rd.Next()
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(rec.Block)
		if err != nil || string(block) != answer {
			t.Errorf("block %d = %q, %v", i, block, err)
		}
		if got := (Span{rec.Offset, rec.Length}); got != want {
			t.Errorf("record %d lies at %v, want %v", i, got, want)
		}
		if c := NewCheck(rec.Header.Get("WARC-Block-Digest")); c == nil {
			t.Error("no block digest")
		} else if c.Write(block); !c.Holds() {
			t.Error("block digest does not hold")
		}
		if !rec.Header.IsHTTPResponse() || !rec.Header.Date().Equal(noon.Truncate(time.Millisecond)) {
			t.Errorf("header %v", rec.Header)
		}
	}
	if _, err := rd.Next(); err != io.EOF {
		t.Errorf("after the last record: %v", err)
	}
	if last := spans[2]; last.Offset+last.Length != b.Len() {
		t.Errorf("members end at %d of %d", last.Offset+last.Length, b.Len())
	}
}

// wgetFile is what wget 1.x writes: WARC/1.0, target in angle brackets, base32 SHA-1.
const wgetFile = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\nWARC-Date: 2026-11-21T12:00:00Z\r\n" +
	"WARC-Record-ID: <urn:uuid:11111111-2222-4333-8444-555555555555>\r\nContent-Length: 13\r\n\r\nsoftware: x\r\n\r\n\r\n" +
	"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:11111111-2222-4333-8444-666666666666>\r\n" +
	"WARC-Target-URI: <https://news.example/ferry>\r\nWARC-Date: 2026-11-21T12:00:00Z\r\nWARC-IP-Address: 192.0.2.7\r\n" +
	"WARC-Block-Digest: sha1:AAAA\r\n BBBB\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: 21\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhi\r\n\r\n"

func TestReadsWhatWgetWrites(t *testing.T) {
	equal(t, read(strings.NewReader(wgetFile)),
		`warcinfo  0+207 0 "software: x\r\n"`,
		`response https://news.example/ferry 207+337 0 "HTTP/1.1 200 OK"`)
	rd := NewReader(strings.NewReader(wgetFile))
	rd.Next()
	rec, err := rd.Next()
	if err != nil || rec.Version != "WARC/1.0" || rec.Header.Get("warc-block-digest") != "sha1:AAAA BBBB" {
		t.Errorf("record %+v, %v", rec, err)
	}
}

func TestReadsOneMemberForAll(t *testing.T) {
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	zw.Write([]byte(wgetFile))
	zw.Close()
	own, spans := batch(t, 1)
	at := b.Len()
	b.Write(own.Bytes())
	equal(t, read(&b),
		`warcinfo  0+0 0 "software: x\r\n"`,
		`response https://news.example/ferry 0+0 207 "HTTP/1.1 200 OK"`,
		fmt.Sprintf(`response https://news.example/0 %d+%d 0 "HTTP/1.1 200 OK"`, at, spans[0].Length))
}

func TestGoesOnAfterDamage(t *testing.T) {
	b, spans := batch(t, 3)
	tell := func(i int) string {
		return fmt.Sprintf(`response https://news.example/%d %d+%d 0 "HTTP/1.1 200 OK"`, i, spans[i].Offset, spans[i].Length)
	}
	flip := func(at int64) []byte {
		d := bytes.Clone(b.Bytes())
		d[at] ^= 0xff
		return d
	}
	one := spans[1]
	end := one.Offset + one.Length
	t.Run("a checksum", func(t *testing.T) {
		equal(t, read(bytes.NewReader(flip(end-8))), tell(0),
			fmt.Sprintf(`response https://news.example/1 %d+0 0 "HTTP/1.1 200 OK"`, one.Offset),
			fmt.Sprintf("the record at offset %d is damaged: gzip: invalid checksum", one.Offset), tell(2))
	})
	t.Run("garbage behind", func(t *testing.T) {
		equal(t, read(bytes.NewReader(append(bytes.Clone(b.Bytes()), "\x00\x00tail"...))), tell(0), tell(1), tell(2),
			fmt.Sprintf("the record at offset %d is damaged: no WARC record begins here", b.Len()))
	})
	t.Run("a cut tail", func(t *testing.T) {
		got := read(bytes.NewReader(b.Bytes()[:b.Len()-9]))
		if len(got) < 3 || got[0] != tell(0) || got[1] != tell(1) || got[len(got)-1] != fmt.Sprintf("the record at offset %d is cut short", spans[2].Offset) {
			t.Errorf("read %q", got)
		}
	})
	t.Run("a header in the middle", func(t *testing.T) {
		got := read(bytes.NewReader(flip(one.Offset + 1)))
		if len(got) != 3 || got[0] != tell(0) || got[2] != tell(2) {
			t.Errorf("read %q", got)
		}
	})
	t.Run("a wrong length in a plain file", func(t *testing.T) {
		got := read(strings.NewReader(strings.Replace(wgetFile, "Content-Length: 13", "Content-Length: 10", 1)))
		if len(got) != 3 || !strings.HasPrefix(got[2], "response https://news.example/ferry 207+") {
			t.Errorf("read %q", got)
		}
	})
	t.Run("a header without an end", func(t *testing.T) {
		got := read(strings.NewReader("WARC/1.1\r\n" + strings.Repeat("A: b\r\n", 1<<20) + wgetFile))
		if len(got) != 3 || got[0] != "the record at offset 0 is damaged: record header is longer than 65536 bytes" {
			t.Errorf("read %.300q", got)
		}
	})
}

func TestBatchRefusesInjection(t *testing.T) {
	b, _ := NewBatch(0)
	for _, value := range []string{"a\r\nWARC-Type: warcinfo", "a\nb", "a\x00b", "a\r"} {
		if _, err := b.Add(Entry{Type: Metadata, Date: noon, Fields: []Field{{"X-Field", value}}}); err == nil || b.Len() != 0 {
			t.Errorf("field %q written, %d bytes, %v", value, b.Len(), err)
		}
	}
	if _, err := b.Add(Entry{Type: Metadata, Date: noon, Fields: []Field{{"X: y", "v"}}}); err == nil {
		t.Error("a field name with a colon was written")
	}
}

func TestEncodeURI(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://news.example/a?b=c&d=%41", "https://news.example/a?b=c&d=%41"},
		{"https://news.example/a b\r\n<é>", "https://news.example/a%20b%0D%0A%3C%C3%A9%3E"},
		{"https://news.example/{x}|y^`\\\"", "https://news.example/%7Bx%7D%7Cy%5E%60%5C%22"},
		{"https://[2001:db8::1]:81/(a)'!*", "https://[2001:db8::1]:81/(a)'!*"},
	} {
		if got := EncodeURI(tt.in); got != tt.want {
			t.Errorf("EncodeURI(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestCheckKnowsTheFieldsSpellings(t *testing.T) {
	for label, want := range map[string]bool{
		"sha1:AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434D":                            true,
		"sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N":                                    true,
		"SHA-256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824": true,
		"sha256:FTZE3OS7WCRQ4JXIHMVMLOPCTYNRMHS4D6TUEXTTAQZWFE4LTASA====":          true,
		"md5:XUFAKrxLKna5cZ2REBfFkg==":                                             true,
		"sha1:AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434E":                            false,
		"sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b98":    false,
	} {
		c := NewCheck(label)
		if c == nil {
			t.Fatalf("NewCheck(%q) = nil", label)
		}
		io.WriteString(c, "hello")
		if c.Holds() != want {
			t.Errorf("%s holds = %v, want %v", label, c.Holds(), want)
		}
	}
	if NewCheck("blake3:abc") != nil || NewCheck("sha256:") != nil || NewCheck("") != nil {
		t.Error("a label that cannot be checked gave a Check")
	}
}
