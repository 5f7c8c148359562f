package main

import (
	"fmt"
	"time"

	"newsarchive/internal/frontier/durable"
	"newsarchive/page"
)

// lists tells of a site's feeds and sitemaps.
func lists(s durable.Polled) string {
	switch {
	case s.Lists == 0:
		return ""
	case s.Retired > 0:
		return fmt.Sprintf(" · lists %d (%d retired)", s.Lists, s.Retired)
	}
	return fmt.Sprintf(" · lists %d", s.Lists)
}

// delay says how long requests to a host wait at present, and why.
func delay(p durable.Pace, now time.Time) string {
	host := page.Printable(p.Host, 60)
	switch {
	case p.Host == "":
		return "no request yet"
	case asked(p, now):
		return fmt.Sprintf("no request to %s until %s (%s)", host, showTime(p.NotBefore, now, ""), page.Printable(or(p.Why, "it asked for that wait"), 80))
	case p.Slow > p.Delay:
		return fmt.Sprintf("one request in %s to %s (%s)", p.Slow.Round(100*time.Millisecond), host, page.Printable(p.Why, 80))
	case p.Delay > 0:
		return fmt.Sprintf("one request in %s (its config, or Crawl-delay)", p.Delay)
	}
	return "no delay"
}

// asked reports a host that asked to be left alone for longer than its pace.
func asked(p durable.Pace, now time.Time) bool {
	return p.NotBefore.Sub(now) > max(p.Delay, p.Slow)+2*time.Second
}

// notBefore is t, or where the host asked for a wait that ends later, its end; zero where t is.
func notBefore(t time.Time, p durable.Pace, now time.Time) time.Time {
	if t.IsZero() || !asked(p, now) || t.After(p.NotBefore) {
		return t
	}
	return p.NotBefore
}

// next says when a host is visited next, and why not before. Running says that a run
// goes on.
func next(p durable.Place, now time.Time, running bool) string {
	polled := !p.Poll.IsZero() && (p.Due.IsZero() || p.Poll.Before(p.Due))
	first := p.Due
	if polled && p.Queued == 0 {
		first = p.Poll
	}
	switch wait := p.NotBefore.Sub(now); {
	case p.Queued == 0 && first.IsZero():
		return "nothing waits"
	case asked(p.Pace, now) && !first.After(p.NotBefore):
		return showTime(p.NotBefore, now, "") + " (the host asked for that wait)"
	case p.Queued == 0 && polled && p.Poll.After(now):
		return showTime(p.Poll, now, "") + " (its site is due)"
	case p.Queued == 0 && (polled || !p.Due.After(now)):
		return "at the next run"
	case p.Queued == 0:
		return showTime(p.Due, now, "") + " (revisit)"
	case wait > 2*time.Second && p.Slow > 0:
		return showTime(p.NotBefore, now, "") + slower(p)
	case p.Due.After(now):
		return showTime(p.Due, now, "") + " (another try)"
	case !running:
		return "when a run goes on" + slower(p)
	case p.Busy && p.Delay > p.Slow:
		return fmt.Sprintf("now, one each %s (%s)", p.Delay, named("its config, or ", p.Site)+"Crawl-delay")
	case p.Busy:
		return "now" + slower(p)
	}
	return "when a run has a worker free" + slower(p)
}

// slower says why a host is visited more slowly than configured; "" where it is not.
func slower(p durable.Place) string {
	if p.Slow == 0 {
		return ""
	}
	return fmt.Sprintf(", one each %v (%s)", p.Slow.Round(100*time.Millisecond), page.Printable(p.Why, 80))
}

// comes is a time to come; what is past waits for a run.
func comes(t, now time.Time, otherwise string) string {
	if t.IsZero() || t.After(now) {
		return showTime(t, now, otherwise)
	}
	return "at the next run (due since " + showTime(t, now, "") + ")"
}

// showTime is a time of today, or a date; otherwise for the zero time.
func showTime(t, now time.Time, otherwise string) string {
	switch local := t.Local(); {
	case t.IsZero():
		return otherwise
	case local.Format(time.DateOnly) == now.Local().Format(time.DateOnly):
		return local.Format(time.TimeOnly)
	default:
		return local.Format("2006-01-02 15:04")
	}
}
