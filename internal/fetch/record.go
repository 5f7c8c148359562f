package fetch

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"newsarchive/internal/address"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// A recorder is the RoundTripper below Colly. It reads each response to its end
// or to a bound, adds the exchange to the visit, and hands up the decoded body.
type recorder struct {
	base    http.RoundTripper
	options Options
}

// errSlow is the cause that ends a body below the least rate.
var errSlow = errors.New("body comes too slowly")

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	v := visitOf(req.Context())
	if err := v.wait(req.Context(), req.URL); err != nil {
		return nil, err
	}
	if v.pace != nil {
		defer v.pace.Asked(req.URL)
	}
	ctx, stop := context.WithCancelCause(req.Context())
	defer stop(nil)
	rec := &recording{limit: v.maxWire, room: v.enter}
	resp, err := r.base.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: rec.begin})))
	var truncated string
	if err == nil {
		truncated = r.drain(ctx, resp, rec, stop)
	} else {
		truncated = cmp.Or(cutBy(ctx, err), "disconnect")
	}
	ex := rec.exchange(req, truncated)
	if ex == nil {
		return nil, err
	}
	v.enter(false)
	rest, readErr := wire.ReadFirst(ex, r.options.limits(v))
	if ex.Status >= 300 && ex.Status < 400 { // another request may follow
		v.leave()
	}
	if len(rest) > 0 { // what came beyond the answer is none to the next request
		(&http.Client{Transport: r.base}).CloseIdleConnections()
	}
	ex.Wire = ex.Wire[: len(ex.Wire)-len(rest) : len(ex.Wire)-len(rest)]
	if (v.private || bytes.Contains(ex.Request, []byte("\r\nCookie:"))) && !r.options.KeepSecrets {
		ex.Request = redact(ex.Request)
	}
	v.capture.Exchanges = append(v.capture.Exchanges, *ex)
	if readErr != nil && truncated != "time" && len(ex.Wire) > 0 {
		return nil, errors.Unwrap(readErr) // plainer than what net/http says
	}
	if err = cmp.Or(err, readErr); err != nil {
		return nil, err
	}
	return decoded(resp), nil
}

// limits are what one response of v may become.
func (o Options) limits(v *visit) wire.Limits {
	return wire.Limits{Head: o.MaxHead, Fields: o.MaxFields, Entity: v.maxWire, Body: v.maxBody, Ratio: o.MaxRatio, Layers: o.MaxLayers, Window: o.MaxWindow}
}

// drain reads the body to its end and returns why it stopped before, if it did.
func (r *recorder) drain(ctx context.Context, resp *http.Response, rec *recording, stop context.CancelCauseFunc) string {
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusSwitchingProtocols {
		return ""
	}
	defer r.watch(rec, stop)()
	_, err := io.Copy(io.Discard, resp.Body)
	if err == nil {
		return ""
	}
	return cmp.Or(cutBy(ctx, err), "disconnect")
}

// cutBy returns which bound of ours an error stands for: "length", "time" or "".
func cutBy(ctx context.Context, err error) string {
	switch {
	case errors.Is(err, errFull), tooLargeHead(err), strings.Contains(err.Error(), "too much non-data"): // net/http's bound on chunk heads
		return "length"
	case ctx.Err() != nil, timedOut(err):
		return "time"
	}
	return ""
}

// watch ends the exchange when a window passes that brings too little.
func (r *recorder) watch(rec *recording, stop context.CancelCauseFunc) (end func()) {
	least := int(int64(r.options.MinRate) * int64(r.options.RateWindow) / int64(time.Second))
	seen := rec.received()
	var timer *time.Timer
	timer = time.AfterFunc(time.Hour, func() {
		now := rec.received()
		if now-seen < least && !rec.held.Load() {
			stop(errSlow)
			return
		}
		rec.held.Store(rec.waits.Load())
		seen = now
		timer.Reset(r.options.RateWindow)
	})
	timer.Reset(r.options.RateWindow)
	return func() { timer.Stop() }
}

// A recording is the tape of the connection that a request got.
type recording struct {
	limit int64
	room  func(large bool) // waits for room
	waits atomic.Bool      // for room, now
	held  atomic.Bool      // it did since the rate was looked at last
	conn  *conn
	tape  *tape
}

// large is called when an answer turns out to be large.
func (r *recording) large() {
	r.waits.Store(true)
	r.held.Store(true)
	r.room(true)
	r.waits.Store(false)
}

// begin is called once for each connection tried: net/http tries another one
// where an idle connection turned out to be closed.
func (r *recording) begin(info httptrace.GotConnInfo) {
	c, ok := info.Conn.(*conn)
	if !ok {
		return
	}
	r.end()
	r.conn, r.tape = c, &tape{limit: r.limit, large: r.large}
	c.attach(r.tape)
}

func (r *recording) end() {
	if r.conn != nil {
		r.conn.detach(r.tape)
	}
}

func (r *recording) received() int { return r.conn.received(r.tape) }

// exchange ends the recording. It returns nil where no request was written.
func (r *recording) exchange(req *http.Request, truncated string) *page.Exchange {
	r.end()
	if r.tape == nil || len(r.tape.request) == 0 {
		return nil
	}
	return &page.Exchange{
		URL:       req.URL.String(),
		Method:    req.Method,
		IP:        r.tape.peer,
		Start:     r.tape.start.UTC(),
		Took:      time.Since(r.tape.start),
		Request:   r.tape.request,
		Wire:      wire.SkipInterim(r.tape.answer),
		Truncated: truncated,
	}
}

// decoded returns what Colly gets: the answer without its body, which is in the
// exchange, under a head that gives neither its decompression nor its charset
// conversion anything to do. A robots.txt is read from the exchange, too.
func decoded(resp *http.Response) *http.Response {
	if to := resp.Header.Get("Location"); to != "" {
		resp.Header.Set("Location", readableLocation(resp.Request.URL, to))
	}
	resp.Body = http.NoBody
	resp.ContentLength = 0
	resp.Uncompressed = true
	resp.Header.Del("Content-Encoding")
	resp.Header.Del("Content-Length")
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	resp.Header.Set("Content-Type", kind+"; charset=utf-8")
	return resp
}

// readableLocation spells a Location that browsers follow and net/url refuses as it can be read.
func readableLocation(base *url.URL, to string) string {
	if _, err := url.Parse(to); err == nil {
		return to
	}
	if abs, ok := address.Resolve(base, to); ok {
		return abs
	}
	return to
}

// redact replaces the values of secret fields in the head of a request.
func redact(request []byte) []byte {
	head, body, _ := strings.Cut(string(request), "\r\n\r\n")
	lines := strings.Split(head, "\r\n")
	for i, line := range lines {
		if name, _, ok := strings.Cut(line, ":"); ok && i > 0 && secret(name) {
			lines[i] = name + ": [redacted]"
		}
	}
	return []byte(strings.Join(lines, "\r\n") + "\r\n\r\n" + body)
}
