package durable

import (
	"context"
	"fmt"

	"newsarchive/internal/frontier"
	"newsarchive/internal/trap"
)

// A Stopped is a form of a host's addresses that is not followed.
type Stopped struct {
	Crawl string // start addresses or name of the crawl
	Host  string
	trap.Form
}

const stoppedForms = `SELECT c.starts, f.host, f.form, f.known, f.visits, f.articles, f.streak, f.same, f.grown, f.refused, f.stopped
	FROM forms f JOIN crawls c ON c.id = f.crawl WHERE f.stopped > 0 ORDER BY f.host, f.form, c.id`

// Stopped returns the forms that are not followed, in the order of their hosts.
func (v *View) Stopped(ctx context.Context) (list []Stopped, err error) {
	err = v.db.do(ctx, func(tx tx) error {
		for scan, err := range tx.all(ctx, stoppedForms) {
			var s Stopped
			if err == nil {
				s.Form, err = scanForm(scan, &s.Crawl, &s.Host)
			}
			if err != nil {
				return err
			}
			list = append(list, s)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look up traps: %w", err)
	}
	return list, nil
}

// Traps returns, of those, the ones for which an address would not be queued, one for
// each crawl.
func (v *View) Traps(ctx context.Context, link string, r trap.Rules) (list []Stopped, err error) {
	err = v.db.do(ctx, func(tx tx) error {
		ids := map[string]int64{}
		for scan, err := range tx.all(ctx, `SELECT id, starts FROM crawls ORDER BY id`) {
			var id int64
			var starts string
			if err == nil {
				err = scan(&id, &starts)
			}
			if err != nil {
				return err
			}
			ids[starts] = id
		}
		for starts, id := range ids {
			h := (&Frontier{crawl: id, o: Options{Options: frontier.Options{Traps: r}}}).formsOfHost(hostOf(link))
			s := trap.ShapeOf(link)
			if err := h.load(ctx, tx, s); err != nil {
				return err
			}
			if why, stops := h.stops(s); stops {
				list = append(list, Stopped{starts, h.host, why})
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look up traps: %w", err)
	}
	return list, nil
}
