package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"newsarchive/extract"
	"newsarchive/selectors"
)

// defaultRules is the folder of a project's rules where none is named.
const defaultRules = "rules"

// A rulePlace is a folder that rules are read from.
type rulePlace struct {
	layer selectors.Layer
	dir   string
	must  bool // it is an error if there is none
}

// rulePlaces lists the folders of rules, lowest layer first.
func (a *app) rulePlaces() (places []rulePlace) {
	if config, err := os.UserConfigDir(); err == nil {
		own := filepath.Join(config, "scrape", "rules")
		places = []rulePlace{{selectors.Imported, filepath.Join(own, "imported"), false}, {selectors.User, own, false}}
	}
	project := rulePlace{selectors.Project, a.rulesDir, true}
	if project.dir == "" {
		project = rulePlace{selectors.Project, defaultRules, false}
	}
	return append(places, project)
}

// rules loads the general rules and those for sites.
func (a *app) rules() (*selectors.Rules, error) {
	rules := selectors.Default()
	for _, p := range a.rulePlaces() {
		sites, err := p.read()
		if err != nil {
			return nil, coded{exitUsage, err}
		}
		if len(sites) > 0 {
			rules = rules.WithSites(sites...)
		}
	}
	return rules, nil
}

func (p rulePlace) read() ([]*selectors.Site, error) {
	info, err := os.Stat(p.dir)
	if errors.Is(err, fs.ErrNotExist) && !p.must {
		return nil, nil
	}
	if err == nil && !info.IsDir() {
		if !p.must {
			return nil, nil // a file that happens to be called so
		}
		err = errors.New("is no folder")
	}
	if err != nil {
		return nil, fmt.Errorf("read rules in %s: %w", p.dir, err)
	}
	return selectors.ReadSites(p.layer, os.DirFS(p.dir), filepath.ToSlash(p.dir))
}

// extractor returns an extractor that knows all rules.
func (a *app) extractor() (*extract.Extractor, error) {
	rules, err := a.rules()
	if err != nil {
		return nil, err
	}
	return extract.New(extract.Options{Rules: rules, Bounds: extractBounds(a.bounds)}), nil
}
