// Package frontier knows what is to be visited and when: each address once, one
// worker a host, one pace a host.
//
// Memory is the frontier of a single run; that of internal/frontier/durable
// outlives its process. What every frontier must do stands in the suite of
// internal/frontier/frontiertest.
package frontier

import (
	"errors"
	"math"
	"time"

	"newsarchive/page"
)

// ErrDrained reports that nothing is queued or leased any more: the run is over.
var ErrDrained = errors.New("frontier drained")

// ErrLapsed reports a lease that went to another worker: what its holder did
// meanwhile is not taken.
var ErrLapsed = errors.New("lease lapsed")

// A Kind says what an address leads to.
type Kind string

// The kinds. Page is one of which nothing is known yet.
const (
	Page    Kind = ""
	Start   Kind = "start"   // where a site is entered; asks for feeds and sitemaps too
	Feed    Kind = "feed"    // RSS, Atom or JSON Feed
	Sitemap Kind = "sitemap" // a sitemap or an index of them
	Section Kind = "section" // a page that shows new articles
	Article Kind = "article"
)

// List reports a kind that is read for its entries and holds no page.
func (k Kind) List() bool { return k == Feed || k == Sitemap }

// Polled reports a kind that is visited again and again for what is new.
func (k Kind) Polled() bool { return k.List() || k == Start || k == Section }

// Never is a rest that does not end.
const Never = time.Duration(math.MaxInt64)

// An Item is one address to visit.
type Item struct {
	URL   string // absolute, http or https
	Depth int    // links between a start address and this one
	Tries int    // visits that failed before this one
	From  string // page that showed the link; "" for a start address
	Kind  Kind
	Site  string // id of the configured site that it belongs to; "" for none
	// Published is the date that a feed or sitemap names; zero if none does.
	Published       time.Time
	PublishedSource string // "feed" or "sitemap"; "" where Published is zero
	// PublishedPrecision is how fine that date is: "day", "minute" or "second"; ""
	// where Published is zero, or came from an older frontier.
	PublishedPrecision string
	Last               Trace // of the last visit that had an end; zero if there was none
}

// A Trace is what a visit left behind: for the next one, and to tell of it.
type Trace struct {
	At           time.Time // when it ended; zero if it never did
	Outcome      page.Outcome
	Status       int    // of HTTP; 0 where no response came
	Err          string // one line; "" where nothing went wrong
	Robots       string // "allowed", "denied" or ""
	Rule         string // the robots.txt line that decided
	ETag         string // validators of the last whole answer, as sent (RFC 9110 section 8.8)
	LastModified string
	Digest       string        // SHA-256 of the last whole body, "sha256:…"; "" for none
	Visits       int           // visits so far, retries apart
	Changes      int           // visits of these that found another body than before
	Rung         int           // step of the revisit ladder that is due next
	Rest         time.Duration // between the visit and the next one; Never if there is none
}

// A Lease gives one worker the right to visit one host.
type Lease struct {
	Host  string        // host and port, as in the addresses
	Items []Item        // in the order to visit them; never empty
	Pace  time.Duration // least time between two requests to the host
	Fence Fence         // tells this lease from others of the host; zero where none can lapse
}

// A Fence names a lease for ever: no other has the same.
type Fence struct {
	Job     int64
	Attempt int
}

// A Result is what became of one leased address.
type Result struct {
	Item  Item
	Kind  Kind     // what the visit showed it to be; Page leaves it as it was
	Trace Trace    // At, Visits and Rest are filled in by the frontier
	Same  []string // other addresses of the same page: they need no visit any more
	// Moved says that the page was found at the first of Same, where a redirect led:
	// that address is visited in place of the item's from now on.
	Moved bool
	Found []Item // addresses that the page showed; those known already are dropped
	// Retry asks for another visit. The frontier decides when, and refuses where
	// the item's tries are used up or the wait would be longer than its patience.
	Retry   bool
	RetryAt time.Time     // no request to the host before this time (Retry-After); zero if not named
	Delay   time.Duration // pace that the host asked for (Crawl-delay); 0 if none
	Answer  Answer        // how the host took the request
	Took    time.Duration // until its answer was whole, or was given up
	// Quiet says, where it is not nil and the visit of a polled address showed nothing
	// that was new, how long the address rests at least after n such visits in a row,
	// and why where it is given up for good or nearly. Item.Last.Rung counts them.
	Quiet func(n int) (rest time.Duration, note string)
	Rest  time.Duration // until the address is due in another run; 0: at once
	// Early says that the page was not asked for yet, since its host is to be left alone
	// first. With Retry it comes then, and no try is counted.
	Early bool
	// Text stands for the article text that the visit brought (trap.Text); 0 for none. A
	// lasting frontier stops to follow addresses of forms that bring none that is new.
	Text int64
}

// Tries is how many visits of the address failed with this one.
func (r Result) Tries() int {
	if r.Early {
		return r.Item.Tries
	}
	return r.Item.Tries + 1
}

// A Verdict is what the frontier made of a Result.
type Verdict struct {
	Added   int       // addresses of Found that were new
	Retried bool      // the address will be visited again
	RetryAt time.Time // when, at the earliest
	Over    bool      // the lease is over: visit none of its other items, release it
}
