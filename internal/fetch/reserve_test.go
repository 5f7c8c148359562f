package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"newsarchive/page"
)

// memory is a shelf.
type memory struct {
	mu   sync.Mutex
	kept map[string]page.RobotsTxt
}

func (m *memory) RobotsTxt(_ context.Context, origin string) (page.RobotsTxt, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.kept[origin]
	return r, ok, nil
}

func (m *memory) KeepRobotsTxt(_ context.Context, origin string, r page.RobotsTxt) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[origin] = r
	return nil
}

// The file of reservations is asked for once, after the first page, is recorded, and
// says of each page what its longest location does.
func TestReservationsOfAnOrigin(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	robots := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.URL.Path)
		mu.Unlock()
		switch {
		case r.URL.Path == "/robots.txt":
			fmt.Fprint(w, robots)
		case r.URL.Path == tdmFile:
			fmt.Fprint(w, `[{"location":"/","tdm-reservation":0},{"location":"/news/*","tdm-reservation":1,"tdm-policy":"https://news.example/policy.json"},
				{"location":"/news/open$","tdm-reservation":0},{"location":"/both","tdm-reservation":0},{"location":"/both","tdm-reservation":1}]`)
		case strings.HasSuffix(r.URL.Path, ".jpg"):
			w.Header().Set("Content-Type", "image/jpeg")
		default:
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<p>Text")
		}
	}))
	defer server.Close()
	shelf := &memory{kept: map[string]page.RobotsTxt{}}
	client := func() *Worker {
		c := New(Options{AllowNet: loopback, TDM: true})
		c.KeepRobots(shelf)
		return c.Worker()
	}
	w := client()
	const reserved = "tdm-reservation: 1; tdm-policy: https://news.example/policy.json (/.well-known/tdmrep.json)"
	for i, tt := range []struct{ path, want string }{
		{"/a.jpg", ""}, {"/news/ferry", reserved}, {"/news/open", "tdm-reservation: 0 (/.well-known/tdmrep.json)"},
		{"/both/1", "tdm-reservation: 1 (/.well-known/tdmrep.json)"}, {"/about", "tdm-reservation: 0 (/.well-known/tdmrep.json)"},
	} {
		c, err := w.Fetch(t.Context(), page.Request{URL: server.URL + tt.path})
		if err != nil || c.TDM != tt.want || c.Outcome != "" {
			t.Errorf("%s: %q, want %q (%v)", tt.path, c.TDM, tt.want, err)
		}
		if beside := len(c.Side); beside != []int{1, 1, 0, 0, 0}[i] {
			t.Errorf("%s: %d answers beside it", tt.path, beside)
		}
	}
	if want := []string{"/robots.txt", "/a.jpg", "/news/ferry", tdmFile, "/news/open", "/both/1", "/about"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	asked = nil
	c, err := client().Fetch(t.Context(), page.Request{URL: server.URL + "/news/2"})
	if err != nil || c.TDM != reserved || !slices.Equal(asked, []string{"/news/2"}) {
		t.Errorf("another process: %q, asked for %q (%v)", c.TDM, asked, err)
	}
	asked, shelf.kept, robots = nil, map[string]page.RobotsTxt{}, "User-agent: *\nDisallow: /.well-known/\n"
	w = client()
	c, err = w.Fetch(t.Context(), page.Request{URL: server.URL + "/news/3"})
	if err != nil || c.TDM != "" || slices.Contains(asked, tdmFile) {
		t.Errorf("though robots.txt forbids it: %q, asked for %q (%v)", c.TDM, asked, err)
	}
	for path, want := range map[string]bool{tdmFile: false, "/news": true} {
		if u, _ := url.Parse(server.URL + path); w.client.Allows(u) != want {
			t.Errorf("%s: allowed %v", path, !want)
		}
	}
}

// A counter is room for all. It counts who computes.
type counter struct{ inside atomic.Int64 }

func (c *counter) Enter(large bool) {
	if !large {
		c.inside.Store(1)
	}
}

func (c *counter) Leave() { c.inside.Store(0) }

// Who waits for a file of reservations keeps nobody from computing.
func TestReservationsLeaveTheRoom(t *testing.T) {
	var room counter
	var inside, asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == tdmFile {
			asked.Add(1)
			inside.Store(room.inside.Load())
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<p>Text")
	}))
	defer server.Close()
	w := New(Options{AllowNet: loopback, TDM: true}).Worker()
	if _, err := w.Fetch(t.Context(), page.Request{URL: server.URL + "/", Room: &room}); err != nil {
		t.Fatal(err)
	}
	if asked.Load() != 1 || inside.Load() != 0 {
		t.Errorf("asked %d times, computing meanwhile: %d", asked.Load(), inside.Load())
	}
}
