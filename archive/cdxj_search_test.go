package archive

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// Lines are found in sorted indexes of any size as reading all of it finds them.
func TestLinesFrom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 100, 5000} {
		var lines [][]byte
		for range n {
			tail := strings.Repeat("x", rng.IntN(300))
			if rng.IntN(500) == 0 {
				tail = strings.Repeat("long", 2*probe/4)
			}
			lines = append(lines, fmt.Appendf(nil, "example,news)/%d %s\n", rng.IntN(2*n), tail))
		}
		index := sorted(lines)
		for i := range 300 {
			key := fmt.Appendf(nil, "example,news)/%d ", rng.IntN(2*n+1))
			switch i {
			case 0:
				key = []byte("a ")
			case 1:
				key = []byte("z ")
			}
			var want []byte
			for line := range bytes.Lines(index) {
				if bytes.HasPrefix(line, key) {
					want = append(want, line...)
				}
			}
			got, err := linesFrom(bytes.NewReader(index), int64(len(index)), key)
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%d lines, key %q: %d bytes, want %d, %v", n, key, len(got), len(want), err)
			}
		}
	}
}
