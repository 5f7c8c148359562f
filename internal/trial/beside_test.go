package trial

import (
	"path/filepath"
	"testing"
	"time"
)

// TestHonestBesideHostile crawls ten honest hosts alone, and again beside fifty
// that keep whoever visits them. The honest pages must come as fast.
func TestHonestBesideHostile(t *testing.T) {
	needTrials(t)
	for _, tt := range []struct{ delay, workers string }{{"50ms", "4"}, {"50ms", "16"}, {"0s", "16"}} {
		t.Run("delay "+tt.delay+" workers "+tt.workers, func(t *testing.T) {
			alone := crawlHonest(t, tt.delay, tt.workers, nil)
			beside := crawlHonest(t, tt.delay, tt.workers, serveHostile(t, 50, false))
			ratio := beside.honest.Seconds() / alone.honest.Seconds()
			t.Logf("honest pages alone: %.1f s (run %.1f s, CPU %.1f s); beside fifty hostile hosts: %.1f s (run %.1f s, CPU %.1f s); %.2f times",
				alone.honest.Seconds(), alone.all.Seconds(), alone.cpu.Seconds(),
				beside.honest.Seconds(), beside.all.Seconds(), beside.cpu.Seconds(), ratio)
			t.Logf("most memory: %d MiB, %d MiB", alone.memory>>20, beside.memory>>20)
			if ratio > 1.1 {
				t.Errorf("%.2f times as long, want 1.1 at most", ratio)
			}
			if beside.memory > 150<<20 {
				t.Errorf("took %d MiB, want 150 at most", beside.memory>>20)
			}
		})
	}
}

// figures are of one crawl.
type figures struct {
	honest, all, cpu time.Duration // until the last honest page, until the end; spent
	memory           int64
}

func crawlHonest(t *testing.T, delay, workers string, others []string) (f figures) {
	t.Helper()
	honest := serve(t, 10, 100, 5*time.Millisecond)
	args := []string{"crawl", "--archive", filepath.Join(t.TempDir(), "archive"), "--allow-net", "127.0.0.0/8",
		"--json", "--quiet", "--max-time", "2m", "--delay", delay, "--workers", workers}
	var starts []string
	for _, a := range others {
		starts = append(starts, "http://"+a+"/")
	}
	for _, s := range honest {
		starts = append(starts, "http://"+s.addr+"/")
	}
	r := start(t, append(args, starts...)...)
	r.wait()
	f.all = time.Since(r.start)
	for _, s := range honest {
		got := r.got("http://" + s.addr + "/story/")
		if len(got) != s.pages {
			t.Errorf("%d stories of %s, want %d\n%s", len(got), s.addr, s.pages, r.stderr.String())
		}
		for _, p := range got {
			f.honest = max(f.honest, p.at.Sub(r.start))
		}
		if s.most > 1 {
			t.Errorf("%d requests to %s at the same time", s.most, s.addr)
		}
	}
	f.cpu = r.cmd.ProcessState.UserTime() + r.cmd.ProcessState.SystemTime()
	f.memory = r.peak()
	return f
}
