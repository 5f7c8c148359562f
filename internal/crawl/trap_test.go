package crawl

import (
	"strings"
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

func TestTrap(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	const site = "https://news.example"
	for _, tt := range []struct{ path, want string }{
		{"/2026/11/26/world/bridge-reopens-after-repairs", ""},
		{"/11/11/11/remembrance", ""}, // three times is a date
		{"/" + strings.Repeat("a", 5000), "long_address"},
		{"/%zz", "malformed"},
		{"/a/a/a/a/", "repeated_segment"},
		{"/facet/a/b/a/b/a/b/", "repeated_segment"},
		{"/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u", "deep_path"},
		{"/find?a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1&l=1&m=1", "many_parameters"},
		{"/world/Logout?next=/", "acting_link"},
		{"/bridge?replytocom=12", "acting_link"},
		{"/index.php?action=login", "acting_link"},
		{"/index.php?action=show", ""},
		{"/logout-fee-for-drivers", ""},
		{"/(S(lit3py55t21z5v55vlm25s55))/story", "session_id"},
		{"/a/jsessionid=0a1b2c3d4e5f/story", "session_id"},
		{"/calendar/2026/12/", ""},
		{"/calendar/2027/06/", "calendar_ahead"},
		{"/calendar/2026/03/14/?day=14", "calendar_back"},
		{"/events?date=2031-01-02", "calendar_ahead"},
		{"/archive/2009/05/17/", ""}, // lists of days reach back
		{"/archive/1887/05", "calendar_back"},
		{"/archive/2031-05", "calendar_ahead"},
		{"/2031/05/a-look-at-the-future", ""}, // an article
		{"/world/1984-05-a-long-year", ""},
	} {
		if got, why := Trap(site+tt.path, now); got != tt.want || (got == "") != (why == "") {
			t.Errorf("Trap(%.60s) = %q (%s), want %q", tt.path, got, why, tt.want)
		}
	}
}

// A chain of redirects without end is not tried again, nor is the next link of it followed.
func TestRedirectsWithoutEndAreLeft(t *testing.T) {
	for _, status := range []int{0, 200, 302} {
		for _, endless := range []bool{true, false} {
			if retry(&page.Capture{Endless: endless}, page.NetworkError, status) == endless {
				t.Errorf("status %d, endless %v: tried again, or not", status, endless)
			}
		}
	}
	c := &Crawl{Scope: Scope{Sites: []string{"news.example"}, Depth: 9}}
	moved := &page.Reading{Row: page.Row{Outcome: page.NetworkError, HTTPStatus: 302}}
	for _, endless := range []bool{true, false} { // else the target did not answer
		capture := &page.Capture{Outcome: page.NetworkError, Endless: endless, Exchanges: []page.Exchange{{URL: "https://news.example/on-0", Status: 302}}}
		if res := c.result(frontier.Item{URL: "https://news.example/on-0"}, capture, moved); res.Retry == endless || (len(res.Same) > 0) != endless {
			t.Errorf("endless %v: retried %v, the same as %q", endless, res.Retry, res.Same)
		}
	}
	for status, want := range map[int]int{200: 1, 302: 0, 304: 1} {
		reading := &page.Reading{Follow: true, Links: []page.Link{{URL: "https://news.example/on-11"}}}
		reading.Row.HTTPStatus = status
		res := c.result(frontier.Item{URL: "https://news.example/on-0"}, &page.Capture{}, reading)
		if len(res.Found) != want {
			t.Errorf("status %d: %d links followed, want %d", status, len(res.Found), want)
		}
	}
}
