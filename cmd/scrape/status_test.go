package main

import (
	"io"
	"testing"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// A host's pace and what is left of a crawl are told in the words of those who configured it.
func TestAConfiguredHostIsToldByItsConfig(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.Local)
	busy := durable.Place{Site: "news", Queued: 1, Pace: durable.Pace{Host: "news.example", Busy: true, Delay: time.Second}}
	l := &looking{app: newApp(nil, io.Discard, io.Discard)}
	left := durable.Known{State: "left", Item: frontier.Item{URL: "https://news.example/a", Site: "news"}}
	for _, tt := range []struct{ site, next, left string }{
		{"news", "now, one each 1s (its config, or Crawl-delay)", "not visited in this run: max_per_run of the site in its config is used up; it comes once the site is due again"},
		{"", "now, one each 1s (Crawl-delay)", "not visited in this run: --max-pages is used up; the next run takes it up"},
	} {
		busy.Site, left.Site = tt.site, tt.site
		if got := next(busy, now, true); got != tt.next {
			t.Errorf("site %q: next %q, want %q", tt.site, got, tt.next)
		}
		if got := l.account(left, now); got[len(got)-1] != tt.left {
			t.Errorf("site %q: %q, want %q", tt.site, got, tt.left)
		}
	}
	left.Waits, left.Pace = true, durable.Pace{Host: "news.example", NotBefore: now.Add(time.Hour)}
	if got, want := l.account(left, now), "not visited in this run: no request to news.example before 13:00:00, which is longer than a run waits; a later one takes it up"; got[len(got)-1] != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// No address is told to be visited before its host may be asked.
func TestTheNextVisitIsNotBeforeItsHosts(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.Local)
	l := &looking{app: newApp(nil, io.Discard, io.Discard)}
	known := durable.Known{State: "visited", Next: now.Add(time.Minute), Item: frontier.Item{URL: "https://news.example/a", Last: frontier.Trace{Visits: 1}},
		Pace: durable.Pace{Host: "news.example", NotBefore: now.Add(time.Hour)}}
	for _, tt := range []struct {
		next time.Time
		want string
	}{
		{now.Add(time.Minute), "to be visited again after 13:00:00 (no request to news.example before)"},
		{now.Add(-time.Minute), "to be visited again after 13:00:00 (no request to news.example before)"},
		{now.Add(2 * time.Hour), "to be visited again after 14:00:00"},
	} {
		known.Next = tt.next
		if got := l.account(known, now); got[len(got)-1] != tt.want {
			t.Errorf("%q, want %q", got[len(got)-1], tt.want)
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

func TestWhatWaitsIsVisitedByARun(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.Local)
	busy := durable.Place{Queued: 2, Pace: durable.Pace{Busy: true}}
	for _, tt := range []struct {
		place   durable.Place
		running bool
		want    string
	}{
		{durable.Place{}, false, "nothing waits"},
		{durable.Place{Queued: 2}, true, "when a run has a worker free"},
		{durable.Place{Queued: 2}, false, "when a run goes on"},
		{busy, true, "now"},
		{busy, false, "when a run goes on"}, // it was killed
		{durable.Place{Due: now.Add(-time.Hour)}, false, "at the next run"},
		{durable.Place{Due: now.Add(time.Hour), Poll: now.Add(time.Minute)}, true, "12:01:00 (its site is due)"},
		{durable.Place{Due: now.Add(time.Minute), Poll: now.Add(time.Hour)}, true, "12:01:00 (revisit)"},
		{durable.Place{Poll: now.Add(-time.Minute)}, false, "at the next run"},
		{durable.Place{Due: now.Add(time.Minute), Pace: durable.Pace{NotBefore: now.Add(time.Hour)}}, false, "13:00:00 (the host asked for that wait)"},
		{durable.Place{Due: now.Add(-time.Minute), Pace: durable.Pace{NotBefore: now.Add(time.Hour)}}, false, "13:00:00 (the host asked for that wait)"},
		{durable.Place{Poll: now.Add(time.Minute), Pace: durable.Pace{NotBefore: now.Add(time.Hour)}}, true, "13:00:00 (the host asked for that wait)"},
		{durable.Place{Due: now.Add(2 * time.Hour), Pace: durable.Pace{NotBefore: now.Add(time.Hour)}}, false, "14:00:00 (revisit)"},
		{durable.Place{Pace: durable.Pace{NotBefore: now.Add(time.Hour)}}, false, "nothing waits"},
		{durable.Place{Due: now.Add(time.Hour), Poll: now.Add(-time.Minute)}, false, "at the next run"},
	} {
		if got := next(tt.place, now, tt.running); got != tt.want {
			t.Errorf("next(%+v, running %v) = %q, want %q", tt.place, tt.running, got, tt.want)
		}
	}
}
