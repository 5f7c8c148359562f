package durable

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"newsarchive/internal/frontier"
)

// A frontier that is alone and has nothing to do hardly asks its file for jobs, and yet
// hands out what is added at once.
func TestIdlePollsAreKeptBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, err := Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), Options{Name: "idle", Forever: true, Sole: true, Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.Begin(t.Context(), Again{}); err != nil {
			t.Fatal(err)
		}
		leases := make(chan *frontier.Lease)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go func() {
			for {
				l, err := f.Lease(ctx)
				if err != nil {
					close(leases)
					return
				}
				leases <- l
			}
		}()
		gate := f.db.(*engine[*sql.Tx]).gate
		time.Sleep(time.Minute)
		let, kept := 0, 0
		for range 600 { // as the engine would ask
			if gate.opens("one of the test's own") {
				let++
			} else {
				kept++
			}
			time.Sleep(50 * time.Millisecond)
		}
		if let > 40 || kept < 500 {
			t.Errorf("%d of %d polls of half a minute were let through", let, let+kept)
		}
		for n := range 5 {
			start := time.Now()
			if _, err := f.Add(t.Context(), []frontier.Item{{URL: front(n)}}); err != nil {
				t.Fatal(err)
			}
			l := <-leases
			if took := time.Since(start); took > 200*time.Millisecond {
				t.Errorf("lease %d came after %v", n, took)
			}
			if _, err := f.Commit(t.Context(), l, frontier.Result{Item: l.Items[0]}); err != nil {
				t.Fatal(err)
			}
			if err := f.Release(t.Context(), l); err != nil {
				t.Fatal(err)
			}
			time.Sleep(20 * time.Second)
		}
		stop()
		<-leases
	})
}

func front(n int) string { return "https://" + string(rune('a'+n)) + ".example/" }
