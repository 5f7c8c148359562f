package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"newsarchive/internal/config"
	"newsarchive/internal/frontier/durable"
)

// defaultConfig is the config that is read where none is named.
const defaultConfig = "scrape.yaml"

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config check",
		Short: "Read scrape.yaml: what it comes to, and the next runs",
		Args:  noArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var file string
	var runs int
	check := &cobra.Command{
		Use:   "check",
		Short: "Check a config; print its values, where each came from, and the next runs",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.loadConfig(file)
			if err != nil {
				return err
			}
			a.placeArchive(c, cmd.Flags().Changed("archive"))
			return a.printConfig(c, runs, clock(), a.asked(cmd.Context(), c))
		},
	}
	check.Flags().StringVarP(&file, "config", "c", defaultConfig, "the config")
	check.Flags().IntVar(&runs, "runs", 3, "next runs to print of each site")
	cmd.AddCommand(check)
	return cmd
}

// clock is now, or what SCRAPE_NOW says (RFC 3339), for output that can be repeated.
func clock() time.Time {
	if t, err := time.Parse(time.RFC3339, os.Getenv("SCRAPE_NOW")); err == nil {
		return t
	}
	return time.Now()
}

// configLine, siteLine are what --json prints.
type configLine struct {
	Type   string         `json:"type"`
	File   string         `json:"file"`
	Values []config.Value `json:"values"`
}

type siteLine struct {
	Type   string         `json:"type"`
	Site   string         `json:"site_id"`
	Next   []time.Time    `json:"next_runs"`
	Values []config.Value `json:"values"`
}

func (a *app) printConfig(c *config.Config, runs int, now time.Time, due dueTimes) error {
	if a.json {
		if err := a.out.line(configLine{"config", c.File, c.Values()}); err != nil {
			return err
		}
	} else {
		a.printValues(c.Values())
	}
	for i := range c.Sites {
		if err := a.printSite(c, &c.Sites[i], runs, now, due); err != nil {
			return err
		}
	}
	a.say("%s is sound: %s", c.File, count(len(c.Sites), "site"))
	return a.out.flush()
}

// dueTimes are the times that the frontier knows its sites to be due next, by their
// ids; one that it does not have, or has no time of, is due at once. nil: not known.
type dueTimes map[string]time.Time

// asked looks when the sites are due. Where the frontier does not answer that is said,
// and the schedules alone count.
func (a *app) asked(ctx context.Context, c *config.Config) dueTimes {
	l := looking{app: a, where: frontierOf(c)}
	ctx, stop := context.WithTimeout(ctx, 5*time.Second) // a server may be far away
	defer stop()
	due := dueTimes{}
	if _, err := archiveID(a.archiveDir); l.where == "" && errors.Is(err, fs.ErrNotExist) {
		return due
	}
	v, err := l.view(ctx)
	if errors.Is(err, errNoCrawl) {
		return due
	}
	if err == nil {
		defer v.Close()
		var sites []durable.Polled
		sites, err = v.Sites(ctx, clock())
		for _, s := range sites {
			due[s.ID] = s.Next
		}
	}
	if err != nil {
		a.say("when sites are due is told by their schedules alone: %v", err)
		return nil
	}
	return due
}

// first is when the site is due first; now where that is past.
func (d dueTimes) first(id string, now time.Time, schedule config.Schedule) time.Time {
	switch t := d[id]; {
	case d == nil:
		return schedule.Next(now)
	case t.After(now):
		return t.In(schedule.Next(now).Location())
	}
	return now
}

func (a *app) printSite(c *config.Config, s *config.Site, runs int, now time.Time, due dueTimes) error {
	schedule, err := s.Schedule()
	if err != nil {
		return err
	}
	next := make([]time.Time, 0, max(0, runs))
	for t := due.first(s.ID, now, schedule); len(next) < runs; t = schedule.Next(t) {
		next = append(next, t)
	}
	if a.json {
		return a.out.line(siteLine{"site", s.ID, next, c.ValuesOf(s)})
	}
	fmt.Fprintf(a.out, "\n%s\n", a.out.paint(bold, s.ID))
	a.printValues(c.ValuesOf(s))
	texts := make([]string, len(next))
	for i, t := range next {
		texts[i] = t.Format("Mon 2006-01-02 15:04 MST")
		if t.Equal(now) {
			texts[i] = "at once"
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return a.out.fold("  "+pad("next runs", keyWidth)+" ", strings.Join(texts, " · "))
}

// keyWidth is that of the longest key.
const keyWidth = 25

// printValues prints a line a value. The bounds that nobody changed are many, and say nothing of this config.
func (a *app) printValues(values []config.Value) {
	var list []config.Value
	usual, origin := 0, 0
	for _, v := range values {
		if strings.HasPrefix(v.Key, "bounds.") && v.From == "default" {
			usual++
			continue
		}
		if v.Key == "frontier" && v.Value == "" {
			v.Value = "a file beside the archive"
		}
		list, origin = append(list, v), max(origin, len(v.From))
	}
	if usual > 0 {
		list = append(list, config.Value{Key: "bounds", Value: fmt.Sprintf("%d as of scrape help bounds", usual), From: "default"})
	}
	narrow := a.out.narrow(keyWidth + 40 + origin + 4)
	for _, v := range list {
		a.printValue(v, narrow)
	}
}

func (a *app) printValue(v config.Value, narrow bool) {
	value := or(v.Value, `""`)
	if narrow {
		_ = a.out.fold("  "+pad(v.Key, keyWidth)+" ", value+" · "+v.From) // flush has the error
		return
	}
	fmt.Fprintf(a.out, "  %s %s %s\n", pad(v.Key, keyWidth), runewidth.FillRight(value, 40), a.out.paint(dim, v.From))
}
