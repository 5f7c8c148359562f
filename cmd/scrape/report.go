package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/internal/report"
)

func (a *app) reportCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "report [RUN]",
		Short: "Show the account of a run: outcomes, sites, why pages gave no article, slow hosts",
		Long: `report shows the account that a run left in the archive, by default the newest one.
--html writes it as one page with charts, without scripts, to be kept or sent on.
With --json it prints a line of type run.`,
		Example: `  scrape report
  scrape report 20261123T085012Z-7f3a --html run.html`,
		Args: atMostOne("run"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{""}
			}
			return a.report(args[0], file)
		},
	}
	cmd.Flags().StringVar(&file, "html", "", "write it as a page to this file; - for standard output")
	return cmd
}

func (a *app) report(id, file string) error {
	r, err := a.openArchive()
	if err != nil {
		return err
	}
	defer r.Close()
	if id == "" {
		if id, err = newestRun(r); errors.Is(err, errNoRun) {
			return coded{exitNoArticle, fmt.Errorf("%w: one comes when a run ends; scrape status%s shows what is at work", err, a.archiveFlag())}
		}
		if err != nil {
			return err
		}
	}
	run, err := accountOf(r, id)
	if errors.Is(err, archive.ErrNotFound) {
		return usagef("no run is called %q in %s; they are in %s", id, a.archiveDir, filepath.Join(a.archiveDir, "runs"))
	}
	if err != nil {
		return archiveError(err)
	}
	switch {
	case file != "":
		return a.reportPage(r, run, file)
	case a.json:
		return a.out.line(struct {
			Type string `json:"type"`
			report.Run
		}{"run", run})
	}
	if err := report.Text(a.out, run, a.out.columns()); err != nil {
		return err
	}
	return a.out.flush()
}

// errNoRun is the error of an archive to which no run has come to its end.
var errNoRun = errors.New("no run has left a report here yet")

func newestRun(r *archive.Reader) (string, error) {
	ids, err := r.Runs()
	if err != nil {
		return "", archiveError(err)
	}
	if len(ids) == 0 {
		return "", errNoRun
	}
	return ids[len(ids)-1], nil
}

func accountOf(r *archive.Reader, id string) (report.Run, error) {
	account, err := r.Report(id)
	if err != nil {
		return report.Run{}, err
	}
	return report.Read(account)
}

// reportPage writes the page. The calendar shows the runs of the 30 days up to this one.
func (a *app) reportPage(r *archive.Reader, run report.Run, file string) error {
	runs, err := runsBefore(r, run)
	if err != nil {
		return archiveError(err)
	}
	if err := a.out.toFile(file); err != nil {
		return err
	}
	if err := report.HTML(a.out, run, runs); err != nil {
		return err
	}
	if err := a.out.flush(); err != nil || file == "-" {
		return err
	}
	a.say("written to %s", file)
	return nil
}

// runsBefore returns the run and those of the 30 days before it.
func runsBefore(r *archive.Reader, run report.Run) ([]report.Run, error) {
	ids, err := r.Runs()
	runs := []report.Run{run}
	for _, id := range ids {
		other, oerr := accountOf(r, id)
		if oerr != nil {
			return nil, oerr
		}
		if id != run.ID && !other.Started.After(run.Started) && run.Started.Sub(other.Started) < 31*24*time.Hour {
			runs = append(runs, other)
		}
	}
	return runs, err
}
