package bench

import (
	"fmt"
	"io"
	"testing"
)

// rounds are how often each extractor is measured, in turn with the others. The
// least counts: whatever else a machine does only adds.
const rounds = 5

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

// costs returns the least cost of each extractor.
func costs(t *testing.T, pages []Page) []cost {
	all := extractors()
	least := make([]cost, len(all))
	for round := range rounds {
		for i, x := range all {
			r := testing.Benchmark(func(b *testing.B) { measure(b, pages, x) })
			if r.N == 0 {
				t.Fatalf("%s failed", x.name)
			}
			c := cost{float64(r.NsPerOp()), float64(r.AllocedBytesPerOp()), float64(r.AllocsPerOp())}
			for k := range c {
				if round == 0 || c[k] < least[i][k] {
					least[i][k] = c[k]
				}
			}
		}
	}
	return least
}

func table(w io.Writer, size string, list []cost) {
	base := list[0]
	for i, x := range extractors() {
		fmt.Fprintf(w, "| %s | %s | %.1f | %.1f | %.1f |\n", size, x.name,
			list[i][0]/base[0], list[i][1]/base[1], list[i][2]/base[2])
	}
}
