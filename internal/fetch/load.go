package fetch

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"newsarchive/internal/address"
	"newsarchive/page"
)

// load fills p from the origin's robots.txt. It runs apart from the fetch that
// asked for it, since others may wait for the same answer. What it waits for the host
// is off the clock of that fetch, too.
func (r *robotsCache) load(p *policy, origin string, asker *visit) {
	defer close(p.done)
	defer func() {
		if f := recover(); f != nil {
			p.unavailable(page.NetworkError, fmt.Sprintf("fault while fetching robots.txt: %v", f))
		}
	}()
	o := r.client.options
	ctx, clock, stop := timed(context.Background(), o.Timeout)
	defer stop()
	clock.other = asker.clock
	if r.kept(ctx, p, origin) {
		return
	}
	v := &visit{client: r.client, capture: new(page.Capture), robots: true, pace: asker.pace, clock: clock, maxWire: int64(o.MaxRobots) + aroundRobots, maxBody: int64(o.MaxRobots)}
	err := r.request(context.WithValue(ctx, visitKey{}, v), origin+"/robots.txt")
	p.side = v.capture.Exchanges
	doc := v.capture.Document()
	switch {
	case err != nil && doc == nil:
		p.unavailable(outcomeOf(err), reason(ctx, o, err))
	case err != nil:
		p.unavailable(page.NetworkError, "robots.txt: "+reason(ctx, o, err))
	default:
		if txt, lasts := p.read(doc, r.token, o.MaxRobots); lasts {
			r.keep(ctx, origin, txt)
		}
	}
}

// aroundRobots leaves room for a head and for chunks around a robots.txt.
const aroundRobots = 512 << 10

func (r *robotsCache) request(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Header = r.client.header(nil)
	resp, err := r.hop.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// followRobots follows a redirect of a robots.txt. One hop too many, or to where
// no one may go, means that there is none.
func followRobots(req *http.Request, via []*http.Request) error {
	u, err := address.Parse(req.URL.String())
	if err != nil || len(via) > robotsHops {
		return http.ErrUseLastResponse
	}
	req.URL, req.Host = u, ""
	req.Header.Del("Referer")
	return nil
}

// read takes over what an answer means (RFC 9309 section 2.3.1). 429 counts with
// the server errors: it says "not now" and not "there is none".
func (p *policy) read(doc *page.Exchange, token string, most int) (txt page.RobotsTxt, lasts bool) {
	p.retryAt = retryAt(doc.Header, time.Now())
	txt, lasts = lasting(doc, most)
	switch {
	case lasts:
		p.take(txt, token)
	case doc.Status >= 500 || doc.Status == http.StatusTooManyRequests:
		p.unavailable(page.RobotsDenied, fmt.Sprintf("robots.txt answered %d, so nothing may be fetched", doc.Status))
	case doc.Truncated != "":
		p.unavailable(page.NetworkError, "robots.txt was cut short")
	default:
		p.unavailable(page.NetworkError, "robots.txt cannot be decoded: "+doc.DecodeError)
	}
	return txt, lasts
}

func (p *policy) accept(rules rules) {
	p.rules, p.beside, p.good, p.expires = rules, nil, true, time.Now().Add(robotsAge)
}

// unavailable keeps the rules that were read before, if there are any; without
// them nothing may be fetched.
func (p *policy) unavailable(o page.Outcome, why string) {
	p.expires = time.Now().Add(robotsFailAge)
	if !p.good {
		p.outcome, p.err = o, why
	}
}
