package sites

import (
	"sync"
	"time"
)

// A budget counts the visits to a site from one time that it is due to the next.
type budget struct {
	mu    sync.Mutex
	spent int
	until time.Time // when the count begins anew
}

// spend counts a visit and returns how many there were.
func (b *budget) spend(now time.Time, next func(time.Time) time.Time) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !now.Before(b.until) {
		b.spent, b.until = 0, next(now)
	}
	b.spent++
	return b.spent
}
