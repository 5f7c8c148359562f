// Package sites is what configured sites are to a crawl: where each is entered and
// when, which links are followed, what feeds and sitemaps lead to, how fast and
// with which bounds its pages are fetched.
package sites

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"slices"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/config"
	"newsarchive/internal/crawl"
	"newsarchive/internal/discover"
	"newsarchive/internal/fetch"
	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/durable"
)

// A Set is the sites of one config. It is safe for concurrent use.
type Set struct {
	Sites   []*Site
	Lists   discover.Limits // of one feed or sitemap
	byID    map[string]*Site
	byName  map[string]*Site // as address.Site names them
	clients map[fetched]*fetch.Client
	spare   *fetch.Client    // for addresses of no site
	others  config.Signposts // for addresses of no site
}

// A Site is a configured site at work.
type Site struct {
	*config.Site
	Schedule config.Schedule
	scope    crawl.Scope
	client   *fetch.Client
	budget   budget
}

// fetched is what clients differ by.
type fetched struct {
	timeout time.Duration
	body    config.Size
	robots  config.Robots
}

// New readies the sites of c, or only the one of that id. What is the same for
// all of them stands in base.
func New(c *config.Config, only string, base fetch.Options) (*Set, error) {
	s := &Set{byID: map[string]*Site{}, byName: map[string]*Site{}, clients: map[fetched]*fetch.Client{},
		others: config.Signposts{TDM: config.Record, AI: config.Record}}
	for i := range c.Sites {
		if only != "" && c.Sites[i].ID != only {
			continue
		}
		if err := s.add(&c.Sites[i], base); err != nil {
			return nil, fmt.Errorf("site %s: %w", c.Sites[i].ID, err)
		}
	}
	if len(s.Sites) == 0 {
		return nil, fmt.Errorf("no site has the id %q", only)
	}
	s.spare = s.Sites[0].client
	return s, nil
}

func (s *Set) add(c *config.Site, base fetch.Options) error {
	schedule, err := c.Schedule()
	if err != nil {
		return err
	}
	site := &Site{Site: c, Schedule: schedule, client: s.client(c, base)}
	if site.scope, err = scopeOf(c); err != nil {
		return err
	}
	s.Sites = append(s.Sites, site)
	s.byID[c.ID] = site
	for _, name := range site.scope.Sites {
		if s.byName[name] == nil {
			s.byName[name] = site
		}
	}
	return nil
}

// scopeOf is which links of the site's pages are followed.
func scopeOf(c *config.Site) (scope crawl.Scope, err error) {
	scope.Depth = c.Depth
	if c.Depth == 0 {
		scope.Depth = math.MaxInt
	}
	for _, start := range c.Start {
		u, err := url.Parse(start)
		if err != nil {
			return scope, err
		}
		scope.Sites = append(scope.Sites, address.Site(u.Host))
	}
	if scope.Include, err = config.Patterns(c.Include); err != nil {
		return scope, err
	}
	scope.Exclude, err = config.Patterns(c.Exclude)
	return scope, err
}

// client returns a client with the site's bounds; sites of the same ones share it.
func (s *Set) client(c *config.Site, base fetch.Options) *fetch.Client {
	key := fetched{c.Timeout.D(), c.MaxBody, c.Policy.Robots}
	if s.clients[key] == nil {
		base.Timeout, base.MaxBody, base.IgnoreRobots = key.timeout, int64(key.body), key.robots == config.Record
		base.MaxWire = max(base.MaxWire, base.MaxBody)
		s.clients[key] = fetch.New(base)
	}
	return s.clients[key]
}

// Close drops the idle connections.
func (s *Set) Close() {
	for _, c := range s.clients {
		c.Close()
	}
}

// Durable is what the frontier must know of the sites.
func (s *Set) Durable() []durable.Site {
	out := make([]durable.Site, len(s.Sites))
	for i, site := range s.Sites {
		out[i] = durable.Site{ID: site.ID, Config: site.digest(), Starts: site.starts(), Ladder: site.ladder(), Next: site.Schedule.Next, Jitter: site.Schedule.Jitter}
	}
	return out
}

// digest is the same as long as where and when the site is entered is the same.
func (s *Site) digest() string {
	b, err := json.Marshal([]any{s.Start, s.Every, s.Cron, s.Timezone, s.Discover, s.Include, s.Exclude, s.Depth})
	if err != nil {
		panic(err) // texts and numbers always encode
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

func (s *Site) starts() (items []frontier.Item) {
	for _, start := range s.Start {
		items = append(items, frontier.Item{URL: address.Key(start), Kind: frontier.Start, Site: s.ID})
	}
	return items
}

// KeepRobots has every site's client keep robots.txt files on the shelf. It comes
// before the first page.
func (s *Set) KeepRobots(shelf fetch.RobotsShelf) {
	for _, c := range s.clients {
		c.KeepRobots(shelf)
	}
}

// Delay is the least delay of all sites.
func (s *Set) Delay() time.Duration {
	least := s.Sites[0].Delay.D()
	for _, site := range s.Sites {
		least = min(least, site.Delay.D())
	}
	return least
}

// CrawlDelay is the pace at the address's host: that of its robots.txt or that of
// its site, whichever is longer.
func (s *Set) CrawlDelay(link string) time.Duration {
	u, err := url.Parse(link)
	if err != nil {
		return 0
	}
	client, delay := s.spare, time.Duration(0)
	if site := s.byName[address.Site(u.Host)]; site != nil {
		client, delay = site.client, site.Delay.D()
	}
	return max(delay, client.CrawlDelay(u.Scheme+"://"+u.Host))
}

// ScopeOf is which links of an item's page are followed.
func (s *Set) ScopeOf(it frontier.Item) crawl.Scope {
	site := s.byID[it.Site]
	if site == nil {
		return crawl.Scope{}
	}
	scope := site.scope
	switch {
	case site.has("links"):
	case site.has("section") && (it.Kind == frontier.Start || it.Kind == frontier.Section):
		scope.Depth = min(scope.Depth, it.Depth+1)
	default:
		scope.Depth = 0
	}
	return scope
}

// Spent counts a visit and reports whether the site's pages of this run are used up.
func (s *Set) Spent(id string, now time.Time) bool {
	site := s.byID[id]
	return site != nil && site.MaxPerRun > 0 && site.budget.spend(now, site.Schedule.Next) >= site.MaxPerRun
}

func (s *Site) has(c config.Channel) bool { return slices.Contains(s.Discover, c) }

// Ladder is when an item is looked at again, once it has shown to be an article.
func (s *Set) Ladder(it frontier.Item) crawl.Ladder {
	site := s.byID[it.Site]
	if site == nil {
		return crawl.Ladder{}
	}
	return crawl.Ladder{Steps: site.ladder()}
}

func (s *Site) ladder() []time.Duration {
	steps := make([]time.Duration, len(s.Revisit.Schedule))
	for i, step := range s.Revisit.Schedule {
		steps[i] = step.D()
	}
	return steps
}
