// Package crawl is the loop: lease a slice of one host, fetch, extract, archive,
// commit. It decides which links are followed and what becomes of each outcome;
// everything else it leaves to the packages below.
package crawl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// A Frontier hands out slices of one host and takes back what became of each address.
type Frontier interface {
	Add(context.Context, []frontier.Item) (int, error)
	Lease(context.Context) (*frontier.Lease, error)
	Commit(context.Context, *frontier.Lease, frontier.Result) (frontier.Verdict, error)
	Claim(ctx context.Context, l *frontier.Lease, from, link string) (bool, error)
	Release(context.Context, *frontier.Lease) error
}

// A Fetcher fetches one page at a time. Its error means that the fetch was
// cancelled or that the fetcher is broken; what a site does is an outcome.
type Fetcher interface {
	Fetch(context.Context, page.Request) (*page.Capture, error)
}

// An Extractor reads a capture. It is safe for concurrent use.
type Extractor interface {
	Extract(*page.Capture) *page.Reading
}

// A Store keeps what was captured and read, durably, and returns the row as kept. Its
// errors name the address.
type Store interface {
	Put(context.Context, *page.Capture, *page.Reading) (page.Row, error)
}

// A Visit is how one address ended: the row, and what the row has no key for.
type Visit struct {
	Item    frontier.Item
	Row     page.Row // as kept; outcome and addresses are set even where nothing was kept
	Kept    bool     // the row is in the archive
	Err     string   // one line that says why, for outcomes that are failures
	Robots  string   // "allowed", "denied" or ""
	Rule    string   // the robots.txt line that decided
	Took    time.Duration
	Bytes   int64 // received for it, redirects and robots.txt included
	Verdict frontier.Verdict
	// Requisites tells what was fetched beside the page so that it can be seen.
	Requisites Taken
}

// A Crawl is one run of the loop. Frontier, NewFetcher, Extract and Done are required.
type Crawl struct {
	Frontier   Frontier
	NewFetcher func() Fetcher // called once for each worker
	Extract    Extractor
	Store      Store // nil: nothing is kept
	Scope      Scope
	// ScopeOf chooses the scope of the links that an item's page shows, such as that
	// of its site; nil: Scope for all.
	ScopeOf func(frontier.Item) Scope
	// Discover reads what a document leads to beyond its links. It is called with
	// every item of kind Feed, Sitemap or Start that a document with status 200 came
	// for (reading is nil for the first two, which are not extracted), between the
	// fetch and the commit. What it finds is queued in the same transaction as the
	// end of the visit; Depth, From and Site are filled in where they are zero. May be nil.
	Discover func(it frontier.Item, capture *page.Capture, reading *page.Reading) Discovery
	// MaxSitemaps is how many sitemaps the sitemaps of one site may add to a run, or to a
	// day of it; MaxListed how many pages. 0 for any number.
	MaxSitemaps, MaxListed int
	Enter                  bool // Discover is asked of start addresses of no kind, too
	Workers                int  // that read and keep pages at the same time; default 1
	// Spare is how many more addresses may be asked for at the same time, while their
	// hosts let them wait. A frontier chooses whose.
	Spare int
	Log   *slog.Logger
	// Requisites, where not nil, takes what each kept page needs to be seen.
	Requisites *Requisites
	// CrawlDelay tells the pace that a host's robots.txt asks for; may be nil.
	CrawlDelay func(url string) time.Duration
	// Revisit chooses the ladder of an article's visits. Where it is nil, articles
	// are due in each run, as other pages and start addresses are, for they show
	// new links.
	Revisit func(frontier.Item) Ladder
	// Chains keeps each redirect chain in one capture, wherever it leads. Without
	// it an address that was seen, or is of another host, is left to its own visit.
	Chains bool
	// Done is told of each address that has its end, once what was captured is
	// durable. It is never called by two goroutines at once.
	Done func(Visit)
	// Grace is how long pages in flight may still take when the run is told to
	// stop; default 4 s.
	Grace time.Duration

	// MaxPause is how long a visit waits at most before its page, where its robots.txt
	// was asked for just now, and before a redirect; beyond that the address is left to
	// another visit. Default 10 s.
	MaxPause time.Duration

	pacer Pacer
	quota quota
	told  sync.Mutex
	room  *room
}

