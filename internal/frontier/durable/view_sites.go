package durable

import (
	"context"
	"fmt"
	"time"
)

// A Polled is a configured site: when it was last asked for news, when it will be,
// and what became of its addresses.
type Polled struct {
	ID         string
	Last, Next time.Time // zero for never, and for at once
	New        int       // articles that were visited for the first time in the last 24 hours
	Articles   int       // that are known
	Changed    int       // visits that found an article changed
	Failed     int       // addresses whose last visit failed and may not fail again
	Queued     int       // addresses that wait for their visit
	Left       int       // given up in this run
	Lists      int       // feeds and sitemaps
	Retired    int       // of these, asked for rarely or no more
	// Slowest is the pace of the host of the site that waits the longest; zero where none was visited.
	Slowest Pace
}

const siteCounts = `SELECT s.id, s.last_at, s.next_at,
	count(CASE WHEN a.kind = 'article' AND a.state <> 2 AND a.first_at > ? THEN 1 END),
	count(CASE WHEN a.kind = 'article' AND a.state <> 2 THEN 1 END),
	CAST(coalesce(sum(CASE WHEN a.kind = 'article' THEN a.changes END), 0) AS BIGINT),
	count(CASE WHEN a.state = 1 AND (a.outcome IN ('blocked', 'network_error', 'too_large') OR a.outcome = 'http_error' AND a.status >= 500) THEN 1 END),
	count(CASE WHEN a.state = 0 THEN 1 END), count(CASE WHEN a.state = 3 THEN 1 END),
	count(CASE WHEN a.kind IN ('feed', 'sitemap') AND a.state <> 2 THEN 1 END),
	count(CASE WHEN a.kind IN ('feed', 'sitemap') AND a.state = 1 AND a.note LIKE 'retired:%' THEN 1 END)
	FROM sites s LEFT JOIN addresses a ON a.crawl = s.crawl AND a.site = s.id GROUP BY s.id, s.last_at, s.next_at ORDER BY s.id`

// siteHosts are the hosts of each site, the one that waits the longest last.
const siteHosts = `SELECT DISTINCT a.site, h.name, h.next_ok, h.delay, h.job, h.slow, h.fails, h.why FROM addresses a JOIN hosts h ON h.name = a.host
	WHERE a.site <> '' AND a.state <> 2 ORDER BY a.site, h.next_ok`

// Sites returns the configured sites, in the order of their ids.
func (v *View) Sites(ctx context.Context, now time.Time) (list []Polled, err error) {
	err = v.db.do(ctx, func(tx tx) error {
		at := map[string]int{}
		list = nil
		for scan, err := range tx.all(ctx, siteCounts, micros(now.Add(-24*time.Hour))) {
			var p Polled
			var last, next int64
			if err == nil {
				err = scan(&p.ID, &last, &next, &p.New, &p.Articles, &p.Changed, &p.Failed, &p.Queued, &p.Left, &p.Lists, &p.Retired)
			}
			if err != nil {
				return err
			}
			p.Last, p.Next = timeOf(last), timeOf(next)
			at[p.ID] = len(list)
			list = append(list, p)
		}
		for scan, err := range tx.all(ctx, siteHosts) {
			var id string
			var next, delay, job, slow int64
			var p Pace
			if err == nil {
				err = scan(&id, &p.Host, &next, &delay, &job, &slow, &p.Fails, &p.Why)
			}
			if err != nil {
				return err
			}
			p.NotBefore, p.Delay, p.Slow, p.Busy = timeOf(next), span(delay), span(slow), job != 0
			if i, ok := at[id]; ok {
				list[i].Slowest = p
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list sites: %w", err)
	}
	return list, nil
}
