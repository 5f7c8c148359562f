package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/internal/crawl"
	"newsarchive/internal/discover"
	"newsarchive/internal/fetch"
	"newsarchive/page"
)

// discovering is the command that looks for what a site publishes.
type discovering struct {
	capturing
	asker *fetch.Worker
	pacer crawl.Pacer
	found siteFinds
}

// siteFinds is what a site publishes.
type siteFinds struct {
	Front    string
	Site     string
	Outcome  page.Outcome
	Why      string // one line for an outcome that is a failure
	Robots   string // verdict on the front page
	Delay    time.Duration
	Lists    []listFind
	Sections []discover.Entry
	Signals  []discover.Signal
	AllowNet []string // what it took to get there
}

func (a *app) discoverCommand() *cobra.Command {
	d := &discovering{capturing: capturing{app: a, noArchive: true}}
	cmd := &cobra.Command{
		Use:   "discover SITE",
		Short: "Look for a site's feeds, sitemaps and sections, and its wishes",
		Long: `discover asks a site for its front page, its robots.txt, its feeds and sitemaps, and
prints what they are, how fresh they are, what the site says about robots and text
mining, and a config to paste. With --json it prints each as a line, and the
addresses that the lists name. Nothing is kept.`,
		Example: `  scrape discover news.example
  scrape discover news.example --json | jq -r 'select(.type=="address") | .url'`,
		Args: oneArg("a site such as news.example"),
		RunE: func(cmd *cobra.Command, args []string) error { return d.main(cmd.Context(), args) },
	}
	d.flags(cmd)
	return cmd
}

func (d *discovering) main(ctx context.Context, args []string) error {
	starts, err := siteAddresses(args)
	if err != nil {
		return err
	}
	if err := d.open(); err != nil {
		return err
	}
	defer d.client.Close()
	d.asker = d.client.Worker()
	d.found.Front, d.found.AllowNet = starts[0], d.allowNet
	if err := d.look(ctx); err != nil {
		return err
	}
	if err := d.print(); err != nil {
		return err
	}
	switch code := codeOfOutcome(d.found.Outcome); {
	case code == exitUnreachable || code == exitRefused:
		d.say("%s: %s%s; nothing more was asked for", d.found.Front, d.found.Outcome, named(" ("+d.found.Why+")", d.found.Why))
		return saidCode(code)
	case !slices.ContainsFunc(d.found.Lists, func(l listFind) bool { return l.List != nil }) && len(d.found.Sections) == 0:
		d.say("no feed, no sitemap and no section was found; scrape crawl follows links")
		return saidCode(exitNoArticle)
	}
	return nil
}

// ask fetches one address at the pace of the site.
func (d *discovering) ask(ctx context.Context, link string) (*page.Capture, error) {
	pace := d.pacer.Of(func(link string) time.Duration { return max(d.delay, min(d.crawlDelay(link), time.Minute)) }, time.Hour)
	return d.asker.Fetch(ctx, page.Request{URL: link, Pace: pace})
}

// look asks for the front page and for the lists that it and robots.txt name, or
// for those that sites usually have.
func (d *discovering) look(ctx context.Context) error {
	capture, err := d.ask(ctx, d.found.Front)
	if err != nil {
		return err
	}
	reading := d.x.Extract(capture)
	d.found.Outcome, d.found.Robots, d.found.Site = reading.Row.Outcome, capture.Robots, reading.Row.Site
	doc := capture.Document()
	if d.found.Why = page.Printable(capture.Err, 300); d.found.Why == "" && doc != nil && doc.Status != 200 {
		d.found.Why = fmt.Sprintf("HTTP %d", doc.Status)
	}
	if doc == nil || doc.Status != 200 {
		return nil
	}
	base, err := url.Parse(doc.URL)
	if err != nil {
		return err
	}
	origin := base.Scheme + "://" + base.Host
	robots, hints := d.client.RobotsTxt(origin), discover.Page(doc.Body, base)
	d.found.Delay = d.client.CrawlDelay(origin)
	d.found.Signals = slices.Concat(robots.Policy, discover.Headers(doc.Header, ""), hints.Policy)
	d.found.Sections = slices.DeleteFunc(discover.Sections(reading.Links, base), func(s discover.Entry) bool {
		u, err := url.Parse(s.URL)
		return err != nil || !d.client.Allows(u)
	})
	if pause := max(d.delay, min(d.found.Delay, time.Minute)); pause > 0 {
		d.say("Asking %s for its feeds and sitemaps, %s apart …", page.Printable(base.Host, 100), pause)
	}
	if err := d.reservation(ctx, origin); err != nil {
		return err
	}
	if err := d.lists(ctx, hints.Feeds, discover.UsualFeeds(base)); err != nil {
		return err
	}
	return d.lists(ctx, slices.Concat(robots.Sitemaps, hints.Sitemaps), discover.UsualSitemaps(base))
}

// reservation asks for the site's file of the TDM Reservation Protocol.
func (d *discovering) reservation(ctx context.Context, origin string) error {
	const name = "/.well-known/tdmrep.json"
	capture, err := d.ask(ctx, origin+name)
	if err != nil {
		return err
	}
	doc := capture.Document()
	if doc == nil || doc.Status != 200 {
		return nil
	}
	rules, _ := discover.TDMRep(doc.Body) // what is no such file says nothing
	for _, r := range rules {
		value := "0 for " + r.Location
		if r.Reservation == 1 {
			value = "1 for " + r.Location
		}
		d.found.Signals = append(d.found.Signals, discover.Signal{Name: "tdm-reservation", Value: value, Where: name})
	}
	return nil
}
