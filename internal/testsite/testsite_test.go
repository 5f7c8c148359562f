package testsite

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// start serves with the given options until the test ends.
func start(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// plain follows no redirect and unpacks nothing.
var plain = &http.Client{
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func get(t *testing.T, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := plain.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestFrontPagesAndLinksAreFilledIn(t *testing.T) {
	s := start(t, Options{Faults: true})
	for _, site := range s.Sites() {
		res, body := get(t, site.Start)
		if res.StatusCode != http.StatusOK || strings.Contains(body, "{{site}}") || len(body) < 200 {
			t.Errorf("%s: front page answers %d with %d bytes", site.Folder, res.StatusCode, len(body))
		}
	}
}

func TestRevise(t *testing.T) {
	s := start(t, Options{Only: []string{"courier"}})
	url := s.Site("courier").URL + "/city/bridge-reopens"
	res, before := get(t, url)
	changed, err := s.Revise()
	if err != nil || len(changed) != 1 || changed[0] != url {
		t.Fatalf("Revise() = %q, %v, want %q", changed, err, url)
	}
	again, after := get(t, url, "If-None-Match", res.Header.Get("ETag"))
	if again.StatusCode != http.StatusOK || before == after || !strings.Contains(after, "14 months") {
		t.Errorf("revised page answers %d, changed %t", again.StatusCode, before != after)
	}
	if old, _ := get(t, url, "If-None-Match", again.Header.Get("ETag")); old.StatusCode != http.StatusNotModified {
		t.Errorf("same page again answers %d, want 304", old.StatusCode)
	}
	if v, _ := get(t, url+".v2.html"); v.StatusCode != http.StatusNotFound {
		t.Errorf("file of a version answers %d, want 404", v.StatusCode)
	}
}

func TestTruthsAreNotServed(t *testing.T) {
	s := start(t, Options{Only: []string{"courier"}})
	for _, path := range []string{"/site.json", "/city/bridge-reopens.truth.json", "/nothing"} {
		if res, _ := get(t, s.Site("courier").URL+path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d, want 404", path, res.StatusCode)
		}
	}
}

func TestLogCounts(t *testing.T) {
	s := start(t, Options{Only: []string{"courier"}})
	site := s.Site("courier")
	for range 3 {
		get(t, site.URL+"/city/?page=2")
	}
	get(t, site.URL+"/robots.txt")
	if got := s.Counts("courier"); got["/city/?page=2"] != 3 || got["/robots.txt"] != 1 || len(got) != 2 {
		t.Errorf("Counts = %v", got)
	}
	if got := s.Worst("courier"); got != 1 {
		t.Errorf("Worst = %d, want 1", got)
	}
}

func TestStartRefusesAnUnknownSite(t *testing.T) {
	if s, err := Start(Options{Only: []string{"courier", "gazette"}}); err == nil {
		t.Errorf("Start serves %v, want an error", s.Sites())
	}
}

func TestNewspapersAreServedWithoutTheFaults(t *testing.T) {
	s := start(t, Options{})
	if len(s.Sites()) < 5 || s.Site(Faults) != (Site{}) {
		t.Errorf("Sites = %v", s.Sites())
	}
}

func TestWorstIsTheMostAtOneTime(t *testing.T) {
	var l log
	l.begin()
	l.begin()
	l.end(Entry{Path: "/a"})
	l.begin()
	l.end(Entry{Path: "/b"})
	if l.worst != 2 || l.open != 1 || len(l.entries) != 2 {
		t.Errorf("worst %d, open %d, entries %d; want 2, 1, 2", l.worst, l.open, len(l.entries))
	}
}
