package main

import (
	"fmt"
	"slices"
	"time"

	"newsarchive/internal/health"
	"newsarchive/page"
)

// healthLine is the line that --json prints for a site.
type healthLine struct {
	Type     string           `json:"type"`
	Site     string           `json:"site"`
	State    health.State     `json:"state"`
	Since    *time.Time       `json:"since"`      // null where no day was judged
	Last     *time.Time       `json:"fetched_at"` // of the newest capture; null where there is none
	Newest   health.Figures   `json:"newest"`
	Before   health.Figures   `json:"before"`
	Findings []health.Finding `json:"findings"`
	Examples []string         `json:"examples"`
}

func healthLineOf(v health.Verdict) healthLine {
	return healthLine{"health", v.Site, v.State, known(v.Since), known(v.Last), v.Newest, v.Before,
		append([]health.Finding{}, v.Findings...), append([]string{}, v.Examples...)}
}

type alertLine struct {
	Type string `json:"type"`
	health.Alert
}

func (c *checkup) printAll(verdicts []health.Verdict, told []health.Alert) error {
	if c.json {
		for _, v := range verdicts {
			if err := c.out.line(healthLineOf(v)); err != nil {
				return err
			}
		}
		for _, al := range told {
			if err := c.out.line(alertLine{"alert", al}); err != nil {
				return err
			}
		}
		return nil
	}
	if len(verdicts) == 0 {
		c.say("no captures of the last %d days; capture pages first: scrape crawl SITE%s", 2*int(health.Window.Hours())/24, c.archiveFlag())
		return nil
	}
	fmt.Fprintln(c.out, c.out.paint(bold, pad("site", c.siteWidth())+" pages read%"+c.fields(" title  date authors")+"  words  vs before  state"))
	for _, v := range verdicts {
		c.print(v)
	}
	if err := c.out.flush(); err != nil {
		return err
	}
	if slices.ContainsFunc(verdicts, func(v health.Verdict) bool { return v.State == health.NoData }) {
		c.say("no_data: too few captures yet to compare the newest with those before")
	}
	for _, al := range told {
		c.say("%s: %s (was %s)", page.Printable(al.Site, 100), al.State, al.Was)
	}
	return nil
}

func (c *checkup) print(v health.Verdict) {
	n := v.Newest
	fmt.Fprintf(c.out, "%s %5d %5d%s %6d %10s  %s%s\n", c.out.col(v.Site, c.siteWidth()), n.Captures, n.Articles,
		c.fields(fmt.Sprintf(" %5d %5d %7d", n.Title, n.Published, n.Authors)), n.Words, change(v), c.out.paint(healthStyle(v.State), string(v.State)), since(v))
	for _, f := range v.Findings {
		fmt.Fprintf(c.out, "    %-10s %3d %% → %d %%\n", f.What, f.Before, f.Now)
	}
	if len(v.Examples) > 0 {
		_ = c.out.fold("    look: ", "scrape explain "+v.Examples[0]+c.archiveFlag()) // flush has the error
	}
}

// siteWidth is what the other columns leave for the site.
func (c *checkup) siteWidth() int { return c.out.fit(28, 41+len(c.fields("                   "))) }

// fields is the part of a line that narrow terminals go without.
func (c *checkup) fields(s string) string {
	if c.out.narrow(92) {
		return ""
	}
	return s
}

// change is how much longer or shorter articles have become.
func change(v health.Verdict) string {
	if v.Before.Words == 0 {
		return "-"
	}
	return fmt.Sprintf("%+d%%", 100*(v.Newest.Words-v.Before.Words)/v.Before.Words)
}

func since(v health.Verdict) string {
	if v.Since.IsZero() || v.State == health.OK || v.State == health.NoData {
		return ""
	}
	return " since " + v.Since.Format(time.DateOnly)
}

func healthStyle(s health.State) style {
	switch s {
	case health.OK:
		return green
	case health.NoData:
		return dim
	case health.Degraded:
		return yellow
	}
	return red
}
