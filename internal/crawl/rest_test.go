package crawl

import (
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

func TestRestOfWhatIsNoArticle(t *testing.T) {
	const hour, day = time.Hour, 24 * time.Hour
	answer := func(status int) *page.Capture {
		return &page.Capture{Exchanges: []page.Exchange{{URL: "https://news.example/a", Status: status}}}
	}
	led := func(status int) *page.Capture {
		c := answer(status)
		c.Next = "https://news.example/b"
		return c
	}
	endless := func(status int) *page.Capture {
		c := answer(status)
		c.Endless = true
		return c
	}
	for _, tt := range []struct {
		says    string
		capture *page.Capture
		outcome page.Outcome
		last    frontier.Trace
		rest    time.Duration
		vain    int
	}{
		{"a permanent redirect", led(301), page.Unchanged, frontier.Trace{}, 30 * day, 0},
		{"another redirect", led(302), page.Unchanged, frontier.Trace{}, day, 0},
		{"a refusal of robots.txt", &page.Capture{}, page.RobotsDenied, frontier.Trace{}, day, 0},
		{"a page that is missing", answer(404), page.HTTPError, frontier.Trace{}, day, 1},
		{"one that is missing for the third time", answer(404), page.HTTPError, frontier.Trace{Rung: 2, Rest: 2 * day}, 4 * day, 3},
		{"one that is missing for ever", answer(410), page.HTTPError, frontier.Trace{Rung: 70}, 30 * day, 71},
		{"what may pass", answer(503), page.HTTPError, frontier.Trace{Rung: 2}, 0, 0},
		{"a refusal of the site", answer(403), page.Blocked, frontier.Trace{}, 0, 0},
		{"a host that does not answer", &page.Capture{}, page.NetworkError, frontier.Trace{}, 0, 0},
		{"a redirect to what does not answer", answer(302), page.NetworkError, frontier.Trace{}, 0, 0},
		{"a chain without end", endless(302), page.NetworkError, frontier.Trace{}, 6 * hour, 1},
		{"a page that lists something", answer(200), page.NotArticle, frontier.Trace{}, 0, 0},
		{"a page that lists what it did", answer(304), page.Unchanged, frontier.Trace{}, hour, 1},
		{"a page that lists it again", answer(304), page.Unchanged, frontier.Trace{Rung: 1, Rest: hour}, 2 * hour, 2},
		{"a page without text", answer(200), page.Empty, frontier.Trace{}, 6 * hour, 1},
		{"and again", answer(304), page.Unchanged, frontier.Trace{Rung: 1, Rest: 6 * hour}, 12 * hour, 2},
	} {
		row := page.Row{Outcome: tt.outcome}
		if doc := tt.capture.Document(); doc != nil {
			row.HTTPStatus = doc.Status
		}
		it := frontier.Item{URL: "https://news.example/a", Depth: 1, Last: tt.last}
		if rest, vain := idle(it, tt.capture, row); rest != tt.rest || vain != tt.vain {
			t.Errorf("%s: rests %v, %d in vain, want %v, %d", tt.says, rest, vain, tt.rest, tt.vain)
		}
	}
}

func TestAConfiguredSiteTriesAgainWhatFailed(t *testing.T) {
	it := frontier.Item{URL: "https://news.example/a", Site: "news", Depth: 1, Last: frontier.Trace{Rung: 2}}
	capture := &page.Capture{Exchanges: []page.Exchange{{Status: 503}}}
	if rest, vain := idle(it, capture, page.Row{Outcome: page.HTTPError, HTTPStatus: 503}); rest != 4*time.Hour || vain != 3 {
		t.Errorf("a fault rests %v, %d in vain", rest, vain)
	}
	capture.Exchanges[0].Status = 404
	if rest, _ := idle(it, capture, page.Row{Outcome: page.HTTPError, HTTPStatus: 404}); rest != frontier.Never {
		t.Errorf("what is missing rests %v", rest)
	}
}

func TestAStartNeverRests(t *testing.T) {
	res := frontier.Result{Item: frontier.Item{URL: "https://news.example/"}}
	capture := &page.Capture{Exchanges: []page.Exchange{{Status: 404}}}
	new(Crawl).rest(&res, capture, page.Row{Outcome: page.HTTPError, HTTPStatus: 404})
	if res.Rest != 0 {
		t.Errorf("rests %v", res.Rest)
	}
}
