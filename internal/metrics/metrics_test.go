package metrics

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"newsarchive/page"
)

func scraped(t *testing.T, m *Metrics) string {
	t.Helper()
	addr, err := m.Serve(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get("http://" + addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestVisitsAreCounted(t *testing.T) {
	m := New("1.2", func() (int, error) { return 7, nil })
	m.Sites([]string{"news.example"})
	m.Visit("news.example", page.OK, "new", 1000, time.Second)
	m.Visit("news.example", page.Blocked, "", 10, time.Second)
	m.Visit("stranger", page.OK, "new", 5, time.Second)
	m.Delay("news.example:80", 2*time.Second)
	m.Due = func() map[string]time.Time {
		return map[string]time.Time{"news.example": time.Unix(1_800_000_000, 0), "gone": time.Unix(1, 0)}
	}
	m.Reload(false)
	out := scraped(t, m)
	for _, want := range []string{
		`scrape_pages_total{outcome="ok",site="news.example"} 1`,
		`scrape_pages_total{outcome="blocked",site="news.example"} 1`,
		`scrape_pages_total{outcome="ok",site="other"} 1`,
		`scrape_received_bytes_total{site="news.example"} 1010`,
		`scrape_articles_total{change="new",site="news.example"} 1`,
		`scrape_page_seconds_count{site="news.example"} 2`,
		`scrape_host_delay_seconds{host="news.example:80"} 2`,
		`scrape_site_next_poll_timestamp_seconds{site="news.example"} 1.8e+09`,
		`scrape_queued_addresses 7`,
		`scrape_config_reloads_total{result="failed"} 1`,
		`scrape_build_info{version="1.2"} 1`,
	} {
		if !strings.Contains(out, want+"\n") {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
}

func TestLabelsAreBounded(t *testing.T) {
	m := New("1.2", func() (int, error) { return 0, errors.New("closed") })
	for i := range 2 * maxHosts {
		m.Delay(fmt.Sprintf("h%d.example", i), time.Second)
		m.Visit(fmt.Sprintf("s%d", i), page.OK, "", 1, time.Second)
	}
	out := scraped(t, m)
	if n := strings.Count(out, "\nscrape_host_delay_seconds{"); n != maxHosts {
		t.Errorf("%d hosts have series", n)
	}
	if n := strings.Count(out, "\nscrape_pages_total{"); n != 1 {
		t.Errorf("%d series for sites that are not of the config", n)
	}
	if !strings.Contains(out, "scrape_queued_addresses -1\n") {
		t.Error("a queue of unknown length has one")
	}
}
