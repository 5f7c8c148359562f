// Package address is about the sameness of web addresses: reading what people
// and pages write as a browser does, one spelling for one page, and the site
// that a host belongs to.
package address

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/publicsuffix"
)

// MaxLength is the longest address, in bytes, that is visited or followed.
const MaxLength = 4096

// MaxHost is the longest name of a host, in bytes (RFC 1035 section 2.3.4).
const MaxHost = 253

// ErrScheme reports an address that is neither http nor https.
var ErrScheme = errors.New("only http and https addresses can be fetched")

// Parse reads an absolute http or https address as the URL Standard does, so
// that odd spellings of a host (0x7f.1, full-width letters, international names)
// come out as the one that will be connected to. Userinfo and fragment are dropped.
func Parse(s string) (*url.URL, error) {
	if len(s) > MaxLength {
		return nil, fmt.Errorf("address of %d bytes is longer than %d", len(s), MaxLength)
	}
	w, err := whatwg.Parse(s)
	if err != nil {
		return nil, errors.New("not an absolute address such as https://news.example/story")
	}
	if w.Scheme() != "http" && w.Scheme() != "https" {
		return nil, ErrScheme
	}
	w.SetUsername("")
	w.SetPassword("")
	u, err := url.Parse(escapeStray(w.Href(true)))
	if err != nil || u.Hostname() == "" {
		return nil, errors.New("not an address with a host")
	}
	if n := len(u.Hostname()); n > MaxHost {
		return nil, fmt.Errorf("name of the host has %d bytes, more than the %d that a name can have", n, MaxHost)
	}
	if n := len(u.String()); n > MaxLength {
		return nil, fmt.Errorf("address of %d bytes, with its escapes, is longer than %d", n, MaxLength)
	}
	return u, nil
}

// escapeStray writes a percent sign of a path that begins no escape as %25: the
// URL Standard lets it stand, Go's parser refuses it. Queries are left as they are.
func escapeStray(s string) string {
	path, query := s, ""
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		path, query = s[:i], s[i:]
	}
	if !strings.Contains(path, "%") {
		return s
	}
	var b strings.Builder
	for i := range len(path) {
		b.WriteByte(path[i])
		if path[i] == '%' && (i+2 >= len(path) || !hexDigit(path[i+1]) || !hexDigit(path[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String() + query
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// Resolve returns the absolute address that ref means on a page at base, without
// its fragment. It reports false for what cannot be visited: other schemes,
// empty and overlong references, bare fragments.
func Resolve(base *url.URL, ref string) (string, bool) {
	ref = strings.Trim(ref, " \t\r\n\f")
	if ref == "" || ref[0] == '#' || len(ref) > MaxLength {
		return "", false
	}
	if strings.ContainsAny(ref, "\t\r\n\\") {
		ref = strings.NewReplacer("\t", "", "\r", "", "\n", "", `\`, "/").Replace(ref)
	}
	u, err := base.Parse(escapeStray(ref))
	if err != nil {
		return "", false
	}
	if u.Scheme != "http" && u.Scheme != "https" || !hostLike(u.Host) {
		return "", false
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	u.RawQuery = strings.TrimRight(u.RawQuery, " ") // those before the fragment end the address now
	if u.Path == "" {
		u.Path = "/"
	}
	s := u.String()
	return s, len(s) <= MaxLength
}

// hostLike reports whether host, with its port, may be one: it holds no code point
// that the URL standard of the WHATWG forbids in a domain (section 3.2). Such hosts
// can be parsed, but not always again once they are written.
func hostLike(host string) bool {
	if strings.HasPrefix(host, "[") {
		return true // url.Parse has checked it
	}
	name, _, _ := strings.Cut(host, ":")
	return name != "" && strings.Count(host, ":") < 2 && !strings.ContainsFunc(name, func(r rune) bool {
		return r <= ' ' || r == 0x7f || strings.ContainsRune(`#/<>?@[\]^|%`, r)
	})
}

// Site returns the registered domain of a host name ("bbc.co.uk" of
// "www.bbc.co.uk"), or the host itself where there is none. A port is dropped
// unless the host is an IP address, where each port is its own site.
func Site(host string) string {
	name := strings.ToLower(strings.TrimSuffix(hostname(host), "."))
	if _, err := netip.ParseAddr(name); err == nil {
		return strings.ToLower(host)
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		return name
	}
	return site
}

func hostname(host string) string { return (&url.URL{Host: host}).Hostname() }
