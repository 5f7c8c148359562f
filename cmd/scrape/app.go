package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"newsarchive/archive"
	"newsarchive/internal/bounds"
	"newsarchive/internal/bucket"
	"newsarchive/internal/config"
	"newsarchive/internal/spelling"
	"newsarchive/page"
)

// defaultArchive is the folder of the archive where none is named.
const defaultArchive = "archive"

// app is what the commands share: the streams and the global flags.
type app struct {
	in  io.Reader
	out *output
	err io.Writer // escapes what it is given

	ctx        context.Context // of the command
	archiveDir string          // or s3://BUCKET/PREFIX
	configFile string          // that reading commands take the places from; "" for none
	config     *config.Config  // what it says; nil without one
	frontier   string          // as config says; "" for the usual place
	rulesDir   string          // of the project's rules; "" for the default, which need not be there
	json       bool
	quiet      bool
	verbose    bool
	color      string
	bounds     bounds.Bounds
	boundsSaid []string // by flags, NAME=VALUE
}

func newApp(in io.Reader, out, errs io.Writer) *app {
	return &app{bounds: bounds.Default(), in: in, out: &output{w: out, tty: isTerminal(out)}, err: &escaper{w: errs, tty: isTerminal(errs)}}
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "scrape URL…",
		Short: "Capture news pages: clean articles as JSON, the pages themselves as WARC",
		Long: `scrape captures news pages. Each gives a clean article as one row of JSON and the
page itself as WARC records, and the row points to the very bytes it was read from.

"scrape URL" is short for "scrape get URL".`,
		Example: `  scrape demo                               # made-up sites, offline
  scrape https://news.example/story         # capture one page and show it
  scrape crawl news.example --max-pages 50  # capture a site`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(), // for the flag --version
		Args:          cobra.ArbitraryArgs,
		RunE:          a.bare,
	}
	root.SetVersionTemplate(versionLine())
	f := root.PersistentFlags()
	f.StringVar(&a.archiveDir, "archive", envOr("SCRAPE_ARCHIVE", defaultArchive), "folder of the archive (or SCRAPE_ARCHIVE); reading commands take s3://BUCKET/PREFIX too")
	f.StringVar(&a.rulesDir, "rules", "", "folder of the project's extraction rules (default ./rules, if there is one)")
	f.BoolVar(&a.json, "json", false, "print JSON Lines, each with its type; what does work ends with a summary")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "print no narration")
	f.BoolVarP(&a.verbose, "verbose", "v", false, "log each page and each decision")
	f.StringVar(&a.color, "color", "auto", "colour: auto, always or never")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		a.tameLog()
		a.ctx = cmd.Context()
		if err := cmd.ValidateFlagGroups(); err != nil {
			return coded{exitUsage, err}
		}
		if err := a.setColor(); err != nil {
			return err
		}
		if err := a.placeByConfig(cmd); err != nil {
			return err
		}
		return a.checkArchive(cmd.Name())
	}
	root.SetFlagErrorFunc(flagError)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.CompletionOptions.HiddenDefaultCmd = true
	parts := a.chapters()
	for _, part := range parts {
		root.AddCommand(part.commands...)
	}
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { a.printHelp(c, parts) })
	return root
}

// bare is reached when the first word is no command and no address.
func (a *app) bare(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	meant := spelling.DidYouMean(args[0], namesUnder(c))
	return usagef("unknown command %q%s", args[0], or(meant, "; to capture a page, give its address, such as https://news.example/story"))
}

// addGet puts "get" before arguments that name no command but an address.
func addGet(root *cobra.Command, args []string) []string {
	if c, _, err := root.Find(args); err != nil || c != root {
		return args
	}
	for i, arg := range args {
		value := i > 0 && strings.HasPrefix(args[i-1], "-") && !switches[args[i-1]] // of a flag, most likely
		switch {
		case arg == "-", strings.Contains(arg, "://"), !value && !strings.HasPrefix(arg, "-") && strings.ContainsAny(arg, ".:"):
			return append([]string{"get"}, args...)
		case !value && !strings.HasPrefix(arg, "-"):
			return args // most likely the name of a command, misspelt
		}
	}
	return args
}

