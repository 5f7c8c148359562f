package bench

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// chunk is how many pages one extractor reads before the next one's turn.
const chunk = 50

// TestFolder prints what extract costs relative to html.Parse over the pages of the
// folder that BENCH_PAGES names: files that end in .html or .html.gz. Both read the
// same pages right after each other, and the median of the ratios counts: what else
// the machine does meanwhile slows both.
func TestFolder(t *testing.T) {
	dir := os.Getenv("BENCH_PAGES")
	if dir == "" {
		t.Skip("BENCH_PAGES names no folder of pages")
	}
	pages, err := folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) == 0 {
		t.Fatalf("no .html or .html.gz in %s", dir)
	}
	all := extractors()
	var ratios []float64
	var bytes [2]uint64
	for range rounds {
		for part := range slices.Chunk(pages, chunk) {
			base, a := spent(t, part, all[0])
			own, b := spent(t, part, all[1])
			ratios = append(ratios, own/base)
			bytes[0] += a
			bytes[1] += b
		}
	}
	slices.Sort(ratios)
	fmt.Fprintf(t.Output(), "%d pages: CPU %.2f of html.Parse, bytes allocated %.2f\n",
		len(pages), ratios[len(ratios)/2], float64(bytes[1])/float64(bytes[0]))
}

// spent returns the CPU seconds that x takes for pages, collection of garbage
// included, and the bytes that it allocates.
func spent(t *testing.T, pages []Page, x extractor) (cpu float64, allocated uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	from := cpuTime(t)
	for _, p := range pages {
		if _, err := x.text(p); err != nil {
			t.Fatalf("%s: %s: %v", x.name, p.URL, err)
		}
	}
	cpu = cpuTime(t) - from
	runtime.ReadMemStats(&after)
	return cpu, after.TotalAlloc - before.TotalAlloc
}

// cpuTime is what the process has used so far, user and system, in seconds.
func cpuTime(t *testing.T) float64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		t.Fatal(err)
	}
	return float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
}

// folder reads the pages of dir.
func folder(dir string) (pages []Page, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(strings.TrimSuffix(name, ".gz"), ".html") {
			continue
		}
		body, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil && strings.HasSuffix(name, ".gz") {
			body, err = gunzip(body)
		}
		if err != nil {
			return nil, fmt.Errorf("read page %s: %w", name, err)
		}
		pages = append(pages, Page{URL: "https://pages.example/" + name, Body: body})
	}
	return pages, nil
}

func gunzip(body []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
