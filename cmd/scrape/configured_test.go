package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A scheduled run calls the config's webhook for a site that is no longer read as
// before, once, and says so among its events.
func TestAScheduledRunCallsForHelp(t *testing.T) {
	calls := 0
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if b, err := io.ReadAll(r.Body); err != nil || !strings.Contains(string(b), `"site":"news.example"`) {
			t.Errorf("the webhook hears %s (%v)", b, err)
		}
		calls++
	}))
	defer hook.Close()
	site := httptest.NewServer(http.NotFoundHandler())
	defer site.Close()
	dir := t.TempDir()
	for day := range 20 {
		captures(t, filepath.Join(dir, "kept"), day, 4, false)
	}
	captures(t, filepath.Join(dir, "kept"), 20, 6, true)
	file := filepath.Join(dir, "scrape.yaml")
	text := fmt.Sprintf("archive: kept\nidentity: {name: x, contact: a@b.example}\nallow_net: 127.0.0.1\nsites: [{id: s, site: \"%s\", discover: [links]}]\nalerts: {webhook: \"%s\", allow_net: 127.0.0.1}\n", site.URL, hook.URL)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		var out bytes.Buffer
		run([]string{"crawl", "-c", file, "--json"}, nil, &out, io.Discard)
		if told := strings.Contains(out.String(), `"type":"alert"`); calls != 1 || told != (i == 0) {
			t.Errorf("run %d: %d calls, told %v", i+1, calls, told)
		}
	}
}
