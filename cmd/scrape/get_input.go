package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"newsarchive/page"
)

// addresses checks the arguments, and the lines of standard input for the argument "-".
func (g *get) addresses(args []string) (out []string, err error) {
	for _, arg := range args {
		var some []string
		if arg == "-" {
			some, err = g.fromInput()
		} else {
			some, err = siteAddresses([]string{arg})
		}
		if info, serr := os.Stat(arg); serr == nil && info.Mode().IsRegular() {
			err = notAddresses(arg)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// notAddresses is the error of a file in the place of an address: what reads it depends
// on what its name says it holds.
func notAddresses(name string) error {
	shown := page.Printable(name, 200)
	switch filepath.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz")) {
	case ".html", ".htm", ".xhtml", ".warc", ".wacz":
		return usagef("%s is a file: scrape extract %[1]s reads the pages in it", shown)
	}
	return usagef("%s is a file: scrape get - < %[1]s reads the addresses in it", shown)
}

// fromInput reads an address a line. Empty lines and lines that begin with # are skipped,
// and what is no address is told and left out.
func (g *get) fromInput() (out []string, err error) {
	lines := bufio.NewScanner(g.in)
	for n := 1; lines.Scan(); n++ {
		s := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff")) // editors begin files with the mark
		if s == "" || s[0] == '#' {
			continue
		}
		one, err := siteAddresses([]string{s})
		if err != nil {
			g.leftOut++
			g.complain(fmt.Errorf("line %d of standard input is left out: %w", n, err))
		}
		out = append(out, one...)
	}
	if err := lines.Err(); err != nil {
		return nil, usagef("read addresses from standard input: %w", err)
	}
	return out, nil
}
