package main

import (
	"fmt"
	"slices"

	"newsarchive/archive"
	"newsarchive/internal/bucket"
)

// Commands that need more of an archive than a bucket gives.
var (
	writing    = []string{"get", "crawl", "watch", "import", "repair", "reindex", "reextract", "push"}
	cataloging = []string{"search", "stats", "export", "health"}
)

// checkArchive refuses an archive in a bucket where the command cannot work on one.
func (a *app) checkArchive(command string) error {
	if !bucket.Is(a.archiveDir) {
		return nil
	}
	if slices.Contains(writing, command) {
		return usagef("%s works on a folder; an archive in a bucket is read only, and filled by scrape push", command)
	}
	if slices.Contains(cataloging, command) {
		return usagef("%s needs the catalog, which a bucket has not: copy %s to a folder first", command, a.archiveDir)
	}
	return nil
}

// openRemote opens the archive in a bucket for reading.
func (a *app) openRemote() (*archive.Reader, error) {
	b, err := openBucket(a.archiveDir, bucketFlags{})
	if err != nil {
		return nil, err
	}
	tree, err := b.Tree(a.ctx)
	if err != nil {
		return nil, coded{exitUnreachable, err}
	}
	r, err := archive.OpenReaderIn(b.String(), tree)
	if err != nil {
		return nil, coded{exitArchive, fmt.Errorf("%w; scrape push fills a bucket", err)}
	}
	return r, nil
}
