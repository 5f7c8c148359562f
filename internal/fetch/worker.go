package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gocolly/colly/v2"

	"newsarchive/internal/address"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// A Worker fetches one page after the other. It belongs to one goroutine.
type Worker struct {
	client    *Client
	collector *colly.Collector
	answered  bool // Colly handed a response to the callback
}

// Worker returns a Worker that shares what c holds.
func (c *Client) Worker() *Worker {
	w := &Worker{client: c, collector: c.root.Clone()}
	w.collector.OnResponse(func(*colly.Response) { w.answered = true })
	return w
}

// Fetch asks for one page and follows its redirects. What hinders it is the
// Capture's Outcome; an error is returned only where ctx ended.
func (w *Worker) Fetch(ctx context.Context, req page.Request) (*page.Capture, error) {
	o := w.client.options
	v := &visit{client: w.client, capture: &page.Capture{Requested: req.URL}, private: hasSecrets(req.Header), maxWire: o.MaxWire, maxBody: o.MaxBody}
	inner, cancel := context.WithTimeoutCause(ctx, o.Timeout, errTimeout)
	defer cancel()
	if u := v.start(req.URL); u != nil && v.mayVisit(inner, u) {
		w.request(context.WithValue(inner, visitKey{}, v), u, req.Header)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("fetch %s: %w", req.URL, err)
	}
	v.finish()
	return v.capture, nil
}

// request has Colly do one request. A panic below is the end of this page only.
func (w *Worker) request(ctx context.Context, u *url.URL, extra page.Header) {
	v := visitOf(ctx)
	defer func() {
		if p := recover(); p != nil {
			v.fail(page.NetworkError, fmt.Sprintf("fault while fetching: %v", p))
		}
	}()
	w.answered = false
	w.collector.Context = ctx
	err := w.collector.Request(http.MethodGet, u.String(), nil, nil, w.client.header(extra))
	switch {
	case err != nil:
		v.failed(ctx, err)
	case !w.answered:
		v.fail(page.NetworkError, "request was lost on the way")
	}
}

// header returns the fields of a request: the client's manners, then what was
// asked for, the later ones in place of the earlier.
func (c *Client) header(extra page.Header) http.Header {
	h := http.Header{
		"User-Agent":      {c.options.UserAgent},
		"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
		"Accept-Encoding": {wire.Accept},
	}
	for name, values := range c.options.Header {
		if !secret(name) {
			h[http.CanonicalHeaderKey(name)] = values
		}
	}
	for name, values := range extra {
		h[http.CanonicalHeaderKey(name)] = values
	}
	return h
}

// secrets are the fields that must not reach another origin than they were given for.
var secrets = []string{"Authorization", "Cookie", "Proxy-Authorization"}

func secret(name string) bool {
	for _, s := range secrets {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	return false
}

func hasSecrets(h page.Header) bool {
	for name := range h {
		if secret(name) {
			return true
		}
	}
	return false
}

// A visit is one Fetch under way. It goes to the redirect handler and to the
// recorder in the request's context.
type visit struct {
	client  *Client
	capture *page.Capture
	private bool  // the request carries secrets of the user
	maxWire int64 // bytes kept of each response
	maxBody int64 // bytes of each body decoded
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

// start returns the address to begin with, or nil where it cannot be visited.
func (v *visit) start(requested string) *url.URL {
	u, err := address.Parse(requested)
	if err != nil {
		v.fail(page.UnsafeAddress, err.Error())
		return nil
	}
	return u
}

// errStopped ends a chain of redirects whose outcome is set.
var errStopped = errors.New("stopped")

// followHop is asked before each redirect. It holds the next address to the same
// rules as the first one.
func followHop(req *http.Request, via []*http.Request) error {
	v := visitOf(req.Context())
	if most := v.client.options.MaxHops; len(via) > most {
		v.fail(page.NetworkError, fmt.Sprintf("redirected more than %d times", most))
		return errStopped
	}
	u, err := address.Parse(req.URL.String())
	if err != nil {
		v.fail(page.UnsafeAddress, "redirected to what cannot be visited: "+err.Error())
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
		v.capture.RetryAt = retryAt(d.Header.Get("Retry-After"), d.Start.Add(d.Took))
	}
}
