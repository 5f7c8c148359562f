package fetch

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"

	"golang.org/x/net/publicsuffix"
)

const (
	maxCookies = 50      // that one address is sent, the least that RFC 6265 section 6.1 asks of browsers
	maxCookie  = 4 << 10 // bytes of one name and value
)

// A jar keeps cookies for the life of a Client, and not more than an honest site
// needs: net/http's jar has no bounds of its own.
type jar struct{ *cookiejar.Jar }

func newJar() jar {
	j, _ := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // never fails
	return jar{j}
}

func (j jar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	known := make(map[string]bool)
	for _, c := range j.Jar.Cookies(u) {
		known[c.Name] = true
	}
	var kept []*http.Cookie
	for _, c := range cookies {
		if len(c.Name)+len(c.Value) > maxCookie || !known[c.Name] && len(known) >= maxCookies {
			continue
		}
		known[c.Name] = true
		kept = append(kept, c)
	}
	j.Jar.SetCookies(u, kept)
}

func (j jar) Cookies(u *url.URL) []*http.Cookie {
	c := j.Jar.Cookies(u)
	return c[:min(len(c), maxCookies)]
}
