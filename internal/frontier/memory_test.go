package frontier_test

import (
	"context"
	"testing"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/frontiertest"
)

func TestMemory(t *testing.T) {
	frontiertest.Run(t, 0, func(_ *testing.T, o frontier.Options) frontiertest.Frontier {
		return frontier.NewMemory(o)
	})
}

func TestMemoryCountsWhatAStoppedRunLeaves(t *testing.T) {
	ctx := context.Background()
	m := frontier.NewMemory(frontier.Options{})
	if _, err := m.Add(ctx, []frontier.Item{{URL: "http://a.example/1"}, {URL: "http://a.example/2"}, {URL: "http://b.example/1"}}); err != nil {
		t.Fatal(err)
	}
	l, err := m.Lease(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Release(ctx, l); err != nil { // stopped before any visit
		t.Fatal(err)
	}
	if left, _ := m.Left(ctx); left.Total() != 3 || left.Stopped != 3 {
		t.Errorf("left %+v, want 3 that a stopped run leaves", left)
	}
}
