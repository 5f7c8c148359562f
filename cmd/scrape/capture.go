package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/extract"
	"newsarchive/internal/config"
	"newsarchive/internal/crawl"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
	"newsarchive/internal/sites"
)

// capturing is what get, crawl and demo share: how pages are fetched and kept.
type capturing struct {
	*app
	userAgent string
	delay     time.Duration
	workers   int
	robots    string
	tdm       string // policy for TDM reservations
	tdmFile   bool   // files of sites that reserve are asked for, whatever the policy
	allowNet  []string
	insecure  []string
	proxy     string
	noArchive bool
	sparing   bool              // a run that visited nothing leaves no report
	beside    *crawl.Requisites // what is taken beside each page; nil for nothing

	run     string // id of the run
	store   *archive.Archive
	client  *fetch.Client
	x       *extract.Extractor
	tally   tally
	deliver func(crawl.Visit) error // prints a visit
}

func (c *capturing) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.userAgent, "user-agent", "", `name to sites, with a contact: "study-bot/1 (+https://uni.example/bot)"`)
	c.timeFlag(f)
	c.boundFlags(f)
	if !c.noArchive {
		f.Func("min-free", "bytes of the archive's disk left alone, such as 1GiB (default 5 % of it, at most 256 MiB)", func(s string) error {
			c.boundsSaid = append(c.boundsSaid, "min-free="+s)
			return c.bounds.Set("min-free", s)
		})
	}
	spanVar(f, &c.delay, "delay", time.Second, "least time between two requests to one host")
	f.StringVar(&c.robots, "robots", "obey", "robots.txt: obey, or record (noted, not obeyed)")
	f.StringVar(&c.tdm, "tdm", "record", "pages that reserve text and data mining: record (noted), obey (not read), or refuse (not kept either)")
	f.StringSliceVar(&c.allowNet, "allow-net", nil, "visit these private addresses too: CIDR[:PORT]")
	f.StringSliceVar(&c.insecure, "insecure-host", nil, "accept any certificate of this host")
	f.StringVar(&c.proxy, "proxy", "", "HTTP proxy for all requests")
}

// open readies the client and, unless --no-archive, the archive.
func (c *capturing) open() (err error) {
	if c.x, err = c.extractor(); err != nil {
		return err
	}
	if err := c.newClient(); err != nil {
		return err
	}
	c.run = newRunID(time.Now())
	if c.noArchive {
		return nil
	}
	o := archive.Options{Software: software(), RunID: c.run, UserAgent: c.agent(), Robots: c.robots,
		MinFree: c.bounds.MinFree, LateCatalog: lateCatalog, InsecureHosts: c.insecure, Bounds: otherBounds(c.bounds)}
	store, err := archive.Open(c.archiveDir, o)
	if errors.Is(err, archive.ErrLocked) {
		return fmt.Errorf("%w; until that ends, capture into another folder with --archive DIR and import its WARC files later", err)
	}
	if err != nil {
		return archiveError(err)
	}
	c.store = store
	return nil
}

// lateCatalog is how many bytes of rows a run leaves out of the catalog, at most: those
// of some thousand articles, which the first question adds in a second or two.
const lateCatalog = 4 << 20

// A front is a frontier that counts what it will not hand out.
type front interface {
	crawl.Frontier
	Left(context.Context) (frontier.Left, error)
}

// capture visits the start addresses and what the scope admits, and delivers each visit.
func (c *capturing) capture(ctx context.Context, starts []string, scope crawl.Scope, fo frontier.Options) error {
	return c.work(ctx, c.loop(frontier.NewMemory(fo), scope), starts)
}

func (c *capturing) loop(front front, scope crawl.Scope) *crawl.Crawl {
	loop := &crawl.Crawl{
		Frontier:   front,
		NewFetcher: func() crawl.Fetcher { return c.client.Worker() },
		Extract:    c.x,
		Scope:      scope,
		Chains:     scope.Depth == 0,
		Workers:    c.workers,
		Log:        c.logger(),
		CrawlDelay: c.crawlDelay,

		MaxSitemaps: int(c.bounds.Sitemaps), MaxListed: int(c.bounds.SitemapPages),
		Done: c.done,
	}
	set := sites.Reserving(config.Policy(cmp.Or(c.tdm, "record")))
	loop.Extract = set.Reader(c.x)
	if c.store != nil {
		loop.Store = set.Keeper(c.store)
		if loop.Requisites = c.beside; c.beside != nil {
			c.beside.NewFetcher, c.beside.Keep = loop.NewFetcher, c.store.PutRequisite
		}
	}
	return loop
}

// work runs the loop and closes what it worked with.
func (c *capturing) work(ctx context.Context, loop *crawl.Crawl, starts []string) error {
	c.tally.start(c.app, time.Now())
	if c.client != nil {
		defer c.client.Close()
	}
	err := loop.Run(ctx, starts)
	left, lerr := loop.Frontier.(front).Left(context.WithoutCancel(ctx))
	c.tally.left = left
	if closer, ok := loop.Frontier.(io.Closer); ok {
		lerr = errors.Join(lerr, closer.Close())
	}
	if err == nil {
		err = lerr // else what ended the run says more
	}
	return joined(err, c.close())
}

// close seals the archive and keeps the run's report.
func (c *capturing) close() error {
	c.tally.end()
	if c.store == nil {
		return nil
	}
	var rerr error
	if c.tally.total > 0 || !c.sparing {
		rerr = c.store.Report(c.tally.report(c.run))
	}
	return joined(rerr, c.store.Close())
}

func (c *capturing) done(v crawl.Visit) {
	c.tally.count(v)
	// A reader that went away ends the printing, not the capture.
	_ = c.deliver(v)
}

func (c *capturing) crawlDelay(link string) time.Duration {
	u, err := url.Parse(link)
	if err != nil {
		return 0
	}
	return c.client.CrawlDelay(u.Scheme + "://" + u.Host)
}

// newRunID names a run by its time and four random digits.
func newRunID(now time.Time) string {
	var b [2]byte
	rand.Read(b[:])
	return fmt.Sprintf("%s-%s", now.UTC().Format("20060102T150405Z"), hex.EncodeToString(b[:]))
}
