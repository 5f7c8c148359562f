package bench

import (
	"fmt"
	"io"
	"slices"
	"testing"
)

// rounds are how often each extractor is measured, in turn with the others, so
// that a disturbance hits all of them. The median counts.
const rounds = 3

// TestTable prints what each extractor costs relative to html.Parse.
func TestTable(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for minutes")
	}
	out := t.Output()
	fmt.Fprintln(out, "| page | extractor | time | bytes allocated | allocations |\n|---|---|---:|---:|---:|")
	for _, size := range sizes {
		pages, err := Pages(size)
		if err != nil {
			t.Fatal(err)
		}
		table(out, sizeName(size), costs(t, pages))
	}
}

// A cost is of one iteration: nanoseconds, bytes, allocations.
type cost [3]float64

// costs returns the median cost of each extractor.
func costs(t *testing.T, pages []Page) []cost {
	all := extractors()
	samples := make([][]cost, len(all))
	for range rounds {
		for i, x := range all {
			r := testing.Benchmark(func(b *testing.B) { measure(b, pages, x) })
			if r.N == 0 {
				t.Fatalf("%s failed", x.name)
			}
			samples[i] = append(samples[i], cost{float64(r.NsPerOp()), float64(r.AllocedBytesPerOp()), float64(r.AllocsPerOp())})
		}
	}
	medians := make([]cost, len(all))
	for i, list := range samples {
		for k := range medians[i] {
			slices.SortFunc(list, func(a, b cost) int { return int(a[k] - b[k]) })
			medians[i][k] = list[len(list)/2][k]
		}
	}
	return medians
}

func table(w io.Writer, size string, list []cost) {
	base := list[0]
	for i, x := range extractors() {
		fmt.Fprintf(w, "| %s | %s | %.1f | %.1f | %.1f |\n", size, x.name,
			list[i][0]/base[0], list[i][1]/base[1], list[i][2]/base[2])
	}
}
