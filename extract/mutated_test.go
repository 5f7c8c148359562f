package extract_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"newsarchive/extract"
	"newsarchive/internal/testsite"
)

// TestMutatedPages reads damaged pages: none breaks the reader. SCRAPE_MUTATIONS
// says how many (300 without it). The slowest is reported. The program itself is run
// over such pages by test/mutated.
func TestMutatedPages(t *testing.T) {
	count := 300
	if n, err := strconv.Atoi(os.Getenv("SCRAPE_MUTATIONS")); err == nil {
		count = n
	}
	pages, err := testsite.Pages()
	if err != nil {
		t.Fatal(err)
	}
	x := extract.New(extract.Options{})
	var slowest float64 // seconds per 100 kB
	which := 0
	for seed := range count {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		b := testsite.Mutated(r, pages[r.IntN(len(pages))], pages[r.IntN(len(pages))])
		start := time.Now()
		got := x.HTML(b, "https://news.example/2026/mutated")
		if each := time.Since(start).Seconds() / max(1, float64(len(b))/100_000); each > slowest {
			slowest, which = each, seed
		}
		if got.Row.Outcome == "" || slices.Contains(got.Row.Warnings, "extractor_panic") {
			t.Errorf("page of seed %d: outcome %q, warnings %q", seed, got.Row.Outcome, got.Row.Warnings)
		}
		if _, err := got.Row.MarshalJSON(); err != nil {
			t.Errorf("page of seed %d: %v", seed, err)
		}
	}
	t.Logf("%d pages, the slowest (seed %d) took %.3f s for each 100 kB", count, which, slowest)
}
