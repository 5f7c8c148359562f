package durable

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/riverqueue/river/riverdriver"
)

// A gate is the driver of a file. The engine polls it for jobs twenty times a second
// and queue, so that a turn comes at once. Where no other process makes jobs the gate
// lets through the polls after something happened that may have made one, and one a
// second for what it does not see. The others would find nothing.
type gate struct {
	riverdriver.Driver[*sql.Tx]

	mu    sync.Mutex
	sole  bool
	until time.Time            // something may have happened
	asked map[string]time.Time // by queue
}

// How long after an event polls are let through: several of them after a commit, and
// past the time of the jobs that the engine's scheduler makes ready so much ahead.
const (
	afterCommit   = 300 * time.Millisecond
	afterSchedule = 6 * time.Second
	askAnyway     = time.Second
)

func newGate(d riverdriver.Driver[*sql.Tx]) *gate {
	return &gate{Driver: d, asked: map[string]time.Time{}}
}

// stir lets polls through for a while.
func (g *gate) stir(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until := time.Now().Add(d); until.After(g.until) {
		g.until = until
	}
}

// guard begins to keep polls back.
func (g *gate) guard() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sole = true
}

// opens reports whether a poll of the queue is let through.
func (g *gate) opens(queue string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if g.sole && now.After(g.until) && now.Sub(g.asked[queue]) < askAnyway {
		return false
	}
	g.asked[queue] = now
	return true
}

// GetExecutor returns an executor that asks the gate.
func (g *gate) GetExecutor() riverdriver.Executor { return gatedExecutor{g.Driver.GetExecutor(), g} }

// UnwrapTx returns the transaction below an executor's.
func (g *gate) UnwrapTx(tx riverdriver.ExecutorTx) *sql.Tx {
	if t, ok := tx.(gatedTx); ok {
		tx = t.ExecutorTx
	}
	return g.Driver.UnwrapTx(tx)
}

type gatedExecutor struct {
	riverdriver.Executor
	gate *gate
}

// Begin begins a transaction.
func (e gatedExecutor) Begin(ctx context.Context) (riverdriver.ExecutorTx, error) {
	tx, err := e.Executor.Begin(ctx)
	if err != nil {
		return nil, err
	}
	return gatedTx{tx, e.gate}, nil
}

// JobGetAvailable takes jobs that are ready.
func (e gatedExecutor) JobGetAvailable(ctx context.Context, p *riverdriver.JobGetAvailableParams) (*riverdriver.JobGetAvailableResult, error) {
	if !e.gate.opens(p.Queue) {
		return &riverdriver.JobGetAvailableResult{}, nil
	}
	r, err := e.Executor.JobGetAvailable(ctx, p)
	if err == nil && len(r.Jobs) > 0 {
		e.gate.stir(afterCommit) // there may be more
	}
	return r, err
}

type gatedTx struct {
	riverdriver.ExecutorTx
	gate *gate
}

// JobSchedule makes jobs ready whose time comes soon.
func (t gatedTx) JobSchedule(ctx context.Context, p *riverdriver.JobScheduleParams) ([]*riverdriver.JobScheduleResult, error) {
	list, err := t.ExecutorTx.JobSchedule(ctx, p)
	if len(list) > 0 {
		t.gate.stir(afterSchedule)
	}
	return list, err
}
