package extract_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"newsarchive/extract"
	"newsarchive/internal/testsite"
)

// TestSameRowWhateverTheOrder reads all fixtures in several orders, by one worker and by
// many that share an extractor: each page has one row, byte for byte.
func TestSameRowWhateverTheOrder(t *testing.T) {
	articles, err := testsite.Articles()
	if err != nil {
		t.Fatal(err)
	}
	want := rowLines(t, articles, 1, rand.New(rand.NewPCG(0, 0)))
	for seed, workers := range []int{1, 2, 8, 32} {
		got := rowLines(t, articles, workers, rand.New(rand.NewPCG(uint64(seed), 7)))
		for name, line := range want {
			if got[name] != line {
				t.Errorf("%d workers, order %d: %s has another row:\n%s\nwant\n%s", workers, seed, name, got[name], line)
			}
		}
	}
}

// rowLines returns the rows of the articles as they are written, read in random order.
func rowLines(t *testing.T, articles []testsite.Article, workers int, order *rand.Rand) map[string]string {
	t.Helper()
	e, next, lines := extract.New(extract.Options{}), make(chan testsite.Article), map[string]string{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for a := range next {
				row := e.Extract(capture(a.URL(), a.Header, a.Body)).Row
				line, err := row.AppendLine(nil)
				if err != nil || row.ExtractorVersion == "" || row.RulesVersion == "" {
					t.Errorf("%s: %v, extractor %q, rules %q", a.Name(), err, row.ExtractorVersion, row.RulesVersion)
				}
				mu.Lock()
				lines[a.Name()] = string(line)
				mu.Unlock()
			}
		})
	}
	for _, i := range order.Perm(len(articles)) {
		next <- articles[i]
	}
	close(next)
	all.Wait()
	return lines
}
