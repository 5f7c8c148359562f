package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/internal/spelling"
)

func (a *app) statsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stats",
		Short: "Count what the archive holds: outcomes, sites, months, duplicates, bytes",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.stats(cmd.Context()) },
	}
}

// statsLine is the line that --json prints.
type statsLine struct {
	Type     string              `json:"type"`
	Articles int                 `json:"articles"`
	Versions int                 `json:"versions"`
	Outcomes map[string]int      `json:"outcomes"`
	Sites    map[string]int      `json:"pages_by_site"`
	Months   map[string]int      `json:"pages_by_month"` // of the publication, else of the fetching
	Copies   copiesLine          `json:"duplicates"`
	Files    map[string]sizeLine `json:"on_disk"`
}

// copiesLine counts articles.
type copiesLine struct {
	Exact int `json:"exact"` // with the text of an earlier one
	Near  int `json:"near"`  // nearly so
	Wire  int `json:"wire"`  // with the text of an agency that several sites have, the earliest included
}

type sizeLine struct {
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`
}

func (a *app) stats(ctx context.Context) error {
	r, err := a.withCatalog(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	s, err := r.Stats(ctx)
	if err != nil {
		return noCatalog(err)
	}
	d, err := a.duplicates(ctx, r)
	if err != nil {
		return noCatalog(err)
	}
	var lost losses
	lost.known(r)
	var copies copiesLine
	copies.Exact, copies.Near, copies.Wire = d.Counts()
	if a.json {
		line := statsLine{"stats", s.Articles, s.Versions, asMap(s.Outcomes), asMap(s.Sites), asMap(s.Months), copies, map[string]sizeLine{}}
		for _, z := range s.Segments {
			line.Files[z.Name] = sizeLine{z.Files, z.Bytes}
		}
		return lost.leaves(a, a.out.line(line))
	}
	fmt.Fprintf(a.out, "%s in %s\n", count(s.Articles, "page"), count(s.Versions, "version"))
	a.counts("by outcome", s.Outcomes)
	a.counts("by site", s.Sites)
	a.counts("by month", s.Months)
	if copies != (copiesLine{}) {
		a.counts("duplicates", []archive.Count{{Name: "same text as an earlier one", N: copies.Exact}, {Name: "nearly the same text", N: copies.Near}, {Name: "wire copy", N: copies.Wire}})
	}
	fmt.Fprintf(a.out, "\n%s\n", a.out.paint(bold, "on disk"))
	for _, z := range s.Segments {
		fmt.Fprintf(a.out, "  %s %12s in %s\n", pad(z.Name, 16), spelling.Bytes(z.Bytes), count(z.Files, "file"))
	}
	return lost.leaves(a, a.out.flush())
}

func asMap(list []archive.Count) map[string]int {
	m := map[string]int{}
	for _, c := range list {
		m[c.Name] = c.N
	}
	return m
}

// counts prints the first lines of a list and says how many more there are.
func (a *app) counts(title string, list []archive.Count) {
	const most = 24
	fmt.Fprintf(a.out, "\n%s\n", a.out.paint(bold, title))
	for _, c := range list[:min(most, len(list))] {
		fmt.Fprintf(a.out, "  %s %9d\n", a.out.col(c.Name, 32), c.N)
	}
	if len(list) > most {
		fmt.Fprintf(a.out, "  and %d more; --json has all\n", len(list)-most)
	}
}
