// Package durable is the frontier that outlives its process: on SQLite, one file
// beside nothing else, or on PostgreSQL, where many machines share it.
//
// Addresses, hosts and crawls are tables. River brings the hosts' turns: a job is
// one host, unique while it waits or runs, so to work on a job is to have the host
// for oneself. What a page led to (its state, its next visit, the links it showed)
// is one transaction, refused where the job has gone to another worker meanwhile.
// Jobs are hints: what is due stands in the tables, and lost jobs are made anew.
//
// docs/frontier.md tells the tables and the reasons.
package durable

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/frontier"
)

// ErrOwner reports a frontier that belongs to another archive.
var ErrOwner = errors.New("belongs to another archive")

// ErrFull reports that the disk of the frontier is full.
var ErrFull = errors.New("no space left for the frontier")

// ErrNewer reports a frontier that a newer version of this program has changed.
var ErrNewer = errors.New("was made by a newer version")

// Options say whose frontier it is and how it is worked on. Starts or Name is required.
type Options struct {
	frontier.Options
	Starts  []string // start addresses; together they name the crawl where Name is ""
	Name    string   // of a configured crawl, whatever its sites; see SetSites
	Forever bool     // Lease waits for what will be due, and Poll is called by itself
	Owner   string   // id of the archive that the pages go to; "" is not checked
	Archive string   // id of the archive that this process alone writes
	Run     string   // id of this process's run; "" where nothing need be settled after a kill
	// Workers is how many leases of hosts that answer are out at the same time, at
	// most; default 1. Of other hosts Spare(Workers) more are.
	Workers int
	// Sole says that no other process works on the frontier: leases that are left
	// are of the dead, and lapse at once instead of after LapseAfter.
	Sole       bool
	Turn       time.Duration // for which a host stays with one worker; default 30 s
	LapseAfter time.Duration // after which the lease of a silent worker lapses; default 50 s
	Log        *slog.Logger  // of the job engine; default none
}

func (o *Options) fill() {
	if o.Now == nil {
		o.Now = newClock().Now // the engine's, so that both agree on when a job is due
	}
	o.Options.Fill()
	o.Workers = max(1, o.Workers)
	o.Turn = cmp.Or(o.Turn, 30*time.Second)
	o.LapseAfter = cmp.Or(o.LapseAfter, 50*time.Second)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

// A Frontier holds the addresses of crawls. It is safe for concurrent use.
type Frontier struct {
	o               Options
	db              store
	crawl           int64 // id of this crawl
	ready           chan *turn
	known, doubtful chan struct{} // a place for each lease that is out, by lane
	bulk            sync.Mutex    // of whoever adds many addresses
	lookout         chan struct{} // held by the one who looks for all that wait
	quit            chan struct{} // closed by Close

	closing sync.Once
	closed  error // of Close

	mu      sync.Mutex
	turns   map[frontier.Fence]*turn // whose host is leased or offered
	changed chan struct{}            // closed and replaced when a turn ends
	begun   bool
	sites   []Site
	polling sync.WaitGroup
	failed  error // the first failure of a turn or a commit
}

// Open opens the frontier at where: an address such as postgres://host/base, or
// else the name of a SQLite file, which is made where there is none. Begin comes next.
func Open(ctx context.Context, where string, o Options) (*Frontier, error) {
	o.fill()
	f := &Frontier{o: o, ready: make(chan *turn), quit: make(chan struct{}), lookout: make(chan struct{}, 1),
		known: make(chan struct{}, o.Workers), doubtful: make(chan struct{}, Spare(o.Workers)),
		turns: map[frontier.Fence]*turn{}, changed: make(chan struct{})}
	open := openSQLite
	if IsPostgres(where) {
		open = openPostgres
	}
	db, err := open(ctx, where)
	if err == nil {
		f.db = db
		if err = f.prepare(ctx); err != nil {
			err = errors.Join(err, db.close())
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open frontier %s: %w", name(where), err)
	}
	return f, nil
}

// IsPostgres reports whether where names a PostgreSQL database.
func IsPostgres(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// name is where without what may be a password.
func name(where string) string {
	if IsPostgres(where) {
		if _, base, ok := strings.Cut(where, "@"); ok {
			return "postgres://" + base
		}
	}
	return where
}

// prepare makes the tables, checks the owner, and finds the crawl.
func (f *Frontier) prepare(ctx context.Context) error {
	if err := f.db.migrate(ctx); err != nil {
		return err
	}
	return f.db.do(ctx, func(tx tx) error {
		if err := f.checkOwner(ctx, tx); err != nil {
			return err
		}
		starts := crawlName(f.o.Starts)
		if f.o.Name != "" {
			starts = "config " + f.o.Name // no address begins so
		}
		if _, err := tx.exec(ctx, addCrawl, starts); err != nil {
			return err
		}
		if err := tx.one(ctx, findCrawl, []any{starts}, &f.crawl); err != nil {
			return err
		}
		if f.o.Run == "" {
			return nil
		}
		now := micros(f.o.Now())
		_, err := tx.exec(ctx, addRun, f.o.Run, f.crawl, now, now, f.o.Archive)
		return err
	})
}

func (f *Frontier) checkOwner(ctx context.Context, tx tx) error {
	if f.o.Owner == "" {
		return nil
	}
	if _, err := tx.exec(ctx, setOwner, f.o.Owner); err != nil {
		return err
	}
	var owner string
	if err := tx.one(ctx, getOwner, nil, &owner); err != nil {
		return err
	}
	if owner != f.o.Owner {
		return fmt.Errorf("%w: it was made for %s, not %s", ErrOwner, owner, f.o.Owner)
	}
	return nil
}

// crawlName is the same for the same start addresses in whatever spelling and order.
func crawlName(starts []string) string {
	keys := make([]string, len(starts))
	for i, s := range starts {
		keys[i] = address.Key(s)
	}
	return strings.Join(sortedSet(keys), "\n")
}

// Close ends the turns and the run, and closes the database. Leases must have
// been released; those that are not lapse. A second Close does nothing.
func (f *Frontier) Close() error {
	f.closing.Do(func() { f.closed = f.close() })
	return f.closed
}

func (f *Frontier) close() error {
	close(f.quit)
	f.polling.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	var err error
	if f.begun {
		err = f.db.stop(ctx)
	}
	if f.failure() == nil { // else what was stored and not committed is still to be settled
		err = errors.Join(err, f.Settled(ctx, f.o.Run))
	}
	if err = errors.Join(err, f.db.close()); err != nil {
		return fmt.Errorf("close frontier: %w", err)
	}
	return nil
}

// fail notes the first failure; those who wait for a lease must hear of it. That a
// host held its worker too long is none, and is not told here (see worker.Work).
func (f *Frontier) fail(err error) {
	for _, mild := range []error{nil, frontier.ErrLapsed, context.Canceled, errUnreleased} {
		if errors.Is(err, mild) {
			return
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failed == nil {
		f.failed = err
	}
}

func (f *Frontier) failure() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.failed
}

// micros is how times are stored: microseconds since 1970.
func micros(t time.Time) int64 { return t.UnixMicro() }

// until is a time before which nothing may happen, rounded up.
func until(t time.Time) int64 { return t.Add(time.Microsecond - 1).UnixMicro() }
