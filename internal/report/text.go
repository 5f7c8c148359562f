package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"newsarchive/internal/spelling"
	"newsarchive/page"
)

// Text writes the account for a terminal of so many columns; 0 for any number.
func Text(w io.Writer, r Run, columns int) error {
	var b strings.Builder
	site := 32
	if columns > 0 {
		site = min(site, max(10, columns-51))
	}
	fmt.Fprintf(&b, "run %s   %s\n%s to %s (%s)\n", page.Printable(r.ID, 60), page.Printable(r.Software, 60), minute(r.Started), minute(r.Ended),
		r.Ended.Sub(r.Started).Round(time.Second))
	b.WriteString(folded(spelling.Count(r.Pages, "page")+": ", r.outcomes(), " · ", columns))
	fmt.Fprintf(&b, "articles: new %d, changed %d, unchanged %d\nreceived %s, %s left\n",
		r.Changes["new"], r.Changes["changed"], r.Changes["unchanged"], spelling.Bytes(r.Bytes), spelling.Count(r.Left, "address"))
	if r.LeftWhy != "" {
		b.WriteString(folded("", page.Printable(r.LeftWhy, 500), " ", columns))
	}
	if len(r.Sites) > 0 {
		fmt.Fprintf(&b, "\n%s %6s %8s %6s %8s %7s %9s\n", runewidth.FillRight("site", site), "pages", "articles", "new", "changed", "failed", "size")
	}
	for _, s := range r.Sites {
		fmt.Fprintf(&b, "%s %6d %8d %6d %8d %7d %9s\n", fill(s.Site, site, columns), s.Pages, s.Articles, s.New, s.Changed, s.Failed, spelling.Bytes(s.Bytes))
	}
	list(&b, "no whole article, and why", r.causes(), 10, func(c cause) string { return folded(fmt.Sprintf("%9d  ", c.N), c.What, " ", columns) })
	list(&b, "slowest hosts: mean and longest time of a page", r.Hosts, 10, func(h Host) string {
		head := fmt.Sprintf("  %9s %9s  ", lasted(h.mean()), lasted(h.Slowest))
		host := strings.TrimRight(fill(h.Host, columns-len(head), columns), " ")
		return folded(head, fmt.Sprintf("%s (%s)", host, spelling.Count(h.Pages, "page")), " ", columns)
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// lasted writes milliseconds.
func lasted(ms int64) string {
	if ms < 1000 {
		return fmt.Sprintf("%d ms", ms)
	}
	return fmt.Sprintf("%.1f s", float64(ms)/1e3)
}

// fill fills a column; a terminal's is not left, elsewhere nothing is cut.
func fill(s string, width, columns int) string {
	s = page.Printable(s, 0)
	if columns > 0 {
		s = runewidth.Truncate(s, max(1, width), "…")
	}
	return runewidth.FillRight(s, width)
}

// folded lays out the parts of a text, on several lines where they do not fit on one.
func folded(head, text, sep string, columns int) string {
	line, lines := head, ""
	in := strings.Repeat(" ", max(2, len(head)-len(strings.TrimLeft(head, " "))))
	for i, part := range strings.Split(text, sep) {
		switch {
		case i == 0:
			line += part
		case columns > 0 && runewidth.StringWidth(line+sep+part) > columns:
			lines, line = lines+line+"\n", in+part
		default:
			line += sep + part
		}
	}
	return lines + line + "\n"
}

// list writes the lines of the first items under a heading, and says how many more there are.
func list[T any](b *strings.Builder, heading string, items []T, most int, line func(T) string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", heading)
	for _, it := range items[:min(most, len(items))] {
		b.WriteString(line(it))
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