// switches are the flags without a value that may stand before an address.
var switches = map[string]bool{"-q": true, "-v": true, "--quiet": true, "--verbose": true, "--json": true, "--no-archive": true}

// needArgs refuses a call without arguments, in words that help.
func needArgs(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("%s needs %s; see %s --help", c.Name(), what, c.CommandPath())
		}
		return nil
	}
}

// oneArg is needArgs that refuses a second argument, too.
func oneArg(what string) cobra.PositionalArgs {
	return cobra.MatchAll(needArgs(what), atMostOne(what))
}

func atMostOne(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return usagef("%s takes one argument (%s), got %d; %q is too much", pathOf(c), what, len(args), args[1])
		}
		return nil
	}
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 && c.HasSubCommands() {
		return usagef("%s has no %q%s", pathOf(c), args[0], spelling.OrOneOf(args[0], namesUnder(c)))
	}
	if len(args) > 0 {
		return usagef("%s takes no argument, got %q", pathOf(c), args[0])
	}
	return nil
}

// pathOf are the words that call a command, after the program's name.
func pathOf(c *cobra.Command) string { return strings.TrimPrefix(c.CommandPath(), c.Root().Name()+" ") }

// logger logs to standard error with -v, and else nowhere.
func (a *app) logger() *slog.Logger {
	if !a.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(a.err, nil))
}

// tameLog keeps what net/http says by itself, bytes of servers in it, off the
// terminal: it is heard with -v only, and escaped.
func (a *app) tameLog() {
	log.SetFlags(0)
	log.SetOutput(io.Discard)
	if a.verbose {
		log.SetOutput(a.err)
	}
}

// say prints one line of narration, unless -q.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, format+"\n", args...)
	}
}

// complain prints an error, whatever the flags; all that is wrong with a config, up to ten.
func (a *app) complain(err error) {
	var list config.Errors
	if errors.As(err, &list) && len(list) > 1 {
		for _, one := range list[:min(10, len(list))] {
			a.complain(one)
		}
		if n := len(list) - 10; n > 0 {
			a.complain(errors.New(count(n, "more error")))
		}
		return
	}
	fmt.Fprintf(a.err, "scrape: %s\n", page.Printable(unnamed(err.Error()), 500))
}

var userinfo = regexp.MustCompile(`(\w://)[^/\s"@]*@`)

// unnamed hides the user names and passwords of addresses.
func unnamed(s string) string { return userinfo.ReplaceAllString(s, "${1}[redacted]@") }

func envOr(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

func isTerminal(w io.Writer) bool { return columnsOf(w) > 0 }

// archiveFlag is what a suggested command needs to find the same archive.
func (a *app) archiveFlag() string {
	if a.config != nil && a.config.Origins["archive"].Instead == "" {
		return " -c " + a.configFile
	}
	if a.archiveDir == envOr("SCRAPE_ARCHIVE", defaultArchive) {
		return ""
	}
	return " --archive " + a.archiveDir
}

// openArchive opens the archive for reading, or says why that cannot be.
func (a *app) openArchive() (*archive.Reader, error) {
	if bucket.Is(a.archiveDir) {
		return a.openRemote()
	}
	r, err := archive.OpenReader(a.archiveDir)
	if err != nil {
		return nil, a.noArchive(err)
	}
	return r, nil
}

// noArchive is the error of an archive that is not there or cannot be opened.
func (a *app) noArchive(err error) error {
	if _, serr := os.Stat(a.archiveDir); errors.Is(serr, fs.ErrNotExist) {
		err = fmt.Errorf("no archive at %s; capture a page first, or name one with --archive", a.archiveDir)
	}
	return archiveError(err)
}
