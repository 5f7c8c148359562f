package crawl

import (
	"net/http"
	"time"

	"newsarchive/internal/discover"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// conditions are the request fields that spare a body which did not change
// (RFC 9110 section 13.1); nil where the last visit left nothing to compare with.
func conditions(it frontier.Item) page.Header {
	if !compares(it) {
		return nil
	}
	h := page.Header{}
	if it.Last.ETag != "" {
		h["If-None-Match"] = []string{it.Last.ETag}
	}
	if it.Last.LastModified != "" {
		h["If-Modified-Since"] = []string{it.Last.LastModified}
	}
	return h
}

// compares reports that the last visit left what tells whether anything changed.
func compares(it frontier.Item) bool { return it.Last.Digest != "" && endAgain(it) != "" }

// endAgain is how a visit ends that finds what the last one found; "" where that is to be
// read again, since the last visit did not end by the bytes that are known. Articles are
// unchanged, and pages that lead to some; a page that gave none ends as it did.
func endAgain(it frontier.Item) page.Outcome {
	switch last := it.Last; last.Outcome {
	case "", page.OK, page.Unchanged:
		return page.Unchanged
	case page.NotArticle:
		if it.Kind != frontier.Article {
			return page.Unchanged
		}
		return last.Outcome
	case page.Paywalled, page.Empty, page.JSRequired, page.Blocked:
		if !it.Kind.Polled() && (last.Status == http.StatusOK || last.Status == http.StatusNotModified) {
			return last.Outcome
		}
	}
	if it.Kind.Polled() || mayPass(it.Last.Outcome, it.Last.Status) { // of what failed see trace
		return page.Unchanged
	}
	return ""
}

// asBefore reports an answer that says, or shows, that nothing changed since the
// last visit.
func asBefore(it frontier.Item, capture *page.Capture) bool {
	doc := capture.Document()
	if !compares(it) || doc == nil || capture.Outcome != "" || capture.Next != "" {
		return false
	}
	return doc.Status == http.StatusNotModified || whole(doc) && digestOf(doc.Body) == it.Last.Digest
}

// unread is the reading of what needs none: it is neither extracted nor has it a
// row in the archive. Only for what gave an article, or should have, is it told as a change.
func unread(it frontier.Item, capture *page.Capture, o page.Outcome) *page.Reading {
	doc := capture.Document()
	r := &page.Reading{Row: page.Row{URL: doc.URL, URLRequested: it.URL, Outcome: o,
		HTTPStatus: doc.Status, FetchedAt: doc.Start.Truncate(time.Second)}}
	if o == page.Unchanged && it.Kind == frontier.Article || o != page.Unchanged && !it.Kind.List() {
		r.Row.Change = "unchanged"
	}
	return r
}

// judge notes that a page shows articles rather than being one, so that it is
// visited for new ones.
func judge(res *frontier.Result, r *page.Reading) {
	if res.Item.Kind != frontier.Page || r.Row.Outcome != page.NotArticle {
		return
	}
	if kind := frontier.Kind(discover.Judge(r)); kind == frontier.Section {
		res.Kind = kind
	}
}
