// Package frontier knows what is to be visited and when: each address once, one
// worker a host, one pace a host.
//
// Memory is the frontier of a single run; that of internal/frontier/durable
// outlives its process. What every frontier must do stands in the suite of
// internal/frontier/frontiertest.
package frontier

import (
	"errors"
	"time"
)

// ErrDrained reports that nothing is queued or leased any more: the run is over.
var ErrDrained = errors.New("frontier drained")

// ErrLapsed reports a lease that went to another worker: what its holder did
// meanwhile is not taken.
var ErrLapsed = errors.New("lease lapsed")

// An Item is one address to visit.
type Item struct {
	URL   string // absolute, http or https
	Depth int    // links between a start address and this one
	Tries int    // visits that failed before this one
	From  string // page that showed the link; "" for a start address
}

// A Lease gives one worker the right to visit one host.
type Lease struct {
	Host  string // host and port, as in the addresses
	Items []Item // in the order to visit them; never empty
	Fence Fence  // tells this lease from others of the host; zero where none can lapse
}

// A Fence names a lease for ever: no other has the same.
type Fence struct {
	Job     int64
	Attempt int
}

// A Result is what became of one leased address.
type Result struct {
	Item  Item
	Same  []string // other addresses of the same page: they need no visit any more
	Found []Item   // addresses that the page showed; those known already are dropped
	// Retry asks for another visit. The frontier decides when, and refuses where
	// the item's tries are used up or the wait would be longer than its patience.
	Retry   bool
	RetryAt time.Time     // no request to the host before this time (Retry-After); zero if not named
	Delay   time.Duration // pace that the host asked for (Crawl-delay); 0 if none
	Rest    time.Duration // until the address is due in another run; 0: at once
}

// A Verdict is what the frontier made of a Result.
type Verdict struct {
	Added   int       // addresses of Found that were new
	Retried bool      // the address will be visited again
	RetryAt time.Time // when, at the earliest
	Over    bool      // the lease is over: visit none of its other items, release it
}
