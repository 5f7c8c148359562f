package main

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/page"
)

func (a *app) showCommand() *cobra.Command {
	var format string
	var readings, captures bool
	var version int
	cmd := &cobra.Command{
		Use:   "show ID|URL",
		Short: "Show one article of the archive",
		Long: `show prints the newest version of an article as it was read last, or the one that
--version names. Where it is no more, or something else stands there by now (a gate, a
consent page), that is said with the day of the first capture which shows it. With --readings it lists each reading of each version instead: the one
that counts, and the earlier ones that scrape reextract has kept. With --captures it lists
what is stored of the address in sealed segments, and what it is read as today.`,
		Example: `  scrape show a1b2c3
  scrape show https://news.example/story -f json | jq .warc_file
  scrape show a1b2c3 --version 1
  scrape show https://news.example/story --captures
  scrape show a1b2c3 --readings
  scrape show a1b2c3 --readings -f json | jq -r 'select(.extraction==1) | .text'`,
		Args: oneArg("the id or the address of an article"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if captures {
				return a.showCaptures(cmd.Context(), args[0], format)
			}
			if readings {
				return a.showReadings(cmd.Context(), args[0], format)
			}
			return a.show(cmd.Context(), args[0], version, format)
		},
	}
	cmd.Flags().IntVar(&version, "version", 0, "the version to show; 0 for the newest")
	cmd.Flags().BoolVar(&readings, "readings", false, "list every reading of every version")
	cmd.Flags().BoolVar(&captures, "captures", false, "list every capture, with its status and place")
	cmd.Flags().StringVarP(&format, "format", "f", "", formatHelp+" (default: text to read)")
	return cmd
}

func (a *app) show(ctx context.Context, key string, version int, format string) error {
	format, err := checkFormat(format, "")
	if err != nil {
		return err
	}
	return a.withRow(ctx, key, func(r *archive.Reader, row page.Row) error {
		var copies []string
		var f fate
		switch {
		case version != 0:
			versions, lost, err := gathered(r.Versions(row.ID))
			if err == nil {
				versions, err = picked(versions, version, version)
			}
			if err != nil {
				return lost.instead(a, err)
			}
			row = versions[0]
		case format == "" || a.json:
			copies, f = a.mark(ctx, r, &row), a.fateOf(r, row) // else the row is as it is stored
		}
		return a.showRow(r, row, f, copies, format)
	})
}

func (a *app) showRow(r *archive.Reader, row page.Row, f fate, copies []string, format string) error {
	if format != "" && !a.json {
		return a.out.rowAs(row, format)
	}
	if a.json {
		return a.out.line(markedRow{row, f})
	}
	if err := a.out.articleNow(row, f); err != nil {
		return err
	}
	if err := a.evidence(r, row); err != nil {
		return err
	}
	return a.sayCopies(r, row, copies)
}

// showReadings lists the readings of an article: of each version the earlier ones
// first, and the one that counts last.
func (a *app) showReadings(ctx context.Context, key, format string) error {
	if format != "" && format != "json" {
		return usagef("--format of readings is json, not %q", format)
	}
	return a.withRow(ctx, key, func(r *archive.Reader, row page.Row) error {
		list, lost, err := gathered(r.Readings(row.ID))
		if err != nil {
			return err
		}
		for i, reading := range list {
			counts := i+1 == len(list) || list[i+1].Version != reading.Version
			if err := a.reading(reading, counts, format); err != nil {
				return err
			}
		}
		return lost.leaves(a, a.out.flush())
	})
}

// gathered returns the rows of seq that can be read, and what is damaged among them or
// elsewhere; or the first other error.
func gathered(seq iter.Seq2[page.Row, error]) (rows []page.Row, lost losses, err error) {
	for row, err := range seq {
		if lost.met(err) {
			continue
		}
		if err != nil {
			return nil, lost, err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, lost, lost.first
	}
	return rows, lost, nil
}

// reading prints one reading.
func (a *app) reading(r page.Row, counts bool, format string) error {
	if a.json || format == "json" {
		return a.rowJSON(r)
	}
	mark := " "
	if counts {
		mark = "*"
	}
	line, used := "  ", 84
	if a.out.narrow(100) {
		line, used = "\n     ", 38
	}
	text := fmt.Sprintf("v%-3d reading %-3d%s %s  %s%s%6d words  %s  %s\n", r.Version, max(1, r.Extraction), mark, r.FetchedAt.UTC().Format("2006-01-02 15:04"),
		a.out.paint(outcomeStyle(r.Outcome), pad(string(r.Outcome), 14)), line, r.WordCount, pad(or(r.ExtractorVersion, r.Software), 16), a.out.rest(r.Title, used))
	_, err := fmt.Fprint(a.out, unpadded(text))
	return err
}

// withRow does something with the newest version of what key names.
func (a *app) withRow(ctx context.Context, key string, do func(*archive.Reader, page.Row) error) error {
	r, err := a.openFresh(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	row, err := a.rowOf(r, key)
	if err != nil {
		return err
	}
	return do(r, row)
}

// rowOf finds the newest version of what key names, or says that there is none.
func (a *app) rowOf(r *archive.Reader, key string) (page.Row, error) {
	row, err := r.Row(key)
	if full := withScheme(key); errors.Is(err, archive.ErrNotFound) && full != key {
		row, err = r.Row(full)
	}
	switch {
	case damaged(err):
		return row, a.missed(err)
	case errors.Is(err, archive.ErrAmbiguous):
		return row, usagef("%w: give more of it; see scrape list%s", err, a.archiveFlag())
	case errors.Is(err, archive.ErrNotFound):
		return row, coded{exitNoArticle, fmt.Errorf("nothing in %s for %q; see scrape list%s", a.archiveDir, key, a.archiveFlag())}
	}
	return row, err
}
