package crawl

import (
	"context"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A Pacer keeps those requests to one host apart that no lease does: the requests of
// one visit (robots.txt, redirects, the page itself), and what is fetched beside pages.
// The zero value is usable.
type Pacer struct {
	mu    sync.Mutex
	last  map[string]time.Time // when a host was asked, or will be
	prune int                  // how many hosts are too many to remember them all
	waits map[string]int       // visits in a row of a page that came too early
}

// Of returns the pace of one visit, for which gap tells how long the host of an
// address is left alone. A first page is not waited for longer than most.
func (p *Pacer) Of(gap func(url string) time.Duration, most time.Duration) *Pace {
	return &Pace{pacer: p, gap: gap, most: most}
}

// A Pace is the page.Pace of one visit.
type Pace struct {
	pacer *Pacer
	gap   func(url string) time.Duration
	most  time.Duration
	early atomic.Bool // the first page was not waited for
}

// Wait is a page.Pace's.
func (p *Pace) Wait(ctx context.Context, u *url.URL, first bool) bool {
	wait, ok := p.pacer.reserve(u.Host, p.gap(u.String()), first, p.most)
	if !ok {
		p.early.Store(true)
		return false
	}
	if wait <= 0 {
		return true
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Asked is a page.Pace's.
func (p *Pace) Asked(u *url.URL) { p.pacer.asked(u.Host, time.Now()) }

// far reports an address whose host is to be left alone for longer than is waited.
func (p *Pace) far(link string) bool {
	u, err := url.Parse(link)
	return err == nil && p.pacer.wait(u.Host, p.gap(link)) > p.most
}

func (p *Pacer) wait(host string, gap time.Duration) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Until(p.last[host].Add(gap))
}

// reserve returns how long to wait for the next request to the host. It reports false
// where that is longer than a bounded wait may be.
func (p *Pacer) reserve(host string, gap time.Duration, bounded bool, most time.Duration) (time.Duration, bool) {
	if gap <= 0 {
		return 0, true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	wait := p.last[host].Add(gap).Sub(now)
	if bounded && wait > most {
		return wait, false
	}
	p.note(host, now.Add(max(0, wait)))
	return wait, true
}

func (p *Pacer) asked(host string, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.note(host, at)
}

// note remembers when a host was asked; hosts that were not asked for long are forgotten.
func (p *Pacer) note(host string, at time.Time) {
	const long, few = 10 * time.Minute, 1000
	if p.last == nil {
		p.last, p.prune = map[string]time.Time{}, few
	}
	if at.After(p.last[host]) {
		p.last[host] = at
	}
	if len(p.last) < p.prune {
		return
	}
	for h, last := range p.last {
		if at.Sub(last) > long {
			delete(p.last, h)
		}
	}
	p.prune = max(few, 2*len(p.last))
}

var _ page.Pace = (*Pace)(nil)

// paceOf is the pace of visits under a lease. Pages that are asked for by themselves,
// with all their redirects, have none.
func (c *Crawl) paceOf(l *frontier.Lease) *Pace {
	if c.Chains {
		return nil
	}
	return c.pacer.Of(func(url string) time.Duration {
		if c.CrawlDelay == nil {
			return l.Pace
		}
		return max(l.Pace, c.CrawlDelay(url))
	}, c.MaxPause)
}

// refused reports that the page of the visit was not waited for.
func (p *Pace) refused() bool { return p != nil && p.early.Load() }

// maxEarly is how many visits in a row of a page may come too early and count for none.
// A robots.txt that has to be asked for again each time must not go on for ever.
const maxEarly = 3

// early notes a visit, and reports whether it came too early and counts for none.
func (p *Pacer) early(url string, refused bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !refused {
		delete(p.waits, url)
		return false
	}
	if p.waits == nil {
		p.waits = map[string]int{}
	}
	p.waits[url]++
	return p.waits[url] <= maxEarly
}
