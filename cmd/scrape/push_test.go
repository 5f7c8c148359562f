package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// storage is an S3-compatible service on the loopback with the bucket "press"; its
// address and keys are in the environment.
func storage(t *testing.T) gofakes3.Backend {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("press"); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(s.Close)
	t.Setenv("AWS_ENDPOINT_URL", s.URL)
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	return backend
}

// ran runs a command and returns its exit code and output.
func ran(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

func TestPush(t *testing.T) {
	storage(t)
	dir := shelf(t, 20)
	if code, _, errs := ran("push", "--archive", dir, "s3://press/a"); code != exitUnreachable || !strings.Contains(errs, "no public address") {
		t.Errorf("without an allowance: exit %d: %s", code, errs)
	}
	code, out, errs := ran("push", "--archive", dir, "--allow-net", "127.0.0.0/8", "s3://press/a", "--json")
	if code != exitOK || !strings.HasPrefix(out, `{"type":"file","path":"archive.json"`) || strings.Count(out, `"type":"file"`) != 4 {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	if code, out, _ := ran("push", "--archive", dir, "--allow-net", "127.0.0.0/8", "s3://press/a", "--json"); code != exitOK || !strings.HasPrefix(out, `{"bytes":0,"files":0,"skipped":4,`) {
		t.Errorf("again: exit %d: %s", code, out)
	}
	if code, _, errs := ran("push", "--archive", shelf(t, 1), "--allow-net", "127.0.0.0/8", "s3://press/a"); code != exitArchive || !strings.Contains(errs, "of another archive") {
		t.Errorf("another archive: exit %d: %s", code, errs)
	}
	if code, _, errs := ran("push", "--archive", dir, "press/a"); code != exitUsage || !strings.Contains(errs, "want s3://BUCKET") {
		t.Errorf("no address: exit %d: %s", code, errs)
	}
}

func TestAnArchiveInABucketIsRead(t *testing.T) {
	backend := storage(t)
	dir := shelf(t, 20)
	const at = "s3://press/a"
	if code, _, errs := ran("list", "--archive", at); code != exitUnreachable || !strings.Contains(errs, "no public address") {
		t.Errorf("without an allowance: exit %d: %s", code, errs)
	}
	t.Setenv("SCRAPE_BUCKET_NET", "127.0.0.0/8")
	if code, _, errs := ran("list", "--archive", at); code != exitArchive || !strings.Contains(errs, "not an archive") {
		t.Errorf("before anything is there: exit %d: %s", code, errs)
	}
	if code, _, errs := ran("push", "--archive", dir, at); code != exitOK {
		t.Fatalf("push: exit %d: %s", code, errs)
	}
	for _, args := range [][]string{{"list", "--json"}, {"show", "https://news1.example/story/1", "-f", "json"}, {"list", "--versions", "-f", "json"}} {
		_, want, _ := ran(append(args, "--archive", dir)...)
		want = strings.ReplaceAll(want, `"wire":"no"`, `"wire":""`) // the catalog knows, and none is in a bucket
		if code, got, errs := ran(append(args, "--archive", at)...); code != exitOK || got != want || got == "" {
			t.Errorf("%v: exit %d: %s%s, want %s", args, code, got, errs, want)
		}
	}
	if code, out, errs := ran("verify", "--full", "--archive", at, "--json"); code != exitOK || !strings.Contains(out, `"rows":20`) {
		t.Errorf("verify: exit %d: %s%s", code, out, errs)
	}
	names, err := filepath.Glob(filepath.Join(dir, "warc", "*", "*", "*", "*.warc.gz"))
	if err != nil || len(names) != 1 {
		t.Fatalf("segments %v, %v", names, err)
	}
	segment, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	segment[len(segment)/2] ^= 1
	rel, _ := filepath.Rel(dir, names[0])
	if _, err := backend.PutObject("press", "a/"+filepath.ToSlash(rel), map[string]string{}, bytes.NewReader(segment), int64(len(segment)), nil); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := ran("verify", "--full", "--archive", at); code != exitArchive || !strings.HasPrefix(errs, "1 fault and ") || !strings.Contains(errs, "where a push was cut off run scrape push again") {
		t.Errorf("verify of a changed bit: exit %d: %s", code, errs)
	}
	for _, args := range [][]string{{"get", "https://news.example/"}, {"search", "x"}, {"export", "-o", "x"}, {"push", at}} {
		if code, _, errs := ran(append(args, "--archive", at)...); code != exitUsage {
			t.Errorf("%v: exit %d: %s", args, code, errs)
		}
	}
}
