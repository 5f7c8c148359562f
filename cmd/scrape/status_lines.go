package main

import (
	"time"

	"newsarchive/internal/frontier/durable"
	"newsarchive/page"
)

// The lines that --json prints.
type (
	hostLine struct {
		Type      string     `json:"type"` // "host"
		Host      string     `json:"host"`
		Site      string     `json:"site_id"`
		Queued    int        `json:"queued"`
		Visited   int        `json:"visited"`
		Articles  int        `json:"articles"`
		Changed   int        `json:"changed"`
		Failed    int        `json:"failed"`
		Left      int        `json:"left"`
		Trapped   int        `json:"trapped"` // of forms that bring nothing new
		Last      *time.Time `json:"visited_at"`
		Due       *time.Time `json:"due"`        // null for at once, or nothing
		NotBefore *time.Time `json:"not_before"` // of any request to the host
		Delay     int64      `json:"delay_ms"`
		Slow      int64      `json:"slowed_to_ms"` // 0: visited at the configured pace
		Why       string     `json:"slowed_why"`
		Fails     int        `json:"fails"` // requests in a row that were not answered
		Busy      bool       `json:"busy"`
		Next      string     `json:"next_in_words"`
	}
	polledLine struct {
		Type string     `json:"type"` // "site"
		ID   string     `json:"site_id"`
		Last *time.Time `json:"asked_at"`
		Next *time.Time `json:"next"` // null for at once

		New       int        `json:"new_24h"` // articles
		Articles  int        `json:"articles"`
		Changed   int        `json:"changed"`
		Failed    int        `json:"failed"`
		Backlog   int        `json:"backlog"`
		Lists     int        `json:"lists"` // feeds and sitemaps
		Retired   int        `json:"lists_retired"`
		Delay     int64      `json:"delay_ms"`
		NotBefore *time.Time `json:"not_before"` // of any request to its slowest host
		Why       string     `json:"delay_why"`
	}
)

func (l *looking) statusLines(places []durable.Place, sites []durable.Polled, stopped []durable.Stopped, now time.Time, running bool) error {
	for _, s := range sites {
		if err := l.out.line(polledLine{"site", s.ID, known(s.Last), known(s.Next), s.New, s.Articles, s.Changed, s.Failed, s.Queued + s.Left,
			s.Lists, s.Retired, max(s.Slowest.Delay, s.Slowest.Slow).Milliseconds(), known(s.Slowest.NotBefore), delay(s.Slowest, now)}); err != nil {
			return err
		}
	}
	for _, p := range places {
		line := hostLine{"host", page.Clean(p.Host), p.Site, p.Queued, p.Visited, p.Articles, p.Changed, p.Failed, p.Left, p.Trapped,
			known(p.Last), known(notBefore(p.Due, p.Pace, now)), known(p.NotBefore), p.Delay.Milliseconds(), p.Slow.Milliseconds(), page.Clean(p.Why), p.Fails, p.Busy, next(p, now, running)}
		if err := l.out.line(line); err != nil {
			return err
		}
	}
	return l.stoppedLines(stopped)
}
