package frontier

import (
	"fmt"
	"net/http"
	"time"
)

// An Answer says how a host took a request.
type Answer int

// The answers. Unasked says nothing of the host: no request was made, or none
// that tells.
const (
	Unasked  Answer = iota
	Answered        // with whatever status
	Refused         // 429 or 503: not now
	Failed          // not at all, or not to the end
)

// Bounds of the delay that a host brings upon itself.
const (
	slowest   = time.Minute            // for hosts that answer
	longest   = 5 * time.Minute        // for hosts that do not
	quick     = 100 * time.Millisecond // less is none
	latency   = time.Second            // answers that take as long are waited for as long
	sluggish  = 5 * time.Second        // answers that take as long keep a worker
	firstWait = time.Second            // after the first failure, doubled for each further one
	tight     = 50 * time.Millisecond  // a host that answered 429 is visited no faster at first
	firmest   = 10 * time.Second       // a pace that is left but slowly is no slower
	lingers   = 50                     // each good answer makes that pace faster by one part of so many
)

// A Pace is how a host took the requests so far, and how much slower than
// configured it is visited therefore. The zero value is that of a host that was
// never asked.
type Pace struct {
	Slow  time.Duration // least time between two requests; 0 for the configured one
	Firm  time.Duration // where answers of 429 brought Slow to, and good ones make it faster but slowly; 0: none came
	Fails int           // requests in a row that failed
	Good  bool          // the last request that tells of the host was answered soon
	Why   string        // one line that says why Slow is above zero
}

// After returns the pace after a visit of a host whose delay is configured, or
// asked for by its robots.txt. It is never faster than that: Slow grows by refusals,
// failures and slow answers, and is halved by each good answer until it is gone, or
// as fast as a host takes it that answered 429: who comes back at once to the pace that
// was too fast is refused again, and pages that are refused each time are lost.
func (p Pace) After(r Result, delay time.Duration) Pace {
	switch r.Answer {
	case Answered:
		p.Fails, p.Good = 0, r.Took < sluggish
		p.Firm -= p.Firm / lingers
		if p.Firm <= max(delay, tight/4) {
			p.Firm = 0
		}
		p.Slow = max(p.Slow/2, p.Firm)
		if r.Took >= latency && min(r.Took, slowest) > p.Slow {
			p.Slow, p.Why = min(r.Took, slowest), fmt.Sprintf("its answers take %v", r.Took.Round(100*time.Millisecond))
		}
		if p.Slow <= delay || p.Slow < quick && p.Firm == 0 {
			p.Slow, p.Why = 0, ""
		}
	case Refused:
		p.Slow = 2 * max(p.Slow, delay, r.Took)
		if r.Trace.Status == http.StatusTooManyRequests {
			p.Slow = max(p.Slow, tight)
			p.Firm = min(p.Slow, firmest)
		}
		if r.RetryAt.IsZero() { // it leaves the wait to us
			p.Slow = max(p.Slow, firstWait)
		}
		p.Slow, p.Why = min(p.Slow, slowest), fmt.Sprintf("it answered %d", r.Trace.Status)
	case Failed:
		p.Fails++
		p.Good = false
		p.Slow = min(firstWait<<min(p.Fails-1, 10), longest)
		p.Why = "no whole answer came from it"
		if p.Fails > 1 {
			p.Why = fmt.Sprintf("no whole answer came from it, %d times in a row", p.Fails)
		}
	}
	return p
}
