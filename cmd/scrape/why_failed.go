package main

import (
	"fmt"
	"slices"
	"time"

	"newsarchive/internal/report"
	"newsarchive/page"
)

// failed finds the newest run whose account has the address among its failures: what
// becomes of a visit without an answer stands nowhere else.
func (l *looking) failed(link string) (report.Run, report.Failure, bool) {
	r, err := l.openArchive()
	if err != nil { // of a frontier without an archive
		return report.Run{}, report.Failure{}, false
	}
	defer r.Close()
	ids, _ := r.Runs() // without accounts there is no failure to find
	for _, id := range slices.Backward(ids) {
		run, err := accountOf(r, id)
		if err != nil {
			continue // scrape report says why
		}
		for _, f := range run.Failures {
			if f.URL == link || f.URL == page.Clean(link) {
				return run, f, true
			}
		}
	}
	return report.Run{}, report.Failure{}, false
}

func (l *looking) showFailed(link string, run report.Run, f report.Failure) error {
	if l.json {
		return l.out.line(whyLine{Type: "why", URL: page.Clean(link), State: "failed", Outcome: f.Outcome, Status: f.Status, Err: page.Clean(f.Err), Visited: known(run.Ended)})
	}
	fmt.Fprintf(l.out, "%s\n  asked for by itself; no crawl knows it\n", page.Printable(link, 300))
	for _, line := range []string{
		fmt.Sprintf("last asked for in the run %s, which ended %s: %s%s%s", page.Printable(run.ID, 60), showTime(run.Ended, time.Now(), "at an unknown time"),
			f.Outcome, named(fmt.Sprintf(", HTTP %d", f.Status), status(f.Status)), named(", "+page.Printable(f.Err, 300), f.Err)),
		"not visited again by itself: scrape get URL",
	} {
		_ = l.out.fold("  ", line) // flush has the error
	}
	return l.out.flush()
}
