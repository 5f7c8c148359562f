package durable

import (
	"context"
	"errors"
	"time"

	"newsarchive/internal/frontier"
)

// A pace is how a host wants to be visited.
type pace struct {
	nextOK time.Time
	named  time.Duration // nextOK less the time at which it was set
	delay  time.Duration // that the host asked for
	frontier.Pace
}

// wait is how long no request may go to the host. It is never longer than when
// it was named, whatever the clock was set to since.
func (p pace) wait(now time.Time) time.Duration { return max(0, min(p.nextOK.Sub(now), p.named)) }

func readPace(ctx context.Context, tx tx, host string) (p pace, err error) {
	var nextOK, named, delay, slow, firm int64
	var good int
	err = tx.one(ctx, readHost, []any{host}, &nextOK, &named, &delay, &slow, &firm, &p.Fails, &good, &p.Why)
	if errors.Is(err, errNoRow) {
		return pace{}, nil
	}
	p.nextOK, p.named, p.delay = time.UnixMicro(nextOK), span(named), span(delay)
	p.Slow, p.Firm, p.Good = span(slow), span(firm), good != 0
	return p, err
}

// span is a length of time that was stored.
func span(micros int64) time.Duration { return time.Duration(micros) * time.Microsecond }

// setPace notes the pace after a visit, and returns how long no request may go to
// the host now. It returns frontier.ErrLapsed where the host is another worker's.
func (f *Frontier) setPace(ctx context.Context, tx tx, l *frontier.Lease, r frontier.Result, now time.Time) (before, after pace, err error) {
	if before, err = readPace(ctx, tx, l.Host); err != nil {
		return before, after, err
	}
	asked := max(f.o.Delay, r.Delay)
	after = pace{delay: r.Delay, Pace: before.After(r, asked)}
	after.nextOK = now.Add(max(asked, after.Slow))
	if r.RetryAt.After(after.nextOK) {
		after.nextOK = r.RetryAt
	}
	after.named = after.nextOK.Sub(now)
	good := 0
	if after.Good {
		good = 1
	}
	n, err := tx.exec(ctx, paceHost, until(after.nextOK), (after.named + time.Microsecond - 1).Microseconds(), after.delay.Microseconds(),
		after.Slow.Microseconds(), after.Firm.Microseconds(), after.Fails, good, after.Why, l.Host, l.Fence.Job, l.Fence.Attempt)
	return before, after, errors.Join(err, lapsed(n))
}
