package main

import (
	"context"
	"errors"
	"math"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/internal/address"
	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier/durable"
	"newsarchive/page"
)

// crawling is the command that follows links.
type crawling struct {
	capturing
	maxPages int
	maxTime  time.Duration
	depth    int
	lists    bool
	include  []string
	exclude  []string
	where    string // of the frontier
	revisit  []time.Duration
	images   string
	begun    durable.Beginning
}

// errMaxTime is the cause of a context that --max-time ended.
var errMaxTime = errors.New("--max-time is over")

func (a *app) crawlCommand() *cobra.Command {
	c := &crawling{capturing: capturing{app: a, tdmFile: true}}
	conf := &configured{}
	cmd := &cobra.Command{
		Use:   "crawl SITE… | -c scrape.yaml",
		Short: "Capture a site, or the sites of a config that are due, until nothing is left",
		Long: `crawl captures the start addresses and every page of the same sites that links lead
to, one request at a time to a host. With --json it prints a page line for each
page once that is durably stored, and a summary.

What is still to be visited is kept in a file beside the archive: the same command
goes on where one was interrupted, and begins anew after one that was finished.

With -c the sites of a config are crawled that are due; where none is, the command
ends at once. That is what timers start (scrape schedule print).`,
		Example: `  scrape crawl news.example --max-pages 200
  scrape crawl https://news.example/politics/ --include /politics/ --depth 2
  scrape crawl news.example --json > run.jsonl
  scrape crawl -c scrape.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if conf.file != "" {
				conf.crawling = *c
				return conf.main(cmd, args)
			}
			for _, name := range configs {
				if cmd.Flags().Changed(name) {
					return usagef("--%s is for the sites of a config: scrape crawl -c scrape.yaml", name)
				}
			}
			if err := needArgs("a site such as news.example, or -c scrape.yaml")(cmd, args); err != nil {
				return err
			}
			return c.main(cmd.Context(), args)
		},
	}
	c.flags(cmd)
	f := cmd.Flags()
	conf.flags(f)
	f.IntVar(&c.maxPages, "max-pages", 0, "visit so many pages at most; 0: no limit")
	spanVar(f, &c.maxTime, "max-time", 0, "stop after this time; 0: no limit")
	f.IntVar(&c.depth, "depth", 0, "follow so many links in a row at most; 0: no limit")
	f.BoolVar(&c.lists, "lists", false, "read the feeds and sitemaps that front pages and robots.txt name, too")
	f.StringArrayVar(&c.include, "include", nil, "follow only addresses that match this regular expression")
	f.StringArrayVar(&c.exclude, "exclude", nil, "do not follow addresses that match this regular expression")
	c.revisit = slices.Clone(crawl.Steps)
	f.Var((*spansFlag)(&c.revisit), "revisit", "leave an article alone for so long after its first visit, its second, …; one time: after each")
	f.StringVar(&c.where, "frontier", "", "keep what is to be visited here: a file, or postgres://… (default state-….db beside the archive)")
	f.StringVar(&c.images, "images", "none", "images to keep with each article: none, or lead (its first)")
	f.IntVar(&c.workers, "workers", 4, "hosts worked on at the same time; those that have not answered yet wait beside them")
	return cmd
}

func (c *crawling) main(ctx context.Context, args []string) error {
	starts, err := siteAddresses(args)
	if err != nil {
		return err
	}
	scope, err := c.scope(starts)
	if err != nil {
		return err
	}
	if c.maxPages < 0 || c.depth < 0 || c.workers < 1 {
		return usagef("--max-pages and --depth must not be negative, --workers must be 1 or more")
	}
	switch c.images {
	case "none":
	case "lead":
		c.beside = &crawl.Requisites{Lead: true, MaxTime: 10 * time.Second}
	default:
		return usagef("--images is none or lead, not %q", c.images)
	}
	if err := c.open(); err != nil {
		return err
	}
	c.warnOfNoContact()
	loop, err := c.resume(ctx, starts, scope)
	if err != nil {
		return joined(err, c.store.Close())
	}
	if c.maxTime > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeoutCause(ctx, c.maxTime, errMaxTime)
		defer stop()
	}
	c.deliver = c.print
	if c.lists && loop.Discover == nil {
		finder := crawl.Finder{Lists: listBounds(c.bounds), Feeds: true, Sitemaps: true, Robots: c.client.RobotsTxt}
		loop.Discover, loop.Enter = finder.Find, true
	}
	err = c.work(ctx, loop, starts)
	if c.json {
		if lerr := c.out.line(c.tally.summary(c.run)); lerr != nil && !gone(lerr) {
			return errors.Join(inOurWords(err), lerr)
		}
	}
	c.sayEnd()
	if err = c.unlessLate(err); err != nil {
		return inOurWords(err)
	}
	return saidCode(c.code())
}

// unlessLate returns err, and nil where --max-time ended the run, which is told.
func (c *crawling) unlessLate(err error) error {
	if !errors.Is(err, errMaxTime) {
		return err
	}
	c.say("  %v; the same command goes on from here", err)
	return nil
}

func (c *crawling) scope(starts []string) (crawl.Scope, error) {
	s := crawl.Scope{Depth: c.depth}
	if c.depth == 0 {
		s.Depth = math.MaxInt
	}
	for _, start := range starts {
		u, err := url.Parse(start)
		if err != nil {
			return s, err
		}
		s.Sites = append(s.Sites, address.Site(u.Host))
	}
	var err error
	if s.Include, err = patterns("--include", c.include); err != nil {
		return s, err
	}
	s.Exclude, err = patterns("--exclude", c.exclude)
	return s, err
}

func patterns(flag string, list []string) ([]*regexp.Regexp, error) {
	out := make([]*regexp.Regexp, len(list))
	for i, s := range list {
		re, err := regexp.Compile(s)
		if err != nil {
			return nil, usagef("%s: %w", flag, err)
		}
		out[i] = re
	}
	return out, nil
}

// siteAddresses turns sites into start addresses: a bare host name means its
// front page, over https unless it is an IP address or localhost.
func siteAddresses(args []string) ([]string, error) {
	full := make([]string, len(args))
	for i, arg := range args {
		if rest, one := oneSlash(arg); one {
			return nil, usagef("%s: two slashes are wanted: %s", page.Printable(arg, 200), page.Printable(rest, 200))
		}
		u, err := address.Parse(withScheme(arg))
		if errors.Is(err, address.ErrScheme) {
			return nil, usagef("%s: %w", page.Printable(arg, 200), err)
		}
		if err != nil {
			return nil, usagef("want an absolute address such as https://news.example/story, got %q", page.Printable(arg, 200))
		}
		full[i] = u.String()
	}
	return full, nil
}

// noHost begins what has a scheme of its own, such as mailto:, or is no host for another reason.
var noHost = regexp.MustCompile(`^[^[]*(@|:\D)`)

// withScheme completes an address as people write it: news.example/story.
func withScheme(arg string) string {
	host, _, _ := strings.Cut(arg, "/")
	if host == "localhost" || !strings.Contains(arg, "://") && strings.ContainsAny(host, ".:") && !noHost.MatchString(host) {
		return scheme(host) + "://" + arg
	}
	return arg
}

// oneSlash mends an address that has lost a slash, and reports whether it has.
func oneSlash(arg string) (string, bool) {
	for _, s := range []string{"http:/", "https:/"} {
		if rest, ok := strings.CutPrefix(arg, s); ok && !strings.HasPrefix(rest, "/") {
			return s + "/" + rest, true
		}
	}
	return arg, false
}

func scheme(host string) string {
	name := (&url.URL{Host: host}).Hostname()
	if _, err := netip.ParseAddr(name); err == nil || name == "localhost" {
		return "http"
	}
	return "https"
}
