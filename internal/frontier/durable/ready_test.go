package durable

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
)

// TestStatementsThatComeAgainAreKeptReady holds statements that are kept to what
// fresh ones give: with other arguments, inside one another, after a failure.
func TestStatementsThatComeAgainAreKeptReady(t *testing.T) {
	db, err := openReady("file:" + filepath.Join(t.TempDir(), "ready.db"))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	defer db.Close()
	ctx := t.Context()
	exec := func(q string, args ...any) error { _, err := db.ExecContext(ctx, q, args...); return err }
	if err := exec(`CREATE TABLE n (v INTEGER PRIMARY KEY)`); err != nil {
		t.Fatal(err)
	}
	for v := range 5 {
		if err := exec(`INSERT INTO n VALUES (?)`, v); err != nil {
			t.Fatal(err)
		}
		if err := exec(`INSERT INTO n VALUES (?)`, v); err == nil {
			t.Fatalf("%d was inserted twice", v)
		}
	}
	for range 3 {
		if got := nested(t, db); got != 5*5 {
			t.Errorf("a query within itself gave %d rows, want 25", got)
		}
	}
	if err := exec(`ALTER TABLE n ADD COLUMN w INTEGER NOT NULL DEFAULT 7`); err != nil {
		t.Fatal(err)
	}
	var sum int
	for range 3 {
		if err := db.QueryRowContext(ctx, `SELECT sum(w) FROM n WHERE v > ?`, 2).Scan(&sum); err != nil || sum != 14 {
			t.Errorf("sum %d, %v, want 14", sum, err)
		}
	}
	done, cancel := context.WithCancel(ctx)
	cancel()
	if err := db.QueryRowContext(done, `SELECT sum(w) FROM n WHERE v > ?`, 2).Scan(&sum); err == nil {
		t.Error("a query whose context had ended was answered")
	}
	if err := db.QueryRowContext(ctx, `SELECT sum(w) FROM n WHERE v > ?`, 3).Scan(&sum); err != nil || sum != 7 {
		t.Errorf("sum %d, %v, want 7", sum, err)
	}
}

// nested reads the table within a reading of it, and returns how many rows came.
func nested(t *testing.T, db *sql.DB) (n int) {
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	const q = `SELECT v FROM n WHERE v >= ?`
	outer, err := tx.QueryContext(t.Context(), q, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer outer.Close()
	for outer.Next() {
		inner, err := tx.QueryContext(t.Context(), q, 0)
		if err != nil {
			t.Fatal(err)
		}
		for inner.Next() {
			n++
		}
		if err := inner.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return n
}
