package bucket

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/minio/minio-go/v7"
)

// service is an S3-compatible service on the loopback, behind TLS, with a log of what was asked.
type service struct {
	*httptest.Server
	mu       sync.Mutex
	asked    []string // "PUT key"
	refuse   int      // the number of the request that is answered with an error; 0 for none
	requests int
}

func serve(t testing.TB) *service {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("news"); err != nil {
		t.Fatal(err)
	}
	s := &service{}
	fake := gofakes3.New(backend).Server()
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		s.mu.Lock()
		s.requests++
		s.asked = append(s.asked, req.Method+" "+strings.TrimPrefix(req.URL.Path, "/news/")+"?"+req.URL.RawQuery)
		refused := s.requests == s.refuse
		s.mu.Unlock()
		if auth := req.Header.Get("Authorization"); !strings.HasPrefix(auth, "AWS4-HMAC-SHA256 Credential=key/") || !strings.Contains(auth, "Signature=") {
			http.Error(w, "not signed", http.StatusForbidden)
			return
		}
		if refused {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		fake.ServeHTTP(w, req)
	}))
	t.Cleanup(s.Close)
	return s
}

// count counts the requests that begin so, and forgets all.
func (s *service) count(prefix string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.asked {
		if strings.HasPrefix(a, prefix) {
			n++
		}
	}
	return n
}

