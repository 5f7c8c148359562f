package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"newsarchive/page"
)

// shelf keeps robots.txt files in memory.
type shelf struct {
	kept map[string]page.RobotsTxt
	err  error
}

func (s *shelf) RobotsTxt(_ context.Context, origin string) (page.RobotsTxt, bool, error) {
	r, ok := s.kept[origin]
	return r, ok, s.err
}

func (s *shelf) KeepRobotsTxt(_ context.Context, origin string, r page.RobotsTxt) error {
	s.kept[origin] = r
	return s.err
}

func TestRobotsTxtIsAskedForOnceADay(t *testing.T) {
	asked, status, text := 0, 200, "User-agent: *\nDisallow: /no\n"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked++
			w.WriteHeader(status)
			fmt.Fprint(w, text)
		}
	}))
	defer server.Close()
	s := &shelf{kept: map[string]page.RobotsTxt{}}
	// visit is the first one of a new process.
	visit := func(path string) page.Outcome {
		t.Helper()
		allow, err := ParseAllowNet("127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		c := New(Options{AllowNet: []AllowNet{allow}})
		defer c.Close()
		c.KeepRobots(s)
		capture, err := c.Worker().Fetch(t.Context(), page.Request{URL: server.URL + path})
		if err != nil {
			t.Fatal(err)
		}
		return capture.Outcome
	}
	want := func(step string, o page.Outcome, path string, times int) {
		t.Helper()
		if got := visit(path); got != o || asked != times {
			t.Errorf("%s: %q after robots.txt was asked for %d times, want %q, %d", step, got, asked, o, times)
		}
	}
	want("first", page.RobotsDenied, "/no", 1)
	want("kept", page.RobotsDenied, "/no", 1)
	want("kept, too", "", "/yes", 1)
	old := s.kept[server.URL]
	old.At = time.Now().Add(-25 * time.Hour)
	s.kept[server.URL] = old
	status = 404
	want("too old", "", "/no", 2)
	want("none there is kept as well", "", "/no", 2)
	delete(s.kept, server.URL)
	status = 503
	want("a failure", page.RobotsDenied, "/yes", 3)
	want("is not kept", page.RobotsDenied, "/yes", 4)
	status, text = 200, "# "+strings.Repeat("long ", maxKept)
	want("a long one", "", "/yes", 5)
	want("is not kept, either", "", "/yes", 6)
	s.err = errors.New("broken shelf")
	want("without a shelf the origin is asked", "", "/yes", 7)
}
