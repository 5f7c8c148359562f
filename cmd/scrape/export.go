package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/internal/export"
	"newsarchive/internal/spelling"
	"newsarchive/page"
)

// exportFlags are what was asked of an export.
type exportFlags struct {
	format, profile, to string
	outcomes            []string
	versions, force     bool
	title, creator      string
}

func (a *app) exportCommand() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export [QUERY|ID|URL]",
		Short: "Write rows or captures for other tools: JSON Lines, CSV, Parquet, text, WARC, WACZ",
		Long: `export writes what the query finds (see scrape search), the newest version of each page.
An id or an address, as scrape show takes them, stands for that page: wacz and warc hold all its
captures, also those that brought nothing new, the other formats its row (--versions: all its rows).

jsonl, csv, parquet and text make a folder: the data, a README that says what was
collected and what is missing, schema, citation and checksums. With a file name
such as -o rows.csv, or - for standard output, the data alone are written. wacz is a
package that replays in a browser (ReplayWeb.page), warc one file of records.`,
		Example: `  scrape export -o articles
  scrape export --format parquet site:news.example since:2026-11 -o november
  scrape export 'ferry outcome:ok' -o ferry.wacz
  scrape export https://news.example/city/bridge-reopens -o bridge.wacz`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.export(cmd.Context(), strings.Join(args, " "), f)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.format, "format", "f", "", "jsonl, csv, parquet, text, warc or wacz (default: by the name after -o, else jsonl)")
	flags.StringVarP(&f.to, "output", "o", "", "folder or file to make; - for standard output")
	flags.StringVar(&f.profile, "profile", "full", "full, no-text (may be shared: hashes and facts) or text-only")
	flags.StringSliceVar(&f.outcomes, "outcome", nil, "only these outcomes; !ok means all but ok")
	flags.BoolVar(&f.versions, "versions", false, "every version, not only the newest")
	flags.StringVar(&f.title, "title", "", "title of the data set")
	flags.StringVar(&f.creator, "creator", "", "who answers for it")
	flags.BoolVar(&f.force, "force", false, "replace an earlier export")
	return cmd
}

