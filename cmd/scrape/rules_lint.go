package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/page"
	"newsarchive/selectors"
)

func (a *app) rulesLintCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "lint [FILE|DIR]…",
		Short: "Check rules without running them; all that are in use if none is named",
		RunE:  func(_ *cobra.Command, args []string) error { return a.rulesLint(args) },
	}
}

// A lint checks files of rules and counts.
type lint struct {
	*app
	files, rules, wrong, odd int
	seen                     map[string]string // what a rule is for: where it stands
}

func (a *app) rulesLint(args []string) error {
	l := &lint{app: a, seen: map[string]string{}}
	if len(args) == 0 {
		for _, p := range a.rulePlaces() {
			if _, err := os.Stat(p.dir); err == nil {
				args = append(args, p.dir)
			} else if p.must {
				return coded{exitUsage, err}
			}
		}
	}
	for _, arg := range args {
		names, err := ruleFiles(arg)
		if err != nil {
			return coded{exitUsage, err}
		}
		for _, name := range names {
			if err := l.file(name); err != nil {
				return err
			}
		}
	}
	if a.json {
		if err := a.out.line(rulesSummary{Type: "summary", Files: l.files, Rules: l.rules, Errors: l.wrong, Problems: l.wrong + l.odd}); err != nil {
			return err
		}
	}
	a.say("%s in %s: %s, %s", count(l.rules, "rule"), count(l.files, "file"), count(l.wrong, "error"), count(l.odd, "warning"))
	if l.wrong > 0 {
		return saidCode(exitUsage)
	}
	return nil
}

// ruleFiles lists the rule files that arg names: itself, or those in a folder.
func ruleFiles(arg string) ([]string, error) {
	info, err := os.Stat(arg)
	if err != nil || !info.IsDir() {
		return []string{arg}, err
	}
	var names []string
	for _, pattern := range []string{"*.yaml", "*.yml"} {
		found, err := fs.Glob(os.DirFS(arg), pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range found {
			names = append(names, filepath.Join(arg, name))
		}
	}
	slices.Sort(names)
	return names, nil
}

func (l *lint) file(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return coded{exitUsage, err}
	}
	l.files++
	sites, err := selectors.LoadSites(selectors.User, filepath.ToSlash(name), data)
	if err != nil {
		l.wrong++
		return l.tell(problemEvent{Level: "error", File: name, Text: err.Error(), Why: err.Error()})
	}
	for _, s := range sites {
		l.rules++
		for _, odd := range l.oddities(s, filepath.Dir(name)) {
			l.odd++
			if err := l.tell(problemEvent{Level: "warning", File: s.File, Line: s.Line, Text: fmt.Sprintf("%s:%d: %s: %s", s.File, s.Line, s.Name, odd), Why: odd}); err != nil {
				return err
			}
		}
	}
	return nil
}

// oddities lists what is not wrong in a rule but hardly meant.
func (l *lint) oddities(s *selectors.Site, dir string) (odd []string) {
	if len(s.Tests) == 0 {
		odd = append(odd, "has no tests")
	}
	if !s.Until.IsZero() && !s.From.IsZero() && s.Until.Before(s.From) {
		odd = append(odd, "ends before it begins")
	} else if !s.Until.IsZero() && s.Until.Before(time.Now().AddDate(0, 0, -1)) {
		odd = append(odd, "holds for old captures only: it ended on "+s.Until.Format(time.DateOnly))
	}
	for _, t := range s.Tests {
		if _, err := os.Stat(filepath.Join(dir, t.File)); t.File != "" && err != nil {
			odd = append(odd, "the file of a test is missing: "+t.File)
		}
	}
	scope := strings.Join(slices.Sorted(slices.Values(s.Hosts)), " ") + "|" + strings.Join(s.Paths, " ") + "|" + dayOf(s.From) + "|" + dayOf(s.Until)
	if where, ok := l.seen[scope]; ok {
		odd = append(odd, "is for the same pages as "+where)
	}
	l.seen[scope] = fmt.Sprintf("%s:%d", s.File, s.Line)
	return odd
}

func (l *lint) tell(p problemEvent) error {
	if l.json {
		p.Type = "rule_problem"
		return l.out.line(p)
	}
	return l.out.foldIn(map[string]style{"error": red, "warning": yellow}[p.Level], pad(p.Level, 7)+"  ", page.Printable(p.Text, 500))
}
