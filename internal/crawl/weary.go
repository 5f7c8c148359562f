package crawl

import (
	"fmt"
	"math"
	"time"

	"newsarchive/internal/frontier"
	"newsarchive/page"
)

// The ladder of lists and sections that bring nothing new. Polls come as they are
// scheduled until there were so many in vain, then ever rarer, and past the longest
// rest the list is retired: it is asked for again now and then, since some come back.
const (
	silentPolls  = 12
	failedPolls  = 3
	longestRest  = 7 * 24 * time.Hour
	retiredRest  = 30 * 24 * time.Hour
	longestFault = 6 * time.Hour       // of a host that does not answer: its lists are not dead
	sectionRest  = 24 * time.Hour      // a section is never retired
	recent       = 30 * 24 * time.Hour // the age of an entry that shows that a list lives
)

// weary says how the polls of a list or a section get rarer while they are in vain.
// A list that changed and has recent entries is alive, though others were first
// with them; what changed beside its entries is no sign of life.
func weary(res *frontier.Result, capture *page.Capture, row page.Row, d Discovery) {
	kind := res.Item.Kind
	if !kind.Polled() && res.Kind.Polled() {
		kind = res.Kind
	}
	switch {
	case !kind.Polled() || kind == frontier.Start:
	case row.Outcome == page.Blocked || retry(capture, row.Outcome, row.HTTPStatus):
		res.Quiet = func(n int) (time.Duration, string) { return min(growing(n-failedPolls, 2), longestFault), "" }
	case kind == frontier.Section:
		res.Quiet = func(n int) (time.Duration, string) { return min(growing(n-silentPolls, 1.25), sectionRest), "" }
	case row.Outcome != page.Unchanged && (row.Outcome != page.NotArticle || len(d.Found) == 0 && d.Err != ""):
		res.Quiet = retiring(failedPolls, 2, "no list came", reason(row, d))
	case row.Outcome == page.Unchanged || row.FetchedAt.Sub(d.Newest) > recent:
		res.Quiet = retiring(silentPolls, 1.25, "nothing new came", "")
	}
}

// retiring is the ladder that ends in retirement.
func retiring(after int, factor float64, what, why string) func(int) (time.Duration, string) {
	return func(n int) (time.Duration, string) {
		rest := growing(n-after, factor)
		if rest <= longestRest {
			return rest, ""
		}
		if why != "" {
			what = what + " (" + why + ")"
		}
		return retiredRest, fmt.Sprintf("retired: %s in %d polls one after another; asked for again now and then", what, n)
	}
}

// growing is nothing up to step 0, an hour at step 1, and longer by the factor at each further one.
func growing(step int, factor float64) time.Duration {
	if step <= 0 {
		return 0
	}
	return time.Duration(float64(time.Hour) * min(math.Pow(factor, float64(step-1)), 1e5))
}

func reason(row page.Row, d Discovery) string {
	switch {
	case row.HTTPStatus >= 400:
		return fmt.Sprintf("HTTP %d", row.HTTPStatus)
	case d.Err != "":
		return page.Printable(d.Err, 100)
	}
	return string(row.Outcome)
}
