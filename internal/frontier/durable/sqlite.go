package durable

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/riverqueue/river/riverdriver/riversqlite"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// openSQLite opens the file. One connection writes and reads: SQLite has one
// writer at a time anyway, and a second connection would only wait for it.
//
// What a transaction wrote survives the process, whatever ends it. After a power cut
// the last ones may be undone, whole and in order: what they were about is queued
// again then, and settled from the archive, which syncs each page before its commit.
func openSQLite(_ context.Context, file string) (store, error) {
	if err := makePrivate(file); err != nil {
		return nil, err
	}
	return openFile(file, url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)"}})
}

// viewSQLite opens the file for those who only look: they keep nobody waiting.
func viewSQLite(_ context.Context, file string) (store, error) {
	return openFile(file, url.Values{"_pragma": {"busy_timeout(10000)", "query_only(1)"}})
}

func openFile(file string, q url.Values) (store, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	db, err := openReady("file:" + (&url.URL{Path: file}).EscapedPath() + "?" + q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	words := strings.NewReplacer("{id}", "INTEGER PRIMARY KEY", "{bytes}", "BLOB")
	gate := newGate(riversqlite.New(db))
	return &engine[*sql.Tx]{
		driver: gate,
		words:  words,
		gate:   gate,
		shut:   db.Close,
		alone:  func(_ context.Context, act func() error) error { return act() }, // each of its steps is alone already
		run: func(ctx context.Context, act func(raw[*sql.Tx]) error) error {
			t, err := db.BeginTx(ctx, nil)
			if err != nil {
				return full(err)
			}
			defer t.Rollback()
			if err := act(liteTx{t}); err != nil {
				return full(err)
			}
			return full(t.Commit())
		},
	}, nil
}

// full says in our words that the disk is full.
func full(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_FULL || errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

type liteTx struct{ t *sql.Tx }

func (x liteTx) unwrap() *sql.Tx { return x.t }

func (x liteTx) exec(ctx context.Context, q string, args ...any) (int64, error) {
	r, err := x.t.ExecContext(ctx, q, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func (x liteTx) all(ctx context.Context, q string, args ...any) iter.Seq2[func(...any) error, error] {
	return func(yield func(func(...any) error, error) bool) {
		rows, err := x.t.QueryContext(ctx, q, args...)
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			if !yield(rows.Scan, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// makePrivate makes the file, if it is not there, so that nobody else may read it: it
// says who reads what. What SQLite puts beside it has the same mode.
func makePrivate(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}
