package archive

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"testing"
)

// packageOf is one with a WARC file in it.
func packageOf(t *testing.T, method uint16, warc string) string {
	file := part{name: "archive/a.warc", content: warc, method: method}
	return string(packed(t, listing(file), file))
}

// zipped is the text as one gzip member.
func zipped(s string) string {
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	io.WriteString(zw, s)
	zw.Close()
	return b.String()
}

// together reads files as the import of a command does.
func together(in *Archive, files ...string) (told []string) {
	var now int
	var o Originals
	o.In = in
	o.Ahead = func() {
		for _, f := range files[now:] {
			o.Survey(strings.NewReader(f), int64(len(f)))
		}
	}
	var f string
	for now, f = range files {
		told = append(told, bodiesOf(o.Read(strings.NewReader(f), int64(len(f)), fmt.Sprintf("%d.warc", now)))...)
	}
	return told
}

func TestRevisitHasItsOriginalInAnyFile(t *testing.T) {
	one := wgetRecord("http://a.example/one", plainHead, "hello", sha1Label("hello"))
	other := wgetRecord("http://a.example/other", plainHead, "other", sha1Label("other"))
	two := revisitRecord("http://a.example/two", plainHead, sha1Label("hello"))
	sum := sha1.Sum([]byte("hello"))
	inHex := strings.Replace(two, sha1Label("hello"), "SHA-1:"+hex.EncodeToString(sum[:]), 1)
	noDigest := strings.Replace(one, "WARC-Payload-Digest: "+sha1Label("hello")+"\r\n", "", 1)
	refers := strings.Replace(two, "WARC-Truncated", "WARC-Refers-To-Target-URI: <http://a.example/one>\r\nWARC-Refers-To-Date: 2026-11-21T12:00:00.5Z\r\nWARC-Truncated", 1)
	wget := strings.Replace(two, "WARC-Block-Digest: "+sha1Label(plainHead+"\r\n\r\n"), "WARC-Block-Digest: "+sha1Label(""), 1)
	first, then := "http://a.example/one hello", "http://a.example/two hello"
	for _, tt := range []struct {
		name  string
		files []string
		want  []string
	}{
		{"before", []string{one, two}, []string{first, then}},
		{"after", []string{two, other + one}, []string{then, "http://a.example/other other", first}},
		{"with a block digest of nothing, as wget writes", []string{one, wget}, []string{first, then}},
		{"after, in the same file", []string{two + one}, []string{then, first}},
		{"the digest in another spelling", []string{inHex, one}, []string{then, first}},
		{"by address and date", []string{refers, noDigest}, []string{then, first}},
		{"all in one member", []string{zipped(two), zipped(other + one)}, []string{then, "http://a.example/other other", first}},
		{"in a package", []string{two, packageOf(t, zip.Store, other+one)}, []string{then, "http://a.example/other other", first}},
		{"in a package that is compressed", []string{packageOf(t, zip.Deflate, two+one), two}, []string{then, first, then}},
		{"nowhere", []string{two, other}, []string{"read 0.warc: the revisit of http://a.example/two at offset 0 is left out: no response with its payload was found (none has its digest)", "http://a.example/other other"}},
		{"another payload at that address and date", []string{refers, strings.Replace(strings.ReplaceAll(noDigest, "hello", "jello"), sha1Label(plainHead+"\r\n\r\nhello"), sha1Label(plainHead+"\r\n\r\njello"), 1)},
			[]string{"read 0.warc: the revisit of http://a.example/two at offset 0 is left out: no response with its payload was found (none has its digest)", "http://a.example/one jello"}},
	} {
		t.Run(tt.name, func(t *testing.T) { equal(t, together(nil, tt.files...), tt.want...) })
	}
}

// TestRevisitHasItsOriginalInTheArchive: what was imported before, or crawled.
func TestRevisitHasItsOriginalInTheArchive(t *testing.T) {
	long := "<p>" + strings.Repeat("The ferry is late. ", 100)
	head := "HTTP/1.1 200 OK\r\nContent-Type: text/html"
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	m, err := a.NewImporter()
	if err != nil {
		t.Fatal(err)
	}
	again := strings.Replace(wgetRecord("http://a.example/one", head, long, sha1Label(long)), "T12:00:00Z", "T13:00:00Z", 1)
	for s, err := range ReadWARC(strings.NewReader(wgetRecord("http://a.example/one", head, long, sha1Label(long))+again), "x.warc") {
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := m.Import(t.Context(), s, asWritten(s.Capture)); err != nil { // the second becomes a revisit there
			t.Fatal(err)
		}
	}
	closed(t, a)
	a = opened(t, dir, Options{})
	defer closed(t, a)
	refers := func(hour, digest string) string {
		return strings.Replace(revisitRecord("http://a.example/two", head, digest), "WARC-Truncated",
			"WARC-Refers-To-Target-URI: http://a.example/one\r\nWARC-Refers-To-Date: 2026-11-21T"+hour+":00:00Z\r\nWARC-Truncated", 1)
	}
	want := "http://a.example/two " + long
	equal(t, together(a, refers("12", sha1Label(long))), want)
	equal(t, together(a, refers("13", sha1Label(long))), want)
	equal(t, together(a, revisitRecord("http://a.example/one", head, sha1Label(long))), "http://a.example/one "+long)
	equal(t, together(a, revisitRecord("http://a.example/two", head, "sha256:"+hexSum([]byte(long)))), want)
	if got := together(a, refers("12", sha1Label("other"))); len(got) != 1 || !strings.Contains(got[0], "no response with its payload was found") {
		t.Errorf("%q", got)
	}
}

// TestRevisitHasItsOriginalLaterInTheFile: without files beside it, too.
func TestRevisitHasItsOriginalLaterInTheFile(t *testing.T) {
	one := wgetRecord("http://a.example/one", plainHead, "hello", sha1Label("hello"))
	two := revisitRecord("http://a.example/two", plainHead, sha1Label("hello"))
	want := []string{"http://a.example/two hello", "http://a.example/one hello"}
	equal(t, bodiesOf(ReadWARC(strings.NewReader(two+one), "x.warc")), want...)
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		file := packageOf(t, method, two+one)
		equal(t, bodiesOf(ReadWACZ(strings.NewReader(file), int64(len(file)), "x.wacz")), want...)
	}
	piped := bodiesOf(ReadWARC(io.MultiReader(strings.NewReader(two+one)), "x.warc"))
	if len(piped) != 2 || !strings.Contains(piped[0], "is left out") {
		t.Errorf("what can be read once only gives %q", piped)
	}
}