func (a *app) export(ctx context.Context, query string, f exportFlags) error {
	o, err := a.exportOptions(query, f)
	if err != nil {
		return err
	}
	if err := a.exportPlace(f.to, o); err != nil {
		return err
	}
	r, err := a.withCatalog(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	if namesPage(query) {
		if err := a.exportPage(r, query, &o); err != nil {
			return err
		}
	}
	if _, err := a.duplicates(ctx, r); err != nil {
		return noCatalog(err)
	}
	res, err := a.exportTo(ctx, r, f.to, o)
	if err != nil {
		return a.exportError(err)
	}
	return a.exported(f.to, o, res)
}

func (a *app) exportOptions(query string, f exportFlags) (o export.Options, err error) {
	o = export.Options{Asked: query, Versions: f.versions, Title: f.title, Creator: f.creator, Force: f.force, Software: software()}
	if o.Query, err = archive.ParseQuery(query); err != nil {
		return o, coded{exitUsage, err}
	}
	if len(f.outcomes) > 0 {
		wanted, err := archive.ParseOutcomes(f.outcomes...)
		if err != nil {
			return o, coded{exitUsage, err}
		}
		o.Keep = func(o page.Outcome) bool { return slices.Contains(wanted, o) }
		o.Asked = strings.TrimSpace(query + " --outcome " + strings.Join(f.outcomes, ","))
	}
	o.Format = export.Format(cmp.Or(f.format, string(formatOf(f.to)), string(export.JSONL)))
	if !slices.Contains(export.Formats, o.Format) {
		return o, usagef("--format is jsonl, csv, parquet, text, warc or wacz, not %q", f.format)
	}
	if o.Profile = export.Profile(f.profile); !slices.Contains(export.Profiles, o.Profile) {
		return o, usagef("--profile is full, no-text or text-only, not %q", f.profile)
	}
	if o.Profile != export.Full && (o.Format.Records() || o.Format == export.Text) {
		return o, usagef("--profile %s: %s holds the pages themselves", o.Profile, o.Format)
	}
	return o, nil
}

// formatOf is the format that a file name tells; "" for a folder.
func formatOf(name string) export.Format {
	switch name = strings.TrimSuffix(name, ".gz"); strings.ToLower(filepath.Ext(name)) {
	case ".jsonl", ".ndjson":
		return export.JSONL
	case ".csv":
		return export.CSV
	case ".parquet":
		return export.Parquet
	case ".warc":
		return export.WARC
	case ".wacz":
		return export.WACZ
	}
	return ""
}

// otherFiles are extensions by which nobody names a folder.
var otherFiles = []string{".json", ".md", ".txt", ".text", ".xlsx", ".xls", ".ods", ".zip", ".tar", ".gz", ".tgz", ".html", ".htm", ".xml", ".tsv", ".db", ".sqlite", ".pdf", ".docx", ".yaml", ".yml"}

// otherFile reports the name of a file that no export is, and that is no folder.
func otherFile(to string) bool {
	info, err := os.Stat(to)
	return slices.Contains(otherFiles, strings.ToLower(filepath.Ext(to))) && (err != nil || !info.IsDir())
}

// exportPlace checks where the export is to go.
func (a *app) exportPlace(to string, o export.Options) error {
	named := formatOf(to)
	switch {
	case to == "":
		return usagef("say where to with -o: a folder, a file, or - for standard output")
	case named == "" && otherFile(to):
		return usagef("-o %s is the name of a file of no format here: name it .jsonl, .csv, .parquet, .warc.gz or .wacz, or a folder without %s", to, filepath.Ext(to))
	case to == "-" && a.json:
		return usagef("the data go to standard output: leave out --json, or name a file")
	case to != "-" && o.Format.Records() && named != o.Format:
		return usagef("%s is one file: name it -o NAME.%s", o.Format, map[export.Format]string{export.WARC: "warc.gz", export.WACZ: "wacz"}[o.Format])
	case to != "-" && named != "" && named != o.Format:
		return usagef("-o %s is the name of a %s file, and the format is %s", to, named, o.Format)
	case o.Format == export.WARC && to != "-" && !strings.HasSuffix(to, ".gz"):
		return usagef("WARC is written compressed: name it -o %s.gz", to)
	case to == "-" && (o.Format == export.WACZ || o.Format == export.Parquet) && a.out.tty:
		return usagef("%s is not for a terminal: name a file with -o", o.Format)
	}
	inside, err := within(a.archiveDir, to)
	if err == nil && inside && to != "-" {
		return usagef("-o %s lies in the archive, which keeps nothing but its own: name another place", to)
	}
	return nil
}

// within reports whether a path lies in a folder.
func within(dir, name string) (bool, error) {
	absDir, err := filepath.Abs(dir)
	if err != nil {
		return false, err
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return false, err
	}
	rel, err := filepath.Rel(absDir, abs)
	return err == nil && filepath.IsLocal(rel), err
}

func (a *app) exportTo(ctx context.Context, r *archive.Reader, to string, o export.Options) (export.Result, error) {
	switch {
	case to == "-":
		return export.Stream(ctx, r, a.out, "-", o)
	case formatOf(to) != "":
		return export.File(ctx, r, to, o)
	}
	return export.Folder(ctx, r, to, o)
}

func (a *app) exportError(err error) error {
	switch {
	case damaged(err):
		return a.damageError(fmt.Errorf("nothing was written, for not all can be read: %w", err))
	case errors.Is(err, export.ErrNothing):
		return coded{exitNoArticle, fmt.Errorf("%w; nothing was written", err)}
	case errors.Is(err, export.ErrExists), errors.Is(err, export.ErrPlace):
		return coded{exitUsage, err}
	}
	return noCatalog(err)
}

// exported tells what was written.
func (a *app) exported(to string, o export.Options, res export.Result) error {
	if a.json {
		return a.out.line(struct {
			Type    string        `json:"type"`
			Format  export.Format `json:"format"`
			Path    string        `json:"path"`
			Rows    int           `json:"rows"`
			Records int           `json:"records"`
			Files   int           `json:"files"`
			Bytes   int64         `json:"bytes"`
			Lost    int           `json:"lost,omitempty"`
		}{"summary", o.Format, to, res.Rows, res.Records, res.Files, res.Bytes, res.Lost})
	}
	if res.Lost > 0 {
		a.say("%s left out: the record is lost to damage, as scrape verify tells", count(res.Lost, "row"))
	}
	if to != "-" {
		a.say("%s, %s in %s: %s", count(res.Rows, "row"), spelling.Bytes(res.Bytes), count(res.Files, "file"), to)
	}
	return a.out.flush()
}
