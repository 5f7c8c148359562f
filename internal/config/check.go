package config

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"newsarchive/internal/address"
	"newsarchive/internal/fetch"
)

// siteID is what names a site in files, metrics and commands.
var siteID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$`)

// check notes the values that cannot work, though they are of the right kind.
func (c *Config) check(d *decoder) {
	k := checker{d: d, at: c.Origins}
	if c.Workers < 1 {
		k.fail("workers", "want 1 or more")
	}
	k.identity(c.Identity)
	k.nets("allow_net", c.AllowNet)
	k.nets("alerts.allow_net", c.Alerts.AllowNet)
	if c.Alerts.Webhook != "" {
		k.webhook(c.Alerts.Webhook)
	}
	if len(c.Sites) == 0 {
		k.fail("sites", "there are no sites: want at least \"sites: [{site: news.example}]\"")
	}
	seen := map[string]int{}
	for i := range c.Sites {
		s := &c.Sites[i]
		k.at, k.place = s.Origins, s.Place
		s.check(&k)
		if first, twice := seen[s.ID]; twice && s.ID != "" {
			k.fail(s.idKey(), fmt.Sprintf("%q stands at line %d already; give one of them another id", s.ID, first))
		} else {
			seen[s.ID] = s.Place.Line
		}
	}
}

// checker notes what is wrong.
type checker struct {
	d     *decoder
	at    Origins
	place Origin // for what has none of its own
}

// fail notes what is wrong with a key, unless its value was told of already.
func (k *checker) fail(key, msg string) {
	o, ok := k.at[key]
	above, _, _ := strings.Cut(key, ".")
	if o.wrong || !ok && k.at[above].wrong {
		return
	}
	if !ok {
		o = k.place
	}
	if key != "" {
		msg = key + ": " + msg
	}
	k.d.errs = append(k.d.errs, &Error{k.d.file, o.Line, o.Col, msg})
}

// plain is what may stand in a header field (RFC 9110 section 5.6.5, comments).
func plain(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune(`()\`, r) }) < 0
}

func (k *checker) identity(i Identity) {
	for _, f := range [][2]string{{"identity.name", i.Name}, {"identity.contact", i.Contact}} {
		switch {
		case f[1] == "":
			k.fail(f[0], "is missing: sites must be able to see who visits them, and whom to write to; put identity: {name: …, contact: …}")
		case !plain(f[1]):
			k.fail(f[0], "want plain ASCII without brackets and backslashes; it stands in the User-Agent")
		}
	}
	if i.Contact != "" && !strings.ContainsAny(i.Contact, "@/") {
		k.fail("identity.contact", "want a mail address or the address of a page")
	}
}

func (k *checker) nets(key string, list []string) {
	for _, s := range list {
		if _, err := fetch.ParseAllowNet(s); err != nil {
			k.fail(key, err.Error())
		}
	}
}

func (k *checker) webhook(s string) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		k.fail("alerts.webhook", "want an address such as https://hooks.example/…") // its value may be a secret
	}
}

func (s *Site) check(k *checker) {
	if s.Site == "" && len(s.Start) == 0 {
		if !k.at["site"].wrong && !k.at["start"].wrong {
			k.fail("", "a site wants site or start")
		}
		return
	}
	sound := true
	for i, start := range s.Start {
		full, err := StartAddress(start)
		if err != nil {
			k.fail(s.startKey(), err.Error())
			sound = false
		}
		s.Start[i] = full
	}
	if _, named := s.Origins["id"]; (named || sound) && !siteID.MatchString(s.ID) {
		k.fail("id", fmt.Sprintf("%.100q: want letters, digits and . _ : - only; name the site with id", s.ID))
	}
	s.checkSchedule(k)
	if _, err := Patterns(s.Include); err != nil {
		k.fail("include", err.Error())
	}
	if _, err := Patterns(s.Exclude); err != nil {
		k.fail("exclude", err.Error())
	}
	if len(s.Discover) == 0 {
		k.fail("discover", "want at least one of "+strings.Join(channels, ", "))
	}
	if s.Timeout <= 0 {
		k.fail("timeout", "want more than 0")
	}
	if slices.Contains(s.Revisit.Schedule, 0) {
		k.fail("revisit.schedule", "want steps of more than 0")
	}
}

func (s *Site) startKey() string {
	if _, ok := s.Origins["start"]; ok {
		return "start"
	}
	return "site"
}

// idKey is the key that the site's id came from.
func (s *Site) idKey() string {
	if _, ok := s.Origins["id"]; ok {
		return "id"
	}
	return s.startKey()
}

func (s *Site) checkSchedule(k *checker) {
	_, both := k.at["every"]
	if (s.Cron == "" || both) && s.Every < minute {
		k.fail("every", "want a minute or more, not "+s.Every.String())
	}
	if _, cron := k.at["cron"]; cron && both {
		k.fail("cron", "there is every, too: want one of them")
		return
	}
	if _, err := s.Schedule(); err != nil {
		key := "cron"
		if _, zone := err.(zoneError); zone {
			key = "timezone"
		}
		k.fail(key, err.Error())
	}
}

// StartAddress completes a bare host name to the address of its front page: https,
// or http for an IP address and localhost.
func StartAddress(s string) (string, error) {
	full := s
	if host, _, _ := strings.Cut(s, "/"); !strings.Contains(s, "://") && (strings.ContainsAny(host, ".:") || host == "localhost") {
		name := (&url.URL{Host: host}).Hostname()
		full = "https://" + s
		if _, err := netip.ParseAddr(name); err == nil || name == "localhost" {
			full = "http://" + s
		}
	}
	u, err := address.Parse(full)
	if err != nil || !utf8.ValidString(s) {
		return s, fmt.Errorf("want a host or an absolute address such as https://news.example/politics, got %.100q", s)
	}
	return u.String(), nil
}

// hostOf names a site by where it is.
func hostOf(site string, starts []string) string {
	for _, s := range append([]string{site}, starts...) {
		if full, err := StartAddress(s); s != "" && err == nil {
			if u, err := url.Parse(full); err == nil {
				return u.Host
			}
		}
	}
	return site
}

// Patterns compiles regular expressions.
func Patterns(list []string) ([]*regexp.Regexp, error) {
	out := make([]*regexp.Regexp, len(list))
	for i, s := range list {
		re, err := regexp.Compile(s)
		if err != nil {
			return nil, err
		}
		out[i] = re
	}
	return out, nil
}
