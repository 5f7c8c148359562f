package durable

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"newsarchive/internal/frontier"
)

// A store is a database with its job engine.
type store interface {
	migrate(context.Context) error
	newClient(*Frontier) error
	start(context.Context) error // takes jobs of the frontier's crawl from now on
	stop(context.Context) error
	reclaim(context.Context) error // drops the jobs of dead processes
	do(context.Context, func(tx) error) error
	close() error
}

// A tx is one transaction. Statements have ? for arguments.
type tx interface {
	exec(ctx context.Context, q string, args ...any) (int64, error)
	one(ctx context.Context, q string, args []any, into ...any) error // errNoRow if there is none
	all(ctx context.Context, q string, args ...any) iter.Seq2[func(...any) error, error]
	// enqueue makes a job for each host that has none, for the crawl, at the time.
	enqueue(ctx context.Context, crawl int64, at time.Time, hosts ...string) error
	// complete ends the job that ctx belongs to.
	complete(ctx context.Context, job *river.Job[hostTurn]) error
}

var errNoRow = errors.New("no such row")

// hostTurn is the job: one host, for a while.
type hostTurn struct {
	Host string `json:"host" river:"unique"`
}

// Kind names the job in the engine's tables.
func (hostTurn) Kind() string { return "host_turn" }

// unfinished are the states in which a job keeps its host.
var unfinished = []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending,
	rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled}

// queueOf is the queue of the jobs of a crawl: hosts that did not answer yet, or did
// not when they were asked last, have one of their own.
func queueOf(crawl int64, good bool) string {
	q := "crawl_" + strconv.FormatInt(crawl, 10)
	if !good {
		q += "_doubtful"
	}
	return q
}

// worker hands the engine's jobs to the frontier.
type worker struct {
	river.WorkerDefaults[hostTurn]
	f *Frontier
}

// Work gives a host its turn.
func (w *worker) Work(ctx context.Context, job *river.Job[hostTurn]) error {
	t := &turn{f: w.f, job: job, host: job.Args.Host, fence: frontier.Fence{Job: job.ID, Attempt: job.Attempt}, back: make(chan struct{}, 1),
		good: job.Queue == queueOf(w.f.crawl, true)}
	err := t.run(ctx)
	if ctx.Err() == nil { // else the turn took too long: its lease lapses, and the crawl goes on
		w.f.fail(err)
	}
	return err
}

// soon tries a job again that failed, whatever its attempt.
type soon struct{}

// NextRetry returns when.
func (soon) NextRetry(*rivertype.JobRow) time.Time { return time.Now().Add(time.Second) }

// clock is the engine's: the time at its start and what went by since. A wall
// clock that is set back would hide jobs that were due already. The engine takes
// a clock among the settings of its tests only.
type clock struct{ start time.Time }

func newClock() clock { return clock{time.Now()} }

// Now returns the time.
func (c clock) Now() time.Time { return c.start.Add(time.Since(c.start)) }

// NowOrNil returns the time, for the engine's SQL.
func (c clock) NowOrNil() *time.Time {
	now := c.Now().UTC()
	return &now
}
