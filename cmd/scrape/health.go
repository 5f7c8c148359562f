package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/internal/address"
	"newsarchive/internal/health"
)

// checkup is the command that tells how well sites are read.
type checkup struct {
	*app
	sites   []string
	when    []string
	webhook webhook
	limits  health.Limits
	also    []string // sites that are judged though nothing was captured of them
}

func (a *app) healthCommand() *cobra.Command {
	c := &checkup{app: a}
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Tell whether the pages of each site are still read as well as before",
		Long: `health compares the newest captures of each site with those of the 30 days before:
the share of pages that gave an article, of articles with a title, a date, an
author, their length, how far the extractor's candidates agree, one text under
several addresses, pages that were refused. A site is ok, degraded, broken, blocked
or no_data. A site that has become broken or blocked is told of once, and again
when it has recovered; the exit code is 3 as long as one is.`,
		Example: `  scrape health
  scrape health --site news.example --json
  scrape health --webhook https://hooks.example/T0 --when degraded,broken,blocked`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.main(cmd.Context()) },
	}
	f := cmd.Flags()
	f.StringSliceVar(&c.sites, "site", nil, "only these sites")
	f.StringSliceVar(&c.when, "when", []string{"broken", "blocked"}, "states that an alert is sent for")
	f.StringVar(&c.webhook.url, "webhook", "", "send each alert there, as JSON by POST")
	f.StringSliceVar(&c.webhook.allowNet, "webhook-allow-net", nil, "the webhook may be at these private addresses: CIDR[:PORT]")
	return cmd
}

func (c *checkup) main(ctx context.Context) error {
	for _, w := range c.when {
		if !slices.Contains([]string{"degraded", "broken", "blocked"}, w) {
			return usagef("--when: no state is called %q; they are degraded, broken, blocked", w)
		}
	}
	if err := c.webhook.check(); err != nil {
		return err
	}
	if c.config != nil {
		c.limits = health.Limits{NoNewFor: c.config.Alerts.NoNewFor.D(), RateBelow: c.config.Alerts.ExtractRateBelow}
		if len(c.sites) == 0 {
			c.also = siteNames(c.config)
		}
	}
	verdicts, err := c.verdicts(time.Now())
	if err != nil {
		return err
	}
	told, err := c.tell(ctx, verdicts)
	if err != nil {
		return err
	}
	if err := c.printAll(verdicts, told); err != nil {
		return err
	}
	if slices.ContainsFunc(verdicts, func(v health.Verdict) bool { return v.State.Alarming() }) {
		return saidCode(exitPartial)
	}
	return nil
}

// verdicts judges the sites of the archive, in the order of their names.
func (c *checkup) verdicts(now time.Time) ([]health.Verdict, error) {
	r, err := c.openArchive()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	wanted := map[string]bool{}
	for _, s := range c.sites {
		wanted[address.Site(s)] = true
	}
	samples := map[string][]health.Sample{}
	for row, err := range r.RowsSince(now.Add(-2 * health.Window)) {
		if err != nil {
			return nil, archiveError(err)
		}
		if len(wanted) == 0 || wanted[row.Site] {
			samples[row.Site] = append(samples[row.Site], health.SampleOf(row))
		}
	}
	for site := range wanted {
		samples[site] = append([]health.Sample{}, samples[site]...) // named, though nothing was captured
	}
	for _, site := range c.also {
		samples[site] = append([]health.Sample{}, samples[site]...)
	}
	var out []health.Verdict
	for site, list := range samples {
		out = append(out, health.Judge(site, list))
	}
	slices.SortFunc(out, func(a, b health.Verdict) int { return strings.Compare(a.Site, b.Site) })
	return out, nil
}

// tell sends an alert for each site whose state has turned, and notes which were sent.
func (c *checkup) tell(ctx context.Context, verdicts []health.Verdict) ([]health.Alert, error) {
	file, err := c.healthFile()
	if err != nil {
		return nil, err
	}
	known, err := health.Load(file)
	if err != nil {
		return nil, err
	}
	var sent []health.Alert
	var failed error
	looked := len(known.First)
	turns := append(known.Turns(verdicts, c.when), known.LimitTurns(c.limits, c.limited(verdicts), time.Now())...)
	for _, al := range turns {
		if err := c.webhook.send(ctx, alertLine{"alert", al}); err != nil {
			failed = errors.Join(failed, fmt.Errorf("alert for %s was not sent, the next run tries again: %w", al.Site, err))
			continue
		}
		known.Note(al)
		sent = append(sent, al)
	}
	if len(sent) > 0 || len(known.First) > looked {
		failed = errors.Join(failed, known.Save(file))
	}
	return sent, failed
}

// limited returns the verdicts on the sites that limits hold for.
func (c *checkup) limited(verdicts []health.Verdict) []health.Verdict {
	if !c.limits.Any() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(verdicts), func(v health.Verdict) bool { return !slices.Contains(c.also, v.Site) })
}

// healthFile is where it is kept what was told of: beside the archive.
func (c *checkup) healthFile() (string, error) {
	id, err := archiveID(c.archiveDir)
	if err != nil {
		return "", err
	}
	db, err := stateFile(c.archiveDir, id)
	return strings.TrimSuffix(db, ".db") + "-health.json", err
}
