package main

import (
	"fmt"
	"html"
	"path/filepath"
	"strings"

	"newsarchive/page"
)

// formats are what an article can be printed as; "" is what suits the reader:
// text to read on a terminal, JSON elsewhere.
var formats = map[string]bool{"": true, "json": true, "text": true, "md": true, "html": true}

const formatHelp = "print json, text, md or html"

// checkFormat returns the format that is meant: what -f says, else the ending of
// the file that is written.
func checkFormat(format, file string) (string, error) {
	if !formats[format] {
		return "", usagef("--format is json, text, md or html, not %q", format)
	}
	if format != "" {
		return format, nil
	}
	switch strings.ToLower(filepath.Ext(file)) {
	case ".md", ".markdown":
		return "md", nil
	case ".html", ".htm":
		return "html", nil
	case ".txt":
		return "text", nil
	}
	return "", nil
}

// rowAs prints a row in a format other than "".
func (o *output) rowAs(r page.Row, format string) error {
	r.Normalize()
	switch format {
	case "json":
		return o.row(r)
	case "md":
		return o.document(markdownOf(r), "---")
	case "html":
		return o.document(htmlOf(r), "")
	}
	return o.document(textOf(r), strings.Repeat("=", 40))
}

// document prints a text of its own; a second one follows after the divider.
func (o *output) document(text, divider string) error {
	if o.documents++; o.documents > 1 {
		fmt.Fprintf(o, "\n%s\n\n", divider)
	}
	return o.text(text)
}

// text prints lines, each fit for a terminal.
func (o *output) text(s string) error {
	for line := range strings.Lines(s) {
		fmt.Fprintln(o, page.Printable(strings.TrimSuffix(line, "\n"), 0))
	}
	return o.flush()
}

func markdownOf(r page.Row) string {
	return fmt.Sprintf("# %s\n\n%s\n\n%s\n", title(r), strings.Join(withAddress(facts(r), r, "<"+r.URL+">"), " · "), r.Markdown)
}

func textOf(r page.Row) string {
	head := withAddress([]string{title(r), strings.Join(facts(r), " · ")}, r, r.URL)
	return fmt.Sprintf("%s\n\n%s\n", strings.Join(head, "\n"), r.Text)
}

// htmlOf is the article as an element; the body is inert markup already.
func htmlOf(r page.Row) string {
	link := fmt.Sprintf(`<a href="%s">%[1]s</a>`, html.EscapeString(r.URL))
	return fmt.Sprintf("<article>\n<h1>%s</h1>\n<p>%s</p>\n%s\n</article>\n",
		html.EscapeString(title(r)), strings.Join(withAddress([]string{html.EscapeString(strings.Join(facts(r), " · "))}, r, link), " · "), r.HTML)
}

// withAddress adds how the address is written, but for the page of a file that has none.
func withAddress(parts []string, r page.Row, written string) []string {
	if r.URL == "" {
		return parts
	}
	return append(parts, written)
}

func title(r page.Row) string { return or(r.Title, "(no title)") }
