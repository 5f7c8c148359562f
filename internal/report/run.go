// Package report shows the account that a run gave of itself: as text for a
// terminal, and as one HTML page without scripts that stands alone.
//
// The account is JSON (docs/archive-format.md, "Run reports"). What a site said in it is shown
// inert: escaped, and never as a link.
package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsarchive/page"
)

// Schema is the version of the account. An added key raises the minor number.
const Schema = "scrape.run/1.2"

// A Run is the account of one run. Its JSON is what the archive keeps.
type Run struct {
	Schema   string               `json:"schema"`
	ID       string               `json:"run_id"`
	Started  time.Time            `json:"started_at"`
	Ended    time.Time            `json:"ended_at"`
	Software string               `json:"software"`
	Pages    int                  `json:"pages"`
	Left     int                  `json:"left"`         // known addresses that were not visited
	Trapped  int                  `json:"left_trapped"` // of these, of forms that brought nothing new
	LeftWhy  string               `json:"left_why"`     // one line; "" where nothing was left, or in accounts before 1.2
	Bytes    int64                `json:"bytes_received"`
	Outcomes map[page.Outcome]int `json:"outcomes"`
	Changes  map[string]int       `json:"changes"` // of articles: new, changed, unchanged, kept
	Sites    []Site               `json:"sites"`   // in the order of their names
	Hosts    []Host               `json:"hosts"`   // slowest first, at most MaxHosts
	Files    []string             `json:"warc_files"`
	Failures []Failure            `json:"failures"`
	Omitted  int                  `json:"failures_omitted"` // past those listed

	Requisites       int   `json:"requisites"` // kept beside pages: stylesheets, images, fonts
	RequisitesFailed int   `json:"requisites_failed"`
	RequisitesLeft   int   `json:"requisites_left"` // not asked for, since a bound was reached
	RequisiteBytes   int64 `json:"requisite_bytes_received"`
}

// A Site is what a run brought from one site.
type Site struct {
	Site     string `json:"site"` // registered domain, or the host
	Pages    int    `json:"pages"`
	Articles int    `json:"articles"` // unchanged ones too
	New      int    `json:"new"`
	Changed  int    `json:"changed"`
	Failed   int    `json:"failed"` // might have given an article, and did not
	Bytes    int64  `json:"bytes_received"`
}

// A Host is how long the pages of one host took, from request to commit.
type Host struct {
	Host    string `json:"host"` // with its port, if that is not the default
	Pages   int    `json:"pages"`
	Total   int64  `json:"total_ms"`
	Slowest int64  `json:"slowest_ms"`
}

// MaxHosts is how many hosts an account lists.
const MaxHosts = 100

// A Failure is one address that should have given a whole article and did not.
type Failure struct {
	URL     string       `json:"url"`
	Outcome page.Outcome `json:"outcome"`
	Status  int          `json:"http_status"`
	Err     string       `json:"error"`
}

// Read reads an account. Older ones lack sites and hosts.
func Read(account []byte) (Run, error) {
	var r Run
	if err := json.Unmarshal(account, &r); err != nil {
		return r, fmt.Errorf("read account of a run: %w", err)
	}
	if !strings.HasPrefix(r.Schema, "scrape.run/1.") {
		return r, fmt.Errorf("account of a run in the format %.40q, which this version does not know", r.Schema)
	}
	return r, nil
}

// mean is the mean time of a page, in milliseconds.
func (h Host) mean() int64 { return h.Total / int64(max(1, h.Pages)) }

// SlowestFirst sorts hosts by the mean time of a page.
func SlowestFirst(hosts []Host) {
	slices.SortFunc(hosts, func(a, b Host) int {
		return cmp.Or(cmp.Compare(b.mean(), a.mean()), cmp.Compare(a.Host, b.Host))
	})
}

// A cause is a reason for failures, and how many have it.
type cause struct {
	What string
	N    int
}

// causes groups the failures by outcome and reason, most first.
func (r Run) causes() []cause {
	n := map[string]int{}
	for _, f := range r.Failures {
		n[f.reason()]++
	}
	out := make([]cause, 0, len(n))
	for what, times := range n {
		out = append(out, cause{what, times})
	}
	slices.SortFunc(out, func(a, b cause) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.What, b.What)) })
	return out
}

// reason is what failures have in common: the error without what is one page's own.
func (f Failure) reason() string {
	switch {
	case f.Outcome == page.RobotsDenied: // its line is one page's own
		return string(f.Outcome)
	case f.Err != "":
		_, last, found := strings.Cut(f.Err, ": ")
		if !found {
			last = f.Err
		}
		return page.Printable(fmt.Sprintf("%s: %s", f.Outcome, last), 120)
	case f.Status >= 300:
		return fmt.Sprintf("%s: HTTP %d", f.Outcome, f.Status)
	}
	return string(f.Outcome)
}
