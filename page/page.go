// Package page holds the nouns of the house: a request, the exchanges that
// answered it, what was read from them, and how it ended.
//
// It imports the standard library only and does nothing but describe: fetching
// is in internal/fetch, reading in extract, keeping in archive.
package page

import (
	"context"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// A Header holds the fields of an HTTP head by their canonical names, as
// net/http's does: the two types convert into each other.
type Header map[string][]string

// Get returns the first value of the field, or "". Case of name is ignored.
func (h Header) Get(name string) string {
	if v := h.Values(name); len(v) > 0 {
		return v[0]
	}
	return ""
}

// Values returns all values of the field, in order.
func (h Header) Values(name string) []string {
	if v, ok := h[name]; ok {
		return v
	}
	for key, v := range h {
		if strings.EqualFold(key, name) {
			return v
		}
	}
	return nil
}

// A Request asks for one page.
type Request struct {
	URL    string // absolute, http or https
	Header Header // added to the client's own, such as If-None-Match; may be nil
	// Hop is asked before a redirect is followed; where it refuses, the capture
	// ends there and names the address as Next. Nil follows all.
	Hop func(url string) bool
	// Room is asked before the answer takes more than waiting for it does; may be nil.
	Room Room
	// Pace is asked before each request, and told of its end; may be nil.
	Pace Pace
}

// A RobotsTxt is the answer that an origin gave when it was asked for its robots.txt.
type RobotsTxt struct {
	URL    string // that answered, after redirects
	Status int
	Text   []byte // decoded; what is past the bound of its length is left out
	At     time.Time
}

// A Pace keeps the requests to one host apart.
type Pace interface {
	// Wait returns when the host of an address may be asked. It reports false where the
	// context ended before, or where the wait is too long and the first page of a fetch
	// comes better at another time; what that leads to is always waited for.
	Wait(ctx context.Context, u *url.URL, first bool) bool
	// Asked notes that the host has just answered, or has not.
	Asked(u *url.URL)
}

// A Room bounds what requests that are under way at the same time hold and compute.
type Room interface {
	// Enter returns when there is room: for an answer that is large, before more than
	// its first part is kept; else for what is computed from it, before that begins.
	Enter(large bool)
	// Leave gives back what was entered for computing.
	Leave()
}

// An Exchange is one HTTP request and what came back for it: the bytes of the
// connection, and the same response decoded. Or it is a file that another tool kept
// without any HTTP (Resource): its bytes, and its type in Header.
type Exchange struct {
	URL     string     // target of the request, absolute, without fragment or userinfo
	Method  string     // "GET" where empty
	IP      netip.Addr // address of the peer; the zero Addr if unknown
	Start   time.Time  // UTC; when the request was written
	Took    time.Duration
	Request []byte // head and body as sent; nil where no request left
	Wire    []byte // head and body as received, transfer coding and all; 1xx heads are left out

	HeadLen     int    // bytes of Wire up to and including the empty line after the head
	Status      int    // 0 where no response head arrived
	Header      Header // of the response; Content-Encoding and Content-Length are kept
	Entity      []byte // body without its transfer coding, still compressed (RFC 9110 section 6.4)
	Body        []byte // Entity without its content codings, still in its own charset
	Truncated   string // WARC-Truncated reason, "length", "time" or "disconnect"; "" if whole
	DecodeError string // why Body ends before Entity does; "" if it does not
	Bounded     bool   // DecodeError tells of a bound of ours, not of a broken body
	Resource    bool   // Wire, Entity and Body are a file, and Header has its Content-Type alone
}

// A Capture is the chain of exchanges that one request led to.
type Capture struct {
	Requested string     // the address that was asked for
	Exchanges []Exchange // redirects first, the document last; empty where nothing was exchanged
	Side      []Exchange // answers of robots.txt and tdmrep.json that were fetched on the way
	Outcome   Outcome    // how the fetch ended; "" where a document arrived and may be read
	Err       string     // one line that says why, where Outcome is not ""
	Next      string     // where a redirect led that Request.Hop refused; else ""
	Endless   bool       // its redirects lead in a circle, or are too many: every answer was one; of a fetch alone
	Robots    string     // "allowed", "denied" or "" where robots.txt was not asked
	Rule      string     // the robots.txt line that decided; "" if none did
	TDM       string     // what the origin's tdmrep.json says of the document, such as "tdm-reservation: 1"; "" for nothing
	RetryAt   time.Time  // what Retry-After named; zero if it named nothing
}

// Document returns the last exchange, or nil where nothing was exchanged.
func (c *Capture) Document() *Exchange {
	if len(c.Exchanges) == 0 {
		return nil
	}
	return &c.Exchanges[len(c.Exchanges)-1]
}

// A Link leads from a page to another address.
type Link struct {
	URL    string // absolute, without fragment
	Text   string // what the anchor says, on one line; may be ""
	Rel    string // the rel attribute, lower case
	Region string // where it stands: "body" (the article), "main" or "chrome" (navigation, footer, boxes)
}

// A Reading is what a page says: its row, and where it leads.
type Reading struct {
	Row   Row
	Links []Link   // in document order, each address once
	Feeds []string // feeds that the page declares
	// Alternates are the addresses of the same page in other languages, as it declares.
	Alternates []string
	// AMPOf is the page that this one is the AMP version of, as it declares; "" for none.
	AMPOf string
	// Follow is false where the page asks that its links be left alone
	// (robots meta tag or X-Robots-Tag nofollow).
	Follow bool
}
