package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"newsarchive/internal/address"
	"newsarchive/page"
)

// A visit is one Fetch under way. It goes to the redirect handler and to the
// recorder in the request's context.
type visit struct {
	client  *Client
	capture *page.Capture
	private bool  // the request carries secrets of the user
	maxWire int64 // bytes kept of each response
	maxBody int64 // bytes of each body decoded
	hop     func(url string) bool
	room    page.Room // may be nil
	robots  bool      // it is for a robots.txt
	pace    page.Pace // may be nil
	clock   *clock    // of the whole visit; may be nil
}

// errEarly is the end of a first request whose host is to be left alone for long.
var errEarly = errors.New("its host is to be left alone for longer than a fetch waits")

// wait returns when the host may be asked. The time that goes by is not the host's.
func (v *visit) wait(ctx context.Context, u *url.URL) error {
	if v.pace == nil {
		return nil
	}
	v.clock.pause()
	defer v.clock.resume()
	if !v.pace.Wait(ctx, u, !v.robots && len(v.capture.Exchanges) == 0) {
		return cmp.Or(context.Cause(ctx), errEarly)
	}
	return nil
}

// enter waits for room. The time that goes by is not the host's.
func (v *visit) enter(large bool) {
	if v.room == nil {
		return
	}
	v.clock.pause()
	v.room.Enter(large)
	v.clock.resume()
}

// leave gives back the room for computing.
func (v *visit) leave() {
	if v.room != nil {
		v.room.Leave()
	}
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

// start returns the address to begin with, or nil where it cannot be visited.
func (v *visit) start(requested string) *url.URL {
	u, err := v.parse(requested)
	if err != nil {
		v.fail(page.UnsafeAddress, err.Error())
		return nil
	}
	return u
}

// parse reads an address that is within the bound of its length.
func (v *visit) parse(s string) (*url.URL, error) {
	if most := v.client.options.MaxAddress; len(s) > most {
		return nil, fmt.Errorf("address of %d bytes is longer than %d", len(s), most)
	}
	return address.Parse(s)
}

// errStopped ends a chain of redirects whose outcome is set.
var errStopped = errors.New("stopped")

// followHop is asked before each redirect. It holds the next address to the same
// rules as the first one.
func followHop(req *http.Request, via []*http.Request) error {
	v := visitOf(req.Context())
	if most := v.client.options.MaxHops; len(via) > most {
		v.capture.Endless = true
		v.fail(page.NetworkError, fmt.Sprintf("redirected more than %d times", most))
		return errStopped
	}
	u, err := v.parse(req.URL.String())
	if err != nil {
		v.fail(page.UnsafeAddress, "redirected to what cannot be visited: "+err.Error())
		return errStopped
	}
	if v.client.asked(u, req, via) {
		v.capture.Endless = true
		v.fail(page.NetworkError, "redirected in a circle: to "+u.String()+" again, with the same cookies")
		return errStopped
	}
	if next := u.String(); v.hop != nil && !v.hop(next) {
		v.capture.Next = next
		v.fail(page.Unchanged, "redirected to "+next+", which is visited by itself")
		return errStopped
	}
	if !v.mayVisit(req.Context(), u) {
		return errStopped
	}
	req.URL, req.Host = u, ""
	req.Header.Del("Referer") // net/http adds the address that redirected
	if origin(u) != origin(via[0].URL) {
		for _, name := range secrets {
			req.Header.Del(name)
		}
	}
	return nil
}

// asked reports whether one of the requests of a chain went to u with the cookies that
// the next one would bear.
func (c *Client) asked(u *url.URL, next *http.Request, via []*http.Request) bool {
	bare := &http.Request{Header: http.Header{"Cookie": next.Header["Cookie"]}}
	for _, cookie := range c.jar.Cookies(u) {
		bare.AddCookie(cookie)
	}
	return slices.ContainsFunc(via, func(r *http.Request) bool {
		return r.URL.String() == u.String() && r.Header.Get("Cookie") == bare.Header.Get("Cookie")
	})
}

func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }

// mayVisit asks robots.txt for one address of the chain.
func (v *visit) mayVisit(ctx context.Context, u *url.URL) bool {
	if v.client.options.IgnoreRobots {
		return true
	}
	return v.client.robots.ask(ctx, v, u)
}

// finish completes the capture of a chain that has ended.
func (v *visit) finish() {
	if d := v.capture.Document(); d != nil && v.capture.RetryAt.IsZero() {
		v.capture.RetryAt = retryAt(d.Header, d.Start.Add(d.Took))
	}
}
