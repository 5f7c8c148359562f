package replay

import (
	"context"
	_ "embed"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

//go:embed watch.html
var watch string

// seen is what the browser has of the replayed page.
type seen struct {
	Title   string
	Text    string
	Images  []int  // widths; 0 for one that is broken or on its way
	Heading string // colour by the page's stylesheet
	Aside   string // colour by the stylesheet that this one imports
}

// whole reports whether text, pictures and styles are there.
func (s seen) whole(title string) bool {
	return s.Title == title && strings.Contains(s.Text, "sails again from Monday") &&
		len(s.Images) == 2 && s.Images[0] > 0 && s.Images[1] > 0 && s.Heading == "rgb(1, 2, 3)" && s.Aside == "rgb(4, 5, 6)"
}

// replayed opens the file in the player, in a browser that reaches nothing but the
// server of the player, and looks until the page is whole or time is up.
func replayed(t *testing.T, browser, file, url, title string, wait time.Duration) (last seen) {
	t.Helper()
	states := make(chan seen)
	ctx, cancel := context.WithTimeout(t.Context(), wait)
	defer cancel()
	mux := http.NewServeMux()
	text := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, body)
		}
	}
	name := "/kept" + file[strings.Index(file, "."):]
	mux.Handle("/{$}", text(strings.NewReplacer("SOURCE", name, "ADDRESS", html.EscapeString(url)).Replace(watch)))
	mux.Handle("/replay/{$}", text(`<!doctype html><script src="/ui.js"></script><replay-app-main></replay-app-main>`))
	for path, file := range map[string]string{"/ui.js": "player/ui.js", "/replay/sw.js": "player/sw.js", name: file} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) })
	}
	mux.HandleFunc("POST /seen", func(_ http.ResponseWriter, r *http.Request) {
		var s seen
		if json.NewDecoder(r.Body).Decode(&s) == nil {
			select {
			case states <- s:
			case <-ctx.Done():
			}
		}
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	profile, err := os.MkdirTemp("", "replay-")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps", "--no-proxy-server",
		"--user-data-dir="+profile, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-port=0", server.URL)
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cancel()
		_ = cmd.Wait() // it was killed
		for range 50 { // its helpers end a little later, and write until then
			if os.RemoveAll(profile) == nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
	}()
	for {
		select {
		case last = <-states:
			if last.whole(title) {
				return last
			}
		case <-ctx.Done():
			return last
		}
	}
}

// browserOf returns a Chromium, or skips; so it does without the player.
func browserOf(t *testing.T) string {
	if _, err := os.Stat("player/sw.js"); err != nil {
		t.Skip("no player: test/replay/player.sh fetches it")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium is installed")
	return ""
}
