package durable

import (
	"context"
	"database/sql"
	"database/sql/driver"
)

// maxReady is how many statements a connection keeps ready.
const maxReady = 200

// openReady opens a SQLite database whose connections keep the statements ready
// that come again, those of the job engine too: to parse one costs more than to do it.
func openReady(name string) (*sql.DB, error) {
	plain, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	defer plain.Close() // it opened nothing yet
	return sql.OpenDB(connector{plain.Driver(), name}), nil
}

type connector struct {
	driver driver.Driver
	name   string
}

// Driver returns the driver of the connections below.
func (c connector) Driver() driver.Driver { return c.driver }

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	plain, err := c.driver.Open(c.name)
	if err != nil {
		return nil, err
	}
	able, ok := plain.(conn)
	if !ok { // a driver that can do less works as it is
		return plain, nil
	}
	return &readyConn{conn: able, ready: map[string]*readyStmt{}}, nil
}

// conn is what the driver's connections can do.
type conn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// readyConn is a connection with its statements. Like every connection it is used
// by one goroutine at a time.
type readyConn struct {
	conn
	ready map[string]*readyStmt // nil after the first use
}

type readyStmt struct {
	stmt stmt
	busy bool // rows of it are being read
}

// stmt is what the driver's statements can do.
type stmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// take returns the statement for one use; nil where it is used once, or busy.
func (c *readyConn) take(ctx context.Context, q string) *readyStmt {
	s, seen := c.ready[q]
	switch {
	case !seen && len(c.ready) < maxReady:
		c.ready[q] = nil
	case seen && s == nil:
		plain, err := c.PrepareContext(ctx, q)
		if err != nil {
			return nil // its use says why
		}
		able, ok := plain.(stmt)
		if !ok {
			plain.Close()
			return nil
		}
		s = &readyStmt{stmt: able}
		c.ready[q] = s
	}
	if s == nil || s.busy {
		return nil
	}
	s.busy = true
	return s
}

// ExecContext does a statement.
func (c *readyConn) ExecContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Result, error) {
	s := c.take(ctx, q)
	if s == nil {
		return c.conn.ExecContext(ctx, q, args)
	}
	defer func() { s.busy = false }()
	return s.stmt.ExecContext(ctx, args)
}

// QueryContext asks a query.
func (c *readyConn) QueryContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Rows, error) {
	s := c.take(ctx, q)
	if s == nil {
		return c.conn.QueryContext(ctx, q, args)
	}
	rows, err := s.stmt.QueryContext(ctx, args)
	if err != nil {
		s.busy = false
		return nil, err
	}
	return readyRows{rows, s}, nil
}

// Close closes the statements and the connection.
func (c *readyConn) Close() error {
	for _, s := range c.ready {
		if s != nil {
			s.stmt.Close()
		}
	}
	clear(c.ready)
	return c.conn.Close()
}

// readyRows gives its statement back when it is closed.
type readyRows struct {
	driver.Rows
	of *readyStmt
}

// Close ends the reading.
func (r readyRows) Close() error {
	err := r.Rows.Close()
	r.of.busy = false
	return err
}
