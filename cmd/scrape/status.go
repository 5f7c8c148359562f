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
var errNoCrawl = errors.New("no crawl has been here: there is no frontier yet; scrape crawl makes it, --frontier names another")

// view opens the frontier, or says why there is none.
func (l *looking) view(ctx context.Context) (*durable.View, error) {
	where := or(l.where, l.frontier)
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
	spanVar(cmd.Flags(), &l.watch, "watch", 0, "show it again and again, after this time")
	return cmd
}

func (l *looking) status(ctx context.Context) error {
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
	running, err := v.Running(ctx, now)
	if err != nil {
		return err
	}
	if l.json {
		return l.statusLines(places, sites, stopped, now, running)
	}
	if l.watch > 0 && l.out.tty {
		fmt.Fprint(l.out, "\x1b[H\x1b[2J") // from the top of the screen
	}
	if len(places) == 0 {
		l.say("no address is known yet")
	}
	for _, s := range sites {
		_ = l.out.fold("site ", fmt.Sprintf("%s · last asked %s · next %s", page.Printable(s.ID, 60), showTime(s.Last, now, "never"), comes(s.Next, now, map[bool]string{true: "at once", false: "at the next run"}[running])))
		_ = l.out.fold("     ", fmt.Sprintf("new in 24 h %d · articles %d · changed %d · failed %d · backlog %d%s · %s", s.New, s.Articles, s.Changed, s.Failed,
			s.Queued+s.Left, lists(s), delay(s.Slowest, now))) // flush has the error
	}
	l.showHosts(places, now, running)
	l.showStopped(places, stopped)
	l.showLeft(places)
	return l.out.flush()
}

// showHosts prints a line a host, or on a narrow terminal a few.
func (l *looking) showHosts(places []durable.Place, now time.Time, running bool) {
	narrow := l.out.narrow(112)
	if !narrow && len(places) > 0 {
		fmt.Fprintln(l.out, l.out.paint(bold, pad("host", 30)+" queued visited articles changed failed   left  "+pad("last", 16)+" next"))
	}
	for _, p := range places {
		if narrow {
			fmt.Fprintln(l.out, l.out.paint(bold, "host "+l.out.rest(p.Host, 5)))
			_ = l.out.fold("  ", fmt.Sprintf("queued %d · visited %d · articles %d · changed %d · failed %d · left %d", p.Queued, p.Visited, p.Articles, p.Changed, p.Failed, p.Left))
			_ = l.out.fold("  ", fmt.Sprintf("last %s · next %s", showTime(p.Last, now, "never"), next(p, now, running))) // flush has the error
			continue
		}
		_ = l.out.fold(fmt.Sprintf("%s %6d %7d %8d %7d %6d %6d  %s ", l.out.col(p.Host, 30), p.Queued, p.Visited, p.Articles, p.Changed, p.Failed, p.Left,
			pad(showTime(p.Last, now, "never"), 16)), next(p, now, running))
	}
}
