// Package health tells from the rows of an archive whether the pages of a site
// are still read as well as before.
//
// It compares the newest captures of a site with those of the good days before.
// Each check is a share of pages (with a date, with far fewer words, blocked, …),
// and a share has changed where chance hardly explains it. The same rows give the
// same verdict, whenever it is asked for. Reading the archive and telling people
// is left to others; docs/health.md says what each state means.
package health

import (
	"slices"
	"strings"
	"time"

	"newsarchive/internal/trap"
	"newsarchive/page"
)

// A State says how a site is read, best first.
type State string

// The states. Degraded is worth a look, Broken and Blocked need a hand.
const (
	OK       State = "ok"
	NoData   State = "no_data" // too few captures to compare
	Degraded State = "degraded"
	Broken   State = "broken"
	Blocked  State = "blocked"
)

// Alarming reports a state that needs a hand.
func (s State) Alarming() bool { return s == Broken || s == Blocked }

// Window is how far back good days count, and how long a site may stay another
// than before until that is its new normal.
const Window = 30 * 24 * time.Hour

// least is how many captures the newest days must have before they are judged;
// enough is how many are looked at, if there are so many.
const least, enough = 5, 20

// span is how many days the newest captures may be apart.
const span = 7

// A Sample is what health looks at in one row.
type Sample struct {
	Page      string // id of the page
	Run       string // that captured it
	Form      string // of its address (see package trap)
	At        time.Time
	Outcome   page.Outcome
	Title     bool // there is one, and it is not the name of the site
	Published bool // there is a date, and no doubt of it
	Authors   bool
	Words     int
	Quality   int    // percent; 0 where nothing could be compared
	Text      string // hash of the text; "" without text
	New       bool   // an article that was not known before
}

// SampleOf returns what health looks at in a row.
func SampleOf(r page.Row) Sample {
	return Sample{Page: r.ID, Run: r.RunID, Form: trap.ShapeOf(r.URL).Fine, At: r.FetchedAt.UTC(), Outcome: r.Outcome,
		Title:     r.Title != "" && !strings.EqualFold(r.Title, r.SiteName),
		Published: r.PublishedAt != nil && !slices.Contains(r.Warnings, "published_after_capture"),
		Authors:   len(r.Authors) > 0, Words: r.WordCount, Quality: r.Quality, Text: r.TextSHA256,
		New: r.Outcome.HasArticle() && r.Change == "new"}
}

// read reports a page that answered with something to read, or should have.
func (s Sample) read() bool {
	switch s.Outcome {
	case page.Blocked, page.RobotsDenied, page.HTTPError, page.NetworkError, page.UnsafeAddress, page.Unchanged:
		return false
	}
	return true
}

// A Finding is one share that is not what it was.
type Finding struct {
	What   string `json:"what"`   // one of the checks, such as "articles" or "published"
	State  State  `json:"state"`  // what it makes of the site
	Before int    `json:"before"` // percent of the good days' pages
	Now    int    `json:"now"`    // percent of the newest
}

// A Verdict is how a site is read.
type Verdict struct {
	Site     string
	State    State
	Since    time.Time // first day, UTC, of the state; zero where no day was judged
	Findings []Finding // worst first; none where the state is OK
	Newest   Figures   // of the newest captures
	Before   Figures   // of the good days; zero if there are none
	Last     time.Time // of the last capture
	LastNew  time.Time // of the last new article; zero if there is none
	Examples []string  // ids of up to three pages that show it
}

// Figures sum up captures. Shares are percent.
type Figures struct {
	Captures  int `json:"captures"`  // pages, each once
	Articles  int `json:"articles"`  // share of those that were read
	Title     int `json:"title"`     // share of articles; so are the next two
	Published int `json:"published"` // share of articles
	Authors   int `json:"authors"`   // share of articles
	Words     int `json:"words"`     // median of articles
	Quality   int `json:"quality"`   // mean of articles
	Blocked   int `json:"blocked"`   // share of captures
}

// Judge returns the verdict on a site from its samples, in any order. The
// verdict is that of the last day that has samples.
func Judge(site string, samples []Sample) Verdict {
	v := Verdict{Site: site, State: NoData}
	for _, s := range samples {
		if s.New && s.At.After(v.LastNew) {
			v.LastNew = s.At
		}
	}
	var good, all []Sample
	for day := range days(samples) {
		all = append(all, day...)
		was := v.State
		v.judge(all, good, len(day))
		fine := v.judgeRun(day, good)
		if v.State != was || v.Since.IsZero() {
			v.Since = midnight(day[0].At)
		}
		if v.State == OK || v.State == NoData {
			good = append(good, fine...)
		}
	}
	return v
}

// judge looks at the last n samples of all, which are those of one day. Where they
// are few and look fine, those of the days before are looked at with them; a
// site that was not fine is so again as soon as one day is.
func (v *Verdict) judge(all, good []Sample, n int) {
	day, longer := all[len(all)-n:], newestOf(all)
	wasBad := v.State.Alarming() || v.State == Degraded
	v.compare(day, baseline(all, good, day))
	if v.State == NoData && len(pages(day)) < least || v.State == OK && !wasBad && n < enough {
		v.compare(longer, baseline(all, good, longer))
	}
	v.Last = day[len(day)-1].At
}

// baseline is what newest is compared with: the good samples of the time before,
// or all of them where the site has been another for as long as that.
func baseline(all, good, newest []Sample) []Sample {
	if before := within(good, newest[0].At); len(before) > 0 || len(good) == 0 {
		return before
	}
	return within(all, newest[0].At)
}
