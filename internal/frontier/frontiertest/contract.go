package frontiertest

import (
	"context"
	"errors"
	"testing"
	"time"

	"newsarchive/internal/frontier"
)

func givenOnce(t *testing.T, s *subject) {
	if n := s.add(page("a", 1), page("a", 1)+"?utm_source=feed", "HTTPS://A.example/1#top"); n != 1 {
		t.Fatalf("added %d, want 1", n)
	}
	l := s.lease()
	s.want(l, page("a", 1))
	s.finish(l, frontier.Result{Found: items(page("a", 1))})
	if n := s.add(page("a", 1)); n != 0 {
		t.Fatalf("added %d again", n)
	}
	s.drained()
}

func sameTwice(t *testing.T, s *subject) {
	s.add(page("a", 1))
	l := s.lease()
	s.commit(l, frontier.Result{Item: l.Items[0], Same: []string{page("a", 2)}, Found: items(page("a", 2), page("a", 3))})
	s.release(l)
	first := s.lease()
	s.want(first, page("a", 3))
	s.add(page("b", 1))
	second := s.lease()
	s.commit(second, frontier.Result{Item: second.Items[0], Found: items(page("c", 1))})
	s.commit(first, frontier.Result{Item: first.Items[0], Same: []string{page("c", 1)}}) // queued by now
	s.release(first)
	s.release(second)
	s.drained()
}

func claimed(t *testing.T, s *subject) {
	s.add(page("a", 1), page("a", 2))
	l := s.lease()
	for _, tt := range []struct {
		from, url string
		want      bool
	}{
		{page("a", 1), page("a", 1), false}, // being visited
		{page("a", 1), page("a", 2), false}, // queued
		{page("a", 1), page("b", 1), false}, // of another host
		{page("a", 1), page("a", 3), true},
		{page("a", 2), page("a", 3), false}, // claimed by another just now
		{page("a", 1), page("a", 3), true},  // by an earlier try
	} {
		if got, err := s.f.Claim(t.Context(), l, tt.from, tt.url); got != tt.want || err != nil {
			t.Fatalf("Claim(%s) from %s = %v, %v, want %v", tt.url, tt.from, got, err, tt.want)
		}
	}
	s.finish(l, frontier.Result{Found: items(page("a", 3))})
	s.drained()
}

func oneWorker(t *testing.T, s *subject) {
	s.add(page("a", 1))
	first := s.lease()
	s.add(page("b", 1))
	second := s.lease()
	if first.Host == second.Host {
		t.Fatalf("%s is leased twice", first.Host)
	}
	s.commit(first, frontier.Result{Item: first.Items[0], Found: items(page("a", 2))})
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	if l, err := s.f.Lease(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Lease = %v, %v while both hosts are out", l, err)
	}
	s.release(first)
	s.want(s.lease(), page("a", 2))
}

func itemKept(t *testing.T, s *subject) {
	at := time.Date(2026, 3, 1, 7, 30, 0, 0, time.UTC)
	feed := frontier.Item{URL: page("a", 1), Kind: frontier.Feed, Site: "a"}
	story := frontier.Item{URL: page("a", 2), Depth: 1, From: page("a", 1), Kind: frontier.Article, Site: "a",
		Published: at, PublishedSource: "feed", PublishedPrecision: "day"}
	if _, err := s.f.Add(t.Context(), []frontier.Item{feed}); err != nil {
		t.Fatal(err)
	}
	l := s.lease()
	if l.Items[0] != feed {
		t.Fatalf("item came as %+v, want %+v", l.Items[0], feed)
	}
	s.finish(l, frontier.Result{Found: []frontier.Item{story}})
	l = s.lease()
	if l.Items[0] != story {
		t.Fatalf("item came as %+v, want %+v", l.Items[0], story)
	}
	s.finish(l, frontier.Result{})
}

