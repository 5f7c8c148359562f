package fetch

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"newsarchive/internal/discover"
	"newsarchive/page"
)

// A RobotsShelf keeps what origins answered when they were asked for their
// robots.txt, beyond the end of a process and for others too.
type RobotsShelf interface {
	// RobotsTxt returns what was kept of an origin; false where nothing is. An origin
	// with a path stands for that file.
	RobotsTxt(ctx context.Context, origin string) (page.RobotsTxt, bool, error)
	KeepRobotsTxt(ctx context.Context, origin string, r page.RobotsTxt) error
}

// maxKept is how long a robots.txt may be to be kept beyond the process.
const maxKept = 128 << 10

// KeepRobots has the client take each robots.txt from the shelf first, and keep what
// it fetches there. It comes before the first Fetch.
func (c *Client) KeepRobots(s RobotsShelf) { c.robots.shelf = s }

// kept fills p from the shelf. Without an answer that is young enough it reports
// false; so it does where the shelf fails, for the origin can be asked as well.
func (r *robotsCache) kept(ctx context.Context, p *policy, origin string) bool {
	txt, ok := r.onShelf(ctx, origin)
	if ok {
		p.take(txt, r.token)
	}
	return ok
}

// onShelf returns an answer on the shelf that is young enough.
func (r *robotsCache) onShelf(ctx context.Context, name string) (page.RobotsTxt, bool) {
	if r.shelf == nil {
		return page.RobotsTxt{}, false
	}
	txt, ok, err := r.shelf.RobotsTxt(ctx, name)
	age := time.Since(txt.At)
	return txt, ok && err == nil && age >= 0 && age < robotsAge
}

// keep puts an answer that holds for long on the shelf.
func (r *robotsCache) keep(ctx context.Context, origin string, txt page.RobotsTxt) {
	if r.shelf != nil && len(txt.Text) <= maxKept {
		_ = r.shelf.KeepRobotsTxt(ctx, origin, txt) // else the origin is asked again
	}
}

// take takes over an answer that has rules, or says that there are none.
func (p *policy) take(txt page.RobotsTxt, token string) {
	p.accept(rules{})
	p.expires = txt.At.Add(robotsAge)
	if txt.Status < 200 || txt.Status > 299 {
		return
	}
	p.rules = parseRobots(txt.Text, token)
	if base, err := url.Parse(txt.URL); err == nil {
		p.beside = discover.RobotsTxt(txt.Text, base)
	}
}

// lasting returns what an answer says until it is too old; false where it says
// nothing, or no more than that it is to be asked again.
func lasting(doc *page.Exchange, most int) (page.RobotsTxt, bool) {
	txt := page.RobotsTxt{URL: doc.URL, Status: doc.Status, At: time.Now()}
	switch found := doc.Status >= 200 && doc.Status <= 299; {
	case doc.Status >= 500 || doc.Status == http.StatusTooManyRequests:
		return txt, false
	case found && (doc.Truncated == "time" || doc.Truncated == "disconnect" || doc.DecodeError != "" && len(doc.Body) < most):
		return txt, false
	case found:
		txt.Text = upTo(doc.Body, most)
	}
	return txt, true
}
