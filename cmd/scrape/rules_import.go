package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsarchive/page"
	"newsarchive/selectors"
)

func (a *app) rulesImportCommand() *cobra.Command {
	var to string
	var dry bool
	cmd := &cobra.Command{
		Use:   "import ftr DIR",
		Short: "Take over site configurations of FiveFilters' Full-Text RSS",
		Long: `import reads the *.txt files of a folder and writes a rule for each that has something
to say: title, author, date, body, strip, strip_id_or_class, strip_image_src, tests. What
a rule cannot say is reported line by line. Imported rules are asked last, and are set
aside where they no longer fit the page. Existing rules of the same name are replaced.`,
		Example: `  scrape rules import ftr ./ftr-site-config --dry-run --json > report.jsonl
  scrape rules import ftr ./ftr-site-config`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 || args[0] != "ftr" {
				return usagef("scrape rules import wants a format and a folder: ftr DIR")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.rulesImport(args[1], to, dry) },
	}
	cmd.Flags().StringVarP(&to, "output", "o", "", `folder to write to (default: "imported" in your folder of rules)`)
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only report")
	return cmd
}

func (a *app) rulesImport(dir, to string, dry bool) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	hidden, err2 := filepath.Glob(filepath.Join(dir, ".*.txt")) // those for all hosts below one
	names = slices.Compact(slices.Sorted(slices.Values(slices.Concat(names, hidden))))
	if err := errors.Join(err, err2); err != nil || len(names) == 0 {
		return usagef("%s has no *.txt files to import", dir)
	}
	if to == "" {
		if to, err = importedDir(); err != nil {
			return err
		}
	}
	if !dry {
		if err := os.MkdirAll(to, 0o755); err != nil {
			return coded{exitUsage, err}
		}
	}
	rules, problems := 0, 0
	for _, name := range names {
		f, err := readFTR(name)
		if err != nil {
			return err
		}
		problems += len(f.Problems)
		if f.Rule != nil {
			rules++
		}
		if err := a.reportFTR(name, f); err != nil {
			return err
		}
		if f.Rule == nil || dry {
			continue
		}
		if err := replaceFile(filepath.Join(to, ruleFileName(f.Host)), f.Rule); err != nil {
			return coded{exitUsage, err}
		}
	}
	if a.json {
		if err := a.out.line(rulesSummary{Type: "summary", Files: len(names), Rules: rules, Problems: problems}); err != nil {
			return err
		}
	}
	a.say("%s: %s, %d without anything to use; %s not supported%s", count(len(names), "file"), count(rules, "rule"), len(names)-rules, count(problems, "line"), map[bool]string{true: " (nothing written)", false: ", written to " + to}[dry])
	return a.out.flush()
}

func importedDir() (string, error) {
	config, err := os.UserConfigDir()
	if err != nil {
		return "", usagef("your folder of rules is not known (%w); name one with -o", err)
	}
	return filepath.Join(config, "scrape", "rules", "imported"), nil
}

// ruleFileName keeps the dot of ".host" from hiding the file.
func ruleFileName(host string) string {
	if name, ok := strings.CutPrefix(host, "."); ok {
		return "_" + fileName(name) + ".yaml"
	}
	return fileName(host) + ".yaml"
}

// maxImport bounds one file that is imported, in bytes.
const maxImport = 2 << 20

func readFTR(name string) (selectors.FTR, error) {
	f, err := os.Open(name)
	if err != nil {
		return selectors.FTR{}, coded{exitUsage, err}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxImport))
	if err != nil {
		return selectors.FTR{}, fmt.Errorf("read %s: %w", name, err)
	}
	return selectors.ReadFTR(filepath.Base(name), data), nil
}

func (a *app) reportFTR(name string, f selectors.FTR) error {
	for _, p := range f.Problems {
		var err error
		if a.json {
			err = a.out.line(problemEvent{Type: "rule_problem", Level: "unsupported", File: name, Line: p.Line, Text: p.Text, Why: p.Why})
		} else {
			err = a.out.fold("", fmt.Sprintf("%s:%d: %s: %s", page.Printable(name, 200), p.Line, page.Printable(p.Why, 200), page.Printable(p.Text, 200)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// replaceFile writes a file that appears whole.
func replaceFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".rule-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
