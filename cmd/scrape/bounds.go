package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"newsarchive/extract"
	"newsarchive/internal/bounds"
	"newsarchive/internal/config"
	"newsarchive/internal/discover"
	"newsarchive/internal/fetch"
	"newsarchive/internal/trap"
)

// boundFlags adds the flag that sets any bound, for commands that read pages.
func (a *app) boundFlags(f *pflag.FlagSet) {
	f.Func("bound", "set a bound: NAME=VALUE, such as body=40MiB; see scrape help bounds", func(s string) error {
		a.boundsSaid = append(a.boundsSaid, s)
		return a.bounds.Read(s)
	})
}

// boundsOver are those of a config, with what flags say written over them.
func (a *app) boundsOver(b bounds.Bounds) (bounds.Bounds, error) {
	for _, s := range a.boundsSaid {
		if name, _, _ := strings.Cut(s, "="); config.SiteBound(strings.TrimSpace(name)) != "" {
			return b, usagef("with -c there is no --bound %s; %s stands in the config", s, config.SiteBound(strings.TrimSpace(name)))
		}
		if err := b.Read(s); err != nil {
			return b, err
		}
	}
	return b, nil
}

// listBounds are those of reading feeds and sitemaps.
func listBounds(b bounds.Bounds) discover.Limits {
	return discover.Limits{Feed: b.Feed, FeedItems: int(b.FeedItems), Sitemap: b.Sitemap, SitemapItems: int(b.SitemapItems)}
}

// fetchBounds puts the bounds of a fetch into o.
func fetchBounds(o fetch.Options, b bounds.Bounds) fetch.Options {
	o.Timeout, o.DialTimeout, o.HeaderTimeout = b.Time, b.DialTime, b.HeadTime
	o.RateWindow, o.MinRate = b.RateWindow, int(b.Rate)
	o.MaxWire, o.MaxBody, o.MaxHead, o.MaxFields = b.Wire, b.Body, int(b.Head), int(b.Fields)
	o.MaxRatio, o.MaxLayers, o.MaxWindow = int(b.Ratio), int(b.Layers), b.Window
	o.MaxRobots, o.MaxHops, o.MaxAddress = int(b.Robots), int(b.Redirects), int(b.Address)
	return o
}

// extractBounds are those of reading one page.
func extractBounds(b bounds.Bounds) extract.Bounds {
	return extract.Bounds{HTML: int(b.HTML), Tags: int(b.Tags), Attributes: int(b.Attributes), Links: int(b.Links), ParseTime: b.ParseTime}
}

// trapRules are those of addresses that lead nowhere.
func trapRules(b bounds.Bounds) trap.Rules {
	return trap.Rules{Barren: int(b.Barren), Unproven: int(b.Unproven), Host: int(b.HostBarren), Listed: int(b.Listed), Pages: int(b.HostPages)}
}

// otherBounds lists what differs from the defaults, for the record of a run.
func otherBounds(b bounds.Bounds) string {
	var list []string
	for _, one := range bounds.Table {
		if v := one.Text(b); v != one.Text(bounds.Default()) {
			list = append(list, one.Name+"="+v)
		}
	}
	return strings.Join(list, " ")
}

// boundsCommand is the help topic.
func (a *app) boundsCommand() *cobra.Command {
	var b strings.Builder
	b.WriteString("Each is set with --bound NAME=VALUE, as often as needed, or under \"bounds\" in a config.\n\n")
	for _, one := range bounds.Table {
		v := one.Text(bounds.Default())
		if one.Name == "min-free" {
			v = "5 %"
		}
		fmt.Fprintf(&b, "  %-13s %-8s %s\n", one.Name, v, one.Says)
		if one.Beyond != "" {
			fmt.Fprintf(&b, "  %-13s %-8s   beyond: %s\n", "", "", one.Beyond)
		}
	}
	return &cobra.Command{Use: "bounds", Short: "What a page may cost, and how to set it", Long: b.String()}
}

// timeFlag makes --timeout another name of the bound "time".
func (a *app) timeFlag(f *pflag.FlagSet) {
	spanVar(f, &a.bounds.Time, "timeout", 30*time.Second, "time for one answer, body included")
}
