// Package replay shows in a browser what was captured, with the live site gone: the
// text, the pictures and the styles are really there.
//
//	test/replay/player.sh && go test ./test/replay
package replay

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

func TestReplay(t *testing.T) {
	browser := browserOf(t)
	dir := t.TempDir()
	scrape := func(args ...string) {
		t.Helper()
		cmd := exec.Command(filepath.Join(dir, "scrape"), args...)
		cmd.Env = append(os.Environ(), "SCRAPE_ARCHIVE="+filepath.Join(dir, "archive"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("scrape %q: %v\n%s", args, err, out)
		}
	}
	if out, err := exec.Command("go", "build", "-o", dir, "newsarchive/cmd/scrape").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	site := live(t)
	get := []string{"get", "--allow-net", "127.0.0.0/8", "--delay", "0s"}
	scrape(append(get, site.URL+"/bridge", site.URL+"/f")...)
	wacz, warc, bare := filepath.Join(dir, "all.wacz"), filepath.Join(dir, "all.warc.gz"), filepath.Join(dir, "bare.wacz")
	scrape("export", "-o", wacz)
	scrape("export", "-o", warc)
	scrape(append(get, "--archive", filepath.Join(dir, "bare"), "--page-only", site.URL+"/bridge")...)
	scrape("export", "--archive", filepath.Join(dir, "bare"), "-o", bare)
	site.Close()

	for _, tt := range []struct{ name, file, path, title string }{
		{"a package", wacz, "/bridge", "Bridge"},
		{"packed and in chunks, a stylesheet that is a revisit", wacz, "/ferry", "Ferry"},
		{"by a redirect", wacz, "/f", "Ferry"},
		{"a file of records", warc, "/ferry", "Ferry"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := replayed(t, browser, tt.file, site.URL+tt.path, tt.title, 2*time.Minute); !got.whole(tt.title) {
				t.Errorf("the browser has %+v", got)
			}
		})
	}
	t.Run("without what a page needs, the test sees it", func(t *testing.T) {
		got := replayed(t, browser, bare, site.URL+"/bridge", "Bridge", 20*time.Second)
		if got.Title != "Bridge" || got.whole("Bridge") || len(got.Images) != 2 || got.Images[0] != 0 || got.Heading == "rgb(1, 2, 3)" {
			t.Errorf("the browser has %+v", got)
		}
	})
}
