package main

import (
	"bytes"
	"fmt"
	"net/http"
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
	t.Parallel()
	if raced {
		t.Skip("one long crawl: the plain run has it")
	}
	maze := &testsite.Maze{Stories: 120}
	server := httptest.NewServer(maze)
	defer server.Close()
	dir := filepath.Join(t.TempDir(), "kept")
	crawled := []int{exitOK, exitPartial} // for the redirect that has no end
	crawl := []string{"crawl", server.URL, "--archive", dir, "--allow-net", "127.0.0.0/8", "--delay", "0s", "-q", "--max-pages", "4000"}
	out := called(t, crawled, append(crawl, "--json")...)
	if !regexp.MustCompile(`"left":[1-9]\d*,"left_trapped":[1-9]\d*,"left_why":"\d+ known addresses were not visited: \d+ of forms that brought nothing new[^"]*; scrape why '?http://`).MatchString(out) {
		t.Errorf("the summary does not tell what was left:\n%s", out[max(0, strings.LastIndexByte(strings.TrimSpace(out), '\n')):])
	}
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
	if !regexp.MustCompile(`\d+ known addresses are left: [1-9]\d* of forms`).MatchString(status) {
		t.Errorf("status does not tell how many are left:\n%s", status)
	}
	if out := called(t, []int{exitOK}, "status", "--archive", dir, "--json"); !strings.Contains(out, `{"type":"trap",`) {
		t.Errorf("no trap line in\n%s", out)
	}
	why := called(t, []int{exitNoArticle}, "why", server.URL+"/shop?colour=blue&size=xxl&sort=down", "--archive", dir)
	if !regexp.MustCompile(`not followed, whatever links to it: nothing_new \(.*addresses of the form /shop`).MatchString(why) {
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

// TestListedArticlesAreAllVisited crawls a site of sections that list articles whose
// texts differ in numbers alone: it has an end, and is visited to that.
func TestListedArticlesAreAllVisited(t *testing.T) {
	const stories, perSection = 260, 20
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		list := func(form string, from, to int) {
			fmt.Fprint(w, "<!DOCTYPE html><title>The list</title><body><h1>The list</h1><ul>")
			for n := from; n < to; n++ {
				fmt.Fprintf(w, "<li><a href=%q>What was measured %d</a></li>", fmt.Sprintf(form, n), n)
			}
		}
		switch {
		case r.URL.Path == "/":
			list("/section/%d", 0, stories/perSection)
		case sscanf(r.URL.Path, "/section/%d", &n):
			list("/story/%d", n*perSection, (n+1)*perSection)
		case sscanf(r.URL.Path, "/story/%d", &n):
			fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><title>Level of day %d</title><body><article><h1>Level of day %d</h1><time datetime="2025-01-02T08:00:00Z">2 January</time>`, n, n)
			for p := range 5 {
				fmt.Fprintf(w, "<p>The gauge by the old bridge stood at %d centimetres in the morning and at %d in the evening, which is within what the office expects at this time of the year.</p>", n+p, n+2*p)
			}
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	dir := filepath.Join(t.TempDir(), "kept")
	out := called(t, []int{exitOK}, "crawl", server.URL, "--archive", dir, "--allow-net", "127.0.0.0/8", "--delay", "0s", "-q", "--json")
	if n := strings.Count(out, `"outcome":"ok"`); n != stories {
		t.Errorf("%d articles, want %d", n, stories)
	}
	if !strings.Contains(out, `"left":0,"left_trapped":0,"left_why":"",`) {
		t.Errorf("something is left:\n%s", out[strings.LastIndexByte(strings.TrimSpace(out), '\n'):])
	}
}

func sscanf(s, format string, into *int) bool {
	n, err := fmt.Sscanf(s, format, into)
	return n == 1 && err == nil
}
