package durable_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// Hosts that keep who visits them take no worker from those that answer.
func TestHostsThatDoNotAnswerTakeNoWorker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := begin(t, sqliteFile(t), durable.Options{})
		for n := range 5 {
			add(t, f, fmt.Sprintf("https://good%d.example/1", n))
			l := lease(t, f)
			if _, err := f.Commit(t.Context(), l, frontier.Result{Item: l.Items[0], Answer: frontier.Answered}); err != nil {
				t.Fatal(err)
			}
			if err := f.Release(t.Context(), l); err != nil {
				t.Fatal(err)
			}
		}
		for n := range 5 {
			add(t, f, fmt.Sprintf("https://good%d.example/2", n))
		}
		for range 4 { // as many as there are workers
			if l := lease(t, f); l.Items[0].URL != "https://"+l.Host+"/2" {
				t.Fatalf("leased %v", l.Items)
			}
		}
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
		defer stop()
		if l, err := f.Lease(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("Lease = %v, %v, want none beyond the workers", l, err)
		}
		for n := range 30 {
			add(t, f, fmt.Sprintf("https://bad%d.example/1", n))
		}
		for range 30 {
			lease(t, f)
		}
		// the four were quiet for long, which leaves their places to the fifth
		if l := lease(t, f); l.Items[0].URL != "https://"+l.Host+"/2" {
			t.Fatalf("leased %v", l.Items)
		}
	})
}
