package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"newsarchive/archive"
	"newsarchive/archive/warc"
	"newsarchive/page"
)

// Exit codes. They are stable, and "scrape help exit-codes" prints them.
const (
	exitOK          = 0
	exitInternal    = 1
	exitUsage       = 2
	exitPartial     = 3
	exitNoArticle   = 4
	exitUnreachable = 5
	exitRefused     = 6
	exitArchive     = 7
	exitDisk        = 8
)

const exitCodesHelp = `Exit codes of every command:

  0    every address gave what was asked, or nothing was new
  1    internal error
  2    wrong usage or configuration, or an input file that cannot be read
  3    partial: some addresses failed, the rest is complete; or a repair could not save all
  4    fetched, but no article; or nothing is what was asked for
  5    blocked or unreachable
  6    refused by policy: robots.txt, unsafe address
  7    archive missing, locked or corrupt
  8    disk low
  130  interrupted (SIGINT), resumable
  143  terminated (SIGTERM), resumable
`

// A coded error ends the program with its code. The message may be "" where all
// has been said already.
type coded struct {
	code int
	err  error
}

func (c coded) Error() string { return c.err.Error() }
func (c coded) Unwrap() error { return c.err }

func usagef(format string, args ...any) error { return coded{exitUsage, fmt.Errorf(format, args...)} }

// said is the error of a command that has printed its own account.
var errSaid = errors.New("")

func saidCode(code int) error {
	if code == exitOK {
		return nil
	}
	return coded{code, errSaid}
}

// leftBy is what a command that takes long leaves when a signal ends it. watch tells by
// itself; what is asked of an archive is asked again.
var leftBy = map[string]string{
	"get":       "the other addresses were not visited",
	"crawl":     "the same command goes on from here",
	"discover":  "nothing was kept",
	"demo":      "not all pages were visited",
	"extract":   "not all pages were read",
	"import":    "what is stored stays, and the same command goes on from here",
	"reextract": "nothing was stored",
	"verify":    "the rest was not checked",
	"repair":    "the same command goes on from here",
	"reindex":   "the same command does it anew",
	"export":    "nothing was written",
	"push":      "the same command goes on from here",
}

// stopped returns the signal that ended the command; err is the command's.
func stopped(ctx context.Context, err error) (s signalled, ok bool) {
	ok = errors.As(context.Cause(ctx), &s) && (err == nil || errors.Is(err, context.Canceled) || errors.As(err, &s))
	return s, ok
}

// exit prints what is still to be said of err and returns the exit code.
func (a *app) exit(ctx context.Context, command string, err error) int {
	s, early := stopped(ctx, err)
	perr := a.out.close(!early && (err == nil || errors.Is(err, errSaid) || gone(err)))
	if err == nil && perr != nil && !gone(perr) {
		err = fmt.Errorf("write output: %w", perr)
	}
	if early {
		a.sayStopped(s, command)
		return 128 + int(s.sig)
	}
	if err == nil || gone(err) {
		return exitOK
	}
	code := codeOf(err)
	if code == exitDisk {
		err = fmt.Errorf("%w; what was reported is kept: make room, and give the command again", err)
	}
	if !errors.Is(err, errSaid) {
		a.complain(err)
	}
	return code
}

// joined joins the errors of steps. Where the disk is full the first that says so says
// all: that later steps could not close what was written follows from it.
func joined(errs ...error) error {
	for _, err := range errs {
		if err != nil && codeOf(inOurWords(err)) == exitDisk {
			return err
		}
	}
	return errors.Join(errs...)
}

// sayStopped tells in one line what a command leaves that a signal ended.
func (a *app) sayStopped(s signalled, command string) {
	left, long := leftBy[command]
	if a.out.name != "" {
		left += "; " + a.out.name + " was not written"
	}
	if long {
		a.say("%v; %s", s, left)
	}
}

// codeOf is the one table from errors to exit codes.
func codeOf(err error) int {
	var c coded
	var damage *warc.DamageError
	switch {
	case errors.As(err, &c):
		return c.code
	case errors.Is(err, archive.ErrDiskLow), errors.Is(err, archive.ErrNoSpace):
		return exitDisk
	case errors.Is(err, archive.ErrLocked), errors.Is(err, archive.ErrNotArchive), errors.Is(err, archive.ErrReadOnly),
		errors.Is(err, archive.ErrSymlink), errors.As(err, &damage), errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return exitArchive
	}
	return exitInternal
}

// codeOfInput is the exit code of a file that was named and cannot be read, or not to
// its end: that says nothing of the archive.
func codeOfInput(err error) int {
	if code := codeOf(err); code != exitArchive && code != exitInternal {
		return code
	}
	return exitUsage
}

// archiveError is an error of opening an archive: whatever it is, the archive is
// not to be had.
func archiveError(err error) error {
	if errors.Is(err, archive.ErrNotArchive) {
		err = fmt.Errorf("%w; name another folder with --archive DIR or SCRAPE_ARCHIVE", err)
	}
	if damaged(err) {
		err = fmt.Errorf("%w; scrape verify lists the damage, scrape repair saves the rest", err)
	}
	if codeOf(err) == exitInternal {
		return coded{exitArchive, err}
	}
	return err
}

// codeOfOutcome is the exit code of a run whose only address ended so.
func codeOfOutcome(o page.Outcome) int {
	switch o {
	case page.OK, page.Unchanged:
		return exitOK
	case page.Partial, page.Paywalled:
		return exitPartial
	case page.Blocked, page.HTTPError, page.NetworkError, page.TooLarge:
		return exitUnreachable
	case page.RobotsDenied, page.UnsafeAddress:
		return exitRefused
	}
	return exitNoArticle
}
