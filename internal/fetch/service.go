package fetch

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Service returns a client for a service that the operator names, such as a
// webhook or a bucket: the guarded dialer with an allowance of its own, verified
// certificates, no redirects, no cookies, no proxy, nothing recorded. An answer
// must have come within the timeout; 0 is no limit.
func Service(allow []AllowNet, timeout time.Duration) *http.Client {
	d := newDialer(Options{AllowNet: allow}.filled())
	open := func(ctx context.Context, _, address string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, d.options.DialTimeout)
		defer cancel()
		c, err := d.open(ctx, address)
		if err != nil {
			host, _, _ := net.SplitHostPort(address)
			return nil, &dialError{host, err}
		}
		return c, nil
	}
	return &http.Client{
		Transport:     &http.Transport{DialContext: open, TLSHandshakeTimeout: d.options.DialTimeout, IdleConnTimeout: 90 * time.Second},
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
