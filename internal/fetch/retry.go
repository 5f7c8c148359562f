package fetch

import (
	"net/http"
	"strings"
	"time"

	"newsarchive/page"
)

// maxRetryAfter is the longest wait that a server can ask for.
const maxRetryAfter = 24 * time.Hour

// retryAt reads a Retry-After field in both its forms (RFC 9110 section 10.2.3).
// A date goes by the clock of the server, as its field Date tells it: that one may be
// late or early, and both leave out parts of a second. It returns the zero Time for what
// is malformed or not after now, and at most 24 hours after now.
func retryAt(h page.Header, now time.Time) time.Time {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return time.Time{}
	}
	at, err := http.ParseTime(value)
	if err != nil {
		at = now.Add(seconds(value))
	} else if date, err := http.ParseTime(h.Get("Date")); err == nil {
		at = now.Add(at.Sub(date))
	}
	if !at.After(now) {
		return time.Time{}
	}
	if latest := now.Add(maxRetryAfter); at.After(latest) {
		at = latest
	}
	return at.UTC()
}

// seconds returns the duration of a number of digits, at most a little above
// maxRetryAfter, and 0 for anything else.
func seconds(digits string) time.Duration {
	var d time.Duration
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0
		}
		if d <= maxRetryAfter {
			d = d*10 + time.Duration(c-'0')*time.Second
		}
	}
	return d
}
