package crawl

import (
	"testing"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

func TestLinksOfEndlessPagesAreNotFollowed(t *testing.T) {
	c := &Crawl{Scope: Scope{Sites: []string{"news.example"}, Depth: 5}}
	reading := &page.Reading{Follow: true, Links: []page.Link{{URL: "https://news.example/2"}}}
	for _, tt := range []struct {
		truncated string
		found     int
		answer    frontier.Answer
	}{{"", 1, frontier.Answered}, {"length", 0, frontier.Failed}, {"disconnect", 1, frontier.Failed}} {
		capture := &page.Capture{Exchanges: []page.Exchange{{URL: "https://news.example/", Status: 200, Truncated: tt.truncated}}}
		res := c.result(frontier.Item{URL: "https://news.example/"}, capture, reading)
		if len(res.Found) != tt.found || res.Answer != tt.answer {
			t.Errorf("cut by %q: %d links, answer %d, want %d, %d", tt.truncated, len(res.Found), res.Answer, tt.found, tt.answer)
		}
	}
}

// A chain of redirects without end is an answer; a host that answers no more after one is none.
func TestHostsOfEndlessChainsAnswered(t *testing.T) {
	for endless, want := range map[bool]frontier.Answer{true: frontier.Answered, false: frontier.Failed} {
		capture := &page.Capture{Outcome: page.NetworkError, Endless: endless, Exchanges: []page.Exchange{{URL: "https://news.example/", Status: 302}}}
		if got, _ := answer(capture); got != want {
			t.Errorf("endless %v: answer %d, want %d", endless, got, want)
		}
	}
}

// What a page says of another site's pages hides nothing there.
func TestAMPVersionsElsewhereAreNotTheSame(t *testing.T) {
	c := &Crawl{}
	for amp, want := range map[string]int{"https://amp.news.example/1": 3, "https://other.example/2": 2, "": 2} {
		r := &page.Reading{Row: page.Row{URL: "https://news.example/1", URLCanonical: "https://news.example/1", URLAMP: amp, Outcome: page.OK}}
		if got := c.result(frontier.Item{}, &page.Capture{}, r).Same; len(got) != want {
			t.Errorf("AMP version %q: the same are %q", amp, got)
		}
	}
}
