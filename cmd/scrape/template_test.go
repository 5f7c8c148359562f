package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A gazette is a paper whose template can be changed. Each edition has stories of its own.
type gazette struct {
	edition, stories int
	template         string
}

func (g *gazette) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var edition, n int
	if _, err := fmt.Sscanf(r.URL.Path, "/%d/story-%d", &edition, &n); err == nil {
		text := ""
		for p := range 6 {
			text += fmt.Sprintf("<p>Story %d of edition %d says in part %d what the harbour, the council and the school of the town did that day, and why.</p>", n, edition, p)
		}
		fmt.Fprintf(w, g.template, fmt.Sprintf("The harbour opens berth %d-%d again", edition, n), text)
		return
	}
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	fmt.Fprintf(w, "<title>Gazette</title><h1>Edition %d</h1>", g.edition)
	for n := range g.stories {
		fmt.Fprintf(w, `<p><a href="/%d/story-%d">The harbour opens berth %d again</a></p>`, g.edition, n, n)
	}
}

const (
	oldTemplate = `<title>%[1]s</title><meta property="og:type" content="article"><article><h1>%[1]s</h1><time datetime="2026-11-20T08:00:00Z">20 November</time>%[2]s</article>`
	newTemplate = `<title>%[1]s</title><div id="root"></div><script src="/app.js"></script><!-- %[2]s -->`
)

// A site that changes its template between two crawls is broken after the second, however good
// the rest of the day was; who asked is told once, and once when it is read again.
func TestANewTemplateIsToldWithTheCrawlThatMeetsIt(t *testing.T) {
	t.Parallel()
	paper := &gazette{template: oldTemplate}
	site := httptest.NewServer(paper)
	defer site.Close()
	var heard []alertLine
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var al alertLine
		if err := json.NewDecoder(r.Body).Decode(&al); err != nil {
			t.Error(err)
		}
		heard = append(heard, al)
	}))
	defer hook.Close()
	dir := filepath.Join(t.TempDir(), "archive")
	for i, step := range []struct {
		stories  int
		template string
		states   string // told of until now
		code     int
	}{
		{60, oldTemplate, "", exitOK},
		{8, oldTemplate, "", exitOK},
		{8, newTemplate, "broken", exitPartial},
		{8, newTemplate, "broken", exitPartial},
		{25, oldTemplate, "broken ok", exitOK},
		{8, oldTemplate, "broken ok", exitOK},
	} {
		paper.edition, paper.stories, paper.template = i, step.stories, step.template
		time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second))) // rows are as fine as that
		run([]string{"crawl", site.URL, "--archive", dir, "--delay", "0s", "--allow-net", "127.0.0.0/8", "-q"}, nil, io.Discard, io.Discard)
		code := run([]string{"health", "--archive", dir, "--webhook", hook.URL, "--webhook-allow-net", "127.0.0.0/8"}, nil, io.Discard, io.Discard)
		var states []string
		for _, al := range heard {
			states = append(states, string(al.State))
		}
		if got := strings.Join(states, " "); got != step.states || code != step.code {
			t.Errorf("edition %d: exit %d, told %q; want %d, %q", i, code, got, step.code, step.states)
		}
	}
}
