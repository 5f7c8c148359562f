package fetch

import (
	"net/http"
	"strings"
	"time"
)

// maxRetryAfter is the longest wait that a server can ask for.
const maxRetryAfter = 24 * time.Hour

// retryAt reads a Retry-After field in both its forms (RFC 9110 section 10.2.3).
// It returns the zero Time for what is malformed or not after now, and at most
// 24 hours after now.
func retryAt(value string, now time.Time) time.Time {
	value = strings.TrimSpace(value)
	if value == "" {
		return time.Time{}
	}
	at, err := http.ParseTime(value)
	if err != nil {
		at = now.Add(seconds(value))
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
