package durable

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A Place sums up the addresses of one host.
type Place struct {
	Site     string // id of the configured site; "" for none
	Queued   int    // addresses that wait for their visit
	Visited  int    // addresses that were, those of forms that were given up since included
	Articles int    // visited ones whose last visit gave an article, or found it as before
	Changed  int    // visits that found an article changed
	Failed   int    // visited ones that might give an article another time
	Trapped  int    // of forms that bring nothing (see Forms)
	Left     int    // given up: a budget, or a host that asks for too long a wait
	Last     time.Time
	Due      time.Time // of the first that is queued, or else that rests; zero for none, and for at once
	Poll     time.Time // when the site is due; zero where there is none, or it never was
	Pace

	waits, rests []time.Time
}

// Places sums up each host of each site, in the order of their names.
func (v *View) Places(ctx context.Context) (list []Place, err error) {
	at := map[[2]string]*Place{}
	err = v.db.do(ctx, func(tx tx) error {
		for scan, err := range tx.all(ctx, placeCounts, frontier.Never.Microseconds()) {
			var host, site, outcome string
			var state, status, n, changes int
			var article bool
			var last, due, rests int64
			if err == nil {
				err = scan(&host, &site, &state, &outcome, &status, &article, &n, &changes, &last, &due, &rests)
			}
			if err != nil {
				return err
			}
			p := at[[2]string{host, site}]
			if p == nil {
				p = &Place{Site: site, Pace: Pace{Host: host}}
				at[[2]string{host, site}] = p
			}
			p.count(state, page.Outcome(outcome), status, article, n)
			if article { // a section changes with each story
				p.Changed += changes
			}
			p.times(state, timeOf(last), dueOf(due), timeOf(rests))
		}
		polls := map[string]time.Time{}
		for scan, err := range tx.all(ctx, sitesNext) {
			var id string
			var next int64
			if err == nil {
				err = scan(&id, &next)
			}
			if err != nil {
				return err
			}
			polls[id] = timeOf(next)
		}
		for _, p := range at {
			p.Poll = polls[p.Site]
			if p.Pace, err = paceOf(ctx, tx, p.Host); err != nil {
				return err
			}
			p.Due = p.first()
			list = append(list, *p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("sum up hosts: %w", err)
	}
	slices.SortFunc(list, func(a, b Place) int { return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(a.Host, b.Host)) })
	return list, nil
}

func (p *Place) count(state int, o page.Outcome, status int, article bool, n int) {
	switch state {
	case queued:
		p.Queued += n
	case left:
		p.Left += n
	case caught:
		p.Trapped += n
		if o != "" { // before it was caught
			p.Visited += n
		}
	case done:
		p.Visited += n
		switch {
		case o.HasArticle() || o == page.Unchanged && article:
			p.Articles += n
		case o.Failed(status): // as siteCounts has it
			p.Failed += n
		}
	}
}

// times takes in the times of addresses in one state. What is queued comes before what
// rests, and what may be visited at once has no time.
func (p *Place) times(state int, last, due, rests time.Time) {
	if last.After(p.Last) {
		p.Last = last
	}
	switch {
	case state == queued:
		p.waits = append(p.waits, due)
	case state == done && !rests.IsZero():
		p.rests = append(p.rests, rests)
	}
}

// first is the earliest time, by what is queued where something is.
func (p *Place) first() time.Time {
	times := p.waits
	if len(times) == 0 {
		times = p.rests
	}
	if len(times) == 0 {
		return time.Time{}
	}
	return slices.MinFunc(times, time.Time.Compare)
}
