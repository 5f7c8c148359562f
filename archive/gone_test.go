package archive

import (
	"testing"
	"time"

	"newsarchive/page"
)

// TestWhatIsGoneIsKnown by the answers that came after the article was read.
func TestWhatIsGoneIsKnown(t *testing.T) {
	const address = "https://news.example/story"
	start := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name   string
		visits []string // heads of the answers, an hour apart, the first of them the article
		gone   int      // hours after which; 0 for not
		status int
	}{
		{"it stands", []string{"200 OK", "200 OK"}, 0, 0},
		{"taken down", []string{"200 OK", "404 Not Found"}, 1, 404},
		{"still gone", []string{"200 OK", "410 Gone", "404 Not Found"}, 1, 410},
		{"came back", []string{"200 OK", "404 Not Found", "200 OK"}, 0, 0},
		{"came back as it was", []string{"200 OK", "404 Not Found", "304 Not Modified"}, 0, 0},
		{"came back and went", []string{"200 OK", "404 Not Found", "200 OK", "451 Blocked"}, 3, 451},
		{"refused", []string{"200 OK", "403 Forbidden"}, 0, 0},
		{"a failing server", []string{"200 OK", "404 Not Found", "503 Later"}, 1, 404},
		{"gone before it was there", []string{"404 Not Found", "200 OK"}, 0, 0},
	} {
		for _, sessions := range []bool{false, true} {
			dir := t.TempDir()
			a := opened(t, dir, Options{})
			for i, head := range tt.visits {
				ex := exchangeOf(t, address, "HTTP/1.1 "+head+"\r\nContent-Length: 4\r\n", "page")
				ex.Start = start.Add(time.Duration(i) * time.Hour)
				r := page.Row{URL: address, Outcome: page.HTTPError, HTTPStatus: ex.Status}
				if ex.Status == 200 {
					r.Outcome, r.Text = page.OK, "The ferry is back."
				}
				put(t, a, &page.Capture{Requested: address, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: r})
				if sessions {
					closed(t, a)
					a = opened(t, dir, Options{})
				}
			}
			closed(t, a)
			rd := reader(t, dir)
			row, err := rd.Row(address)
			if err != nil {
				t.Fatal(err)
			}
			for _, since := range []time.Time{{}, row.FetchedAt} {
				gone, err := rd.Gone(since)
				if err != nil {
					t.Fatal(err)
				}
				end, ok := gone.Of(&row)
				want := start.Add(time.Duration(tt.gone) * time.Hour)
				if ok != (tt.gone > 0) || ok && (end.Status != tt.status || !end.At.Equal(want)) {
					t.Errorf("%s, since %v: gone %v, %+v", tt.name, since, ok, end)
				}
			}
		}
	}
}
