package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/internal/bucket"
	"newsarchive/internal/spelling"
	"newsarchive/page"
)

func (a *app) searchCommand() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Find articles by their words",
		Long: `search finds the newest versions whose title, standfirst or text hold all the words,
the most relevant first; without words, the newest first.

  word  "a phrase"  begin*  -without
  title:word  title:"a phrase"         in the title
  section:politics  tag:"wild life"    whole names; section:polit* begins so
  site:news.example  lang:en  author:ruiz
  outcome:ok,paywalled  outcome:!ok    one of these; all but ok
  since:2026-11  until:2026-11-23      published, else fetched; both ends included

Several tag: or title: must all hold. Other words with a colon go in quotes. Accents and case do not matter. Japanese, Chinese, Thai and Korean are found by any
characters that follow one another. The exit code is 4 where nothing is found.`,
		Example: `  scrape search 'ferry "out of service" since:2026-11'
  scrape search site:news.example author:ruiz --json | jq -r .title`,
		Args: needArgs("a query"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.search(cmd.Context(), strings.Join(args, " "), limit)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 20, "articles at most; 0 for all")
	return cmd
}

// hitLine is the line that --json prints for a hit.
type hitLine struct {
	Type    string       `json:"type"`
	ID      string       `json:"id"`
	Version int          `json:"version"`
	URL     string       `json:"url"`
	Title   string       `json:"title"`
	Site    string       `json:"site"`
	Date    string       `json:"published_at"` // RFC 3339; "" where unknown
	Outcome page.Outcome `json:"outcome"`
	Snippet string       `json:"snippet"`
	Score   float64      `json:"score"`

	Duplicate   string `json:"duplicate"` // as in rows
	DuplicateOf string `json:"duplicate_of"`
	Wire        string `json:"wire"`
}

func (a *app) search(ctx context.Context, query string, limit int) error {
	q, err := archive.ParseQuery(query)
	if err != nil {
		return coded{exitUsage, err}
	}
	if slices.Contains(strings.Fields(query), "OR") {
		a.say("OR is sought as a word: all words must be in the article; ask once for each of them")
	}
	if limit < 0 {
		return usagef("--limit is %d; it must be 1 or more, or 0 for all", limit)
	}
	r, err := a.withCatalog(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	marks, err := a.marks(ctx, r, "")
	if err != nil {
		return err
	}
	found, lost := 0, losses{}
	for hit, err := range r.Search(ctx, q, limit) {
		if lost.met(err) {
			continue
		}
		if err != nil {
			return noCatalog(err)
		}
		found++
		if marks != nil {
			marks.Mark(&hit.Row)
		}
		if err := a.hit(hit); err != nil {
			return err
		}
	}
	if err := a.out.flush(); err != nil {
		return err
	}
	switch {
	case found == 0 && lost.n == 0:
		a.sayNothing(ctx, r, q)
		return saidCode(exitNoArticle)
	case limit > 0 && found == limit:
		a.say("the first %d; --limit 0 finds all", limit)
	}
	return lost.leaves(a, nil)
}

// sayNothing tells that nothing holds a query, and which site, section or tag there is not.
func (a *app) sayNothing(ctx context.Context, r *archive.Reader, q archive.Query) {
	missing, _ := r.Missing(ctx, q) // without a catalog nothing more is said
	for _, m := range missing {
		a.say("no %s is called %q%s", m.Kind, page.Printable(m.Name, 100), spelling.DidYouMean(m.Name, m.Others))
	}
	a.say("nothing found; scrape stats%s counts what there is", a.archiveFlag())
}

// noCatalog gives the error of an archive without a catalog its exit code.
func noCatalog(err error) error {
	if errors.Is(err, archive.ErrNoCatalog) {
		return coded{exitArchive, fmt.Errorf("%w; scrape reindex makes it, where the archive can be written to", err)}
	}
	return err
}

func (a *app) hit(h archive.Hit) error {
	r := h.Row
	if !a.json {
		fmt.Fprintln(a.out, a.out.rowLine(r, 0))
		if h.Snippet != "" {
			fmt.Fprint(a.out, wrap(page.Printable(h.Snippet, 0), "    ", "    ", a.out.readable()))
		}
		return nil
	}
	date := ""
	if r.PublishedAt != nil {
		date = r.PublishedAt.UTC().Format("2006-01-02T15:04:05Z")
	}
	return a.out.line(hitLine{"hit", r.ID, r.Version, r.URL, r.Title, r.Site, date, r.Outcome, h.Snippet, h.Score, r.Duplicate, r.DuplicateOf, r.Wire})
}

// openFresh opens the archive for reading. What the last runs left out of its catalog
// is added if that can be: without it answers come later, and say nothing of copies.
func (a *app) openFresh(ctx context.Context) (*archive.Reader, error) {
	r, err := a.openArchive()
	if err == nil && !bucket.Is(a.archiveDir) {
		_ = archive.UpdateCatalogWithin(ctx, a.archiveDir, 4*lateCatalog)
	}
	return r, err
}

// withCatalog opens the archive for reading, its catalog up to date. Where that
// cannot be written, one is made for this call.
func (a *app) withCatalog(ctx context.Context) (*archive.Reader, error) {
	r, err := a.openArchive()
	if err != nil {
		return nil, err
	}
	err = archive.UpdateCatalog(ctx, a.archiveDir)
	if err != nil && ctx.Err() == nil && unwritable(err) {
		a.say("the archive cannot be written to: what its catalog lacks is read for this call alone")
		err = r.TemporaryCatalog(ctx)
	}
	if err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}
