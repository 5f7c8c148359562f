package durable

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
)

// raw is a transaction of a driver: plain statements.
type raw[TTx any] interface {
	exec(ctx context.Context, q string, args ...any) (int64, error)
	all(ctx context.Context, q string, args ...any) iter.Seq2[func(...any) error, error]
	unwrap() TTx
}

// engine is a store on any driver of River.
type engine[TTx any] struct {
	driver riverdriver.Driver[TTx]
	words  *strings.Replacer                                 // what the databases call differently
	run    func(context.Context, func(raw[TTx]) error) error // in one transaction
	alone  func(context.Context, func() error) error         // while no other process makes tables
	gate   *gate                                             // told when jobs were made or ended; may be nil
	shut   func() error
	client *river.Client[TTx]
}

func (e *engine[TTx]) migrate(ctx context.Context) error {
	return e.alone(ctx, func() error { return e.makeTables(ctx) })
}

func (e *engine[TTx]) makeTables(ctx context.Context) error {
	m, err := rivermigrate.New(e.driver, nil)
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("make tables of the job engine: %w", full(err))
	}
	return e.do(ctx, func(tx tx) error {
		if err := each(ctx, tx, e.words.Replace(schema)); err != nil {
			return err
		}
		made, err := madeUpgrades(ctx, tx)
		if err != nil {
			return err
		}
		for _, u := range upgrades[min(made, len(upgrades)):] {
			if err := each(ctx, tx, e.words.Replace(u)); err != nil {
				return err
			}
		}
		if made > len(upgrades) {
			return fmt.Errorf("%w: it has %d changes, this program knows %d", ErrNewer, made, len(upgrades))
		}
		_, err = tx.exec(ctx, setUpgrades, strconv.Itoa(len(upgrades)))
		return err
	})
}

// madeUpgrades returns how many of the upgrades the tables have.
func madeUpgrades(ctx context.Context, tx tx) (int, error) {
	var made string
	err := tx.one(ctx, getUpgrades, nil, &made)
	if errors.Is(err, errNoRow) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(made)
}

// each does the statements of a script.
func each(ctx context.Context, tx tx, script string) error {
	for s := range strings.SplitSeq(script, ";") {
		if strings.TrimSpace(s) == "" {
			continue
		}
		if _, err := tx.exec(ctx, s); err != nil {
			return fmt.Errorf("make tables: %w", err)
		}
	}
	return nil
}

func (e *engine[TTx]) newClient(f *Frontier) (err error) {
	if e.gate != nil && f.o.Sole {
		e.gate.guard()
	}
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &worker{f: f}); err != nil {
		return err
	}
	e.client, err = river.NewClient(e.driver, &river.Config{
		// A few hosts more than leases: those that wait for their pace.
		Queues: map[string]river.QueueConfig{queueOf(f.crawl, true): {MaxWorkers: 4 * f.o.Workers},
			queueOf(f.crawl, false): {MaxWorkers: Spare(f.o.Workers)}},
		Workers:              workers,
		FetchCooldown:        20 * time.Millisecond,
		FetchPollInterval:    50 * time.Millisecond,
		PollOnly:             true,
		JobTimeout:           f.o.LapseAfter,
		RescueStuckJobsAfter: f.o.LapseAfter,
		MaxAttempts:          1 << 14,
		RetryPolicy:          soon{},
		Logger:               f.o.Log,
		Test:                 river.TestConfig{Time: newClock()}, // see clock
	})
	return err
}

func (e *engine[TTx]) start(ctx context.Context) error {
	return e.client.Start(context.WithoutCancel(ctx))
}

func (e *engine[TTx]) stop(ctx context.Context) error {
	err := e.client.Stop(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil // jobs that did not end are rescued like those of the dead
	}
	return err
}

func (e *engine[TTx]) close() error { return e.shut() }

// reclaim does at once what the engine's rescuer does in time, and drops what waits.
func (e *engine[TTx]) reclaim(ctx context.Context) error {
	far := time.Now().AddDate(1000, 0, 0)
	exec := e.driver.GetExecutor()
	for {
		stuck, err := exec.JobGetStuck(ctx, &riverdriver.JobGetStuckParams{Max: 1000, StuckHorizon: far})
		if err != nil {
			return fmt.Errorf("find leases of the dead: %w", err)
		}
		if len(stuck) == 0 {
			break
		}
		p := &riverdriver.JobRescueManyParams{StuckHorizon: far}
		now := time.Now()
		for _, j := range stuck {
			p.ID = append(p.ID, j.ID)
			p.Error = append(p.Error, []byte(`{"at":"`+now.UTC().Format(time.RFC3339)+`","attempt":`+strconv.Itoa(j.Attempt)+`,"error":"the process died","trace":""}`))
			p.FinalizedAt = append(p.FinalizedAt, &now)
			p.ScheduledAt = append(p.ScheduledAt, j.ScheduledAt)
			p.State = append(p.State, string(rivertype.JobStateDiscarded))
		}
		if _, err := exec.JobRescueMany(ctx, p); err != nil {
			return fmt.Errorf("end leases of the dead: %w", err)
		}
	}
	if _, err := e.client.JobDeleteMany(ctx, river.NewJobDeleteManyParams().UnsafeAll()); err != nil {
		return fmt.Errorf("drop old jobs: %w", err)
	}
	return nil
}

func (e *engine[TTx]) do(ctx context.Context, act func(tx) error) error {
	var w *work[TTx]
	err := e.run(ctx, func(r raw[TTx]) error {
		w = &work[TTx]{raw: r, e: e}
		return act(w)
	})
	if err == nil && w.jobs && e.gate != nil {
		e.gate.stir(afterCommit)
	}
	if err != nil && ctx.Err() != nil {
		return ctx.Err() // whatever the driver calls that
	}
	return err
}

// work is a transaction that can make and end jobs.
type work[TTx any] struct {
	raw[TTx]
	e    *engine[TTx]
	jobs bool // were made or ended
}

func (w *work[TTx]) one(ctx context.Context, q string, args []any, into ...any) error {
	for scan, err := range w.all(ctx, q, args...) {
		if err != nil {
			return err
		}
		return scan(into...)
	}
	return errNoRow
}

func (w *work[TTx]) enqueue(ctx context.Context, crawl int64, at time.Time, hosts ...string) error {
	if len(hosts) == 0 {
		return nil
	}
	var jobs []river.InsertManyParams
	for _, h := range hosts {
		pace, err := readPace(ctx, w, h)
		if err != nil {
			return err
		}
		jobs = append(jobs, river.InsertManyParams{Args: hostTurn{h}, InsertOpts: &river.InsertOpts{Queue: queueOf(crawl, pace.Good), ScheduledAt: at,
			UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished}}})
	}
	w.jobs = true
	_, err := w.e.client.InsertManyTx(ctx, w.unwrap(), jobs)
	if err != nil {
		return fmt.Errorf("make jobs: %w", err)
	}
	return nil
}

func (w *work[TTx]) complete(ctx context.Context, job *river.Job[hostTurn]) error {
	w.jobs = true
	_, err := river.JobCompleteTx[riverdriver.Driver[TTx]](ctx, w.unwrap(), job)
	return err
}
