package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"newsarchive/internal/discover"
	"newsarchive/page"
)

func (d *discovering) print() error {
	if d.json {
		return d.printLines()
	}
	f := &d.found
	o := d.out
	robots := or(f.Robots, "not asked")
	if f.Delay > 0 {
		robots += fmt.Sprintf(" · crawl-delay %s", f.Delay)
	}
	line := func(what, text string) { _ = o.fold(pad(what, 11)+"  ", text) } // flush has the error
	line("front page", page.Printable(f.Front, 200)+f.trouble())
	line("robots.txt", robots)
	for _, s := range f.Signals {
		line("wish", fmt.Sprintf("%s (%s)", page.Printable(strings.TrimSpace(s.Name+" "+s.Value), 120), s.Where))
	}
	for _, l := range f.Lists {
		line(l.kind(), page.Printable(l.URL, 200)+"  "+l.about())
	}
	for _, s := range f.Sections {
		line("section", page.Printable(s.URL, 200)+"  "+page.Printable(s.Title, 40))
	}
	if f.trouble() != "" {
		return o.flush() // there is nothing that a crawl could begin with
	}
	fmt.Fprintf(o, "\n%s%s", o.paintLines(dim, "# for scrape.yaml, which begins with who you are:\n# identity: {name: \"…\", contact: \"of mail or web\"}\n"), f.config())
	return o.flush()
}

// trouble is how the front page ended, where that is no page at all.
func (f *siteFinds) trouble() string {
	switch codeOfOutcome(f.Outcome) {
	case exitUnreachable, exitRefused:
		return fmt.Sprintf(" (%s)", f.Outcome)
	}
	return ""
}

func (l listFind) kind() string {
	if l.List == nil {
		return "list"
	}
	return string(l.List.Kind)
}

// about says what a list holds.
func (l listFind) about() string {
	if l.List == nil {
		return "(" + page.Printable(l.Why, 120) + ")"
	}
	s := fmt.Sprintf("%s, %s", l.List.Format, count(len(l.List.Entries), "address"))
	if newest := l.List.Newest(); !newest.IsZero() {
		s += ", newest " + newest.UTC().Format("2006-01-02 15:04")
	}
	if l.List.Cut != "" {
		s += ", not read to its end: " + l.List.Cut
	}
	return s
}

// config is a block to paste.
func (f *siteFinds) config() string {
	has := func(kind discover.Kind) bool {
		return slices.ContainsFunc(f.Lists, func(l listFind) bool { return l.List != nil && l.List.Kind == kind })
	}
	var channels []string
	if has(discover.Feed) {
		channels = append(channels, "feed")
	}
	if has(discover.Sitemap) {
		channels = append(channels, "news_sitemap")
	}
	if len(f.Sections) > 0 {
		channels = append(channels, "section")
	}
	nets := ""
	if len(f.AllowNet) > 0 {
		nets = fmt.Sprintf("allow_net: [%s]\n", strings.Join(f.AllowNet, ", "))
	}
	return fmt.Sprintf("sites:\n  - site: %q\n    every: 1h\n    discover: [%s]\n%s", f.Front, strings.Join(append(channels, "links"), ", "), nets)
}

// The lines that --json prints.
type (
	lookLine struct {
		Type    string            `json:"type"` // "site"
		URL     string            `json:"url"`
		Outcome page.Outcome      `json:"outcome"`
		Robots  string            `json:"robots_verdict"`
		Delay   int64             `json:"crawl_delay_ms"`
		Signals []discover.Signal `json:"signals"`
		Config  string            `json:"config"`
		Err     string            `json:"error"`
	}
	listLine struct {
		Type      string     `json:"type"` // "list"
		URL       string     `json:"url"`
		Kind      string     `json:"kind"` // "feed", "sitemap"; "" where it could not be read
		Format    string     `json:"format"`
		Addresses int        `json:"addresses"`
		Newest    *time.Time `json:"newest_at"`
		Err       string     `json:"error"`
	}
	addressLine struct {
		Type      string     `json:"type"` // "address"
		URL       string     `json:"url"`
		Kind      string     `json:"kind"`
		Title     string     `json:"title"`
		Published *time.Time `json:"published_at"`
		From      string     `json:"from"`
	}
)

func (d *discovering) printLines() error {
	f := &d.found
	first := lookLine{"site", f.Front, f.Outcome, f.Robots, f.Delay.Milliseconds(), append([]discover.Signal{}, f.Signals...), f.config(), f.Why}
	if err := d.out.line(first); err != nil {
		return err
	}
	for _, s := range f.Sections {
		if err := d.out.line(addressLine{"address", page.Clean(s.URL), string(discover.Section), page.Clean(s.Title), nil, f.Front}); err != nil {
			return err
		}
	}
	for _, l := range f.Lists {
		if err := d.printList(l); err != nil {
			return err
		}
	}
	return d.out.line(map[string]any{"type": "summary", "lists": len(f.Lists), "sections": len(f.Sections)})
}

func (d *discovering) printList(l listFind) error {
	line := listLine{Type: "list", URL: page.Clean(l.URL), Err: page.Printable(l.Why, 300)}
	if l.List == nil {
		return d.out.line(line)
	}
	line.Kind, line.Format, line.Addresses, line.Newest, line.Err = string(l.List.Kind), l.List.Format, len(l.List.Entries), known(l.List.Newest()), l.List.Cut
	if err := d.out.line(line); err != nil {
		return err
	}
	for _, e := range l.List.Entries {
		if err := d.out.line(addressLine{"address", page.Clean(e.URL), string(e.Kind), page.Clean(e.Title), known(e.Published), page.Clean(l.URL)}); err != nil {
			return err
		}
	}
	return nil
}

// known is nil for no time.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
