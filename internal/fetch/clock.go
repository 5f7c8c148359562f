package fetch

import (
	"context"
	"sync"
	"time"
)

// A clock ends a context when its time is up. It can be stopped meanwhile.
type clock struct {
	mu    sync.Mutex
	timer *time.Timer
	left  time.Duration // when it was started last
	since time.Time     // of that start
	stops int           // pauses that are not over
	other *clock        // stopped with this one; may be nil
}

// timed returns a context that ends after the time, with errTimeout as its cause.
func timed(ctx context.Context, limit time.Duration) (context.Context, *clock, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	c := &clock{left: limit, since: time.Now()}
	c.timer = time.AfterFunc(limit, func() { cancel(errTimeout) })
	return ctx, c, func() { c.timer.Stop(); cancel(nil) }
}

// pause stops a clock that runs. A nil clock has no time to stop.
func (c *clock) pause() {
	if c == nil {
		return
	}
	c.other.pause()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stops++; c.stops == 1 && c.timer.Stop() {
		c.left -= time.Since(c.since)
	}
}

// resume undoes a pause.
func (c *clock) resume() {
	if c == nil {
		return
	}
	c.other.resume()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stops--; c.stops == 0 {
		c.since = time.Now()
		c.timer.Reset(max(c.left, 0))
	}
}
