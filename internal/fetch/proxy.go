package fetch

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
)

// tunnel asks the proxy for a connection. The address that was checked is named,
// so that the proxy does not resolve the name to another one. Only a name that
// cannot be resolved here is left to the proxy.
func (d *dialer) tunnel(ctx context.Context, target string, addrs []netip.AddrPort, err error) (net.Conn, error) {
	var dns *net.DNSError
	switch {
	case err == nil:
		target = addrs[0].String()
	case !errors.As(err, &dns):
		return nil, err
	}
	c, err := new(net.Dialer).DialContext(ctx, "tcp", d.proxy.Host) // named by the user, so not guarded
	if err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	if err := connect(c, d.proxy, target); err != nil {
		c.Close()
		return nil, fmt.Errorf("proxy: %w", err)
	}
	return c, nil
}

// maxConnectHead is the most bytes that a proxy's answer to CONNECT may take.
const maxConnectHead = 64 << 10

// connect sends a CONNECT request and reads its answer (RFC 9110 section 9.3.6).
func connect(c net.Conn, proxy *url.URL, target string) error {
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: target}, Host: target, Header: http.Header{}}
	if u := proxy.User; u != nil {
		password, _ := u.Password()
		req.SetBasicAuth(u.Username(), password)
		req.Header["Proxy-Authorization"] = req.Header["Authorization"]
		req.Header.Del("Authorization")
	}
	if err := req.Write(c); err != nil {
		return err
	}
	resp, err := http.ReadResponse(bufio.NewReader(io.LimitReader(c, maxConnectHead)), req)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("answered %d to CONNECT", resp.StatusCode)
	}
	return nil
}
