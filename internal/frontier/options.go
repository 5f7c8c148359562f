package frontier

import (
	"cmp"
	"time"

	"newsarchive/internal/trap"
)

// Options are the manners of a frontier. The zero value is usable.
type Options struct {
	Delay    time.Duration    // least time between two visits to one host; default 0
	MaxTries int              // visits of one address that may fail; default 3
	Backoff  time.Duration    // before the second try, doubled for each further one; default 1 s
	Patience time.Duration    // longest wait that a host may ask for; past it, it is given up; default 2 min
	MaxItems int              // addresses handed out at most, retries apart; default no limit
	Slice    int              // addresses in one lease at most; default 20
	Now      func() time.Time // default time.Now
	Traps    trap.Rules       // when addresses of one form are not followed any more; for frontiers that last
}

// Fill puts the defaults in the place of what is zero.
func (o *Options) Fill() {
	o.MaxTries = cmp.Or(o.MaxTries, 3)
	o.Backoff = cmp.Or(o.Backoff, time.Second)
	o.Patience = cmp.Or(o.Patience, 2*time.Minute)
	o.Slice = cmp.Or(o.Slice, 20)
	if o.Now == nil {
		o.Now = time.Now
	}
}

// After is how long an address rests after so many tries that failed.
func (o *Options) After(tries int) time.Duration {
	if tries == 0 {
		return 0
	}
	return o.Backoff << (tries - 1)
}