func foundLinks(t *testing.T, s *subject) {
	s.add(page("a", 1))
	l := s.lease()
	v := s.commit(l, frontier.Result{Item: l.Items[0], Found: []frontier.Item{
		{URL: page("a", 2), Depth: 1, From: page("a", 1)}, {URL: page("a", 1)}}})
	if v.Added != 1 {
		t.Fatalf("added %d, want 1", v.Added)
	}
	s.release(l)
	l = s.lease()
	if it := l.Items[0]; it.Depth != 1 || it.From != page("a", 1) {
		t.Fatalf("item came as %+v", it)
	}
	s.finish(l, frontier.Result{})
	s.drained()
}

func paced(t *testing.T, s *subject) {
	s.add(page("a", 1), page("a", 2))
	l := s.lease()
	s.want(l, page("a", 1))
	s.finish(l, frontier.Result{})
	start := time.Now()
	s.want(s.lease(), page("a", 2))
	s.since(start, time.Second)
}

func crawlDelay(t *testing.T, s *subject) {
	s.add(page("a", 1), page("a", 2))
	l := s.lease()
	s.add(page("b", 1))
	if v := s.commit(l, frontier.Result{Item: l.Items[0], Delay: 9 * time.Second}); !v.Over {
		t.Fatal("the lease goes on although its host asked for a delay")
	}
	s.release(l)
	start := time.Now()
	s.finish(s.lease(), frontier.Result{}) // the other host
	s.since(start, 0)
	s.want(s.lease(), page("a", 2))
	s.since(start, 9*time.Second)
}

func retryAfter(t *testing.T, s *subject) {
	s.add(page("a", 1), page("a", 2))
	start := time.Now()
	l := s.lease()
	v := s.commit(l, frontier.Result{Item: l.Items[0], Retry: true, RetryAt: start.Add(30 * time.Second)})
	if !v.Over || !v.Retried {
		t.Fatalf("verdict %+v, want the lease over and the address retried", v)
	}
	s.release(l)
	l = s.lease()
	s.since(start, 30*time.Second)
	if len(l.Items) != 2 {
		t.Fatalf("leased %v, want both addresses", l.Items)
	}
}

func backoff(t *testing.T, s *subject) {
	s.add(page("a", 1))
	start := time.Now()
	s.finish(s.lease(), frontier.Result{Retry: true})
	s.finish(s.lease(), frontier.Result{Retry: true})
	s.since(start, time.Second)
	l := s.lease()
	s.since(start, 3*time.Second)
	if v := s.commit(l, frontier.Result{Item: l.Items[0], Retry: true}); v.Retried {
		t.Fatal("retried after the last try")
	}
	s.release(l)
	s.drained()
}

func patience(t *testing.T, s *subject) {
	s.add(page("a", 1), page("a", 2))
	l := s.lease()
	s.add(page("b", 1))
	v := s.commit(l, frontier.Result{Item: l.Items[0], Retry: true, RetryAt: time.Now().Add(time.Hour)})
	if v.Retried {
		t.Fatal("will be retried in an hour, past all patience")
	}
	s.release(l)
	s.finish(s.lease(), frontier.Result{})
	s.drained()
	s.left(frontier.Left{Waits: 1})
}

func budget(t *testing.T, s *subject) {
	s.add(page("a", 1))
	s.finish(s.lease(), frontier.Result{Retry: true})
	s.finish(s.lease(), frontier.Result{Found: items(page("a", 2), page("a", 3))})
	l := s.lease()
	s.want(l, page("a", 2))
	s.finish(l, frontier.Result{})
	s.drained()
	s.left(frontier.Left{Budget: 1})
}

func released(t *testing.T, s *subject) {
	s.add(page("a", 1), page("a", 2), page("a", 3))
	l := s.lease()
	s.commit(l, frontier.Result{Item: l.Items[0], Found: items(page("a", 4))})
	s.release(l)
	s.want(s.lease(), page("a", 2), page("a", 3), page("a", 4))
}

func cancelled(t *testing.T, s *subject) {
	s.add(page("a", 1))
	s.lease()
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		time.Sleep(time.Second)
		stop()
	}()
	if _, err := s.f.Lease(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("Lease ended with %v, want context.Canceled", err)
	}
}
