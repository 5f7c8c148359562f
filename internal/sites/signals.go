package sites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/config"
	"newsarchive/internal/crawl"
	"newsarchive/internal/discover"
	"newsarchive/page"
)

// token is our product token in X-Robots-Tag.
const token = "scrape"

// Reader returns an extractor that does not read pages whose site reserves that,
// where the config says that this counts. Their outcome is that of a refusal.
func (s *Set) Reader(x crawl.Extractor) crawl.Extractor { return reader{s, x} }

type reader struct {
	set *Set
	x   crawl.Extractor
}

// Extract reads a capture, or says why it is not read.
func (r reader) Extract(c *page.Capture) *page.Reading {
	sig, policy := r.set.reserved(c)
	if policy == config.Record {
		return r.x.Extract(c)
	}
	doc := c.Document()
	c.Err = page.Printable(fmt.Sprintf("the site reserves it (%s): policy %s", signalText(sig), policy), 300)
	row := page.Row{URL: doc.URL, URLRequested: c.Requested, Outcome: page.RobotsDenied, HTTPStatus: doc.Status, FetchedAt: doc.Start.Truncate(time.Second)}
	row.TDM = page.Printable(signalText(sig), 300)
	return &page.Reading{Row: row}
}

func signalText(sig discover.Signal) string {
	if sig.Value == "" {
		return sig.Name + ", in the " + sig.Where
	}
	return sig.Name + ": " + sig.Value + ", in the " + sig.Where
}

// Keeper returns a store that keeps nothing of pages that the config refuses.
func (s *Set) Keeper(store crawl.Store) crawl.Store { return keeper{s, store} }

type keeper struct {
	set   *Set
	store crawl.Store
}

// Put keeps what was captured, or leaves it.
func (k keeper) Put(ctx context.Context, c *page.Capture, r *page.Reading) (page.Row, error) {
	if r != nil && r.Row.Outcome == page.RobotsDenied {
		if _, policy := k.set.reserved(c); policy == config.Refuse {
			return r.Row, nil
		}
	}
	return k.store.Put(ctx, c, r)
}

// reserved returns the first signal of a page that its site's policies take
// seriously, and the policy; config.Record where there is none.
func (s *Set) reserved(c *page.Capture) (discover.Signal, config.Policy) {
	doc := c.Document()
	if doc == nil || doc.Status != http.StatusOK || c.Next != "" {
		return discover.Signal{}, config.Record
	}
	base, err := url.Parse(doc.URL)
	if err != nil {
		return discover.Signal{}, config.Record
	}
	of := s.others
	if site := s.byName[address.Site(base.Host)]; site != nil {
		of = site.Policy
	}
	if of.TDM == config.Record && of.AI == config.Record {
		return discover.Signal{}, config.Record
	}
	for _, sig := range signals(c, doc, base) {
		if policy := about(of, sig); policy != config.Record && sig.Reserves() {
			return sig, policy
		}
	}
	return discover.Signal{}, config.Record
}

// signals are what a page says, and where it says nothing of reservations, what its
// origin's file does. A page's own word counts before the head of its answer, that
// before the file (TDMRep, section 6).
func signals(c *page.Capture, doc *page.Exchange, base *url.URL) []discover.Signal {
	reserves := func(sig discover.Signal) bool { return sig.Name == "tdm-reservation" }
	own, head := discover.Page(doc.Body, base).Policy, discover.Headers(doc.Header, token)
	switch {
	case slices.ContainsFunc(own, reserves):
		head = slices.DeleteFunc(head, reserves)
	case !slices.ContainsFunc(head, reserves) && strings.HasPrefix(c.TDM, "tdm-reservation: 1"):
		own = append(own, discover.Signal{Name: "tdm-reservation", Value: "1", Where: "file of its origin " + discover.TDMFile})
	}
	return append(head, own...)
}

// Reserving is a set of no sites that holds all pages to one policy for TDM reservations.
func Reserving(tdm config.Policy) *Set {
	return &Set{others: config.Signposts{TDM: tdm, AI: config.Record}}
}

// about is the policy for signals of that kind.
func about(of config.Signposts, sig discover.Signal) config.Policy {
	switch sig.Name {
	case "tdm-reservation":
		return of.TDM
	case "noai", "content-usage":
		return of.AI
	}
	return config.Record
}
