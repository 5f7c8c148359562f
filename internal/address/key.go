package address

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// Key returns the spelling that two addresses of one page share: scheme and host
// in lower case and ASCII, no default port, no fragment, no userinfo, no dot
// segments, one spelling of each percent-encoded byte, no session ids and none of
// the parameters that only track a reader (tracking.txt); path, its case and its
// trailing slash are kept, and so is the order of the other parameters. What is no
// web address is returned as it is. Key(Key(s)) is Key(s).
func Key(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" { // the parser has lowered its case
		return s
	}
	u.Host = hostKey(u.Scheme, u.Host)
	u.Fragment, u.RawFragment, u.User = "", "", nil
	pathKey(u)
	u.RawQuery, u.ForceQuery = stripQuery(u.RawQuery, idle), false
	return u.String()
}

// hostKey returns a host in lower case, international names in their ASCII form,
// without a final dot and without the port that the scheme has anyway.
func hostKey(scheme, host string) string {
	host = strings.ToLower(host)
	name, port := host, ""
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		name, port = host[:i], host[i:]
	}
	if port == ":80" && scheme == "http" || port == ":443" && scheme == "https" || port == ":" {
		port = ""
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 }) {
		if ascii, err := idna.Lookup.ToASCII(name); err == nil && ascii != "" {
			name = ascii
		}
	}
	if short := strings.TrimSuffix(name, "."); short != "" && !strings.HasSuffix(short, ".") {
		name = short
	}
	return name + port
}

// pathKey gives the path its one spelling.
func pathKey(u *url.URL) {
	if u.Path == "" {
		u.Path = "/"
		return
	}
	if raw := u.EscapedPath(); strings.IndexByte(raw, '%') >= 0 || strings.IndexByte(raw, ';') >= 0 {
		raw = dropSession(oneEscape(raw))
		if p, err := url.PathUnescape(raw); err == nil {
			u.Path, u.RawPath = p, raw
		}
	}
	if strings.Contains(u.Path, "/.") {
		u.Path, u.RawPath = tidy(u)
	}
}

// tidy resolves the dot segments of a path.
func tidy(u *url.URL) (path, raw string) {
	r := u.ResolveReference(&url.URL{})
	return r.Path, r.RawPath
}

// oneEscape decodes the unreserved characters of RFC 3986 section 2.3, and writes
// the digits of the other escapes in capitals.
func oneEscape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+2 >= len(s) || !hexDigit(s[i+1]) || !hexDigit(s[i+2]) {
			b.WriteByte(s[i])
			continue
		}
		if c := unhex(s[i+1])<<4 | unhex(s[i+2]); unreserved(c) && c != '.' { // a dot could make a segment of dots
			b.WriteByte(c)
		} else {
			b.WriteString(strings.ToUpper(s[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// dropSession drops session ids that stand as parameters of path segments, such as
// ";jsessionid=1A2B".
func dropSession(path string) string {
	if strings.IndexByte(path, ';') < 0 {
		return path
	}
	var b strings.Builder
	for i, segment := range strings.Split(path, "/") {
		if i > 0 {
			b.WriteByte('/')
		}
		for j, part := range strings.Split(segment, ";") {
			name, value, valued := strings.Cut(part, "=")
			if j > 0 && valued && sessionName(strings.ToLower(name), value) {
				continue
			}
			if j > 0 {
				b.WriteByte(';')
			}
			b.WriteString(part)
		}
	}
	return b.String()
}

func sessionName(name, value string) bool {
	g := known.group(name)
	return g == inSession || g == inLike && sessionValue(value)
}

// ID names the page at a canonical address, spelled in any way: "a" and 15 hex
// digits of the SHA-256 of its Key; "" where there is no address.
func ID(canonical string) string {
	if canonical == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(Key(canonical)))
	return "a" + hex.EncodeToString(sum[:])[:15]
}
