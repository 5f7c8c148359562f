package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"time"

	"newsarchive/internal/spelling"
	"newsarchive/page"
)

//go:embed report.html
var source string

var sheet = template.Must(template.New("report").Funcs(template.FuncMap{
	"minute": minute,
	"show":   func(s any) string { return page.Printable(fmt.Sprint(s), 300) },
	"bytes":  spelling.Bytes,
	"took":   func(r Run) time.Duration { return r.Ended.Sub(r.Started).Round(time.Second) },
	"day":    func(t time.Time) string { return t.Format("2 Jan") },
}).Parse(source))

// maxListed is how many failures the page lists one by one.
const maxListed = 500

// HTML writes the account as one page: no scripts, nothing loaded, charts as SVG
// with the numbers beside them as text. runs are those that the calendar shows.
func HTML(w io.Writer, r Run, runs []Run) error {
	c := CalendarOf(runs, 30)
	view := struct {
		Run
		Bars     []bar
		HostBars []bar
		Causes   []cause
		Calendar Calendar
		Grid     [][]cell
		Listed   []Failure
		More     int
	}{Run: r, Bars: outcomeBars(r), HostBars: hostBars(r), Causes: r.causes(), Calendar: c, Grid: c.cells()}
	view.Causes = view.Causes[:min(15, len(view.Causes))]
	view.Listed = r.Failures[:min(maxListed, len(r.Failures))]
	view.More = len(r.Failures) - len(view.Listed) + r.Omitted
	if err := sheet.Execute(w, view); err != nil {
		return fmt.Errorf("write report of run %s: %w", r.ID, err)
	}
	return nil
}

// A bar is one line of a chart.
type bar struct {
	Name  string
	Text  string
	Width int // 1 to 400
	Class string
}

func outcomeBars(r Run) (bars []bar) {
	most := 1
	for _, n := range r.Outcomes {
		most = max(most, n)
	}
	for _, o := range page.Outcomes {
		if n := r.Outcomes[o]; n > 0 {
			bars = append(bars, bar{string(o), fmt.Sprint(n), max(1, 400*n/most), tone(o)})
		}
	}
	return bars
}

// tone is the colour class of an outcome.
func tone(o page.Outcome) string {
	switch o {
	case page.OK, page.Unchanged:
		return "good"
	case page.Partial, page.Paywalled, page.NotArticle, page.RobotsDenied:
		return "fair"
	}
	return "bad"
}

func hostBars(r Run) (bars []bar) {
	hosts := r.Hosts[:min(10, len(r.Hosts))]
	most := int64(1)
	for _, h := range hosts {
		most = max(most, h.mean())
	}
	for _, h := range hosts {
		bars = append(bars, bar{page.Printable(h.Host, 60), fmt.Sprintf("%s a page, longest %s, %s", lasted(h.mean()), lasted(h.Slowest), spelling.Count(h.Pages, "page")),
			max(1, int(400*h.mean()/most)), "plain"})
	}
	return bars
}

// A cell is one day of one site.
type cell struct {
	X     int
	Class string // "none" where no run looked, else how many there were: "l0" to "l4"
	Tip   string
}

// cells lays out the calendar.
func (c Calendar) cells() [][]cell {
	most := c.most()
	out := make([][]cell, len(c.Rows))
	for i, row := range c.Rows {
		for d, n := range row.Days {
			one := cell{X: 22 * d, Class: "none", Tip: c.Days[d].Format(time.DateOnly) + ": no data"}
			if n >= 0 {
				one.Class = fmt.Sprintf("l%d", (4*n+most-1)/most)
				one.Tip = fmt.Sprintf("%s: %d", c.Days[d].Format(time.DateOnly), n)
			}
			out[i] = append(out[i], one)
		}
	}
	return out
}
