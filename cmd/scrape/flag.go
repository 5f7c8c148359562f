package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"newsarchive/archive"
	"newsarchive/internal/config"
	"newsarchive/internal/spelling"
	"newsarchive/page"
)

// flagError says what is wrong with a flag, and what is wanted.
func flagError(c *cobra.Command, err error) error {
	if bad := new(pflag.InvalidValueError); errors.As(err, &bad) {
		switch name, kind := bad.GetFlag().Name, bad.GetFlag().Value.Type(); {
		case strings.HasPrefix(kind, "int"):
			return usagef("--%s: want a whole number, not %q", name, page.Printable(bad.GetValue(), 100))
		case strings.HasPrefix(kind, "duration"):
			return usagef("--%s: %w", name, bad.Unwrap())
		}
	}
	if meant := meantFlag(c, err); meant != "" {
		return usagef("%w%s", err, meant)
	}
	return usagef("%w; see %s --help", err, c.CommandPath())
}

// meantFlag suggests the flag that was meant by one that is not known.
func meantFlag(c *cobra.Command, err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	if word := unknown.GetSpecifiedShortnames(); len(word) > 1 && slices.Contains([]string{"search", "export"}, c.Name()) {
		return fmt.Sprintf("; words that must not occur stand last, behind two dashes: scrape %s … -- -%s", c.Name(), page.Printable(word, 50))
	}
	if len(unknown.GetSpecifiedName()) < 2 {
		return ""
	}
	if slices.Contains([]string{"list", "search", "export"}, c.Name()) && archive.IsFilter(unknown.GetSpecifiedName()) {
		return "; filters are written without dashes, such as since:2026-11-23"
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, "--"+f.Name)
		}
	})
	return spelling.DidYouMean("--"+unknown.GetSpecifiedName(), names)
}

// spanFlag is a time span as a flag takes it, written as in a config.
type spanFlag time.Duration

func (s *spanFlag) Set(text string) error {
	span, err := spelling.Span(text)
	if err == nil {
		*s = spanFlag(span)
	}
	return err
}

func (s *spanFlag) String() string { return config.Duration(*s).String() }
func (*spanFlag) Type() string     { return "duration" }

// spanVar is a flag for a time span.
func spanVar(f *pflag.FlagSet, p *time.Duration, name string, usual time.Duration, usage string) {
	*p = usual
	f.Var((*spanFlag)(p), name, usage)
}

// spansFlag is a list of time spans with commas between.
type spansFlag []time.Duration

func (s *spansFlag) Set(text string) error {
	var list []time.Duration
	for part := range strings.SplitSeq(text, ",") {
		span, err := spelling.Span(strings.TrimSpace(part))
		if err != nil {
			return err
		}
		list = append(list, span)
	}
	*s = list
	return nil
}

func (s *spansFlag) String() string {
	parts := make([]string, len(*s))
	for i, span := range *s {
		parts[i] = config.Duration(span).String()
	}
	return strings.Join(parts, ",")
}

func (*spansFlag) Type() string { return "durationSlice" }
