package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier/durable"
	"newsarchive/page"
)

func (a *app) whyCommand() *cobra.Command {
	l := &looking{app: a}
	cmd := &cobra.Command{
		Use:   "why URL",
		Short: "Say what crawls know of an address, and why it was visited or not",
		Long: `why tells whether an address was seen and on which page, how its last visit ended,
which line of robots.txt decided, whether it looks like a trap, and when it is
visited next. A page that was captured by itself (get, import) is answered for from the
archive. It asks for nothing. The exit code is 4 for an address that nobody has seen.`,
		Example: `  scrape why https://news.example/city/bridge-reopens`,
		Args:    oneArg("an address"),
		RunE:    func(cmd *cobra.Command, args []string) error { return l.why(cmd.Context(), args) },
	}
	l.flag(cmd)
	return cmd
}

func (l *looking) why(ctx context.Context, args []string) error {
	links, err := siteAddresses(args)
	if err != nil {
		return err
	}
	v, err := l.view(ctx)
	if errors.Is(err, errNoCrawl) && l.where == "" {
		rule, reason := crawl.Trap(links[0], time.Now())
		return l.unknown(links[0], rule, reason)
	}
	if err != nil {
		return err
	}
	defer v.Close()
	list, err := v.Address(ctx, links[0])
	if err != nil {
		return err
	}
	rule, reason := crawl.Trap(links[0], time.Now())
	if rule == "" {
		rule, reason, err = l.stopped(ctx, v, links[0])
	}
	if err != nil {
		return err
	}
	for _, k := range list {
		if err := l.showKnown(k, rule, reason); err != nil {
			return err
		}
	}
	if len(list) > 0 {
		return l.out.flush()
	}
	return l.unknown(links[0], rule, reason)
}

// stopped names the rule by which crawls do not queue the address, and says why.
func (l *looking) stopped(ctx context.Context, v *durable.View, link string) (rule, reason string, err error) {
	rules := trapRules(l.bounds)
	list, err := v.Traps(ctx, link, rules)
	if err != nil || len(list) == 0 {
		return "", "", err
	}
	return "nothing_new", list[0].Reason(rules), nil
}

// unknown answers for an address that no crawl knows: from the archive, where the page
// was captured by itself, or else why it was never seen, as far as the address tells.
func (l *looking) unknown(link, rule, reason string) error {
	if row, ok := l.captured(link); ok {
		return l.showCaptured(link, row)
	}
	if run, f, ok := l.failed(link); ok {
		return l.showFailed(link, run, f)
	}
	if l.json {
		if err := l.out.line(whyLine{Type: "why", URL: page.Clean(link), State: "unknown", Trap: rule, TrapReason: reason}); err != nil {
			return err
		}
		return saidCode(exitNoArticle)
	}
	fmt.Fprintln(l.out, page.Printable(link, 300))
	if rule != "" {
		_ = l.out.fold("  ", fmt.Sprintf("not followed, whatever links to it: %s (%s)", rule, reason)) // flush has the error
		_ = l.out.fold("  ", "so no crawl knows it; to visit it all the same: scrape get URL")
	} else {
		_ = l.out.fold("  ", "never seen: no page that was read links to it, no feed or sitemap that was read names it, or the crawl does not follow it (other site, --include, --exclude, --depth)")
	}
	if err := l.out.flush(); err != nil {
		return err
	}
	return saidCode(exitNoArticle)
}

// captured is the newest version of the page in the archive.
func (l *looking) captured(link string) (page.Row, bool) {
	r, err := l.openArchive()
	if err != nil { // of a frontier without an archive
		return page.Row{}, false
	}
	defer r.Close()
	row, err := r.Row(link)
	return row, err == nil
}

func (l *looking) showCaptured(link string, r page.Row) error {
	if l.json {
		return l.out.line(whyLine{Type: "why", URL: page.Clean(link), State: "captured", Outcome: r.Outcome, Status: r.HTTPStatus, Visited: known(r.FetchedAt)})
	}
	fmt.Fprintf(l.out, "%s\n  captured by itself; no crawl knows it\n", page.Printable(link, 300))
	for _, line := range []string{
		fmt.Sprintf("newest version %s: %s, HTTP %d, run %s", showTime(r.FetchedAt, time.Now(), "of unknown date"), r.Outcome, r.HTTPStatus, or(page.Printable(r.RunID, 60), "unknown")),
		fmt.Sprintf("in the archive as %s, version %d   read it: scrape show %[1]s%[3]s", r.ID, r.Version, l.archiveFlag()),
		"not visited again by itself: scrape get URL",
	} {
		_ = l.out.fold("  ", line) // flush has the error
	}
	return l.out.flush()
}

// whyLine is the line that --json prints for what a crawl knows.
type whyLine struct {
	Type       string       `json:"type"`
	URL        string       `json:"url"`
	Crawl      string       `json:"crawl"`
	State      string       `json:"state"` // "queued", "visited", "same", "left", "trap", "captured" (by get or import), "failed" (of get), "unknown"
	SameAs     string       `json:"same_as"`
	Retired    string       `json:"retired"` // why a list is asked for rarely, or no more
	Kind       string       `json:"kind"`
	Site       string       `json:"site_id"`
	Depth      int          `json:"depth"`
	From       string       `json:"from"`
	Tries      int          `json:"tries"`
	Outcome    page.Outcome `json:"outcome"` // of the last visit
	Status     int          `json:"http_status"`
	Err        string       `json:"error"`
	Robots     string       `json:"robots_verdict"`
	RobotsRule string       `json:"robots_rule"`
	Visited    *time.Time   `json:"visited_at"`
	Visits     int          `json:"visits"`
	Changes    int          `json:"visits_changed"` // of these, those that found it changed
	Next       *time.Time   `json:"next"`           // null where it is not visited again by itself, or at once
	NotBefore  *time.Time   `json:"not_before"`     // of any request to the host
	Trap       string       `json:"trap"`
	TrapReason string       `json:"trap_reason"`
}

func (l *looking) showKnown(k durable.Known, rule, reason string) error {
	if l.json {
		next := k.Next
		if k.State == "queued" {
			next = k.Due
		}
		sameAs, retired := k.Note, ""
		if k.State != "same" {
			sameAs, retired = "", k.Note
		}
		return l.out.line(whyLine{"why", page.Clean(k.URL), page.Clean(k.Crawl), k.State, page.Clean(sameAs), page.Clean(retired), string(k.Kind), k.Site, k.Depth, page.Clean(k.From),
			k.Tries, k.Last.Outcome, k.Last.Status, page.Clean(k.Last.Err), k.Last.Robots, page.Clean(k.Last.Rule), known(k.Last.At), k.Last.Visits, k.Last.Changes,
			known(notBefore(next, k.Pace, time.Now())), known(k.NotBefore), rule, reason})
	}
	fmt.Fprintf(l.out, "%s\n", page.Printable(k.URL, 300))
	for _, line := range l.account(k, time.Now()) {
		_ = l.out.fold("  ", page.Printable(line, 400)) // flush has the error
	}
	if rule != "" {
		_ = l.out.fold("  ", fmt.Sprintf("looks like a trap: %s (%s)", rule, reason))
	}
	return nil
}
