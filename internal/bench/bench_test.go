package bench

import (
	"fmt"
	"strings"
	"testing"
)

// sizes are of whole pages in bytes; 0 is the fixture as it is. Pages of real
// newspapers average 170 to 290 kB of HTML.
var sizes = []int{0, 60_000, 170_000, 300_000}

// sizeName names a size in benchmarks and tables.
func sizeName(size int) string {
	if size == 0 {
		return "fixture"
	}
	return fmt.Sprintf("%dkB", size/1000)
}

// BenchmarkExtract takes every page from its bytes to its text, once an iteration.
func BenchmarkExtract(b *testing.B) {
	for _, size := range sizes {
		pages, err := Pages(size)
		if err != nil {
			b.Fatal(err)
		}
		for _, x := range extractors() {
			b.Run(sizeName(size)+"/"+strings.ReplaceAll(x.name, " ", "-"), func(b *testing.B) { measure(b, pages, x) })
		}
	}
}

// measure checks each page's text before it measures, and inside that each
// answer is as long as the one that was checked.
func measure(b *testing.B, pages []Page, x extractor) {
	want := make([]int, len(pages))
	var total int64
	for i, p := range pages {
		text, err := read(p, x)
		if err != nil {
			b.Fatal(err)
		}
		want[i], total = len(text), total+int64(len(p.Body))
	}
	b.SetBytes(total)
	b.ReportAllocs()
	for b.Loop() {
		for i, p := range pages {
			if text, err := x.text(p); err != nil || len(text) != want[i] {
				b.Fatalf("%s: %s: %d bytes of text, %v; want %d", x.name, p.URL, len(text), err, want[i])
			}
		}
	}
}

// read returns the text of p, which must hold its phrase.
func read(p Page, x extractor) (string, error) {
	text, err := x.text(p)
	if err == nil && !strings.Contains(squeeze(text), p.Phrase) {
		err = fmt.Errorf("the second paragraph is missing in %d bytes of text", len(text))
	}
	if err != nil {
		return "", fmt.Errorf("%s: %s: %w", x.name, p.URL, err)
	}
	return text, nil
}

func TestEveryExtractorFindsTheArticle(t *testing.T) {
	for _, size := range sizes {
		pages, err := Pages(size)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range extractors() {
			for _, p := range pages {
				if _, err := read(p, x); err != nil {
					t.Errorf("%s: %v", sizeName(size), err)
				}
			}
		}
	}
}
