package main

import (
	"fmt"
	"strings"
	"time"

	"newsarchive/internal/frontier/durable"
	"newsarchive/page"
)

// showStopped tells which addresses of each host are not followed.
func (l *looking) showStopped(places []durable.Place, stopped []durable.Stopped) {
	const most = 8 // of one host
	if len(stopped) == 0 {
		return
	}
	waiting := map[string]int{}
	for _, p := range places {
		waiting[p.Host] += p.Trapped
	}
	fmt.Fprintln(l.out)
	_ = l.out.painted(bold, "", "not followed any more; each run looks again whether they bring something") // flush has the error
	shown := map[string]int{}
	for _, s := range stopped {
		if shown[s.Host]++; shown[s.Host] == 1 {
			_ = l.out.fold("", fmt.Sprintf("%s · %s left", page.Printable(s.Host, 60), count(waiting[s.Host], "known address")))
		}
		if n := shown[s.Host]; n <= most {
			_ = l.out.fold("  ", page.Printable(s.Reason(trapRules(l.bounds)), 300))
		} else if n == most+1 {
			fmt.Fprintln(l.out, "  and others; --json has all")
		}
	}
}

// showLeft tells how many addresses no run visits as it is.
func (l *looking) showLeft(places []durable.Place) {
	trapped, left := 0, 0
	for _, p := range places {
		trapped += p.Trapped
		left += p.Left
	}
	if trapped+left > 0 {
		fmt.Fprintln(l.out)
		var why []string
		if trapped > 0 {
			why = append(why, fmt.Sprintf("%d of forms that brought nothing new", trapped))
		}
		if left > 0 {
			why = append(why, fmt.Sprintf("%d past a budget or on hosts that were given up", left))
		}
		_ = l.out.fold("", fmt.Sprintf("%d known addresses are left: %s; scrape why URL says more of one", trapped+left, strings.Join(why, ", "))) // flush has the error
	}
}

// trapLine is the line that --json prints for a form of addresses.
type trapLine struct {
	Type     string     `json:"type"` // "trap"
	Crawl    string     `json:"crawl"`
	Host     string     `json:"host"`
	Form     string     `json:"form"` // "" for the whole host
	Known    int        `json:"known"`
	Visits   int        `json:"visits"`
	Articles int        `json:"articles"`
	Streak   int        `json:"without_new_article"` // visits in a row
	Refused  int        `json:"links_refused"`
	Stopped  *time.Time `json:"stopped_at"`
	Reason   string     `json:"reason"`
}

func (l *looking) stoppedLines(stopped []durable.Stopped) error {
	for _, s := range stopped {
		if err := l.out.line(trapLine{"trap", page.Clean(s.Crawl), page.Clean(s.Host), page.Clean(s.Name), s.Known, s.Visits, s.Articles, s.Streak, s.Refused,
			known(s.Stopped), page.Clean(s.Reason(trapRules(l.bounds)))}); err != nil {
			return err
		}
	}
	return nil
}
