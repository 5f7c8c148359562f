package fetch

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"newsarchive/internal/discover"
	"newsarchive/page"
)

// tdmFile is where the TDM Reservation Protocol (W3C, 2024) has an origin's reservations.
const tdmFile = "/.well-known/tdmrep.json"

const (
	tdmFailAge = time.Hour // of an answer that could not be had
	maxTDM     = 500 << 10 // bytes of the file that are read
)

// reservations are those of one origin.
type reservations struct {
	done    chan struct{} // closed when the rest is known
	expires time.Time
	rules   rules // an Allow stands for a reservation; a line is the number of what it says
	says    []string

	mu   sync.Mutex
	side []page.Exchange // until a visit takes them into its capture
}

// A reservationCache asks for each origin's reservations once a day.
type reservationCache struct {
	robots *robotsCache

	mu      sync.Mutex
	origins map[string]*reservations
}

// reserve notes what the origin of a page reserves for it, by its file. That is asked
// for after the page, and for pages alone: what answers nothing has nothing to reserve.
func (v *visit) reserve(ctx context.Context) {
	doc := v.capture.Document()
	if !v.client.options.TDM || doc == nil || doc.Status != http.StatusOK || v.capture.Outcome != "" ||
		!strings.Contains(strings.ToLower(doc.Header.Get("Content-Type")), "html") {
		return
	}
	u, err := v.parse(doc.URL)
	if err != nil {
		return
	}
	r, mine := v.client.reservations.of(origin(u))
	if !r.loaded() {
		v.leave() // what follows waits for the network
	}
	if mine {
		go v.client.reservations.load(r, origin(u), v)
	}
	select {
	case <-r.done:
	case <-ctx.Done():
		return
	}
	r.mu.Lock()
	v.capture.Side = append(v.capture.Side, r.side...)
	r.side = nil
	r.mu.Unlock()
	if _, line := r.rules.decide(u.RequestURI()); line != "" {
		if n, err := strconv.Atoi(line); err == nil {
			v.capture.TDM = r.says[n]
		}
	}
}

// of returns the reservations of an origin, and whether the caller has to load them.
func (c *reservationCache) of(origin string) (r *reservations, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r = c.origins[origin]; r != nil && !r.expired() {
		return r, false
	}
	makeRoom(c.origins)
	if c.origins == nil {
		c.origins = map[string]*reservations{}
	}
	r = &reservations{done: make(chan struct{})}
	c.origins[origin] = r
	return r, true
}

func (r *reservations) loaded() bool { return over(r.done) }

func (r *reservations) expired() bool { return r.loaded() && time.Now().After(r.expires) }

// load fills r from the shelf or from the origin's file, apart from the fetch that
// asked for it. Where robots.txt forbids the file, or it does not come, nothing is
// known to be reserved.
func (c *reservationCache) load(r *reservations, origin string, asker *visit) {
	defer close(r.done)
	defer func() { _ = recover() }() // a fault means that nothing is known
	r.expires = time.Now().Add(tdmFailAge)
	o := c.robots.client.options
	ctx, clock, stop := timed(context.Background(), o.Timeout)
	defer stop()
	clock.other = asker.clock
	if txt, ok := c.robots.onShelf(ctx, origin+tdmFile); ok {
		_ = r.take(txt)
		return
	}
	if !c.robots.allows(origin, tdmFile) {
		r.expires = time.Now().Add(robotsAge)
		return
	}
	v := &visit{client: c.robots.client, capture: new(page.Capture), robots: true, pace: asker.pace, clock: clock, maxWire: maxTDM + aroundRobots, maxBody: maxTDM}
	err := c.robots.request(context.WithValue(ctx, visitKey{}, v), origin+tdmFile)
	r.side = v.capture.Exchanges
	doc := v.capture.Document()
	if err != nil || doc == nil {
		return
	}
	if txt, lasts := lasting(doc, maxTDM); lasts {
		if r.take(txt) != nil {
			txt.Text = nil // a page in the place of the file
		}
		c.robots.keep(ctx, origin+tdmFile, txt)
	}
}

// take takes over what the file says. The longest location that matches counts, as in
// a robots.txt; where two are equal the one that reserves. What is no such file is an error.
func (r *reservations) take(txt page.RobotsTxt) error {
	r.expires = txt.At.Add(robotsAge)
	if txt.Status < 200 || txt.Status > 299 {
		return nil
	}
	list, err := discover.TDMRep(txt.Text)
	if err != nil {
		return err
	}
	for _, one := range list {
		if one.Location == "" {
			continue
		}
		rule := newRule(one.Reservation == 1, one.Location)
		rule.line = strconv.Itoa(len(r.says))
		r.rules.list, r.says = append(r.rules.list, rule), append(r.says, page.Printable(one.String(), 2*maxErr))
	}
	return nil
}
