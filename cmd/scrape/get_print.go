package main

import (
	"fmt"
	"slices"
	"strings"

	"newsarchive/internal/crawl"
	"newsarchive/page"
)

// print delivers one visit in the form that was asked for.
func (g *get) print(v crawl.Visit) error {
	if unread(v.Row.Outcome) || v.Row.Outcome == page.NotArticle {
		g.explain(v)
	}
	switch {
	case g.json:
		return g.out.line(eventOf(v))
	case g.format == "" && g.out.tty && v.Row.Text == "":
		return nil
	case g.format == "" && g.out.tty:
		g.tally.clear()
		if err := g.out.article(v.Row); err != nil {
			return err
		}
		g.say("— %s", g.whereKept(v))
		return nil
	case g.format == "" || g.format == "json":
		return g.out.row(v.Row)
	case v.Row.Text == "":
		return nil
	}
	return g.out.rowAs(v.Row, g.format)
}

func (g *get) whereKept(v crawl.Visit) string {
	if !v.Kept {
		return "not kept (--no-archive)"
	}
	change := v.Row.Change
	if change == "unchanged" {
		change = "title and text unchanged" // what else has changed makes no version
	}
	return fmt.Sprintf("kept in %s as %s, version %d (%s)%s · again: scrape show %s%s", g.archiveDir, v.Row.ID, v.Row.Version, change, besides(v.Requisites), v.Row.ID, g.archiveFlag())
}

// besides says what was kept beside a page.
func besides(t crawl.Taken) string {
	if t.Kept+t.Failed+t.Left == 0 {
		return ""
	}
	s := fmt.Sprintf(", with %d of %s", t.Kept, count(t.Kept+t.Failed+t.Left, "requisite"))
	if t.Left > 0 {
		s += fmt.Sprintf(" (%d past the bounds)", t.Left)
	}
	return s
}

// explain says in one line why an address gave no article.
func (g *get) explain(v crawl.Visit) {
	g.tally.clear()
	why := v.Err
	if why == "" && v.Row.HTTPStatus >= 300 {
		why = fmt.Sprintf("HTTP %d", v.Row.HTTPStatus)
	}
	if why == "" {
		why = strings.Join(v.Row.Warnings, ", ")
	}
	if v.Row.Outcome == page.RobotsDenied && v.Rule != "" {
		why = "" // the hint names the line
	}
	if why != "" {
		why = " (" + page.Printable(why, 300) + ")"
	}
	fmt.Fprintf(g.err, "%s  %s%s.%s\n", v.Row.Outcome, page.Printable(v.Item.URL, 300), why, hint(v, g.noArchive))
}

// hint says what was kept and what to do next.
func hint(v crawl.Visit, noArchive bool) string {
	kept := ""
	if v.Kept && !noArchive {
		kept = " The response is archived."
	}
	if v.Row.Change == "kept" {
		kept += fmt.Sprintf(" Version %d of the article holds more, and stays.", v.Row.Version)
	}
	switch v.Row.Outcome {
	case page.RobotsDenied:
		return fmt.Sprintf(" robots.txt says %q; --robots record visits all the same.", page.Printable(v.Rule, 100))
	case page.UnsafeAddress:
		return " --allow-net CIDR permits private addresses."
	case page.NotArticle:
		if slices.Contains(v.Row.Warnings, "not_html") {
			return kept // it has no links
		}
		return kept + " To follow its links: scrape crawl " + page.Printable(v.Item.URL, 300)
	}
	return kept
}