func (s *service) place(t testing.TB, address string) *Bucket {
	t.Helper()
	b, err := Open(address, Options{Endpoint: s.URL, Key: "key", Secret: "secret", Transport: s.Client().Transport, Part: 5 << 20})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// source is an archive in memory.
type source map[string]string

func (s source) Sealed() (manifest []byte, files []File, err error) {
	for _, name := range []string{"archive.json", "warc/1.warc.gz", "warc/2.warc.gz"} {
		content, ok := s[name]
		if !ok {
			continue
		}
		sum := sha256.Sum256([]byte(strings.TrimSuffix(content, "DAMAGE")))
		f := File{name, int64(len(content)), hex.EncodeToString(sum[:])}
		files = append(files, f)
		manifest = fmt.Appendf(manifest, "%s %s\n", name, f.SHA256)
	}
	return manifest, files, nil
}

type opened struct{ *bytes.Reader }

func (opened) Close() error { return nil }

func (s source) Open(name string) (io.ReadSeekCloser, error) {
	content, ok := s[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return opened{bytes.NewReader([]byte(content))}, nil
}

func get(t *testing.T, b *Bucket, name string) string {
	t.Helper()
	o, _, _, err := b.core.GetObject(t.Context(), b.name, b.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer o.Close()
	content, err := io.ReadAll(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestPushCopiesWhatIsNotThere(t *testing.T) {
	s := serve(t)
	b := s.place(t, "s3://news/press/2026/")
	from := source{"archive.json": "{}", "warc/1.warc.gz": strings.Repeat("large ", 1<<20)} // in two parts
	done, err := b.Push(t.Context(), from, nil)
	if err != nil || done != (Pushed{2, 0, 2 + 6<<20}) {
		t.Fatalf("first push: %+v, %v", done, err)
	}
	for name, want := range from {
		if got := get(t, b, name); got != want {
			t.Errorf("%s came out with %d bytes, not %d", name, len(got), len(want))
		}
	}
	if last := s.asked[lastWrite(s)]; !strings.HasPrefix(last, "PUT press/2026/manifest.jsonl") {
		t.Errorf("the manifest was not last: %q", s.asked)
	}
	puts := s.count("PUT")
	if done, err = b.Push(t.Context(), from, nil); err != nil || done != (Pushed{0, 2, 0}) || s.count("PUT") != puts {
		t.Errorf("second push: %+v, %v, %d requests more", done, err, s.count("PUT")-puts)
	}
	from["warc/2.warc.gz"] = "more"
	if done, err = b.Push(t.Context(), from, nil); err != nil || done != (Pushed{1, 2, 4}) {
		t.Errorf("third push: %+v, %v", done, err)
	}
	if manifest, _, _ := from.Sealed(); get(t, b, "manifest.jsonl") != string(manifest) {
		t.Error("the manifest is an old one")
	}
}

// lastWrite is the last request that wrote.
func lastWrite(s *service) int {
	for i := len(s.asked) - 1; i >= 0; i-- {
		if strings.HasPrefix(s.asked[i], "PUT") {
			return i
		}
	}
	return 0
}

func TestPushReplacesNothing(t *testing.T) {
	s := serve(t)
	b := s.place(t, "s3://news")
	from := source{"archive.json": "{}", "warc/1.warc.gz": "one"}
	if _, err := b.Push(t.Context(), from, nil); err != nil {
		t.Fatal(err)
	}
	for what, other := range map[string]source{
		"another archive":        {"archive.json": "[]"},
		"a file of another size": {"archive.json": "{}", "warc/1.warc.gz": "one", "warc/2.warc.gz": "two"},
	} {
		if what == "a file of another size" {
			put(t, b, "warc/2.warc.gz", "elsewhere")
		}
		if _, err := b.Push(t.Context(), other, nil); !errors.Is(err, ErrDiffers) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if get(t, b, "archive.json") != "{}" || get(t, b, "warc/2.warc.gz") != "elsewhere" {
		t.Error("something was replaced")
	}
}

func put(t *testing.T, b *Bucket, name, content string) {
	t.Helper()
	if _, err := b.core.Client.PutObject(t.Context(), b.name, b.prefix+name, strings.NewReader(content), int64(len(content)), minio.PutObjectOptions{}); err != nil {
		t.Fatal(err)
	}
}

func TestFilesOfOtherToolsAreCompared(t *testing.T) {
	b := serve(t).place(t, "s3://news/x")
	put(t, b, "warc/1.warc.gz", "one")
	if done, err := b.Push(t.Context(), source{"warc/1.warc.gz": "one"}, nil); err != nil || done.Skipped != 1 {
		t.Errorf("the same: %+v, %v", done, err)
	}
	put(t, b, "warc/2.warc.gz", "two")
	if _, err := b.Push(t.Context(), source{"warc/1.warc.gz": "one", "warc/2.warc.gz": "owt"}, nil); !errors.Is(err, ErrDiffers) {
		t.Errorf("others of the same size: %v", err)
	}
}

func TestDamageIsNotPushed(t *testing.T) {
	b := serve(t).place(t, "s3://news/x")
	if _, err := b.Push(t.Context(), source{"archive.json": "{}", "warc/1.warc.gz": "oneDAMAGE"}, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("%v", err)
	}
	if _, _, err := b.manifest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if content, _, _ := b.manifest(t.Context()); content != nil {
		t.Errorf("a manifest is there: %s", content)
	}
}

// A push that fails at any request leaves no manifest that lists what is not there,
// and the next one ends it.
func TestPushesThatFailAreRepeated(t *testing.T) {
	from := source{"archive.json": "{}", "warc/1.warc.gz": "one", "warc/2.warc.gz": "two"}
	for n := 1; ; n++ {
		s := serve(t)
		b := s.place(t, "s3://news/x")
		s.refuse = n
		_, err := b.Push(t.Context(), from, nil)
		if err == nil {
			if n < 8 {
				t.Errorf("a push of %d requests", n-1)
			}
			return
		}
		if there, _, err := b.manifest(t.Context()); err != nil || there != nil {
			t.Errorf("after request %d failed: manifest %q, %v", n, there, err)
		}
		if _, err := b.Push(t.Context(), from, nil); err != nil {
			t.Errorf("again after request %d failed: %v", n, err)
		}
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{"s3://news": "s3://news", "s3://news/": "s3://news", "s3://news/a/b/": "s3://news/a/b",
		"s3://": "", "s3:///a": "", "news/a": "", "s3://news/a?b": "", "s3://news//a": ""} {
		b, err := Open(address, Options{Transport: http.DefaultTransport})
		if want == "" && !errors.Is(err, ErrAddress) || want != "" && (err != nil || b.String() != want) {
			t.Errorf("Open(%q) = %v, %v; want %q", address, b, err, want)
		}
	}
	for _, endpoint := range []string{"s3.example", "ftp://s3.example", "https://key:secret@s3.example"} {
		if _, err := Open("s3://news", Options{Endpoint: endpoint, Transport: http.DefaultTransport}); err == nil {
			t.Errorf("endpoint %q is taken", endpoint)
		}
	}
	if _, err := Open("s3://news", Options{}); err == nil {
		t.Error("connections without a guard")
	}
}
