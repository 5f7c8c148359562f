package extract

import (
	"slices"
	"testing"

	"newsarchive/page"
	"newsarchive/selectors"
)

// A reader that breaks is the outcome of one page, which keeps what is known of it.
func TestAPanicIsOnePagesOutcome(t *testing.T) {
	sites, err := selectors.LoadSites(selectors.User, "a.yaml", []byte("sites:\n- hosts: [news.example]\n  content: p\n"))
	if err != nil {
		t.Fatal(err)
	}
	sites[0].Content[0] = nil // which LoadSites never gives
	broken := New(Options{Rules: selectors.Default().WithSites(sites...)})
	ex := page.Exchange{URL: "https://news.example/mill", Status: 200, Body: []byte("<title>The mill</title>" + prose(12))}
	r := broken.Extract(&page.Capture{Requested: ex.URL, Exchanges: []page.Exchange{ex}})
	if r == nil || r.Row.Outcome != page.Empty || !slices.Contains(r.Row.Warnings, "extractor_panic") || r.Row.URL != ex.URL {
		t.Errorf("reading %+v", r)
	}
}
