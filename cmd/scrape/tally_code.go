package main

import (
	"fmt"
	"net/http"

	"newsarchive/internal/crawl"
	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// ends counts visits by what they say of the run as a whole.
type ends struct {
	articles  int // unchanged ones too
	same      int // pages of any kind that were found as before
	refused   int // by policy: nothing was asked for
	unreached int // no page came, and one was expected
	leading   int // pages that need be no articles: they lead to articles, or an article is gone
	onward    int // redirects to pages that are visited by themselves
	lapsed    int // known articles whose pages have nothing to read any more
}

func (e *ends) count(v crawl.Visit) {
	o, known := v.Row.Outcome, v.Item.Kind == frontier.Article && v.Item.Last.Visits > 0
	if o == page.Unchanged || v.Row.Change == "unchanged" && !unread(o) {
		e.same++
	}
	if o == page.Unchanged && v.Row.HTTPStatus >= 300 && v.Row.HTTPStatus != http.StatusNotModified {
		e.onward++
	}
	switch gone := v.Row.HTTPStatus == http.StatusNotFound || v.Row.HTTPStatus == http.StatusGone; {
	case isArticle(v.Row):
		e.articles++
	case o == page.Unchanged, o == page.NotArticle, known && gone:
		e.leading++
	case codeOfOutcome(o) == exitRefused:
		e.refused++
	case codeOfOutcome(o) == exitUnreachable:
		e.unreached++
	case known:
		e.lapsed++
	}
}

// isArticle reports an article, read or found as it was. What else is unchanged (a
// section, a feed, a redirect to a page that is visited by itself) has no change.
func isArticle(r page.Row) bool {
	return r.Outcome.HasArticle() || r.Outcome == page.Unchanged && r.Change != ""
}

// code is the exit code of a crawl. Single pages that are gone or refused, and pages
// that hold no article, belong to every site. Again says that articles are known
// from before: then it is enough that what leads to articles answered.
func (t *tally) code(again bool) int {
	switch {
	case t.total == 0:
		return exitOK
	case t.refused == t.total:
		return exitRefused
	case t.refused+t.unreached == t.total:
		return exitUnreachable
	case t.articles == 0 && !(again && t.leading > 0 && t.lapsed == 0):
		return exitNoArticle
	case t.broken():
		return exitPartial
	}
	return exitOK
}

// asBefore tells what a run saw that found nothing new.
func (t *tally) asBefore() string {
	s := pages(t.same) + " unchanged"
	if others := t.total - t.same; others > 0 {
		s += fmt.Sprintf(", %d without a new article", others)
	}
	return s
}