// Run adds the start addresses and works until the frontier is drained, the
// context ends, or the archive or the frontier fails. When ctx ends, pages in
// flight are finished within Grace; those that take longer are not committed.
func (c *Crawl) Run(ctx context.Context, starts []string) error {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Grace = cmp.Or(c.Grace, 4*time.Second)
	c.MaxPause = cmp.Or(c.MaxPause, 10*time.Second)
	c.Workers = max(1, c.Workers)
	c.room = newRoom(c.Workers)
	items := make([]frontier.Item, len(starts))
	for i, u := range starts {
		items[i] = frontier.Item{URL: u}
	}
	if _, err := c.Frontier.Add(ctx, items); err != nil {
		return fmt.Errorf("queue start addresses: %w", err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	flight, land := outlive(ctx, c.Grace)
	defer land()
	var workers sync.WaitGroup
	for range c.Workers + c.Spare {
		workers.Go(func() {
			if err := c.work(ctx, flight); err != nil {
				cancel(err) // the first one counts
			}
		})
	}
	workers.Wait()
	return context.Cause(ctx)
}

// outlive returns a context that ends grace after ctx does.
func outlive(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	return longer, func() { stop(); cancel() }
}

// work leases slices until there are none. Pages are fetched under flight.
func (c *Crawl) work(ctx, flight context.Context) error {
	f := c.NewFetcher()
	for {
		l, err := c.Frontier.Lease(ctx)
		if errors.Is(err, frontier.ErrDrained) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("lease a host from the frontier: %w", err)
		}
		err = c.slice(ctx, flight, f, l)
		// the lease goes back even when the run is ending
		if rerr := c.Frontier.Release(context.WithoutCancel(ctx), l); err == nil {
			err = rerr
		}
		if err != nil {
			return err
		}
	}
}

// slice visits the addresses of one lease.
func (c *Crawl) slice(ctx, flight context.Context, f Fetcher, l *frontier.Lease) error {
	for _, it := range l.Items {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if v, err := c.visit(flight, f, l, it); err != nil || v.Over {
			return err
		}
	}
	return nil
}

// visit takes one address of a leased slice through the house.
func (c *Crawl) visit(ctx context.Context, f Fetcher, l *frontier.Lease, it frontier.Item) (frontier.Verdict, error) {
	start, place, pace := time.Now(), c.room.place(ctx), c.paceOf(l)
	defer place.gone()
	capture, err := c.fetch(ctx, f, l, it, place, pace)
	if err != nil {
		return frontier.Verdict{}, err // no commit: the address comes again
	}
	place.Enter(false)
	reading := c.read(it, capture)
	v := Visit{Item: it, Row: reading.Row, Err: capture.Err, Robots: capture.Robots, Rule: capture.Rule, Bytes: received(capture)}
	if v.Row.FetchedAt.IsZero() {
		v.Row.FetchedAt = start // it was tried then
	}
	res := c.result(it, capture, reading)
	if c.pacer.early(it.URL, pace.refused()) {
		res.Early, res.Answer = true, frontier.Unasked
	}
	found := c.discover(&res, capture, reading)
	// What is in hand is kept even when the run is ending.
	flight, ctx := ctx, context.WithoutCancel(ctx)
	if v, err = c.keep(ctx, v, capture, reading); err != nil {
		return frontier.Verdict{}, err // names the address
	}
	c.rest(&res, capture, v.Row)
	weary(&res, capture, v.Row, found)
	place.Leave() // what follows waits for the network again
	if v.Requisites, err = c.Requisites.take(flight, capture, v.Row, v.Kept, c.paceOf(l)); err != nil {
		return frontier.Verdict{}, fmt.Errorf("archive requisites of %s: %w", it.URL, err)
	}
	if found.Err != "" && v.Err == "" {
		v.Err = res.Trace.Err
	}
	v.Verdict, err = c.Frontier.Commit(ctx, l, res)
	if errors.Is(err, frontier.ErrLapsed) { // the new holder visits it, and tells of it
		c.Log.LogAttrs(ctx, slog.LevelWarn, "lease lapsed", slog.String("url", it.URL))
		return frontier.Verdict{Over: true}, nil
	}
	if err != nil {
		return frontier.Verdict{}, fmt.Errorf("commit %s: %w", it.URL, err)
	}
	c.quota.count(it, res.Found, v.Verdict.Added)
	v.Took = time.Since(start)
	c.tell(ctx, v)
	return v.Verdict, nil
}

// fetch fetches one address with the redirects that are its own to follow.
func (c *Crawl) fetch(ctx context.Context, f Fetcher, l *frontier.Lease, it frontier.Item, room page.Room, pace *Pace) (*page.Capture, error) {
	if c.Chains {
		return f.Fetch(ctx, page.Request{URL: it.URL, Header: conditions(it), Room: room})
	}
	var broken error
	capture, err := f.Fetch(ctx, page.Request{URL: it.URL, Header: conditions(it), Room: room, Pace: pace, Hop: func(next string) bool {
		if pace.far(next) {
			return false
		}
		if address.Key(next) == address.Key(it.URL) { // a loop, or the same page with a cookie
			return true
		}
		ok, err := c.Frontier.Claim(ctx, l, it.URL, next)
		broken = errors.Join(broken, err)
		return ok
	}})
	if broken != nil {
		return nil, fmt.Errorf("claim address for %s: %w", it.URL, broken)
	}
	return capture, err
}

// keep archives the capture, with its row where a response arrived.
func (c *Crawl) keep(ctx context.Context, v Visit, capture *page.Capture, reading *page.Reading) (Visit, error) {
	if c.Store == nil || len(capture.Exchanges)+len(capture.Side) == 0 {
		return v, nil
	}
	doc := capture.Document()
	if doc == nil || doc.Status == 0 || capture.Next != "" || v.Item.Kind.List() || reading.Row.Outcome == page.Unchanged || reading.Row.Change == "unchanged" {
		row, err := c.Store.Put(ctx, capture, nil)
		v.Row.WARCFile, v.Row.WARCOffset, v.Row.WARCLength, v.Row.WARCRecordID = row.WARCFile, row.WARCOffset, row.WARCLength, row.WARCRecordID
		return v, err
	}
	row, err := c.Store.Put(ctx, capture, reading)
	v.Row, v.Kept = row, err == nil
	return v, err
}

// tell reports a visit: one log line, one call of Done unless the address will be tried again.
func (c *Crawl) tell(ctx context.Context, v Visit) {
	c.told.Lock()
	defer c.told.Unlock()
	attrs := []slog.Attr{slog.String("url", v.Item.URL), slog.String("outcome", string(v.Row.Outcome)),
		slog.Int("status", v.Row.HTTPStatus), slog.Duration("took", v.Took), slog.Int64("bytes", v.Bytes)}
	if v.Err != "" {
		attrs = append(attrs, slog.String("err", v.Err))
	}
	if v.Verdict.Retried {
		attrs = append(attrs, slog.Time("retry_at", v.Verdict.RetryAt))
	}
	c.Log.LogAttrs(ctx, slog.LevelInfo, "page", attrs...)
	if !v.Verdict.Retried {
		c.Done(v)
	}
}

func received(c *page.Capture) (n int64) {
	for _, list := range [][]page.Exchange{c.Side, c.Exchanges} {
		for i := range list {
			n += int64(len(list[i].Wire))
		}
	}
	return n
}
