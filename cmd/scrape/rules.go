package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/internal/address"
	"newsarchive/page"
	"newsarchive/selectors"
)

func (a *app) rulesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "Write, test and understand rules for single sites",
		Long: `Most pages need no rule. Where a site is read wrongly, a rule says where on its pages
the text is. Rules are YAML files in ./rules (or --rules DIR) for a project, and in the
folder that "scrape rules list" names for all your projects; they survive upgrades.`,
		Example: `  scrape rules new https://news.example/story > rules/news.example.yaml
  scrape rules test
  scrape rules why https://news.example/story`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "List the rules, first the ones that are asked first", Args: noArgs,
			RunE: func(*cobra.Command, []string) error { return a.rulesList() }},
		&cobra.Command{Use: "show HOST", Short: "Print the rules for a host as they are understood",
			Args: oneArg("a host such as news.example"),
			RunE: func(_ *cobra.Command, args []string) error { return a.rulesShow(args[0]) }},
		&cobra.Command{Use: "why URL", Short: "Say which rules are asked about an address, and which are not",
			Args: oneArg("an address"),
			RunE: func(_ *cobra.Command, args []string) error { return a.rulesWhy(args[0]) }},
		a.rulesLintCommand(), a.rulesTestCommand(), a.rulesNewCommand(), a.rulesImportCommand())
	return cmd
}

// ruleLine is one rule as "rules list --json" prints it.
type ruleLine struct {
	Type    string   `json:"type"`
	Name    string   `json:"name"`
	Layer   string   `json:"layer"`
	Hosts   []string `json:"hosts"`
	Paths   []string `json:"paths"`
	From    string   `json:"from"`
	Until   string   `json:"until"`
	Says    []string `json:"says"`
	Tests   int      `json:"tests"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Reason  string   `json:"reason"` // why it is not asked, with "rules why"
	Version string   `json:"rules_version"`
}

func lineOf(s *selectors.Site) ruleLine {
	l := ruleLine{Type: "rule", Name: s.Name, Layer: s.Layer.String(), Hosts: s.Hosts, Paths: append([]string{}, s.Paths...),
		From: dayOf(s.From), Until: dayOf(s.Until), Says: says(s), Tests: len(s.Tests), File: s.File, Line: s.Line}
	return l
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// says lists what a rule speaks of.
func says(s *selectors.Site) []string {
	out := []string{}
	if len(s.Content) > 0 {
		out = append(out, "content")
	}
	if len(s.Remove) > 0 {
		out = append(out, "remove")
	}
	for _, f := range selectors.Fields {
		if len(s.Fields[f]) > 0 {
			out = append(out, string(f))
		}
	}
	if len(s.Paywall) > 0 {
		out = append(out, "paywall")
	}
	return out
}

func (a *app) rulesList() error {
	rules, err := a.rules()
	if err != nil {
		return err
	}
	sites := rules.Sites()
	slices.SortStableFunc(sites, func(x, y *selectors.Site) int { return int(y.Layer) - int(x.Layer) })
	for _, s := range sites {
		if err := a.printRule(s, "", rules.Version()); err != nil {
			return err
		}
	}
	if !a.json {
		a.say("%s for sites, besides the general ones (rules version %s)", count(len(sites), "rule"), rules.Version())
		for _, place := range a.rulePlaces() {
			a.say("  %-8s  %s", place.layer, place.dir)
		}
		if len(sites) == 0 {
			a.say("to write one: scrape rules new URL")
		}
	}
	return a.out.flush()
}

func (a *app) printRule(s *selectors.Site, reason, version string) error {
	if a.json {
		l := lineOf(s)
		l.Reason, l.Version = reason, version
		return a.out.line(l)
	}
	where := strings.Join(s.Hosts, " ") + " " + strings.Join(s.Paths, " ")
	about, at := strings.Join(says(s), ", "), fmt.Sprintf("%s:%d", page.Printable(s.File, 0), s.Line)
	if reason != "" {
		about = "not asked: " + reason
	}
	if a.out.narrow(120) {
		return a.out.fold(pad(s.Layer.String(), 8)+"  ", where+" · "+about+" · "+at)
	}
	about = a.out.col(about, 32)
	if reason != "" {
		about = a.out.paint(yellow, about)
	}
	_, err := fmt.Fprintf(a.out, "%s  %s  %s  %s\n", pad(s.Layer.String(), 8), a.out.col(where, 32), about, at)
	return err
}

func (a *app) rulesShow(host string) error {
	rules, err := a.rules()
	if err != nil {
		return err
	}
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		host = u.Host
	}
	sites := rules.Candidates(strings.TrimPrefix(host, "."))
	if len(sites) == 0 {
		return coded{exitNoArticle, fmt.Errorf("no rule is for %s; to write one: scrape rules new URL", page.Printable(host, 100))}
	}
	for _, s := range sites {
		if a.json {
			if err := a.printRule(s, "", rules.Version()); err != nil {
				return err
			}
			continue
		}
		text, err := s.YAML()
		if err != nil {
			return err
		}
		if err := a.out.text(fmt.Sprintf("# %s, %s:%d\n%s", s.Layer, s.File, s.Line, text)); err != nil {
			return err
		}
	}
	return a.out.flush()
}

// rulesWhy lists the rules for the host of an address in the order in which they are asked.
func (a *app) rulesWhy(arg string) error {
	u, err := address.Parse(arg)
	if err != nil {
		return usagef("%s: %w", page.Printable(arg, 200), err)
	}
	rules, err := a.rules()
	if err != nil {
		return err
	}
	sites := rules.Candidates(u.Host)
	asked := 0
	for _, s := range sites {
		reason := s.Excludes(u.RequestURI(), time.Now())
		if reason == "" {
			asked++
		}
		if err := a.printRule(s, reason, rules.Version()); err != nil {
			return err
		}
	}
	if !a.json {
		a.say("%s for %s, %d asked today about this address; the general rules read the page in any case", count(len(sites), "rule"), u.Host, asked)
		a.say("what becomes of them on a captured page: scrape explain %s%s", u, a.archiveFlag())
	}
	return a.out.flush()
}
