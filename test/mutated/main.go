// Command mutated damages the pages of testdata/html in ten thousand ways and runs
// "scrape extract" over the files: no page may break it, and none may cost more than
// a second for each 100 kB.
//
//	go run ./test/mutated -pages 10000
//
// The pages are the same for the same -seed. What counts is the time of the processor
// that the program reports of itself, its start included. Pages are read twenty at a
// time; twenty that cost more together than one may are read again one by one.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"newsarchive/internal/testsite"
)

func main() {
	binary := flag.String("scrape", "", "the program; built from this module where none is named")
	pages := flag.Int("pages", 10_000, "how many pages")
	seed := flag.Uint64("seed", 1, "other pages for another seed")
	limit := flag.Float64("limit", 1, "seconds for each 100 kB")
	flag.Parse()
	if err := run(context.Background(), *binary, *pages, *seed, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "mutated:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, binary string, pages int, seed uint64, limit float64) error {
	dir, err := os.MkdirTemp("", "mutated-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if binary == "" {
		binary = filepath.Join(dir, "scrape")
		if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/scrape").CombinedOutput(); err != nil {
			return fmt.Errorf("build: %w\n%s", err, out)
		}
	}
	sources, err := testsite.Pages()
	if err != nil {
		return err
	}
	t := tally{binary: binary, dir: dir, limit: limit, outcomes: map[string]int{}}
	for from := 0; from < pages; from += batch {
		if err := t.batch(ctx, sources, seed, from, min(pages, from+batch)); err != nil {
			return err
		}
	}
	fmt.Printf("%d pages, %v\n%d panics; %d above %g s for each 100 kB; the costliest %d pages took %.2f s together\n", t.rows, t.outcomes, t.panics, t.slow, limit, batch, t.most)
	if t.panics+t.slow > 0 || t.rows != pages {
		return fmt.Errorf("%d rows of %d pages, %d panics, %d too slow", t.rows, pages, t.panics, t.slow)
	}
	return nil
}

// batch is how many files one run of the program is given.
const batch = 20

type tally struct {
	binary, dir string
	limit       float64
	rows        int
	panics      int
	slow        int
	most        float64 // seconds of one batch
	outcomes    map[string]int
}

// batch writes the pages from to to, and reads them with one run.
func (t *tally) batch(ctx context.Context, sources [][]byte, seed uint64, from, to int) error {
	var names []string
	for i := from; i < to; i++ {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		b := testsite.Mutated(r, sources[r.IntN(len(sources))], sources[r.IntN(len(sources))])
		if len(b) == 0 {
			b = []byte("<") // an empty file has no row
		}
		name := filepath.Join(t.dir, fmt.Sprintf("%05d.html", i))
		if err := os.WriteFile(name, b, 0o600); err != nil {
			return err
		}
		defer os.Remove(name)
		names = append(names, name)
	}
	rows, took, err := extract(ctx, t.binary, names)
	if err != nil {
		return err
	}
	for i, r := range rows {
		t.count(names[i], r)
	}
	t.most = max(t.most, took)
	if took <= t.limit {
		return nil
	}
	return t.each(ctx, names)
}

func (t *tally) count(name string, r row) {
	t.rows++
	t.outcomes[r.Outcome]++
	if r.Outcome == "" || strings.Contains(r.Warnings, "panic") {
		t.panics++
		fmt.Printf("%s: outcome %q, warnings %q\n", filepath.Base(name), r.Outcome, r.Warnings)
	}
}

// each reads the files one by one and counts those that cost too much.
func (t *tally) each(ctx context.Context, names []string) error {
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		_, took, err := extract(ctx, t.binary, []string{name})
		if err != nil {
			return err
		}
		if took /= max(1, float64(info.Size())/100_000); took > t.limit {
			t.slow++
			fmt.Printf("%s: %.2f s for each 100 kB (%d bytes)\n", filepath.Base(name), took, info.Size())
		}
	}
	return nil
}

type row struct{ Type, Outcome, Warnings string }

// noArticle is the exit code for files of which none is an article.
const noArticle = 4

// extract runs the program over files. It returns their rows, and the seconds of
// the processor that it took.
func extract(ctx context.Context, binary string, names []string) (rows []row, took float64, err error) {
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, binary, append([]string{"extract", "--json", "--quiet"}, names...)...)
	cmd.Stdout, cmd.Stderr = &out, &said
	var code *exec.ExitError
	if err := cmd.Run(); err != nil && (!errors.As(err, &code) || code.ExitCode() != noArticle) {
		return nil, 0, fmt.Errorf("scrape extract %s…: %w: %.2000s", names[0], err, said.Bytes())
	}
	for line := range bytes.Lines(out.Bytes()) {
		var r row
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, 0, fmt.Errorf("a row is no JSON: %w: %.200s", err, line)
		}
		if r.Type == "article" {
			rows = append(rows, r)
		}
	}
	if len(rows) != len(names) {
		return nil, 0, fmt.Errorf("%d rows of %d pages: %.2000s", len(rows), len(names), said.Bytes())
	}
	state := cmd.ProcessState
	return rows, (state.UserTime() + state.SystemTime()).Seconds(), nil
}
