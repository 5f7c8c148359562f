package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"
	"golang.org/x/net/html"

	"newsarchive/page"
)

var update = flag.Bool("update", false, "rewrite the golden files under testdata")

var began = time.Date(2026, 11, 23, 8, 50, 12, 0, time.UTC)

func evening() Run {
	return Run{Schema: Schema, ID: "20261123T085012Z-7f3a", Started: began, Ended: began.Add(72 * time.Second), Software: "scrape/1.0.0",
		Pages: 9, Left: 2, Trapped: 2,
		LeftWhy: "2 known addresses were not visited: 2 of forms that brought nothing new; scrape why https://news.example/calendar/2 says more", Bytes: 1_200_000, Outcomes: map[page.Outcome]int{page.OK: 5, page.Paywalled: 1, page.HTTPError: 3},
		Changes: map[string]int{"new": 4, "changed": 1},
		Sites:   []Site{{"news.example", 6, 5, 4, 1, 1, 900_000}, {"paper.example", 3, 1, 0, 0, 2, 300_000}},
		Hosts:   []Host{{"www.paper.example", 3, 9600, 8000}, {"news.example", 6, 1200, 400}},
		Failures: []Failure{
			{"https://news.example/gone", page.HTTPError, 404, ""},
			{"https://paper.example/a", page.HTTPError, 404, ""},
			{"https://paper.example/<script>alert(1)</script>\u202e", page.NetworkError, 0, "connect to paper.example: connection refused"},
		}}
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, evening(), 0); err != nil {
		t.Fatal(err)
	}
	golden(t, "evening.txt", b.Bytes())
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s changed (-want +got):\n%s\nIf that is right: go test ./internal/report -update, and read the diff.", name, diff)
	}
}

func TestAccountReadsBack(t *testing.T) {
	want := evening()
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"", "{}", `{"schema":"scrape.run/2.0"}`, "[]"} {
		if _, err := Read([]byte(bad)); err == nil {
			t.Errorf("Read(%q) has no error", bad)
		}
	}
}

// Nothing in the page runs, loads or leads anywhere, whatever a site was called.
func TestPageIsInert(t *testing.T) {
	r := evening()
	r.Sites[0].Site = `"><img src=x onerror=alert(1)>`
	r.Hosts[0].Host = `</svg><script>alert(2)</script>`
	var b bytes.Buffer
	if err := HTML(&b, r, []Run{r}); err != nil {
		t.Fatal(err)
	}
	z := html.NewTokenizer(&b)
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		if strings.Contains(" script img a iframe object form link ", " "+tok.Data+" ") && tok.Type == html.StartTagToken {
			t.Errorf("an element %s", tok)
		}
		for _, a := range tok.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" {
				t.Errorf("an attribute %s in %s", a.Key, tok)
			}
		}
		if strings.ContainsRune(tok.Data, '\u202e') {
			t.Errorf("a bidirectional override in %q", tok.Data)
		}
	}
}

func TestCalendarTellsNoDataFromNoNews(t *testing.T) {
	on := func(day int, sites ...Site) Run { return Run{Started: began.AddDate(0, 0, day), Sites: sites} }
	got := CalendarOf([]Run{
		on(0, Site{Site: "b.example", New: 2, Changed: 1}, Site{Site: "a.example"}),
		on(0, Site{Site: "b.example", New: 1}),
		on(-2, Site{Site: "b.example", New: 7}),
		on(-9, Site{Site: "b.example", New: 99}), // before the days shown
	}, 4)
	want := []Row{{"a.example", []int{-1, -1, -1, 0}}, {"b.example", []int{-1, 7, -1, 4}}}
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Error(diff)
	}
	if first := got.Days[0].Format(time.DateOnly); first != "2026-11-20" || len(got.Days) != 4 {
		t.Errorf("%d days from %s", len(got.Days), first)
	}
}

// TestNarrowText: no line of an account is longer than the terminal.
func TestNarrowText(t *testing.T) {
	why := strings.Repeat("12 known addresses of forms that brought nothing new, ", 4)
	run := Run{ID: "20261123T085012Z-7f3a", Pages: 3, LeftWhy: why, Sites: []Site{{Site: strings.Repeat("港の新聞", 9)}},
		Hosts:    []Host{{Host: strings.Repeat("islands-", 4) + "gazette.example", Pages: 1200}},
		Failures: []Failure{{URL: "https://a.example/", Outcome: page.NetworkError, Err: "fetch: the host stopped to send before the whole of its answer was there, and the connection was closed"}}}
	var b strings.Builder
	if err := Text(&b, run, 60); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if n := runewidth.StringWidth(strings.TrimSuffix(line, "\n")); n > 60 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}
