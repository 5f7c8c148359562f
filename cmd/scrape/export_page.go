package main

import (
	"regexp"
	"strings"

	"newsarchive/archive"
	"newsarchive/internal/export"
)

// articleID is the id of an article, or the beginning of one: long enough for no word, with a
// digit in it.
var articleID = regexp.MustCompile(`^a[a-f]{0,14}[0-9][0-9a-f]{4,14}$`)

// namesPage reports whether what is asked for names one page, not words: an address, which
// has a slash behind its host, or an id.
func namesPage(query string) bool {
	if strings.ContainsAny(query, " \t\n\"") {
		return false
	}
	return articleID.MatchString(query) || strings.Contains(query, "/") && strings.Contains(withScheme(query), "://")
}

// exportPage asks for the page that key names, and for all its captures where they are what
// is written.
func (a *app) exportPage(r *archive.Reader, key string, o *export.Options) error {
	row, err := a.rowOf(r, key)
	if err != nil {
		return err
	}
	o.Query = archive.Query{ID: row.ID}
	if !o.Format.Records() {
		return nil
	}
	o.Versions = true
	o.Visits, err = visitsOf(r, addressesIn(row))
	return err
}
