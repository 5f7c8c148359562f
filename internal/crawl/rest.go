package crawl

import (
	"net/http"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// The rests of addresses that are no articles. What is asked for in vain, though
// nothing changed, is most of what a crawl costs that finds nothing new.
const (
	movedForGood  = 30 * 24 * time.Hour // a permanent redirect to a known address
	movedForNow   = 24 * time.Hour      // another one
	deniedFor     = 24 * time.Hour      // as long as a robots.txt holds (RFC 9309 section 2.4)
	missingFor    = 24 * time.Hour      // 404 and their like; doubled with each visit
	emptyFor      = 6 * time.Hour       // nothing to read; doubled with each visit
	sameFor       = time.Hour           // as it was; doubled with each visit
	unvisitedMost = 30 * 24 * time.Hour // what doubles ends here
)

// rest says when the address is due again, and what it is, after a visit that read it.
func (c *Crawl) rest(res *frontier.Result, capture *page.Capture, row page.Row) {
	it := res.Item
	if row.Outcome.HasArticle() {
		res.Kind = frontier.Article
		res.Moved = it.Depth > 0 && !c.Chains && address.Key(row.URL) != address.Key(it.URL)
	}
	kind := it.Kind
	if res.Kind != "" && !kind.Polled() {
		kind = res.Kind
	}
	switch {
	case it.Depth == 0 || kind.Polled():
	case kind == frontier.Article:
		if c.Revisit != nil {
			changed := it.Last.Visits > 0 && row.Change == "changed"
			res.Rest, res.Trace.Rung = c.Revisit(it).climb(it.Last, changed, row.Outcome == page.Unchanged || row.Change == "unchanged" && res.Trace.Digest == it.Last.Digest)
		}
	default:
		res.Rest, res.Trace.Rung = idle(it, capture, row)
	}
}

// idle returns how long an address rests that is neither an article nor polled, and
// how many of its visits in a row were in vain. A page that changed is due in the
// next run, for it may show new links; so is what failed and may not fail again.
func idle(it frontier.Item, capture *page.Capture, row page.Row) (rest time.Duration, vain int) {
	switch {
	case capture.Next != "":
		return moved(capture), 0
	case row.Outcome == page.RobotsDenied:
		return deniedFor, 0
	case row.Outcome == page.Blocked || retry(capture, row.Outcome, row.HTTPStatus):
		if it.Site == "" {
			return 0, 0 // each run tries again
		}
		return min(sameFor<<min(it.Last.Rung, 16), longestRest), it.Last.Rung + 1
	case it.Site != "":
		return frontier.Never, 0 // lists and sections show what is new
	case row.Outcome == page.HTTPError:
		rest = missingFor
	case row.Outcome == page.NotArticle:
		return 0, 0
	case row.Outcome == page.Unchanged && it.Last.Rest < emptyFor:
		rest = sameFor
	default:
		rest = emptyFor
	}
	return min(rest<<min(it.Last.Rung, 16), unvisitedMost), it.Last.Rung + 1
}

// moved is the rest of an address that led to another, which is visited by itself.
func moved(capture *page.Capture) time.Duration {
	doc := capture.Document()
	if doc != nil && (doc.Status == http.StatusMovedPermanently || doc.Status == http.StatusPermanentRedirect) {
		return movedForGood
	}
	return movedForNow
}
