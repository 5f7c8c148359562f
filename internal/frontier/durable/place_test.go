package durable

import (
	"testing"

	"newsarchive/page"
)

// What was visited and belongs to a form that was given up since was visited all the same.
func TestVisitedBeforeItsFormWasGivenUp(t *testing.T) {
	var p Place
	p.count(caught, page.Empty, 200, false, 3)
	p.count(caught, "", 0, false, 4)
	p.count(done, page.HTTPError, 404, false, 2)
	p.count(done, page.HTTPError, 503, false, 1)
	if p.Visited != 6 || p.Trapped != 7 || p.Failed != 1 {
		t.Errorf("visited %d, trapped %d, failed %d; want 6, 7, 1", p.Visited, p.Trapped, p.Failed)
	}
}
