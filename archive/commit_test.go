package archive

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// syncCounter counts the syncs of a file.
type syncCounter struct {
	file
	syncs *atomic.Int32
}

func (f syncCounter) Sync() error {
	f.syncs.Add(1)
	return f.file.Sync()
}

// putting stores captures from some writers at a time, a millisecond apart, and
// returns how many syncs that took.
func putting(t *testing.T, writers, each int) int {
	var syncs atomic.Int32
	a := opened(t, t.TempDir(), Options{})
	a.commit.wrap = func(f file) file { return syncCounter{f, &syncs} }
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				c, r := ferry(t, fmt.Sprintf("Boat %d, trip %d.", w, i))
				if _, err := a.Put(t.Context(), c, r); err != nil {
					t.Error(err)
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	wg.Wait()
	taken := int(syncs.Load())
	closed(t, a)
	return taken
}

// TestGroupsShareSyncs: who stores one capture after the other waits for no more;
// several at a time share their syncs.
func TestGroupsShareSyncs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		if syncs := putting(t, 1, 20); syncs != 40 {
			t.Errorf("one after the other: %d syncs for 20 captures", syncs)
		}
		if took := time.Since(began); took != 20*time.Millisecond {
			t.Errorf("one after the other: %v, most of it waiting for more", took-20*time.Millisecond)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		if syncs := putting(t, 8, 20); syncs > 160/4*2 {
			t.Errorf("8 at a time: %d syncs for 160 captures", syncs)
		}
	})
}
