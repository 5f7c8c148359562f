package trial

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// kills is how often each trial kills.
const kills = 50

// crowd are workers that are started again when they end before all is done.
type crowd struct {
	t     *testing.T
	dir   string // of the archives
	sites []*site
	args  []string
	runs  []*run
}

func newCrowd(t *testing.T, workers int, sites []*site, args ...string) *crowd {
	c := &crowd{t: t, dir: t.TempDir(), sites: sites, args: args, runs: make([]*run, workers)}
	for i := range c.runs {
		c.start(i)
	}
	return c
}

// start starts worker i, or starts it again: each has an archive of its own.
func (c *crowd) start(i int) {
	args := append([]string{"crawl", "--archive", filepath.Join(c.dir, fmt.Sprint("archive", i)), "--allow-net", "127.0.0.0/8",
		"--json", "--delay", "20ms", "--workers", "4"}, c.args...)
	for _, s := range c.sites {
		args = append(args, "http://"+s.addr+"/")
	}
	c.runs[i] = start(c.t, args...)
}

// asked counts the requests for stories, and those that were repeated.
func (c *crowd) asked() (stories, again int) {
	for _, s := range c.sites {
		s.mu.Lock()
		for path, n := range s.asked {
			if strings.HasPrefix(path, "/story/") {
				stories++
				again += n - 1
			}
		}
		s.mu.Unlock()
	}
	return stories, again
}

// check asks that nothing was lost, doubled or asked for at the same time.
func (c *crowd) check(most int) {
	c.t.Helper()
	stories, again := c.asked()
	want := 0
	for _, s := range c.sites {
		want += s.pages
		if s.most > 1 {
			c.t.Errorf("%d requests to %s at the same time", s.most, s.addr)
		}
	}
	c.t.Logf("%d stories asked for, %d of them again", stories, again)
	if stories != want {
		c.t.Errorf("%d stories were asked for, want %d", stories, want)
	}
	if again > most {
		c.t.Errorf("%d requests were repeated, want %d at most", again, most)
	}
}

func pause() { time.Sleep(time.Duration(100+rand.IntN(700)) * time.Millisecond) }

// TestKillsOnSQLite kills the one process again and again.
func TestKillsOnSQLite(t *testing.T) {
	needTrials(t)
	sites := serve(t, 10, 200, 5*time.Millisecond)
	c := newCrowd(t, 1, sites, "--frontier", filepath.Join(t.TempDir(), "state.db"))
	n := 0
	for ; n < kills; n++ {
		pause()
		if c.runs[0].ended() {
			break
		}
		c.runs[0].kill()
		c.start(0)
	}
	t.Logf("%d kills; then exit code %d", n, c.runs[0].wait())
	c.check(4 * n)
}

// TestKillsOnPostgres kills workers, and the database itself.
func TestKillsOnPostgres(t *testing.T) {
	needTrials(t)
	db := postgres(t)
	sites := serve(t, 10, 200, 5*time.Millisecond)
	c := newCrowd(t, 3, sites, "--frontier", db.address(), "--max-time", "10m")
	n := 0
	for ; n < kills; n++ {
		pause()
		if n%10 == 9 {
			db.kill()
			db.start()
		} else if i := n % len(c.runs); !c.runs[i].ended() {
			c.runs[i].kill()
		}
		for i, r := range c.runs {
			if r.ended() {
				c.start(i)
			}
		}
	}
	for i := range c.runs {
		for c.runs[i].wait() != 0 {
			if n++; n > 2*kills {
				t.Fatalf("a worker does not come to an end\n%s", c.runs[i].stderr.String())
			}
			c.start(i)
		}
	}
	t.Logf("%d kills", n)
	c.check(4 * n)
}
