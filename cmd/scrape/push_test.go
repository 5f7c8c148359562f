package main

import (
	"bytes"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// storage is an S3-compatible service on the loopback with the bucket "press"; its
// address and keys are in the environment.
func storage(t *testing.T) {
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
