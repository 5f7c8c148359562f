package main

import (
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// A host's pace and what is left of a crawl are told in the words of those who configured it.
func TestAConfiguredHostIsToldByItsConfig(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.Local)
	busy := durable.Place{Site: "news", Queued: 1, Pace: durable.Pace{Host: "news.example", Busy: true, Delay: time.Second}}
	left := durable.Known{State: "left", Item: frontier.Item{URL: "https://news.example/a", Site: "news"}}
	for _, tt := range []struct{ site, next, left string }{
		{"news", "now, one each 1s (its config, or Crawl-delay)", "given up in this run: past max_per_run of its site, or its host asked for too long a wait; the next run of its site takes it up"},
		{"", "now, one each 1s (Crawl-delay)", "given up in this run: past --max-pages, or its host asked for too long a wait; the next run takes it up"},
	} {
		busy.Site, left.Site = tt.site, tt.site
		if got := next(busy, now); got != tt.next {
			t.Errorf("site %q: next %q, want %q", tt.site, got, tt.next)
		}
		if got := new(looking).account(left, now); got[len(got)-1] != tt.left {
			t.Errorf("site %q: %q, want %q", tt.site, got, tt.left)
		}
	}
}

func TestASitesPaceAndItsReason(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.Local)
	at := func(wait, delay, slow time.Duration, why string) durable.Pace {
		return durable.Pace{Host: "news.example", NotBefore: now.Add(wait), Delay: delay, Pace: frontier.Pace{Slow: slow, Why: why}}
	}
	for _, tt := range []struct {
		pace durable.Pace
		want string
	}{
		{durable.Pace{}, "no request yet"},
		{at(0, 0, 0, ""), "no delay"},
		{at(time.Second, 10*time.Second, 0, ""), "one request in 10s (its config, or Crawl-delay)"},
		{at(time.Minute, time.Second, 2*time.Second, "it answered 429"), "no request to news.example until 12:01:00 (it answered 429)"},
		{at(time.Minute, time.Second, 0, ""), "no request to news.example until 12:01:00 (it asked for that wait)"},
		{at(4*time.Second, time.Second, 4*time.Second, "it answered 503"), "one request in 4s to news.example (it answered 503)"},
		{at(time.Second, 0, 2500*time.Millisecond, "its answers take 2.5s"), "one request in 2.5s to news.example (its answers take 2.5s)"},
	} {
		if got := delay(tt.pace, now); got != tt.want {
			t.Errorf("delay(%+v) = %q, want %q", tt.pace, got, tt.want)
		}
	}
}
