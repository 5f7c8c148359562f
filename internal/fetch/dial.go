package fetch

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A dialer opens every connection of a Client. It resolves a name once, refuses
// it if any of its addresses is unsafe, and connects to those addresses only; the
// operating system's connect call is guarded once more.
type dialer struct {
	options Options
	lookup  func(ctx context.Context, host string) ([]netip.Addr, error)
	direct  net.Dialer // guarded
	proxy   *url.URL   // nil without one
	tls     *tls.Config
}

// A dialError names the host that could not be reached.
type dialError struct {
	host string
	err  error
}

func (e *dialError) Error() string { return "connect to " + e.host + ": " + e.err.Error() }
func (e *dialError) Unwrap() error { return e.err }

func newDialer(o Options) *dialer {
	d := &dialer{options: o, tls: &tls.Config{
		NextProtos:         []string{"http/1.1"},
		ClientSessionCache: tls.NewLRUClientSessionCache(256),
	}}
	d.lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	}
	d.direct.Control = func(_, addr string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(addr)
		if err != nil {
			return err
		}
		return guard(ap, o.AllowNet)
	}
	if o.Proxy != "" {
		d.proxy, _ = url.Parse(o.Proxy)
	}
	return d
}

// dial connects to a host for plain HTTP.
func (d *dialer) dial(ctx context.Context, _, address string) (net.Conn, error) {
	host, _, _ := net.SplitHostPort(address)
	ctx, cancel := context.WithTimeout(ctx, d.options.DialTimeout)
	defer cancel()
	c, err := d.open(ctx, address)
	if err != nil {
		return nil, &dialError{host, err}
	}
	return &conn{Conn: c, peer: d.peer(c)}, nil
}

// dialTLS connects to a host for HTTPS. It returns a conn above TLS, so that
// what is recorded is HTTP.
func (d *dialer) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	plain, err := d.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := plain.(*conn)
	host, _, _ := net.SplitHostPort(address)
	config := d.tls.Clone()
	config.ServerName = host
	config.InsecureSkipVerify = d.insecure(host)
	secured := tls.Client(c.Conn, config)
	ctx, cancel := context.WithTimeout(ctx, d.options.DialTimeout)
	defer cancel()
	if err := secured.HandshakeContext(ctx); err != nil {
		c.Close()
		return nil, &dialError{host, err}
	}
	return &conn{Conn: secured, peer: c.peer}, nil
}

func (d *dialer) insecure(host string) bool {
	for _, h := range d.options.InsecureHosts {
		if strings.EqualFold(h, host) {
			return true
		}
	}
	return false
}

// peer returns the address at the other end, or the zero Addr behind a proxy.
func (d *dialer) peer(c net.Conn) netip.Addr {
	ap, err := netip.ParseAddrPort(c.RemoteAddr().String())
	if err != nil || d.proxy != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap()
}

func (d *dialer) open(ctx context.Context, address string) (net.Conn, error) {
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("bad port %q", service)
	}
	addrs, err := d.resolve(ctx, host, uint16(port))
	if d.proxy != nil {
		return d.tunnel(ctx, address, addrs, err)
	}
	if err != nil {
		return nil, err
	}
	return d.race(ctx, addrs)
}

// resolve returns the addresses of a host, every one of them safe.
func (d *dialer) resolve(ctx context.Context, host string, port uint16) ([]netip.AddrPort, error) {
	addrs, err := []netip.Addr(nil), error(nil)
	if a, bad := netip.ParseAddr(host); bad == nil {
		addrs = []netip.Addr{a}
	} else if addrs, err = d.lookup(ctx, host); err != nil {
		return nil, err
	}
	if len(addrs) == 0 {
		return nil, &net.DNSError{Err: "no addresses", Name: host, IsNotFound: true}
	}
	out := make([]netip.AddrPort, len(addrs))
	for i, a := range addrs {
		out[i] = netip.AddrPortFrom(a.Unmap(), port)
		if err := guard(out[i], d.options.AllowNet); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// headStart is how long the first family of addresses may try alone (RFC 8305).
const headStart = 300 * time.Millisecond

// race connects to the first family of addresses, and after headStart or a
// failure to the other one as well. The first connection wins.
func (d *dialer) race(ctx context.Context, addrs []netip.AddrPort) (net.Conn, error) {
	var first, second []netip.AddrPort
	for _, a := range addrs {
		if a.Addr().Is4() == addrs[0].Addr().Is4() {
			first = append(first, a)
		} else {
			second = append(second, a)
		}
	}
	if len(second) == 0 {
		return d.inTurn(ctx, first)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type result struct {
		c   net.Conn
		err error
	}
	results, failed := make(chan result), make(chan struct{})
	try := func(addrs []netip.AddrPort) {
		c, err := d.inTurn(ctx, addrs)
		select {
		case results <- result{c, err}:
		case <-ctx.Done():
			if c != nil {
				c.Close()
			}
		}
	}
	go try(first)
	go func() {
		select {
		case <-time.After(headStart):
		case <-failed:
		case <-ctx.Done():
			return
		}
		try(second)
	}()
	var errs error
	for range 2 {
		select {
		case r := <-results:
			if r.err == nil {
				return r.c, nil
			}
			if errs == nil {
				close(failed)
			}
			errs = cmp.Or(errs, r.err)
		case <-ctx.Done():
			return nil, cmp.Or(errs, ctx.Err())
		}
	}
	return nil, errs
}

// inTurn tries one address after the other, each for its share of the time left.
func (d *dialer) inTurn(ctx context.Context, addrs []netip.AddrPort) (net.Conn, error) {
	var first error
	for i, a := range addrs {
		one, cancel := ctx, context.CancelFunc(func() {})
		if deadline, ok := ctx.Deadline(); ok {
			one, cancel = context.WithTimeout(ctx, max(time.Until(deadline)/time.Duration(len(addrs)-i), time.Second))
		}
		c, err := d.direct.DialContext(one, "tcp", a.String())
		cancel()
		if err == nil {
			return c, nil
		}
		first = cmp.Or(first, err)
		if ctx.Err() != nil {
			break
		}
	}
	return nil, first
}
