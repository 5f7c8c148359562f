package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"

	"newsarchive/internal/wire"
	"newsarchive/page"
)

// maxErr is the most code points of Capture.Err: servers write parts of it.
const maxErr = 300

// fail sets the outcome, unless one is set.
func (v *visit) fail(o page.Outcome, why string) {
	if v.capture.Outcome == "" {
		v.capture.Outcome, v.capture.Err = o, page.Printable(why, maxErr)
	}
}

// failed sets the outcome that err stands for.
func (v *visit) failed(ctx context.Context, err error) {
	v.fail(outcomeOf(err), reason(ctx, v.client.options, err))
}

func outcomeOf(err error) page.Outcome {
	var unsafe *unsafeError
	switch {
	case errors.As(err, &unsafe):
		return page.UnsafeAddress
	case tooLargeHead(err):
		return page.TooLarge
	}
	return page.NetworkError
}

// tooLargeHead knows net/http's bound on heads, which has no error value.
func tooLargeHead(err error) bool {
	return errors.Is(err, wire.ErrHeadTooLarge) || strings.Contains(err.Error(), "server response headers exceeded")
}

var errTimeout = errors.New("time is up")

// reason says on one line why a fetch failed.
func reason(ctx context.Context, o Options, err error) string {
	var (
		unsafe *unsafeError
		dial   *dialError
		dns    *net.DNSError
		record tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &unsafe):
		return unsafe.Error()
	case errors.Is(err, errEarly):
		return errEarly.Error()
	case tooLargeHead(err):
		return fmt.Sprintf("response head has more than %d bytes or %d lines", o.MaxHead, o.MaxFields)
	case errors.As(err, &dns) && errors.As(err, &dial):
		return fmt.Sprintf("cannot resolve %s: %s", dial.host, dns.Err)
	case context.Cause(ctx) == errTimeout:
		return fmt.Sprintf("no answer within %v", o.Timeout)
	case errors.As(err, &dial) && timedOut(err):
		return fmt.Sprintf("cannot connect to %s within %v", dial.host, o.DialTimeout)
	case timedOut(err):
		return fmt.Sprintf("no answer within %v", o.HeaderTimeout)
	case errors.Is(err, wire.ErrHead):
		return "answer is not HTTP"
	case untrusted(err):
		return "certificate is not trusted: " + root(err).Error()
	case errors.As(err, &record):
		return "server does not speak TLS"
	}
	for _, known := range []struct {
		err  error
		text string
	}{
		{syscall.ECONNREFUSED, "connection refused"},
		{syscall.ECONNRESET, "connection reset by the server"},
		{syscall.ENETUNREACH, "network is unreachable"},
		{syscall.EHOSTUNREACH, "host is unreachable"},
		{io.ErrUnexpectedEOF, "connection closed in the middle of the answer"},
		{io.EOF, "connection closed without an answer"},
	} {
		if errors.Is(err, known.err) {
			return known.text
		}
	}
	text := strings.TrimPrefix(root(err).Error(), "net/http: ")
	if broken, ok := strings.CutPrefix(text, "HTTP/1.x transport connection broken: "); ok {
		return "answer is not proper HTTP: " + broken
	}
	return text
}

// timedOut asks every wrapper in turn: a *url.Error answers for its neighbour only.
func timedOut(err error) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if t, ok := err.(interface{ Timeout() bool }); ok && t.Timeout() {
			return true
		}
	}
	return false
}

func untrusted(err error) bool {
	var (
		verify    *tls.CertificateVerificationError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	return errors.As(err, &verify) || errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid)
}

// root returns the cause below the wrappers that repeat the address.
func root(err error) error {
	for {
		switch e := err.(type) {
		case *url.Error:
			err = e.Err
		case *dialError:
			err = e.err
		case *tls.CertificateVerificationError:
			err = e.Err
		case *net.OpError:
			err = e.Err
		default:
			return err
		}
	}
}
