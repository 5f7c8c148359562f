package durable

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"newsarchive/internal/frontier"
)

// A View looks at a frontier, also while others work on it. It changes nothing.
type View struct{ db store }

// OpenView opens the frontier at where, as Open does, but makes none: a file that
// is not there, and a database without its tables, is an error that wraps fs.ErrNotExist.
func OpenView(ctx context.Context, where string) (*View, error) {
	open := openPostgres
	if !IsPostgres(where) {
		if _, err := os.Stat(where); err != nil {
			return nil, fmt.Errorf("open frontier: %w", err)
		}
		open = viewSQLite
	}
	db, err := open(ctx, where)
	if err != nil {
		return nil, fmt.Errorf("open frontier %s: %w", name(where), err)
	}
	v := &View{db}
	if err := db.do(ctx, v.check); err != nil {
		return nil, fmt.Errorf("open frontier %s: %w", name(where), errors.Join(err, db.close()))
	}
	return v, nil
}

// check reports tables that this program reads otherwise.
func (v *View) check(tx tx) error {
	switch made, err := madeUpgrades(context.Background(), tx); {
	case noTables(err):
		return fs.ErrNotExist
	case err != nil:
		return err
	case made < len(upgrades):
		return errors.New("was made by an older version; the next crawl brings it up to date")
	case made > len(upgrades):
		return ErrNewer
	}
	return nil
}

// noTables reports the error of a database in which no frontier was made yet.
func noTables(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "42P01" || err != nil && strings.Contains(err.Error(), "no such table")
}

// Close closes the view.
func (v *View) Close() error { return v.db.close() }

// A Known is what a crawl knows of one address. Its item is as a Lease would have it.
type Known struct {
	Crawl string // start addresses or name of the crawl
	State string // "queued", "visited", "same" (another address of a visited page), "left", "trap"
	Due   time.Time
	Next  time.Time // when it rests until, at the earliest; zero where it is queued, or rests for ever
	Note  string    // the address that it turned out to be
	Waits bool      // its host asked for a longer wait than a run's (frontier.Options)
	frontier.Item
	Pace
}

// A Pace is what holds for the requests to a host.
type Pace struct {
	Host      string
	NotBefore time.Time     // no request before; zero if none was made yet
	Delay     time.Duration // that the host asked for (Crawl-delay)
	Busy      bool          // a worker has it now
	// How it took the requests so far, and how much slower than configured it is
	// visited therefore.
	frontier.Pace
}

var states = map[int]string{queued: "queued", done: "visited", same: "same", left: "left", caught: "trap"}

const knownAs = `SELECT c.starts, a.state, a.due, a.note, a.host, ` + itemColumns + `
	FROM addresses a JOIN crawls c ON c.id = a.crawl WHERE a.hash = ? ORDER BY c.id`

// Address returns what each crawl knows of the address; none if none has seen it.
func (v *View) Address(ctx context.Context, link string) (list []Known, err error) {
	err = v.db.do(ctx, func(tx tx) error {
		for scan, err := range tx.all(ctx, knownAs, hash(link)) {
			var k Known
			var state int
			var due int64
			if err == nil {
				k.Item, err = scanItem(scan, &k.Crawl, &state, &due, &k.Note, &k.Host)
			}
			if err != nil {
				return err
			}
			k.State, k.Due = states[state], dueOf(due)
			if state == done && k.Last.Rest != frontier.Never {
				k.Next = k.Last.At.Add(k.Last.Rest)
			}
			list = append(list, k)
		}
		var usual frontier.Options
		usual.Fill()
		for i := range list {
			k := &list[i]
			if k.Pace, err = paceOf(ctx, tx, k.Host); err != nil {
				return err
			}
			last, err := readPace(ctx, tx, k.Host)
			if k.Waits = last.named > usual.Patience; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look up address: %w", err)
	}
	return list, nil
}

// Running reports whether a run goes on, by the signs of life that it gives.
func (v *View) Running(ctx context.Context, now time.Time) (bool, error) {
	var n int
	err := v.db.do(ctx, func(tx tx) error { return tx.one(ctx, runsAlive, []any{micros(now.Add(-deadAfter))}, &n) })
	if err != nil {
		return false, fmt.Errorf("look up runs: %w", err)
	}
	return n > 0, nil
}

func paceOf(ctx context.Context, tx tx, host string) (p Pace, err error) {
	p.Host = host
	for scan, err := range tx.all(ctx, `SELECT next_ok, delay, job, slow, fails, why FROM hosts WHERE name = ?`, host) {
		var next, delay, job, slow int64
		if err == nil {
			err = scan(&next, &delay, &job, &slow, &p.Fails, &p.Why)
		}
		if err != nil {
			return p, err
		}
		p.NotBefore, p.Delay, p.Slow, p.Busy = timeOf(next), span(delay), span(slow), job != 0
	}
	return p, nil
}

// placeCounts leaves out what redirects led to on the way: its visit is that of the address that led there. What a site is polled by is due when the site is.
const placeCounts = `SELECT host, site, state, outcome, status, kind = 'article', count(*), sum(changes), max(visited), min(due),
	coalesce(min(CASE WHEN rest < ? AND NOT (site <> '' AND kind IN ('start', 'feed', 'sitemap', 'section')) THEN visited + rest END), 0) FROM addresses WHERE state <> 2 AND NOT (state = 1 AND visits = 0) GROUP BY host, site, state, outcome, status, kind = 'article'`
