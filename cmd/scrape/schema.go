package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"newsarchive/internal/config"
	"newsarchive/page"
)

// released is the version of a release build (-ldflags "-X main.released=1.2.3").
var released string

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "schema article|config",
		Short:     "Print the JSON Schema of the article row or of scrape.yaml",
		ValidArgs: []string{"article", "config"},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] != "article" && args[0] != "config" {
				return usagef("scrape schema takes one name: article or config")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text := page.ArticleSchema
			if args[0] == "config" {
				text = string(config.Schema())
			}
			_, err := fmt.Fprint(a.out, text)
			return err
		},
	}
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print version and commit",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.out.line(map[string]string{"type": "version", "version": version(), "commit": commit(),
					"go": runtime.Version(), "schema": page.Schema})
			}
			_, err := fmt.Fprint(a.out, versionLine())
			return err
		},
	}
}

func versionLine() string {
	return fmt.Sprintf("scrape %s (commit %s, %s)\n", version(), or(commit(), "unknown"), runtime.Version())
}

// version is the released version, that of the module, or "devel".
func version() string {
	if released != "" {
		return released
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

// commit is the revision that the binary was built from; "" where Go was not told.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}

// software names program and version as rows and warcinfo records do.
func software() string { return "scrape/" + version() }
