package durable

import (
	"context"
	"fmt"
	"time"

	"newsarchive/page"
)

// robotsAge is how long a robots.txt is kept (RFC 9309 section 2.4).
const robotsAge = 24 * time.Hour

const (
	getRobots = `SELECT url, status, body, at FROM robots WHERE origin = ? AND at > ?`
	setRobots = `INSERT INTO robots (origin, url, status, body, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE
		SET url = excluded.url, status = excluded.status, body = excluded.body, at = excluded.at`
	oldRobots = `DELETE FROM robots WHERE at <= ?`
)

// RobotsTxt returns what the origin answered within the last 24 hours, to whichever
// process; false where nothing was kept.
func (f *Frontier) RobotsTxt(ctx context.Context, origin string) (r page.RobotsTxt, ok bool, err error) {
	err = f.db.do(ctx, func(tx tx) error {
		ok = false
		for scan, err := range tx.all(ctx, getRobots, origin, micros(f.o.Now().Add(-robotsAge))) {
			var at int64
			if err == nil {
				err = scan(&r.URL, &r.Status, &r.Text, &at)
			}
			if err != nil {
				return err
			}
			r.At, ok = timeOf(at), true
		}
		return nil
	})
	if err != nil {
		return page.RobotsTxt{}, false, fmt.Errorf("look up robots.txt: %w", err)
	}
	return r, ok, nil
}

// KeepRobotsTxt keeps what the origin answered, and drops what is too old.
func (f *Frontier) KeepRobotsTxt(ctx context.Context, origin string, r page.RobotsTxt) error {
	err := f.db.do(ctx, func(tx tx) error {
		if _, err := tx.exec(ctx, oldRobots, micros(f.o.Now().Add(-robotsAge))); err != nil {
			return err
		}
		body := r.Text
		if body == nil {
			body = []byte{}
		}
		_, err := tx.exec(ctx, setRobots, origin, r.URL, r.Status, body, micros(r.At))
		return err
	})
	if err != nil {
		return fmt.Errorf("keep robots.txt: %w", err)
	}
	return nil
}
