package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"newsarchive/page"
)

// Text writes the account for a terminal.
func Text(w io.Writer, r Run) error {
	var b strings.Builder
	fmt.Fprintf(&b, "run %s   %s to %s (%s)   %s\n", page.Printable(r.ID, 60), minute(r.Started), minute(r.Ended),
		r.Ended.Sub(r.Started).Round(time.Second), page.Printable(r.Software, 60))
	fmt.Fprintf(&b, "%d pages: %s\n", r.Pages, r.outcomes())
	fmt.Fprintf(&b, "articles: new %d, changed %d, unchanged %d   received %.1f MB   %d addresses left\n",
		r.Changes["new"], r.Changes["changed"], r.Changes["unchanged"], float64(r.Bytes)/1e6, r.Left)
	if r.LeftWhy != "" {
		fmt.Fprintf(&b, "%s\n", page.Printable(r.LeftWhy, 500))
	}
	if len(r.Sites) > 0 {
		fmt.Fprintf(&b, "\n%-32s %7s %8s %6s %8s %7s %9s\n", "site", "pages", "articles", "new", "changed", "failed", "MB")
	}
	for _, s := range r.Sites {
		fmt.Fprintf(&b, "%-32s %7d %8d %6d %8d %7d %9.1f\n", page.Printable(s.Site, 32), s.Pages, s.Articles, s.New, s.Changed, s.Failed, float64(s.Bytes)/1e6)
	}
	list(&b, "why pages failed", r.causes(), 10, func(c cause) string { return fmt.Sprintf("%7d  %s", c.N, c.What) })
	list(&b, "slowest hosts: mean and longest time of a page", r.Hosts, 10, func(h Host) string {
		return fmt.Sprintf("%7.1f s %7.1f s  %s (%d pages)", float64(h.mean())/1e3, float64(h.Slowest)/1e3, page.Printable(h.Host, 80), h.Pages)
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// list writes the first of items under a heading, and says how many more there are.
func list[T any](b *strings.Builder, heading string, items []T, most int, line func(T) string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", heading)
	for _, it := range items[:min(most, len(items))] {
		fmt.Fprintf(b, "  %s\n", line(it))
	}
	if n := len(items) - most; n > 0 {
		fmt.Fprintf(b, "  and %d more\n", n)
	}
}

// Outcomes names the outcomes that occurred with their numbers, best first.
func Outcomes(n map[page.Outcome]int) (parts []string) {
	for _, o := range page.Outcomes {
		if n[o] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[o], o))
		}
	}
	return parts
}

func (r Run) outcomes() string {
	if parts := Outcomes(r.Outcomes); len(parts) > 0 {
		return strings.Join(parts, " · ")
	}
	return "none"
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") + " UTC" }
