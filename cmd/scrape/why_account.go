package main

import (
	"fmt"
	"strings"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// ofConfig reports the crawl of a config's sites. No address begins so.
func ofConfig(crawl string) bool { return strings.HasPrefix(crawl, "config ") }

// crawlName is what a crawl is called: by its start addresses, or the config.
func crawlName(crawl string) string {
	if ofConfig(crawl) {
		return "the sites of a config"
	}
	return strings.ReplaceAll(crawl, "\n", ", ")
}

// account tells what a crawl knows of an address, a line for each thing.
func (l *looking) account(k durable.Known, now time.Time) (lines []string) {
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	seen := "a start address"
	switch {
	case k.From == "" && k.State == "same":
		seen = "another address of a page, as that page says"
	case k.From != "":
		seen = fmt.Sprintf("seen on %s, %s from the start", k.From, count(k.Depth, "link"))
	}
	add("%s%s", seen, named(", kind "+string(k.Kind), string(k.Kind))+named(", site "+k.Site, k.Site))
	add("known to the crawl of %s", crawlName(k.Crawl))
	if k.Last.Visits > 0 {
		add("last visit %s: %s%s%s", showTime(k.Last.At, now, ""), k.Last.Outcome, named(fmt.Sprintf(", HTTP %d", k.Last.Status), status(k.Last.Status)), named(", "+k.Last.Err, k.Last.Err))
		if k.Last.Visits > 1 {
			add("visited %s, changed at %d of them", count(k.Last.Visits, "time"), k.Last.Changes)
		}
	}
	if k.Last.Robots != "" {
		add("robots.txt: %s%s", k.Last.Robots, named(" by "+k.Last.Rule, k.Last.Rule))
	}
	if k.State != "same" && k.State != "trap" && k.Note != "" {
		add("%s", k.Note)
	}
	next, waits := notBefore(k.Next, k.Pace, now), ""
	if next != k.Next {
		waits = k.Host
	}
	switch k.State {
	case "queued":
		add("waits for its visit%s%s", named(fmt.Sprintf(" after %s that failed", count(k.Tries, "try")), status(k.Tries)), named(", not before "+showTime(notBefore(k.Due, k.Pace, now), now, ""), showTime(later(k.Due, now), now, "")))
		if k.NotBefore.After(now) {
			add("no request to %s before %s", k.Host, showTime(k.NotBefore, now, ""))
		}
	case "trap":
		add("not queued: it is of a %s that brought no new article for long; a new one takes it up again", or(named("form ("+k.Note+")", k.Note), "host"))
	case "same":
		add("another address of a page that was visited%s; it needs no visit", named(" as "+k.Note, k.Note))
	case "left":
		add("not visited in this run: %s", l.leftWhy(k, now))
	case "visited":
		if k.Last.Visits == 0 {
			add("read on the way, by the visit of %s", k.From)
		}
		if k.Last.Visits == 0 && ofConfig(k.Crawl) {
			add("each visit of that reads it again")
		} else if k.Last.Rest == frontier.Never {
			add("not visited again")
		} else if next.After(now) {
			add("to be visited again after %s%s", showTime(next, now, ""), named(" (no request to "+k.Host+" before)", waits))
		} else {
			add("the next run visits it again")
		}
	}
	return lines
}

// leftWhy says why a run left an address, in the words of the flag or the key that did it.
func (l *looking) leftWhy(k durable.Known, now time.Time) string {
	switch {
	case k.Waits:
		return fmt.Sprintf("no request to %s before %s, which is longer than a run waits; a later one takes it up", k.Host, showTime(k.NotBefore, now, ""))
	case k.Site != "":
		return fmt.Sprintf("max_per_run of the site in %s is used up; it comes once the site is due again", or(l.configFile, "its config"))
	}
	return "--max-pages is used up; the next run takes it up"
}

// named is text where value is not empty.
func named(text, value string) string {
	if value == "" {
		return ""
	}
	return text
}

func status(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// later is t where it is after now, else the zero time.
func later(t, now time.Time) time.Time {
	if t.After(now) {
		return t
	}
	return time.Time{}
}
