package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/internal/frontier/durable"
	"newsarchive/page"
)

// looking is what status and why share: a look at the frontier.
type looking struct {
	*app
	where string
	watch time.Duration
}

func (l *looking) flag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&l.where, "frontier", "", "where it is kept: a file, or postgres://… (default state-….db beside the archive)")
}

// errNoCrawl reports an archive without a frontier.
var errNoCrawl = errors.New("no crawl has been here: there is no frontier beside the archive; scrape crawl makes it, --frontier names another")

// view opens the frontier, or says why there is none.
func (l *looking) view(ctx context.Context) (*durable.View, error) {
	where := l.where
	if where == "" {
		id, err := archiveID(l.archiveDir)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, coded{exitArchive, fmt.Errorf("no archive at %s; name one with --archive", l.archiveDir)}
		}
		if err != nil {
			return nil, archiveError(err)
		}
		if where, err = stateFile(l.archiveDir, id); err != nil {
			return nil, err
		}
	}
	v, err := durable.OpenView(ctx, where)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, coded{exitArchive, errNoCrawl}
	}
	if err != nil {
		return nil, archiveError(err)
	}
	return v, nil
}

func (a *app) statusCommand() *cobra.Command {
	l := &looking{app: a}
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Tell what crawls do and wait for, host by host",
		Long: `status shows for each host how many addresses were visited and wait, when it was last
visited and will be next, and why not before. It may be asked while crawls run.`,
		Example: `  scrape status
  scrape status --watch 5s
  scrape status --json --frontier postgres://crawler@db.example/frontier`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return l.status(cmd.Context()) },
	}
	l.flag(cmd)
	cmd.Flags().DurationVar(&l.watch, "watch", 0, "show it again and again, after this time")
	return cmd
}

func (l *looking) status(ctx context.Context) error {
	if negative(l.watch) {
		return usagef("--watch must not be negative")
	}
	v, err := l.view(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	for {
		if err := l.showStatus(ctx, v); err != nil || l.watch == 0 {
			return err
		}
		select {
		case <-time.After(l.watch):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (l *looking) showStatus(ctx context.Context, v *durable.View) error {
	places, err := v.Places(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	sites, err := v.Sites(ctx, now)
	if err != nil {
		return err
	}
	stopped, err := v.Stopped(ctx)
	if err != nil {
		return err
	}
	if l.json {
		return l.statusLines(places, sites, stopped, now)
	}
	if l.watch > 0 && l.out.tty {
		fmt.Fprint(l.out, "\x1b[H\x1b[2J") // from the top of the screen
	}
	if len(places) == 0 {
		l.say("no address is known yet")
	}
	for _, s := range sites {
		_ = l.out.fold("", fmt.Sprintf("site %s   last asked %s   next %s", page.Printable(s.ID, 60), showTime(s.Last, now, "never"), comes(s.Next, now, "at once")))
		_ = l.out.fold("     ", fmt.Sprintf("new in 24 h %d · articles %d · changed %d · failed %d · backlog %d%s   %s", s.New, s.Articles, s.Changed, s.Failed,
			s.Queued+s.Left, lists(s), delay(s.Slowest, now))) // flush has the error
	}
	l.showHosts(places, now)
	l.showStopped(places, stopped)
	l.showLeft(places)
	return l.out.flush()
}

// showHosts prints a line a host, or on a narrow terminal a few.
func (l *looking) showHosts(places []durable.Place, now time.Time) {
	narrow := l.out.narrow(112)
	if !narrow && len(places) > 0 {
		fmt.Fprintln(l.out, l.out.paint(bold, pad("host", 30)+" queued visited articles changed failed   left  "+pad("last", 16)+" next"))
	}
	for _, p := range places {
		if narrow {
			fmt.Fprintln(l.out, l.out.paint(bold, "host "+l.out.rest(p.Host, 5)))
			_ = l.out.fold("  ", fmt.Sprintf("queued %d · visited %d · articles %d · changed %d · failed %d · left %d", p.Queued, p.Visited, p.Articles, p.Changed, p.Failed, p.Left))
			_ = l.out.fold("  ", fmt.Sprintf("last %s · next %s", showTime(p.Last, now, "never"), next(p, now))) // flush has the error
			continue
		}
		fmt.Fprintf(l.out, "%s %6d %7d %8d %7d %6d %6d  %s %s\n", l.out.col(p.Host, 30), p.Queued, p.Visited, p.Articles, p.Changed, p.Failed, p.Left,
			pad(showTime(p.Last, now, "never"), 16), next(p, now))
	}
}

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
	switch wait := p.NotBefore.Sub(now); {
	case p.Host == "":
		return "no request yet"
	case wait > max(p.Delay, p.Slow)+2*time.Second:
		return fmt.Sprintf("no request to %s until %s (%s)", host, showTime(p.NotBefore, now, ""), page.Printable(or(p.Why, "it asked for that wait"), 80))
	case p.Slow > p.Delay:
		return fmt.Sprintf("one request in %s to %s (%s)", p.Slow.Round(100*time.Millisecond), host, page.Printable(p.Why, 80))
	case p.Delay > 0:
		return fmt.Sprintf("one request in %s (its config, or Crawl-delay)", p.Delay)
	}
	return "no delay"
}

// next says when a host is visited next, and why not before.
func next(p durable.Place, now time.Time) string {
	switch wait := p.NotBefore.Sub(now); {
	case p.Queued == 0 && p.Due.IsZero():
		return "nothing waits"
	case p.Queued == 0 && !p.Due.After(now):
		return "at the next run"
	case p.Queued == 0:
		return showTime(p.Due, now, "") + " (revisit)"
	case wait > max(p.Delay, p.Slow)+2*time.Second:
		return showTime(p.NotBefore, now, "") + " (the host asked for that wait)"
	case wait > 2*time.Second && p.Slow > 0:
		return showTime(p.NotBefore, now, "") + slower(p)
	case p.Due.After(now):
		return showTime(p.Due, now, "") + " (another try)"
	case p.Busy && p.Delay > p.Slow:
		return fmt.Sprintf("now, one each %s (Crawl-delay)", p.Delay)
	case p.Busy:
		return "now" + slower(p)
	}
	return "when a worker is free" + slower(p)
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

func (l *looking) statusLines(places []durable.Place, sites []durable.Polled, stopped []durable.Stopped, now time.Time) error {
	for _, s := range sites {
		if err := l.out.line(polledLine{"site", s.ID, known(s.Last), known(s.Next), s.New, s.Articles, s.Changed, s.Failed, s.Queued + s.Left,
			s.Lists, s.Retired, max(s.Slowest.Delay, s.Slowest.Slow).Milliseconds(), known(s.Slowest.NotBefore), delay(s.Slowest, now)}); err != nil {
			return err
		}
	}
	for _, p := range places {
		line := hostLine{"host", page.Clean(p.Host), p.Site, p.Queued, p.Visited, p.Articles, p.Changed, p.Failed, p.Left, p.Trapped,
			known(p.Last), known(p.Due), known(p.NotBefore), p.Delay.Milliseconds(), p.Slow.Milliseconds(), page.Clean(p.Why), p.Fails, p.Busy, next(p, now)}
		if err := l.out.line(line); err != nil {
			return err
		}
	}
	return l.stoppedLines(stopped)
}
