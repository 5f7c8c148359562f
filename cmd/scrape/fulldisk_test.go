//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"newsarchive/page"
)

// A small disk that can grow, to which the program that it serves writes.
type smallDisk struct{ dir string }

func newSmallDisk(t *testing.T, m mortal, kib int) smallDisk {
	t.Helper()
	d := smallDisk{filepath.Join(m.dir, "disk")}
	if err := os.Mkdir(d.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := d.mount(0, kib); err != nil {
		t.Skipf("a small disk takes the right to mount one: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(d.dir, syscall.MNT_DETACH) })
	return d
}

func (d smallDisk) mount(flags uintptr, kib int) error {
	return syscall.Mount("tmpfs", d.dir, "tmpfs", flags, fmt.Sprintf("size=%dk,mode=0777", kib))
}

// A disk that fills in the middle of a crawl ends it with the code of a full disk and
// one line. The archive is sound, what was reported is in it, and with more room the
// same command goes on to the end.
func TestDiskFillsDuringACrawl(t *testing.T) {
	for _, tt := range []struct {
		name, frontier string
		kib            int
		minFree        string
	}{
		{"the archive meets its end", "state.db", 60, "1"},
		{"the archive meets its end later", "state.db", 100, "1"},
		{"it is low", "state.db", 270, "200KiB"},
		{"the frontier meets its end at once", "disk/state.db", 300, "1"},
		{"the frontier meets its end", "disk/state.db", 760, "1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMortal(t)
			disk := newSmallDisk(t, m, tt.kib)
			c := fullCrawl{m: m, reported: map[string]bool{}, line: fmt.Sprintf("scrape crawl %s/ --allow-net 127.0.0.0/8 --delay 0s --archive disk/kept --frontier %s --min-free %s --json", courier(t), tt.frontier, tt.minFree)}
			for range 2 { // again without more room: the same
				errs, code := c.run(t)
				if said := complaints(errs); code != exitDisk || len(said) != 1 || strings.Count(said[0], "disk") > 4 {
					t.Errorf("code %d, %d pages: %s", code, len(c.reported), errs)
				}
				c.sound(t)
			}
			t.Logf("%d pages were reported before the disk was full", len(c.reported))
			if err := disk.mount(syscall.MS_REMOUNT, 64<<10); err != nil {
				t.Fatal(err)
			}
			if errs, code := c.run(t); code != exitOK {
				t.Errorf("with more room: code %d: %s", code, errs)
			}
			c.sound(t)
			if got := c.stored(t); len(got) < 21 {
				t.Errorf("%d addresses are in the archive: %q", len(got), got)
			}
		})
	}
}

// A fullCrawl is a crawl that is given again and again.
type fullCrawl struct {
	m        mortal
	line     string
	reported map[string]bool // by address
}

func (c fullCrawl) run(t *testing.T) (stderr string, code int) {
	t.Helper()
	out, errs, code := c.m.run(t, c.line)
	for line := range strings.Lines(out) {
		var p pageEvent
		if json.Unmarshal([]byte(line), &p) == nil && p.Type == "page" && p.Outcome != page.RobotsDenied {
			c.reported[p.URL] = true
		}
	}
	return errs, code
}

// sound asks that the archive is whole and holds what was reported.
func (c fullCrawl) sound(t *testing.T) {
	t.Helper()
	if out, errs, code := c.m.run(t, "scrape verify --full --archive disk/kept"); code != exitOK {
		t.Errorf("verify: code %d: %s%s", code, out, errs)
	}
	if out, _, _ := c.m.run(t, "find disk -name '*.tmp'"); out != "" {
		t.Errorf("half-written: %s", out)
	}
	stored := c.stored(t)
	for url := range c.reported {
		if !slices.Contains(stored, url) {
			t.Errorf("%s was reported and is not in the archive", url)
		}
	}
}

// stored returns the addresses of the records of the archive, sealed or not.
func (c fullCrawl) stored(t *testing.T) []string {
	t.Helper()
	out, _, _ := c.m.run(t, "find disk/kept/warc -name '*.warc.gz*' -exec zcat -f {} + | grep -a ^WARC-Target-URI: | tr -d '\r' | cut -d ' ' -f 2 | sort -u")
	return strings.Fields(out)
}
