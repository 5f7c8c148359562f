package extract

import (
	"net/url"
	"strings"

	"newsarchive/internal/address"
)

// resolveLink is address.Resolve with a short way for references that are plain
// already, which nearly all are.
func resolveLink(base *url.URL, ref string) (string, bool) {
	switch {
	case len(ref) > address.MaxLength/2:
	case strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "http://"):
		host, path := cutHost(ref[strings.Index(ref, "//")+2:])
		if path == "" || !plainHost(host) {
			break
		}
		if n := plainPath(path); n >= 0 {
			return ref[:len(ref)-len(path)+n], true
		}
	case len(ref) > 1 && ref[0] == '/' && ref[1] != '/':
		if n := plainPath(ref); n >= 0 && plainHost(base.Host) && base.User == nil {
			return base.Scheme + "://" + base.Host + ref[:n], true
		}
	}
	return address.Resolve(base, ref)
}

func cutHost(s string) (host, path string) {
	if i := strings.IndexAny(s, "/?#"); i >= 0 && s[i] == '/' {
		return s[:i], s[i:]
	}
	return s, ""
}

func plainHost(host string) bool {
	for i := range len(host) {
		if c := host[i]; !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-') {
			return false
		}
	}
	return host != ""
}

// plainPath returns the length of a path and query up to its fragment, -1 if it
// holds what would be spelled otherwise.
func plainPath(s string) int {
	query := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_~/=&,;:@+!$*", c) >= 0:
		case c == '.':
			if !query && s[i-1] == '/' {
				return -1 // perhaps a dot segment
			}
		case c == '?':
			query = true
		case c == '%':
			if i+2 >= len(s) || !hexDigit(s[i+1]) || !hexDigit(s[i+2]) {
				return -1
			}
		case c == '#':
			return fragmentAt(s, i)
		default:
			return -1
		}
	}
	return len(s)
}

// fragmentAt returns at if the fragment is one that parses.
func fragmentAt(s string, at int) int {
	for i := at + 1; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 0x7F || c == '%' || c == '\\' {
			return -1
		}
	}
	return at
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
