package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gocolly/colly/v2"

	"newsarchive/internal/wire"
	"newsarchive/page"
)

// A Worker fetches one page after the other. It belongs to one goroutine.
type Worker struct {
	client    *Client
	collector *colly.Collector
	target    *url.URL // of the request under way
	answered  bool     // Colly handed a response to the callback
}

// Worker returns a Worker that shares what c holds.
func (c *Client) Worker() *Worker {
	w := &Worker{client: c, collector: c.root.Clone()}
	w.collector.OnRequest(func(r *colly.Request) { *r.URL = *w.target }) // Colly spells some addresses anew
	w.collector.OnResponse(func(*colly.Response) { w.answered = true })
	return w
}

// Fetch asks for one page and follows its redirects. What hinders it is the
// Capture's Outcome; an error is returned only where ctx ended.
func (w *Worker) Fetch(ctx context.Context, req page.Request) (*page.Capture, error) {
	o := w.client.options
	v := &visit{client: w.client, capture: &page.Capture{Requested: req.URL}, hop: req.Hop, private: hasSecrets(req.Header), maxWire: o.MaxWire, maxBody: o.MaxBody, room: req.Room, pace: req.Pace}
	inner, clock, stop := timed(ctx, o.Timeout)
	defer stop()
	v.clock = clock
	if u := v.start(req.URL); u != nil && v.mayVisit(inner, u) {
		w.request(context.WithValue(inner, visitKey{}, v), u, req.Header)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("fetch %s: %w", req.URL, err)
	}
	v.finish()
	v.reserve(inner)
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
	w.target, w.answered = u, false
	w.collector.Context = ctx
	defer func() { w.collector.Context = context.Background() }() // ctx holds the capture
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
	h.Del("Host") // the address names it
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
