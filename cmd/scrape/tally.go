package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/internal/report"
	"newsarchive/internal/spelling"
	"newsarchive/page"
)

// maxFailures is how many failures a run's report lists one by one.
const maxFailures = 10_000

// tally counts a run.
type tally struct {
	app      *app
	started  time.Time
	ended    time.Time
	outcomes map[page.Outcome]int
	changes  map[string]int
	starts   map[page.Outcome]int // of the start addresses
	begun    int                  // start addresses that ended
	failures []report.Failure
	sites    map[string]*report.Site
	hosts    map[string]*report.Host
	hidden   int // failures past maxFailures
	faults   int // addresses that failed and might have given an article
	left     frontier.Left
	bytes    int64
	total    int
	files    map[string]bool
	beside   crawl.Taken
	ends
	shown time.Time // last redraw of the progress line
}

func (t *tally) start(a *app, now time.Time) {
	*t = tally{app: a, started: now, outcomes: map[page.Outcome]int{}, changes: map[string]int{},
		starts: map[page.Outcome]int{}, files: map[string]bool{},
		sites: map[string]*report.Site{}, hosts: map[string]*report.Host{}}
}

func (t *tally) count(v crawl.Visit) {
	o := v.Row.Outcome
	t.total++
	t.outcomes[o]++
	t.bytes += v.Bytes
	t.beside.Add(v.Requisites)
	t.ends.count(v)
	if isArticle(v.Row) && v.Row.Change != "" {
		t.changes[v.Row.Change]++
	}
	if v.Item.Depth == 0 {
		t.starts[o]++
		t.begun++
	}
	if v.Row.WARCFile != "" {
		t.files[v.Row.WARCFile] = true
	}
	t.place(v)
	if unread(o) {
		t.fail(v)
	}
	if o.Failed(v.Row.HTTPStatus) {
		t.faults++
	}
	t.progress()
}

func (t *tally) fail(v crawl.Visit) {
	if len(t.failures) == maxFailures {
		t.hidden++
		return
	}
	t.failures = append(t.failures, report.Failure{URL: page.Printable(v.Item.URL, 0), Outcome: v.Row.Outcome, Status: v.Row.HTTPStatus, Err: page.Printable(v.Err, 300)})
}

// unread reports whether pages of the outcome are listed by a run, with the reason: those
// that gave no whole article, failed or not.
func unread(o page.Outcome) bool {
	return o != page.OK && o != page.Unchanged && o != page.NotArticle
}

// broken reports whether an address failed that might have given an article.
func (t *tally) broken() bool { return t.faults > 0 }

// progress redraws the line that counts, on a terminal, ten times a second at most.
func (t *tally) progress() {
	e, ok := t.app.err.(*escaper)
	if !ok || !e.tty || t.app.quiet || t.app.verbose || time.Since(t.shown) < 100*time.Millisecond {
		return
	}
	t.shown = time.Now()
	e.raw("\r\x1b[K" + clip(pages(t.total)+" · "+t.outcomeList(" · "), max(20, columnsOf(e.w)-1))) // a line that breaks is not taken away
}

// clear takes the line away before something else is printed.
func (t *tally) clear() {
	if e, ok := t.app.err.(*escaper); ok && !t.shown.IsZero() {
		e.raw("\r\x1b[K")
		t.shown = time.Time{}
	}
}

// count writes a number with what is counted.
var count = spelling.Count

func pages(n int) string { return count(n, "page") }

func (t *tally) end() {
	t.ended = time.Now()
	t.clear()
}

// outcomeList names the outcomes that occurred, best first.
func (t *tally) outcomeList(sep string) string {
	parts := report.Outcomes(t.outcomes)
	if n := t.left.Total(); n > 0 {
		parts = append(parts, fmt.Sprintf("%d left", n))
	}
	return strings.Join(parts, sep)
}

// summary is the last line of --json.
type summary struct {
	Type      string               `json:"type"`
	RunID     string               `json:"run_id"`
	StartedAt time.Time            `json:"started_at"`
	EndedAt   time.Time            `json:"ended_at"`
	Software  string               `json:"software"`
	Pages     int                  `json:"pages"`
	Left      int                  `json:"left"`         // known addresses that were not visited
	Trapped   int                  `json:"left_trapped"` // of these, of forms that brought nothing new
	LeftWhy   string               `json:"left_why"`     // one line; "" where nothing was left
	Bytes     int64                `json:"bytes_received"`
	Articles  int                  `json:"articles"` // unchanged ones too
	Outcomes  map[page.Outcome]int `json:"outcomes"`
	Changes   map[string]int       `json:"changes"`

	Requisites       int   `json:"requisites"` // kept beside pages: stylesheets, images, fonts
	RequisitesFailed int   `json:"requisites_failed"`
	RequisitesLeft   int   `json:"requisites_left"` // not asked for, since a bound was reached
	RequisiteBytes   int64 `json:"requisite_bytes_received"`
}

func (t *tally) summary(run string) summary {
	return summary{Type: "summary", RunID: run, StartedAt: t.started.UTC(), EndedAt: t.ended.UTC(), Software: software(),
		Pages: t.total, Left: t.left.Total(), Trapped: t.left.Trapped, LeftWhy: page.Clean(t.left.Why()), Bytes: t.bytes, Articles: t.articles, Outcomes: t.outcomes, Changes: t.changes,
		Requisites: t.beside.Kept, RequisitesFailed: t.beside.Failed, RequisitesLeft: t.beside.Left, RequisiteBytes: t.beside.Bytes}
}

// report is what the archive keeps of a run.
func (t *tally) report(run string) []byte {
	r := report.Run{Schema: report.Schema, ID: run, Started: t.started.UTC(), Ended: t.ended.UTC(), Software: software(),
		Pages: t.total, Left: t.left.Total(), Trapped: t.left.Trapped, LeftWhy: page.Clean(t.left.Why()), Bytes: t.bytes, Outcomes: t.outcomes, Changes: t.changes,
		Files: slices.Sorted(maps.Keys(t.files)), Failures: append([]report.Failure{}, t.failures...), Omitted: t.hidden,
		Sites: []report.Site{}, Hosts: []report.Host{},
		Requisites: t.beside.Kept, RequisitesFailed: t.beside.Failed, RequisitesLeft: t.beside.Left, RequisiteBytes: t.beside.Bytes}
	for _, name := range slices.Sorted(maps.Keys(t.sites)) {
		r.Sites = append(r.Sites, *t.sites[name])
	}
	for _, h := range t.hosts {
		r.Hosts = append(r.Hosts, *h)
	}
	report.SlowestFirst(r.Hosts)
	r.Hosts = r.Hosts[:min(report.MaxHosts, len(r.Hosts))]
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		panic(err) // a struct of strings and numbers always encodes
	}
	return append(b, '\n')
}
