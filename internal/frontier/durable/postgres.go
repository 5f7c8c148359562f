package durable

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// openPostgres opens the database that the address names.
func openPostgres(ctx context.Context, link string) (store, error) {
	pool, err := pgxpool.New(ctx, link)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	words := strings.NewReplacer("{id}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "{bytes}", "BYTEA")
	return &engine[pgx.Tx]{
		driver: riverpgxv5.New(pool),
		words:  words,
		shut:   func() error { pool.Close(); return nil },
		alone: func(ctx context.Context, act func() error) error {
			return pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error {
				if _, err := c.Exec(ctx, "SELECT pg_advisory_lock($1)", tablesLock); err != nil {
					return err
				}
				defer c.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", tablesLock)
				return act()
			})
		},
		run: func(ctx context.Context, act func(raw[pgx.Tx]) error) error {
			return retried(func() error {
				return pgx.BeginFunc(ctx, pool, func(t pgx.Tx) error { return act(pgTx{t}) })
			})
		},
	}, nil
}

// tablesLock is the advisory lock of whoever makes the tables: "scrape" in ASCII.
const tablesLock = 0x736372617065

// retried does a transaction again that another one made fail by a deadlock.
func retried(act func() error) (err error) {
	for range 5 {
		var e *pgconn.PgError
		if err = act(); !errors.As(err, &e) || e.Code != "40P01" && e.Code != "40001" {
			return err
		}
	}
	return err
}

type pgTx struct{ t pgx.Tx }

func (x pgTx) unwrap() pgx.Tx { return x.t }

func (x pgTx) exec(ctx context.Context, q string, args ...any) (int64, error) {
	tag, err := x.t.Exec(ctx, numbered(q), args...)
	return tag.RowsAffected(), err
}

func (x pgTx) all(ctx context.Context, q string, args ...any) iter.Seq2[func(...any) error, error] {
	return func(yield func(func(...any) error, error) bool) {
		rows, err := x.t.Query(ctx, numbered(q), args...)
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

// numbered writes $1, $2, ... for the question marks.
func numbered(q string) string {
	var b strings.Builder
	n := 0
	for part := range strings.SplitSeq(q, "?") {
		if n > 0 {
			b.WriteString("$" + strconv.Itoa(n))
		}
		b.WriteString(part)
		n++
	}
	return b.String()
}
