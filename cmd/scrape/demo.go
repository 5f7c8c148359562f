package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/internal/testsite"
	"newsarchive/page"
)

// demo crawls the built-in sites.
type demo struct {
	capturing
	dirGiven bool
}

func (a *app) demoCommand() *cobra.Command {
	d := &demo{capturing: capturing{app: a, robots: "obey", workers: 4}}
	return &cobra.Command{
		Use:   "demo",
		Short: "Crawl built-in news sites on this machine, offline",
		Long: `demo serves a few made-up newspapers on the loopback, crawls them, and shows what it
kept as a table. It needs no network. What it keeps lies in a new folder of its own, unless
--archive names one; your archive (SCRAPE_ARCHIVE) is left alone.`,
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
			return fmt.Errorf("make a temporary folder: %w; name a folder with --archive", err)
		}
	}
	starts, scope := d.sites(server.Sites())
	d.say("Crawling %d made-up newspapers on this machine …", len(starts))
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
		if !d.dirGiven {
			err = errors.Join(err, os.RemoveAll(d.archiveDir)) // our own new folder, which nobody was told of
		}
		return err
	}
	if d.json {
		return d.out.line(d.tally.summary(d.run))
	}
	if err := d.table(server.Sites()); err != nil {
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
		host := hostOf(s)
		scope.Sites = append(scope.Sites, address.Site(host))
		d.allowNet = append(d.allowNet, host)
	}
	return starts, scope
}

// table prints the articles of each site, newest first, then how other pages ended.
func (d *demo) table(sites []testsite.Site) error {
	rows, err := d.rows()
	if err != nil {
		return err
	}
	for _, s := range sites {
		fmt.Fprintf(d.out, "\n%s\n", d.out.paint(bold, s.Name))
		for _, row := range rows {
			if row.Site == address.Site(hostOf(s)) && row.Outcome.HasArticle() {
				fmt.Fprintln(d.out, "  "+d.line(row))
			}
		}
	}
	fmt.Fprintf(d.out, "\n%s\n", d.out.paint(bold, "Pages that gave no article, and why"))
	for _, row := range rows {
		if !row.Outcome.HasArticle() && row.Outcome != page.NotArticle {
			fmt.Fprintf(d.out, "  %s  HTTP %d  %s\n", d.out.paint(outcomeStyle(row.Outcome), pad(string(row.Outcome), 14)),
				row.HTTPStatus, d.out.rest(row.URL, 28))
		}
	}
	fmt.Fprintln(d.out)
	_ = d.out.fold("", fmt.Sprintf("%s in %s: %s", pages(d.tally.total), d.tally.ended.Sub(d.tally.started).Round(10*time.Millisecond), d.tally.outcomeList(" · ")))
	return d.out.flush()
}

// line is one article: date, length, outcome where it is not ok, headline, who wrote it.
func (d *demo) line(r page.Row) string {
	by := strings.Join(slices.Concat(r.Authors, beside(r.Agencies, r.Authors)), ", ")
	outcome := ""
	if r.Outcome != page.OK {
		outcome = "  " + string(r.Outcome)
	}
	width := d.out.fit(56, 44+len(outcome)) // after "  2026-11-03   168 words  ", before "  " and a name
	s := fmt.Sprintf("%s %5d words  %s  %s", day(r), r.WordCount, d.out.col(r.Title, width), d.out.paint(dim, d.out.rest(by, 28+width+len(outcome))))
	return s + d.out.paint(outcomeStyle(r.Outcome), outcome)
}

// rows returns the newest rows of the archive, newest articles first.
func (d *demo) rows() (rows []page.Row, err error) {
	r, err := d.openArchive()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for row, err := range r.Latest() {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	published := func(r page.Row) time.Time {
		if r.PublishedAt == nil {
			return time.Time{}
		}
		return *r.PublishedAt
	}
	slices.SortFunc(rows, func(a, b page.Row) int {
		return cmp.Or(published(b).Compare(published(a)), cmp.Compare(a.URL, b.URL))
	})
	return rows, nil
}

func hostOf(s testsite.Site) string { return strings.TrimPrefix(s.URL, "http://") }

// next says where the files lie and what to try.
func (d *demo) next() {
	d.say("\nKept in %s\n  articles  articles/…/*.jsonl.gz  (rows of JSON)\n  pages     warc/…/*.warc.gz       (WARC 1.1)", d.archiveDir)
	if !d.dirGiven {
		d.say("Nothing else is left behind; to delete it: rm -r %s", d.archiveDir)
	}
	d.say("Try next:\n  %[1]s list --archive %[2]s\n  %[1]s show ID --archive %[2]s\n  %[1]s https://your.newspaper.example/story", self(), d.archiveDir)
}

// self is how this program was called: go run leaves no binary to call again.
func self() string {
	if strings.Contains(os.Args[0], "go-build") {
		return "go run ./cmd/scrape"
	}
	return "scrape"
}
