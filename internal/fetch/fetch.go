// Package fetch asks for pages and records what came back, byte for byte.
//
// Colly does the request: fields, cookies, redirects. Below it a RoundTripper
// records the bytes of the connection and bounds them; below that, one dialer
// opens every connection and refuses addresses that a public crawler has no
// business with. Before each request, redirects included, robots.txt is asked.
//
// What a status means is left to package extract, and when to ask again to the
// frontier: a fetch is tried once.
package fetch

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/gocolly/colly/v2"

	"newsarchive/internal/address"
	"newsarchive/internal/wire"
	"newsarchive/page"
)

// Options are the manners and the bounds of a Client. The zero value is usable.
type Options struct {
	UserAgent string      // default "scrape/1"; robots.txt knows it by its first product
	Header    page.Header // added to every request; Authorization and Cookie belong into a Request

	Timeout       time.Duration // for one Fetch, redirects included; default 30 s
	DialTimeout   time.Duration // for resolving and connecting, and again for TLS; default 10 s
	HeaderTimeout time.Duration // for the whole head of one response; default 10 s
	RateWindow    time.Duration // in which a body must bring RateWindow times MinRate; default 6 s
	MinRate       int           // bytes a second; default 512

	MaxWire    int64 // bytes kept of one response as received, head and framing included; default 10 MiB
	MaxBody    int64 // bytes of one body decoded; default 20 MiB
	MaxHead    int   // bytes of the head of one response, interim ones included; default 256 KiB
	MaxFields  int   // lines of that head; default 4,000
	MaxRatio   int   // times that a body may grow by decoding, once past 1 MiB; default 200
	MaxLayers  int   // content codings on one another; default 2
	MaxWindow  int64 // bytes that a zstd stream may refer back to; default 8 MiB
	MaxRobots  int   // bytes of a robots.txt that are read; default 500 KiB
	MaxHops    int   // redirects followed; default 10
	MaxAddress int   // bytes of an address; default and most 4,096

	AllowNet      []AllowNet // addresses that may be visited although they are not public
	InsecureHosts []string   // host names whose certificates are not verified
	IgnoreRobots  bool       // ask no robots.txt
	TDM           bool       // ask origins of pages for their reservations of text and data mining
	Proxy         string     // "http://host:port", asked to CONNECT for every connection; none is taken from the environment
	KeepSecrets   bool       // leave Authorization and Cookie of a Request in the recorded bytes
}

func (o Options) filled() Options {
	o.UserAgent = cmp.Or(o.UserAgent, "scrape/1")
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.DialTimeout = cmp.Or(o.DialTimeout, 10*time.Second)
	o.HeaderTimeout = cmp.Or(o.HeaderTimeout, 10*time.Second)
	o.RateWindow = cmp.Or(o.RateWindow, 6*time.Second)
	o.MinRate = cmp.Or(o.MinRate, 512)
	o.MaxWire = cmp.Or(o.MaxWire, 10<<20)
	o.MaxBody = cmp.Or(o.MaxBody, 20<<20)
	o.MaxHead = cmp.Or(o.MaxHead, wire.MaxHead)
	o.MaxFields = cmp.Or(o.MaxFields, wire.MaxFields)
	o.MaxRobots = cmp.Or(o.MaxRobots, maxRobots)
	o.MaxHops = cmp.Or(o.MaxHops, 10)
	o.MaxAddress = cmp.Or(o.MaxAddress, address.MaxLength)
	return o
}

// Check reports what of o cannot work.
func (o Options) Check() error {
	for name := range o.Header {
		if secret(name) {
			return fmt.Errorf("check options: %s may not go to every site", name)
		}
	}
	if o.Proxy == "" {
		return nil
	}
	u, err := url.Parse(o.Proxy)
	if err != nil || u.Scheme != "http" || u.Hostname() == "" {
		return fmt.Errorf("check options: proxy %q: want http://host:port", o.Proxy)
	}
	return nil
}

// A Client is what the fetches of one process share: connections, cookies and
// robots.txt rules. It is safe for concurrent use.
type Client struct {
	options   Options
	dialer    *dialer
	transport *http.Transport
	recorder  *recorder
	robots    *robotsCache
	root      *colly.Collector
	jar       jar

	reservations *reservationCache
}

// New returns a Client. Options that Check reports make every Fetch fail.
func New(o Options) *Client {
	o = o.filled()
	c := &Client{options: o, dialer: newDialer(o), jar: newJar()}
	c.transport = newTransport(o, c.dialer)
	c.recorder = &recorder{base: c.transport, options: o}
	c.robots = newRobotsCache(c)
	c.reservations = &reservationCache{robots: c.robots}
	c.root = newCollector(o, c.recorder, c.jar)
	return c
}

// Close drops the idle connections. Fetches that run go on.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

func newTransport(o Options, d *dialer) *http.Transport {
	return &http.Transport{
		DialContext:            d.dial,
		DialTLSContext:         d.dialTLS,
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{}, // HTTP/1 only: its bytes are the record
		DisableCompression:     true,
		ResponseHeaderTimeout:  o.HeaderTimeout,
		MaxResponseHeaderBytes: int64(o.MaxHead),
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    4,
		IdleConnTimeout:        90 * time.Second,
		ReadBufferSize:         32 << 10,
	}
}

// newCollector returns the collector that workers clone. It is made without
// colly.NewCollector, which takes settings from the environment.
func newCollector(o Options, rt http.RoundTripper, j jar) *colly.Collector {
	root := new(colly.Collector)
	root.Init()
	root.UserAgent = o.UserAgent
	root.AllowURLRevisit = true // the frontier knows what was seen
	root.ParseHTTPErrorResponse = true
	root.IgnoreRobotsTxt = true           // asked here, before the request and on every hop
	root.MaxBodySize = int(o.MaxBody) + 1 // the recorder bounds the body
	root.SetClient(&http.Client{Jar: j, Transport: rt})
	root.SetRedirectHandler(followHop)
	return root
}
