package crawl

import (
	"net/http"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/internal/trap"
	"newsarchive/page"
)

// passing are the statuses that say "not now" (RFC 9110 section 15, RFC 6585).
var passing = map[int]bool{
	http.StatusRequestTimeout: true, http.StatusTooEarly: true, http.StatusTooManyRequests: true,
	http.StatusInternalServerError: true, http.StatusBadGateway: true,
	http.StatusServiceUnavailable: true, http.StatusGatewayTimeout: true,
}

// retry is the one place that says which failures may pass by themselves. A chain of
// redirects without end has none the next time; one whose target did not answer may.
func retry(capture *page.Capture, o page.Outcome, status int) bool {
	return !capture.Endless && mayPass(o, status)
}

// mayPass is retry for an end of which only that is known.
func mayPass(o page.Outcome, status int) bool {
	switch o {
	case page.NetworkError:
		return true
	case page.HTTPError, page.Blocked:
		return passing[status]
	}
	return false
}

// endless reports a document that was longer than any page: its links would lead to
// more of them.
func endless(capture *page.Capture) bool {
	doc := capture.Document()
	return doc != nil && doc.Truncated == "length"
}

// answer says how the host took the request, and how long that took.
func answer(capture *page.Capture) (frontier.Answer, time.Duration) {
	doc := capture.Document()
	switch {
	case doc == nil && capture.Outcome == page.NetworkError:
		return frontier.Failed, 0
	case doc == nil: // robots.txt, or an address that is not visited
		return frontier.Unasked, 0
	case doc.Status == http.StatusTooManyRequests, doc.Status == http.StatusServiceUnavailable:
		return frontier.Refused, doc.Took
	case capture.Outcome == page.NetworkError && !capture.Endless, doc.Truncated != "",
		doc.Status == http.StatusBadGateway, doc.Status == http.StatusGatewayTimeout, doc.Status == http.StatusRequestTimeout:
		return frontier.Failed, doc.Took
	}
	return frontier.Answered, doc.Took
}

// redirects reports a status that only leads elsewhere.
func redirects(status int) bool {
	return status >= 300 && status < 400 && status != http.StatusNotModified
}

// result is what the frontier is told of a visit.
func (c *Crawl) result(it frontier.Item, capture *page.Capture, r *page.Reading) frontier.Result {
	res := frontier.Result{Item: it, RetryAt: capture.RetryAt, Trace: trace(it, capture, r)}
	res.Retry = retry(capture, r.Row.Outcome, r.Row.HTTPStatus)
	res.Answer, res.Took = answer(capture)
	if r.Row.Outcome.HasArticle() && r.Row.Change != "unchanged" {
		res.Same = sameAs(&r.Row)
		res.Text = trap.Text(r.Row.Text, it.URL)
	}
	if capture.Endless {
		res.Same = hops(capture)
	}
	judge(&res, r)
	if c.CrawlDelay != nil {
		res.Delay = c.CrawlDelay(it.URL)
	}
	scope := c.scopeOf(it)
	if r.Follow && !endless(capture) && !redirects(r.Row.HTTPStatus) { // what a redirect shows leads where it led
		res.Found = scope.follow(it, r)
	}
	if capture.Next != "" && (it.Depth == 0 || scope.Admits(capture.Next)) {
		res.Found = append(res.Found, frontier.Item{URL: capture.Next, Depth: it.Depth, From: it.URL, Kind: it.Kind, Site: it.Site,
			Published: it.Published, PublishedSource: it.PublishedSource, PublishedPrecision: it.PublishedPrecision})
	}
	return res
}

// hops are the addresses of a chain without end: none of them is visited by itself.
func hops(capture *page.Capture) (links []string) {
	for i := range capture.Exchanges {
		links = append(links, capture.Exchanges[i].URL)
	}
	return links
}

// sameAs are the addresses of an article. An AMP version elsewhere is not taken for
// it: what a site says of the pages of others hides nothing there.
func sameAs(row *page.Row) []string {
	same := []string{row.URL, row.URLCanonical}
	if row.URLAMP != "" && siteOf(row.URLAMP) == siteOf(row.URL) {
		same = append(same, row.URLAMP)
	}
	return same
}

func (c *Crawl) scopeOf(it frontier.Item) Scope {
	if c.ScopeOf == nil {
		return c.Scope
	}
	return c.ScopeOf(it)
}
