package durable

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"newsarchive/internal/frontier"
)

// A turn is one job at work: a host, offered for one lease after another until
// nothing of it is due soon, or until the turn has lasted long enough.
type turn struct {
	f     *Frontier
	job   *river.Job[hostTurn]
	host  string
	fence frontier.Fence
	end   time.Time
	back  chan struct{} // a lease came back, or there was none to give
	good  bool          // its lane: the host answered when it was asked last
	lane  chan struct{} // where its lease has a place; nil while none is out
	news  atomic.Int64  // when its holder was heard of, microseconds since 1970
}

// idle is the longest wait that a turn sits out. A longer one ends it.
const idle = 10 * time.Second

// errUnreleased makes the engine give the host to another worker.
var errUnreleased = errors.New("closed while a lease was out")

func (t *turn) run(ctx context.Context) error {
	t.end = t.f.o.Now().Add(t.f.o.Turn)
	if err := t.take(ctx); err != nil {
		return err
	}
	defer t.forget()
	for {
		wait, good, err := t.wait(ctx)
		if errors.Is(err, errNoRow) || err == nil && (good != t.good || wait > idle || !t.f.o.Now().Add(wait).Before(t.end)) {
			return t.finish(ctx)
		}
		if err != nil {
			return err
		}
		if taken := t.pause(ctx, wait) && t.offer(ctx); !taken {
			return t.finish(context.WithoutCancel(ctx))
		}
		if err := t.await(ctx); err != nil {
			return err
		}
	}
}

// quiet is how long a lease of a host that answers may bring nothing before it
// counts among the others, and leaves its place to a host that does.
const quiet = 3 * time.Second

// await waits until the lease that is out came back.
func (t *turn) await(ctx context.Context) error {
	defer func() { <-t.lane }()
	look := time.NewTicker(quiet / 3)
	defer look.Stop()
	for {
		select {
		case <-t.back:
			return nil
		case <-look.C:
			t.stepAside()
		case <-ctx.Done():
			return ctx.Err() // the lease lapses
		case <-t.f.quit:
			return errUnreleased
		}
	}
}

// stepAside moves a quiet lease to the other lane, where there is a place.
func (t *turn) stepAside() {
	if t.lane == t.f.doubtful || t.f.o.Now().Sub(time.UnixMicro(t.news.Load())) < quiet {
		return
	}
	select {
	case t.f.doubtful <- struct{}{}:
		<-t.lane
		t.lane = t.f.doubtful
	default:
	}
}

// heard notes a sign of life of the lease's holder.
func (t *turn) heard() { t.news.Store(micros(t.f.o.Now())) }

// take notes in the host's row who has it.
func (t *turn) take(ctx context.Context) error {
	t.f.mu.Lock()
	t.f.turns[t.fence] = t
	t.f.mu.Unlock()
	return t.f.db.do(ctx, func(tx tx) error {
		if _, err := tx.exec(ctx, lockHost, t.host); err != nil {
			return err
		}
		_, err := tx.exec(ctx, takeHost, t.fence.Job, t.fence.Attempt, t.host)
		return err
	})
}

func (t *turn) forget() {
	t.f.mu.Lock()
	delete(t.f.turns, t.fence)
	close(t.f.changed)
	t.f.changed = make(chan struct{})
	t.f.mu.Unlock()
}

// wait returns how long until an address of the host is due, and whether it
// answers; errNoRow if none is queued.
func (t *turn) wait(ctx context.Context) (wait time.Duration, good bool, err error) {
	err = t.f.db.do(ctx, func(tx tx) error {
		pace, err := readPace(ctx, tx, t.host)
		if err != nil {
			return err
		}
		var due int64
		if err := tx.one(ctx, firstDue, []any{t.f.crawl, t.host}, &due); err != nil {
			return err
		}
		now := t.f.o.Now()
		wait, good = max(0, pace.wait(now), time.UnixMicro(due).Sub(now)), pace.Good
		if given := pace.wait(now) > t.f.o.Patience; given { // as it asked in an earlier run
			_, err = tx.exec(ctx, leaveHost, t.f.crawl, t.host)
			wait = t.f.o.Turn
		}
		return err
	})
	return wait, good, err
}

// pause sits out the wait. It reports false where the frontier closes meanwhile.
func (t *turn) pause(ctx context.Context, wait time.Duration) bool {
	if wait <= 0 {
		select {
		case <-t.f.quit:
			return false
		default:
			return ctx.Err() == nil
		}
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-t.f.quit:
	case <-ctx.Done():
	}
	return false
}

// untaken is how long a turn is offered: a process whose workers are all at work,
// or stuck, must not keep a host from another process.
const untaken = time.Second

// offer gives the turn to whoever waits for a lease. It reports false where
// nobody does soon, or the frontier closes.
func (t *turn) offer(ctx context.Context) bool {
	timer := time.NewTimer(min(untaken, t.end.Sub(t.f.o.Now())))
	defer timer.Stop()
	t.lane = t.f.doubtful
	if t.good {
		t.lane = t.f.known
	}
	select {
	case t.lane <- struct{}{}:
	case <-timer.C:
		return false
	case <-t.f.quit:
		return false
	case <-ctx.Done():
		return false
	}
	t.heard()
	select {
	case t.f.ready <- t:
		return true
	case <-timer.C:
	case <-t.f.quit:
	case <-ctx.Done():
	}
	<-t.lane
	return false
}

// Spare is how many leases of hosts that did not answer yet, or not when they were
// asked last, are out beside those of the workers. Such a lease costs little but a
// connection that is waited on.
func Spare(workers int) int { return max(workers, min(16*workers, 64)) }

// finish ends the job and, where addresses of the host still wait, makes the next.
func (t *turn) finish(ctx context.Context) error {
	return t.f.db.do(ctx, func(tx tx) error {
		n, err := tx.exec(ctx, freeHost, t.host, t.fence.Job, t.fence.Attempt)
		if err != nil || n == 0 {
			return errors.Join(err, lapsed(n))
		}
		if err := tx.complete(ctx, t.job); err != nil {
			return err
		}
		return next(ctx, tx, t.f, t.host)
	})
}

// next makes the host's next job, for another crawl if one waits for the host.
func next(ctx context.Context, tx tx, f *Frontier, host string) error {
	var crawl, due int64
	err := tx.one(ctx, waiting, []any{host, f.crawl}, &crawl)
	if errors.Is(err, errNoRow) {
		err = tx.one(ctx, waiting, []any{host, 0}, &crawl)
	}
	if errors.Is(err, errNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.one(ctx, firstDue, []any{crawl, host}, &due); err != nil {
		return err
	}
	pace, err := readPace(ctx, tx, host)
	if err != nil {
		return err
	}
	now := f.o.Now()
	at := time.Time{} // now
	if wait := max(pace.wait(now), time.UnixMicro(due).Sub(now)); wait > 0 {
		at = now.Add(wait)
	}
	return tx.enqueue(ctx, crawl, at, host)
}

func lapsed(changed int64) error {
	if changed == 0 {
		return frontier.ErrLapsed
	}
	return nil
}

// turnOf returns the turn that a lease belongs to, nil if it ended.
func (f *Frontier) turnOf(l *frontier.Lease) *turn {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.turns[l.Fence]
}
