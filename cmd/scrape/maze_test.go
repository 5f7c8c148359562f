package main

import (
	"bytes"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newsarchive/internal/testsite"
)

// called runs the program and returns what it printed.
func called(t *testing.T, want []int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &errs); !slices.Contains(want, code) {
		t.Fatalf("%q: exit %d, want one of %d\n%s", args, code, want, errs.String())
	}
	return out.String()
}

// TestTrapsAreLeft crawls a site that has no end: every story is found, little is
// spent on the rest, and what was left is explained.
func TestTrapsAreLeft(t *testing.T) {
	if raced {
		t.Skip("one long crawl: the plain run has it")
	}
	maze := &testsite.Maze{Stories: 120}
	server := httptest.NewServer(maze)
	defer server.Close()
	dir := filepath.Join(t.TempDir(), "kept")
	crawled := []int{exitOK, exitPartial} // for the redirect that has no end
	crawl := []string{"crawl", server.URL, "--archive", dir, "--allow-net", "127.0.0.0/8", "--delay", "0s", "-q", "--max-pages", "4000"}
	called(t, crawled, crawl...)
	asked := maze.Asked()
	t.Log(asked)
	if asked[testsite.MazeStory] != maze.Stories {
		t.Errorf("%d requests for %d stories", asked[testsite.MazeStory], maze.Stories)
	}
	for class, most := range map[string]int{testsite.MazeFilter: 90, testsite.MazeCalendar: 90, testsite.MazeSession: 90, testsite.MazeRedirect: 20, testsite.MazeNotFound: 400} {
		if asked[class] > most {
			t.Errorf("%d requests for class %q, want %d at most", asked[class], class, most)
		}
	}
	if n := strings.Count(called(t, []int{exitOK}, "list", "--archive", dir, "--outcome", "ok"), "\n"); n < maze.Stories {
		t.Errorf("%d articles in the archive", n)
	}
	status := called(t, []int{exitOK}, "status", "--archive", dir)
	if !regexp.MustCompile(`addresses of the form /shop.* brought no new article in the last \d+ visits`).MatchString(status) {
		t.Errorf("status does not tell of the shop:\n%s", status)
	}
	if out := called(t, []int{exitOK}, "status", "--archive", dir, "--json"); !strings.Contains(out, `{"type":"trap",`) {
		t.Errorf("no trap line in\n%s", out)
	}
	why := called(t, []int{exitNoArticle}, "why", server.URL+"/shop?colour=blue&size=xxl&sort=down", "--archive", dir)
	if !regexp.MustCompile(`it would not be followed: nothing_new \(.*addresses of the form /shop`).MatchString(why) {
		t.Errorf("why does not tell of the trap:\n%s", why)
	}
	called(t, crawled, crawl...)
	spent := 0
	for class, n := range maze.Asked() {
		if class != testsite.MazeStory && class != testsite.MazeList {
			spent += n - asked[class]
		}
	}
	if spent > 120 {
		t.Errorf("a second run spent %d requests on traps: %v", spent, maze.Asked())
	}
}
