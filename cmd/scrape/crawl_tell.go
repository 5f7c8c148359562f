package main

import (
	"fmt"
	"path/filepath"
	"time"

	"newsarchive/internal/crawl"
	"newsarchive/internal/report"
	"newsarchive/internal/spelling"
	"newsarchive/page"
)

// print delivers one visit: a line with --json, else narration of what went wrong.
func (c *crawling) print(v crawl.Visit) error {
	if c.json {
		return c.out.line(eventOf(v))
	}
	return nil
}

// sayEnd tells how the run went.
func (c *crawling) sayEnd() {
	t := &c.tally
	if t.ended.IsZero() {
		return
	}
	c.say("%s: %s · %s", pages(t.total), or(t.outcomeList(" · "), "none"), t.ended.Sub(t.started).Round(100*time.Millisecond))
	switch {
	case t.total == 0:
	case c.again() && t.changes["new"]+t.changes["changed"] == 0 && t.code(true) == exitOK:
		c.say("  nothing new: %s · received %s", t.asBefore(), spelling.Bytes(t.bytes))
	default:
		c.say("  articles: new %d · changed %d · unchanged %d · received %s", t.changes["new"], t.changes["changed"], t.changes["unchanged"], spelling.Bytes(t.bytes))
	}
	if t.onward > 0 {
		c.say("  of the unchanged %d only lead to pages that are visited by themselves", t.onward)
	}
	for i, f := range t.failures {
		if i == 5 {
			c.say("  … and %d more; all of them: %s", len(t.failures)+t.hidden-i, filepath.Join(c.archiveDir, "runs", c.run+".json"))
			break
		}
		c.say("  %s  %s%s", f.Outcome, f.URL, parenthesised(f))
	}
	c.sayPermits()
	if why := t.left.Why(); why != "" {
		c.say("  %s", why)
	}
	if !c.noArchive {
		c.say("  archive %s · run %s · look: scrape list%s", c.archiveDir, c.run, c.archiveFlag())
	}
}

// sayPermits tells what lets a crawl visit addresses that were refused where it began.
func (c *crawling) sayPermits() {
	if c.tally.starts[page.UnsafeAddress] > 0 {
		c.say("  private addresses are visited where %s permits them", c.flagOr("--allow-net CIDR[:PORT]", "allow_net: CIDR[:PORT]"))
	}
	if c.tally.starts[page.RobotsDenied] > 0 {
		c.say("  what robots.txt refuses is visited all the same with %s", c.flagOr("--robots record", "policy: {robots: record}"))
	}
}

// flagOr names what is said to the command: a flag, or a key of the config where one rules.
func (c *crawling) flagOr(flag, key string) string {
	if c.configFile != "" {
		return key + " in " + c.configFile
	}
	return flag
}

func parenthesised(f report.Failure) string {
	switch {
	case f.Err != "":
		return " (" + f.Err + ")"
	case f.Status >= 300:
		return fmt.Sprintf(" (HTTP %d)", f.Status)
	}
	return ""
}

// code is the exit code of a crawl. Where only the start addresses were visited, and
// for the first time, they end it as they would end get.
func (c *crawling) code() int {
	t := &c.tally
	code := t.code(c.again())
	switch {
	case code != exitOK:
	case t.total == t.begun && !c.again():
		return codeOfAll(t.starts)
	case t.left.Budget+t.left.Waits > 0 && c.maxPages == 0:
		return exitPartial
	}
	return code
}

// again reports that earlier runs, or the first part of this one, brought articles.
func (c *crawling) again() bool { return c.begun.Resting || c.begun.Resumed }
