package main

import (
	"fmt"
	"iter"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"newsarchive/extract"
	"newsarchive/page"
)

func (a *app) rulesNewCommand() *cobra.Command {
	var at string
	var write bool
	cmd := &cobra.Command{
		Use:   "new URL|FILE|ID",
		Short: "Print a rule to begin with, made from a captured page",
		Long: `new reads a page of the archive, or a file with --url, and prints a rule for its site:
the container that the general rules found, and a test. Look at the page, correct the
rule, and run "scrape rules test".`,
		Example: `  scrape get https://news.example/story
  scrape rules new https://news.example/story --write`,
		Args: oneArg("an address, a file or an id"),
		RunE: func(_ *cobra.Command, args []string) error { return a.rulesNew(args[0], at, write) },
	}
	cmd.Flags().StringVar(&at, "url", "", "address of the page in an HTML file")
	cmd.Flags().BoolVar(&write, "write", false, "write HOST.yaml into the project's rules folder")
	return cmd
}

func (a *app) rulesNew(arg, at string, write bool) error {
	c, err := a.captureOf(arg, at)
	if err != nil {
		return err
	}
	r, t := extract.New(extract.Options{}).Explain(c)
	u, err := url.Parse(r.Row.URL)
	if err != nil || u.Host == "" {
		return usagef("a rule is for a host: say with --url where the page is from")
	}
	if o := r.Row.Outcome; !o.HasArticle() && o != page.NotArticle && o != page.Empty {
		return coded{exitNoArticle, fmt.Errorf("%s gave no page to make a rule from: %s%s", page.Printable(arg, 200), o, named(fmt.Sprintf(", HTTP %d", r.Row.HTTPStatus), status(r.Row.HTTPStatus)))}
	}
	text := sketch(u, r.Row, t)
	if !write {
		_, err := fmt.Fprint(a.out, text)
		return err
	}
	dir := or(a.rulesDir, defaultRules)
	name := filepath.Join(dir, fileName(u.Host)+".yaml")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return coded{exitUsage, err}
	}
	if err := writeNew(name, []byte(text)); err != nil {
		return coded{exitUsage, err}
	}
	a.say("wrote %s · next: edit it, then scrape rules test %s", name, name)
	return nil
}

// sketch writes a rule that says what the general rules found.
func sketch(u *url.URL, row page.Row, t *extract.Trace) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# A rule for %s; what every key means: docs/rules.md.", page.Printable(u.Host, 200))
	line("sites:")
	line("  - hosts: [%s]", strconv.Quote(strings.TrimPrefix(u.Host, "www.")))
	line("    # paths: [/news/**]        # only these pages")
	line("    content: %s", strconv.Quote(or(t.Body.Container, "article")))
	line("    # remove: [.promo]         # what in the content is no text")
	line("    # fields:")
	line("    #   title: h1")
	line("    #   authors: .byline a")
	line("    #   published: time::attr(datetime)")
	if !row.Outcome.HasArticle() || phraseOf(row.Text) == "" {
		line("    # No article was found here: say above where it is, and here what it holds.")
		line("    # tests:")
		line("    #   - url: %s", strconv.Quote(row.URL))
		line("    #     contains: [words of the article]")
		return b.String()
	}
	line("    tests:")
	line("      - url: %s", strconv.Quote(row.URL))
	if row.Title != "" {
		line("        title: %s", strconv.Quote(row.Title))
	}
	line("        contains:")
	line("          - %s", strconv.Quote(phraseOf(row.Text)))
	if absent := droppedPhrase(row.Text, t); absent != "" {
		line("        absent:")
		line("          - %s", strconv.Quote(absent))
	}
	return b.String()
}

// phraseOf returns the first words of a line in the middle of a text; "" for an empty one.
func phraseOf(text string) string {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
	if len(lines) == 0 {
		return ""
	}
	return firstWords(lines[len(lines)/2])
}

func firstWords(s string) string {
	words := strings.Fields(s)
	return page.Printable(strings.Join(words[:min(len(words), 8)], " "), 80)
}

// droppedPhrase returns the beginning of a block that was dropped amid the article.
func droppedPhrase(text string, t *extract.Trace) string {
	text = strings.Join(strings.Fields(text), " ") // as firstWords writes it: preformatted text keeps its spaces
	for _, x := range t.Body.Blocks {
		if s := firstWords(strings.TrimSuffix(x.Text, "…")); !x.Kept && x.Reason != "outside" && x.Reason != "title" && s != "" && !strings.Contains(text, s) {
			return s
		}
	}
	return ""
}

// fileName makes a host the name of a file.
func fileName(host string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, strings.ToLower(strings.TrimPrefix(host, "www.")))
}

// writeNew writes a file that must not be there yet.
func writeNew(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func keysOf[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }
