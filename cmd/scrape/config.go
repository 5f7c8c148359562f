package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/internal/config"
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
		RunE: func(*cobra.Command, []string) error {
			c, err := a.loadConfig(file)
			if err != nil {
				return err
			}
			return a.printConfig(c, runs, clock())
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

// loadConfig reads a config, and takes the archive from it unless a flag names one.
func (a *app) loadConfig(file string) (*config.Config, error) {
	c, err := config.Load(file)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("no config at %s; name one with -c, or print a beginning with scrape discover SITE", file)
	}
	if err != nil {
		return nil, coded{exitUsage, err}
	}
	return c, nil
}

// configLine, siteLine are what --json prints.
type configLine struct {
	Type   string         `json:"type"`
	File   string         `json:"file"`
	Values []config.Value `json:"values"`
}

type siteLine struct {
	Type   string         `json:"type"`
	Site   string         `json:"site"`
	Next   []time.Time    `json:"next_runs"`
	Values []config.Value `json:"values"`
}

func (a *app) printConfig(c *config.Config, runs int, now time.Time) error {
	if a.json {
		if err := a.out.line(configLine{"config", c.File, c.Values()}); err != nil {
			return err
		}
	} else {
		a.printValues(c.Values())
	}
	for i := range c.Sites {
		if err := a.printSite(c, &c.Sites[i], runs, now); err != nil {
			return err
		}
	}
	a.say("%s is sound: %d sites", c.File, len(c.Sites))
	return a.out.flush()
}

func (a *app) printSite(c *config.Config, s *config.Site, runs int, now time.Time) error {
	schedule, err := s.Schedule()
	if err != nil {
		return err
	}
	next := make([]time.Time, 0, max(0, runs))
	for t := now; len(next) < runs; next = append(next, t) {
		t = schedule.Next(t)
	}
	if a.json {
		return a.out.line(siteLine{"site", s.ID, next, c.ValuesOf(s)})
	}
	fmt.Fprintf(a.out, "\n%s\n", a.out.paint(bold, s.ID))
	a.printValues(c.ValuesOf(s))
	texts := make([]string, len(next))
	for i, t := range next {
		texts[i] = t.Format("Mon 2006-01-02 15:04 MST")
	}
	if len(texts) > 0 {
		fmt.Fprintf(a.out, "  %s %s\n", pad("next runs", 24), strings.Join(texts, " · "))
	}
	return nil
}

func (a *app) printValues(values []config.Value) {
	for _, v := range values {
		fmt.Fprintf(a.out, "  %s %s %s\n", pad(v.Key, 24), pad(or(v.Value, `""`), 40), a.out.paint(dim, v.From))
	}
}
