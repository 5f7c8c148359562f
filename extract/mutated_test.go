package extract_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsarchive/extract"
	fixtures "newsarchive/testdata/html"
)

// scraps are what a splice may put in: the pieces that parsers trip over.
var scraps = []string{"<", ">", "<!--", "-->", "<![CDATA[", "</", "<table>", "<tr><td>", "</p>", "<svg>", "<math>", "<template>", "<script>", "</script>", "<style>", "<select>",
	"<body a=1>", "<html b=2>", "<a href=", "\x00", "\xff\xfe", "\xef\xbb\xbf", "&#x0;", "&#xD800;", "&amp", "\r", "{\"@type\":", "]]]]", "\\u0000", "<p>", "<b><i><a>",
	"<noscript>", "<frameset>", "<plaintext>", "<meta charset=utf-7>", "<base href='//x'>", "\u202e", "<div>", "</div>", "<title>", "<time datetime='9999-99-99'>"}

// mutated returns page with one to some dozen of its bytes flipped, its parts
// spliced, repeated, cut, or with scraps in it.
func mutated(r *rand.Rand, page, other []byte) []byte {
	b := slices.Clone(page)
	for range 1 + r.IntN(12) {
		if len(b) == 0 {
			return b
		}
		i := r.IntN(len(b))
		n := min(len(b)-i, 1+r.IntN(1+r.IntN(4000)))
		switch r.IntN(8) {
		case 0, 1:
			b[i] ^= 1 << r.IntN(8)
		case 2:
			b = b[:i]
		case 3:
			b = slices.Delete(b, i, i+n)
		case 4:
			j := r.IntN(len(other))
			b = slices.Insert(b, i, other[j:min(len(other), j+n)]...)
		case 5:
			b = slices.Insert(b, i, slices.Repeat(b[i:i+min(n, 200)], 1+r.IntN(30))...)
		case 6:
			b = slices.Insert(b, i, []byte(strings.Repeat(scraps[r.IntN(len(scraps))], 1+r.IntN(1+r.IntN(700))))...)
		case 7:
			for k := i; k < i+n; k++ {
				b[k] = byte(r.IntN(256))
			}
		}
	}
	return b
}

func fixturePages(t *testing.T) (pages [][]byte) {
	err := fs.WalkDir(fixtures.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		b, err := fs.ReadFile(fixtures.Files, name)
		if len(b) > 0 {
			pages = append(pages, b)
		}
		return err
	})
	if err != nil || len(pages) < 20 {
		t.Fatalf("%d fixtures: %v", len(pages), err)
	}
	return pages
}

// TestMutatedPages reads damaged pages: none breaks the reader. SCRAPE_MUTATIONS
// says how many (300 without it), SCRAPE_MUTATIONS_TO names a folder to keep them in,
// for a run of the program itself over them. The slowest is reported.
func TestMutatedPages(t *testing.T) {
	count := 300
	if n, err := strconv.Atoi(os.Getenv("SCRAPE_MUTATIONS")); err == nil {
		count = n
	}
	pages := fixturePages(t)
	x := extract.New(extract.Options{})
	var slowest float64 // seconds per 100 kB
	which := 0
	for seed := range count {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		b := mutated(r, pages[r.IntN(len(pages))], pages[r.IntN(len(pages))])
		if dir := os.Getenv("SCRAPE_MUTATIONS_TO"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.html", seed)), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
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
