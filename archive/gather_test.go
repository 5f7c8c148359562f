package archive

import (
	"testing"
	"testing/synctest"
	"time"

	"newsarchive/archive/warc"
)

// A group waits for as many jobs as the last one had, for no more, and not for long.
func TestGather(t *testing.T) {
	for _, c := range []struct {
		name           string
		expected, come int // come: jobs beside the first
		size           int
		waits          time.Duration
	}{
		{"alone", 1, 0, 1, 0},
		{"as many as expected", 4, 3, 4, 0},
		{"more than expected that wait already", 2, 5, 6, 0},
		{"fewer than expected", 4, 1, 2, linger},
		{"never more than a group holds", maxGroup, maxGroup + 5, maxGroup, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &Archive{opt: Options{}.filled(), jobs: make(chan *job, c.come)}
				for range c.come {
					a.jobs <- &job{batch: new(warc.Batch)}
				}
				start := time.Now()
				group := a.gather(&job{batch: new(warc.Batch)}, c.expected)
				if got := time.Since(start); len(group) != c.size || got != c.waits {
					t.Errorf("group of %d after %v; want %d after %v", len(group), got, c.size, c.waits)
				}
			})
		})
	}
}
