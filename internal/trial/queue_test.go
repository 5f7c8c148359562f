package trial

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// TestALongQueue crawls for a minute where ten thousand addresses wait, and where a
// million do: it must not cost more memory.
func TestALongQueue(t *testing.T) {
	needTrials(t)
	short, long := crawlQueue(t, 10_000), crawlQueue(t, 1_000_000)
	ratio := float64(long) / float64(short)
	t.Logf("most memory: %d MiB, %d MiB; %.2f times", short>>20, long>>20, ratio)
	if ratio > 1.1 {
		t.Errorf("a million addresses took %.2f times the memory of ten thousand, want 1.1 at most", ratio)
	}
	if long > 150<<20 {
		t.Errorf("took %d MiB, want 150 at most", long>>20)
	}
}

// crawlQueue returns the most memory of a crawl of one minute with 16 workers.
func crawlQueue(t *testing.T, addresses int) int64 {
	t.Helper()
	const hosts = 100
	dir := t.TempDir()
	sites, state := serve(t, hosts, addresses/hosts, 5*time.Millisecond), filepath.Join(dir, "state.db")
	var starts []string
	for _, s := range sites {
		starts = append(starts, "http://"+s.addr+"/story/0")
	}
	begin := time.Now()
	fill(t, state, starts, sites)
	filled := time.Since(begin)
	info, err := os.Stat(state)
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, append([]string{"crawl", "--archive", filepath.Join(dir, "archive"), "--frontier", state, "--allow-net", "127.0.0.0/8",
		"--json", "--quiet", "--delay", "0s", "--workers", "16", "--exclude", "/$", "--max-time", "1m"}, starts...)...)
	r.wait()
	pages := len(r.got("http://"))
	t.Logf("%d addresses: queued in %.0f s, %d MB on disk; %d pages in %.0f s, %d MiB at most", addresses, filled.Seconds(), info.Size()/1_000_000,
		pages, time.Since(r.start).Seconds(), r.peak()>>20)
	if pages < 500 {
		t.Errorf("%d pages only\n%s", pages, r.stderr.String())
	}
	return r.peak()
}

// fill queues every story of the sites, as a run does that was interrupted.
func fill(t *testing.T, state string, starts []string, sites []*site) {
	t.Helper()
	f, err := durable.Open(t.Context(), state, durable.Options{Starts: starts})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Begin(t.Context(), durable.Again{}); err != nil {
		t.Fatal(err)
	}
	for _, s := range sites {
		items := make([]frontier.Item, s.pages)
		for n := range items {
			items[n] = frontier.Item{URL: fmt.Sprintf("http://%s/story/%d", s.addr, n), Depth: 1}
		}
		if _, err := f.Add(t.Context(), items); err != nil {
			t.Fatal(err)
		}
	}
}
