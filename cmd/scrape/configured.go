package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"newsarchive/archive"
	"newsarchive/internal/config"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier/durable"
	"newsarchive/internal/metrics"
	"newsarchive/internal/sites"
)

// configured is a crawl of the sites of a config.
type configured struct {
	crawling
	file    string // the config
	only    string // id of the one site; "" for all
	dry     bool
	listen  string // address of the metrics; "" for none
	forever bool
	began   func() // a run is about to work; may be nil

	cfg     *config.Config
	set     *sites.Set
	front   atomic.Pointer[durable.Frontier] // of the run under way, or of the last one
	metrics *metrics.Metrics
}

func (c *configured) flags(f *pflag.FlagSet) {
	f.StringVarP(&c.file, "config", "c", "", "crawl the sites of this config that are due")
	f.StringVar(&c.only, "site", "", "only the site of this id (with -c)")
	f.BoolVar(&c.dry, "dry-run", false, "tell what would be crawled, and how fast; visit nothing (with -c)")
	f.StringVar(&c.listen, "metrics", "", "answer Prometheus at this address, such as 127.0.0.1:9090 (with -c)")
}

// configs are the flags that only a config gives a meaning.
var configs = []string{"site", "dry-run", "metrics"}

// theirs are the flags whose place is the config where there is one.
var theirs = []string{"user-agent", "timeout", "delay", "robots", "tdm", "max-pages", "depth", "include", "exclude", "revisit"}

func (c *configured) main(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("with -c the sites are those of the config; to crawl %q alone leave -c away", args[0])
	}
	for _, name := range theirs {
		if cmd.Flags().Changed(name) {
			return usagef("with -c there is no --%s; it stands in the config", name)
		}
	}
	if err := c.load(cmd); err != nil {
		return err
	}
	if c.dry {
		return c.dryRun(cmd.Context())
	}
	ctx := cmd.Context()
	if err := c.serve(ctx); err != nil {
		return err
	}
	if c.maxTime > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeoutCause(ctx, c.maxTime, errMaxTime)
		defer stop()
	}
	if err := c.unlessLate(c.session(ctx)); err != nil {
		return err
	}
	return errors.Join(c.checkHealth(cmd.Context()), saidCode(c.code()))
}

// load reads the config. Flags that name a place go before it.
func (c *configured) load(cmd *cobra.Command) error {
	cfg, err := c.loadConfig(c.file)
	if err != nil {
		return err
	}
	if c.only != "" && !slices.Contains(cfg.IDs(), c.only) {
		return usagef("%s has no site %q; it has %s", c.file, c.only, strings.Join(cfg.IDs(), ", "))
	}
	flags := cmd.Flags()
	c.placeArchive(cfg, flags.Changed("archive"))
	if !flags.Changed("frontier") {
		c.where = frontierOf(cfg)
	}
	if !flags.Changed("workers") {
		c.workers = cfg.Workers
	}
	if c.bounds, err = c.boundsOver(cfg.Bounds.Bounds); err != nil {
		return err
	}
	c.cfg, c.config, c.configFile = cfg, cfg, c.file
	return nil
}

// open readies the sites and the archive.
func (c *configured) open() (err error) {
	if c.x, err = c.extractor(); err != nil {
		return err
	}
	c.userAgent = c.cfg.Identity.UserAgent(software())
	base := fetchBounds(fetch.Options{UserAgent: c.userAgent, InsecureHosts: c.insecure, Proxy: c.proxy, TDM: true}, c.bounds)
	if base.AllowNet, err = allowed(slices.Concat(c.cfg.AllowNet, c.allowNet)); err != nil {
		return err
	}
	if err := base.Check(); err != nil {
		return coded{exitUsage, err}
	}
	if c.set, err = sites.New(c.cfg, "", base); err != nil {
		return coded{exitUsage, err}
	}
	c.set.Lists = listBounds(c.bounds)
	c.run = newRunID(time.Now())
	o := archive.Options{Software: software(), RunID: c.run, UserAgent: c.userAgent, Operator: c.cfg.Identity.Contact,
		Robots: c.robotsPolicies(), MinFree: c.bounds.MinFree, LateCatalog: lateCatalog, InsecureHosts: c.insecure, Bounds: otherBounds(c.bounds)}
	if c.store, err = archive.Open(c.archiveDir, o); err != nil {
		return archiveError(err)
	}
	return nil
}

func allowed(list []string) (nets []fetch.AllowNet, err error) {
	for _, s := range list {
		n, err := fetch.ParseAllowNet(s)
		if err != nil {
			return nil, usagef("--allow-net %s: %w", s, err)
		}
		nets = append(nets, n)
	}
	return nets, nil
}

// robotsPolicies is what warcinfo records say: obey unless a site's is another.
func (c *configured) robotsPolicies() string {
	for _, s := range c.cfg.Sites {
		if s.Policy.Robots != config.Obey {
			return "by site: obey or record"
		}
	}
	return "obey"
}

// code is the exit code of a run: that nothing is new is no failure, but that
// there never was an article is one.
func (c *configured) code() int { return c.tally.code(c.again()) }
