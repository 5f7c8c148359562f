package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/internal/testsite"
)

// demo crawls the built-in sites.
type demo struct {
	capturing
	dirGiven bool
}

func (a *app) demoCommand() *cobra.Command {
	d := &demo{capturing: capturing{app: a, robots: "obey", timeout: 10 * time.Second, workers: 4}}
	return &cobra.Command{
		Use:   "demo",
		Short: "Crawl built-in news sites on this machine, offline",
		Long: `demo serves a few made-up newspapers on the loopback, crawls them, and shows what it
kept as a table. It needs no network.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d.dirGiven = cmd.Flags().Changed("archive")
			return d.main(cmd.Context())
		},
	}
}

func (d *demo) main(ctx context.Context) error {
	server, err := testsite.Start(testsite.Options{})
	if err != nil {
		return fmt.Errorf("start the demo's sites: %w", err)
	}
	defer server.Close()
	if !d.dirGiven {
		if d.archiveDir, err = os.MkdirTemp("", "scrape-demo-"); err != nil {
			return err
		}
	}
	starts, scope := d.sites(server.Sites())
	if err := d.open(); err != nil {
		return err
	}
	d.deliver = func(v crawl.Visit) error {
		if d.json {
			return d.out.line(eventOf(v))
		}
		return nil
	}
	if err := d.capture(ctx, starts, scope, frontier.Options{Backoff: 100 * time.Millisecond}); err != nil {
		return err
	}
	if d.json {
		return d.out.line(d.tally.summary(d.run))
	}
	if err := d.table(); err != nil {
		return err
	}
	d.next()
	return nil
}

// sites says where to start, and lets the client in at those ports alone.
func (d *demo) sites(sites []testsite.Site) (starts []string, scope crawl.Scope) {
	scope.Depth = math.MaxInt
	for _, s := range sites {
		starts = append(starts, s.Start)
		host := strings.TrimPrefix(s.URL, "http://")
		scope.Sites = append(scope.Sites, address.Site(host))
		d.allowNet = append(d.allowNet, host)
		d.say("%-24s %s", s.Name, s.URL)
	}
	return starts, scope
}

// table prints the articles, then how the other pages ended.
func (d *demo) table() error {
	r, err := archive.OpenReader(d.archiveDir)
	if err != nil {
		return err
	}
	defer r.Close()
	articles := 0
	for row, err := range r.Latest() {
		if err != nil {
			return err
		}
		if row.Outcome == "not_article" {
			continue
		}
		if articles++; articles == 1 {
			fmt.Fprintln(d.out)
		}
		fmt.Fprintln(d.out, d.out.rowLine(row))
	}
	fmt.Fprintf(d.out, "\n%d pages in %s: %s\n", d.tally.total, d.tally.ended.Sub(d.tally.started).Round(10*time.Millisecond), d.tally.outcomeList(" · "))
	return d.out.flush()
}

// next says where the files lie and what to try.
func (d *demo) next() {
	d.say("\nKept in %s\n  articles  articles/…/*.jsonl.gz  (rows of JSON)\n  pages     warc/…/*.warc.gz       (WARC 1.1)", d.archiveDir)
	d.say("Try next:\n  scrape list --archive %[1]s\n  scrape show ID --archive %[1]s\n  scrape https://your.newspaper.example/story", d.archiveDir)
}
