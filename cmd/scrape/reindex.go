package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"newsarchive/archive"
)

func (a *app) reindexCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "reindex",
		Short: "Make indexes and catalog again from the records and rows",
		Long: `reindex reads every WARC segment and makes its index again where it is missing or
wrong, and makes the catalog for search, stats and lists anew. What the archive
answers is the same before and after.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.reindex(cmd.Context()) },
	}
}

// reindexed is the summary that --json prints.
type reindexed struct {
	Type     string   `json:"type"`
	Segments int      `json:"segments"`
	Bytes    int64    `json:"bytes_read"`
	Indexes  []string `json:"indexes_made"`
	Articles int      `json:"article_segments"`
}

func (a *app) reindex(ctx context.Context) (err error) {
	store, err := a.openWriter()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	done, err := store.Reindex(ctx)
	if err != nil {
		return err
	}
	if a.json {
		return a.out.line(reindexed{"summary", done.Segments, done.Bytes, append([]string{}, done.Indexes...), done.Articles})
	}
	for _, name := range done.Indexes {
		a.say("made %s", name)
	}
	a.say("%s read, %s made, catalog of %s made", count(done.Segments, "WARC segment"), count(len(done.Indexes), "index"), count(done.Articles, "article segment"))
	return nil
}

// openWriter opens an archive that must be there for writing.
func (a *app) openWriter() (*archive.Archive, error) {
	r, err := a.openArchive()
	if err != nil {
		return nil, err
	}
	r.Close()
	return archive.Open(a.archiveDir, archive.Options{Software: software()})
}
