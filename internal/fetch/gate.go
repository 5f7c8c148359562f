package fetch

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"newsarchive/internal/discover"
	"newsarchive/page"
)

const (
	robotsAge     = 24 * time.Hour // RFC 9309 section 2.4
	robotsFailAge = time.Minute    // of an answer that could not be had
	robotsHops    = 5              // RFC 9309 section 2.3.1.2
	robotsOrigins = 10_000         // kept at most
)

// A policy is the robots.txt of one origin, or why there is none.
type policy struct {
	done    chan struct{} // closed when the rest is known
	expires time.Time
	rules   rules
	beside  *discover.Robots // what the file says beside its rules; nil where there is none
	good    bool             // rules were read, now or before the last failures
	outcome page.Outcome     // of every page, where nothing may be fetched
	err     string           // why outcome is set
	retryAt time.Time

	mu   sync.Mutex
	side []page.Exchange // until a visit takes them into its capture
}

// A robotsCache asks for each origin's robots.txt once.
type robotsCache struct {
	client *Client
	token  string
	hop    *http.Client
	shelf  RobotsShelf // nil: kept by this process alone

	mu       sync.Mutex
	policies map[string]*policy
}

func newRobotsCache(c *Client) *robotsCache {
	return &robotsCache{
		client:   c,
		token:    product(c.options.UserAgent),
		hop:      &http.Client{Transport: c.recorder, CheckRedirect: followRobots},
		policies: make(map[string]*policy),
	}
}

// CrawlDelay returns the Crawl-delay that an origin's robots.txt names for this
// client, at most 24 hours; 0 where it names none or was not read yet. The origin is
// "https://news.example", with a port where it is not the default.
func (c *Client) CrawlDelay(origin string) time.Duration {
	c.robots.mu.Lock()
	p := c.robots.policies[origin]
	c.robots.mu.Unlock()
	if p == nil || !p.known() {
		return 0
	}
	return p.rules.delay
}

// RobotsTxt returns what an origin's robots.txt says beside its rules: its sitemaps
// and signals. It is empty where there is none or it was not read yet.
func (c *Client) RobotsTxt(origin string) discover.Robots {
	c.robots.mu.Lock()
	p := c.robots.policies[origin]
	c.robots.mu.Unlock()
	if p == nil || !p.known() || p.beside == nil {
		return discover.Robots{}
	}
	return *p.beside
}

// Allows reports whether the robots.txt of an address's origin, as far as it was read,
// lets the address be fetched.
func (c *Client) Allows(address *url.URL) bool {
	return c.robots.allows(origin(address), address.RequestURI())
}

// allows reports whether the robots.txt of an origin, as far as it is known, lets a path be fetched.
func (r *robotsCache) allows(origin, path string) bool {
	r.mu.Lock()
	p := r.policies[origin]
	r.mu.Unlock()
	if p == nil || !p.known() {
		return true
	}
	allowed, _ := p.rules.decide(path)
	return allowed && p.outcome == ""
}

// known reports a policy whose robots.txt was asked for and answered.
func (p *policy) known() bool { return over(p.done) }

// over reports whether what closes done has ended.
func over(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

// ask decides about one address for v, and fetches the robots.txt of its origin
// where that is not known.
func (r *robotsCache) ask(ctx context.Context, v *visit, u *url.URL) bool {
	p, mine := r.policy(origin(u))
	if mine {
		go r.load(p, origin(u), v)
	}
	select {
	case <-p.done:
	case <-ctx.Done():
		v.failed(ctx, ctx.Err())
		return false
	}
	v.capture.Side = append(v.capture.Side, p.takeSide()...)
	if p.outcome != "" {
		v.capture.Robots, v.capture.Rule, v.capture.RetryAt = "", "", p.retryAt
		if p.outcome == page.RobotsDenied {
			v.capture.Robots = "denied"
		}
		v.fail(p.outcome, p.err)
		return false
	}
	allowed, line := p.rules.decide(u.RequestURI())
	v.capture.Robots, v.capture.Rule = "allowed", line
	if !allowed {
		v.capture.Robots = "denied"
		v.fail(page.RobotsDenied, "robots.txt says "+line)
	}
	return allowed
}

// takeSide returns the exchanges that p was read from, to the first who asks.
func (p *policy) takeSide() []page.Exchange {
	p.mu.Lock()
	defer p.mu.Unlock()
	side := p.side
	p.side = nil
	return side
}

// policy returns the policy of an origin, and whether the caller has to load it.
func (r *robotsCache) policy(origin string) (p *policy, mine bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p = r.policies[origin]; p != nil && !p.expired() {
		return p, false
	}
	makeRoom(r.policies)
	fresh := &policy{done: make(chan struct{})}
	if p != nil {
		fresh.rules, fresh.beside, fresh.good = p.rules, p.beside, p.good
	}
	r.policies[origin] = fresh
	return fresh, true
}

func (p *policy) expired() bool {
	return p.known() && time.Now().After(p.expires)
}

// makeRoom leaves room for one more origin: the expired go first, then any.
func makeRoom[T interface{ expired() bool }](origins map[string]T) {
	if len(origins) < robotsOrigins {
		return
	}
	for origin, kept := range origins {
		if kept.expired() {
			delete(origins, origin)
		}
	}
	for origin := range origins {
		if len(origins) < robotsOrigins {
			return
		}
		delete(origins, origin)
	}
}
