package extract

import (
	"net/url"
	"strings"

	"newsarchive/internal/address"
)

// readCanonical sets the address that the page declares as its own, if that can be
// believed, and the address of its AMP version.
func (m *metadata) readCanonical(d *document) {
	og, _ := d.meta("og:url")
	for _, f := range [...]fact{{d.link("canonical"), "html:canonical"}, {d.resolve(og), "meta:og:url"}} {
		if believable(d.url, f.value) && !d.translates(f.value) {
			m.canonical = f
			break
		}
	}
	if amp := d.link("amphtml"); amp != "" {
		m.amp = amp
	}
}

// ampOf returns the canonical page of an AMP page, "" where that is another or itself.
func ampOf(d *document, m *metadata) string {
	if d.html == nil || m.canonical.source != "html:canonical" || address.Key(m.canonical.value) == address.Key(d.url.String()) {
		return ""
	}
	for _, a := range d.html.Attr {
		if a.Key == "amp" || a.Key == "⚡" || a.Key == "⚡\ufe0f" {
			return m.canonical.value
		}
	}
	return ""
}

// translates reports that the page declares another to be itself in another language:
// that one can't be canonical for this one, whatever the page says.
func (d *document) translates(other string) bool {
	var own, its string
	here, there := address.Key(d.url.String()), address.Key(other)
	for _, l := range d.links {
		if l.hreflang == "" || strings.EqualFold(l.hreflang, "x-default") || !hasWord(l.rel, "alternate") {
			continue
		}
		switch address.Key(d.resolve(l.href)) {
		case here:
			own = l.hreflang
		case there:
			its = l.hreflang
		}
	}
	return own != "" && its != "" && !strings.EqualFold(own, its)
}

// maxAlternates is how many languages of one page are taken.
const maxAlternates = 200

// alternates returns the addresses of the page in other languages, each once.
func alternates(d *document) (out []string) {
	own := d.url.String()
	for _, l := range d.links {
		if l.hreflang == "" || !hasWord(l.rel, "alternate") || l.typ != "" && !strings.HasPrefix(l.typ, "text/html") || len(out) >= maxAlternates {
			continue
		}
		if s := d.resolve(l.href); s != "" && s != own && !contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// believable reports whether declared can be another address of the page at u: of the
// same site, no front page unless u is one, and no section that the article at u stands in.
func believable(u *url.URL, declared string) bool {
	c, err := url.Parse(declared)
	if err != nil || c.Host == "" {
		return false
	}
	if u.Host == "" {
		return true
	}
	if address.Site(c.Host) != address.Site(u.Host) {
		return false
	}
	return (!frontPath(c) || frontPath(u)) && !sectionAbove(c, u)
}

func frontPath(u *url.URL) bool {
	path := strings.Trim(u.Path, "/")
	return (path == "" || path == "index.html" || path == "home") && u.RawQuery == ""
}

// readLicense sets the address or the name of the licence that the page declares.
func (m *metadata) readLicense(d *document) {
	for _, l := range d.links {
		if hasWord(l.rel, "license") {
			if s := d.resolve(l.href); s != "" {
				m.license = fact{s, "html:license"}
				return
			}
		}
	}
	if n, ok := d.mainItem(); ok && n.text("license") != "" {
		m.license = fact{n.text("license"), "jsonld:license"}
		return
	}
	if s, source := d.meta("dc.rights", "dcterms.rights", "dcterms.license", "license"); s != "" {
		m.license = fact{oneLine(s), source}
	}
}

// readRobots collects what the page asks of robots, in tags and in the HTTP header,
// and its text-and-data-mining reservation.
func (m *metadata) readRobots(d *document) {
	var robots, tdm []string
	for _, t := range d.metas {
		switch t.name {
		case "robots", "googlebot", "googlebot-news":
			robots = append(robots, t.name+": "+t.content)
			m.noFollow = m.noFollow || t.name == "robots" && forbids(t.content, "nofollow")
		case "tdm-reservation", "tdm-policy":
			tdm = append(tdm, t.name+": "+t.content)
		}
	}
	for _, v := range d.ex.Header.Values("X-Robots-Tag") {
		robots = append(robots, "x-robots-tag: "+v)
		if _, named, other := strings.Cut(v, ":"); !other || named == "" {
			m.noFollow = m.noFollow || forbids(v, "nofollow")
		}
	}
	for _, name := range [...]string{"TDM-Reservation", "TDM-Policy"} {
		for _, v := range d.ex.Header.Values(name) {
			tdm = append(tdm, strings.ToLower(name)+": "+v)
		}
	}
	m.robots, m.tdm = strings.Join(robots, "; "), strings.Join(tdm, "; ")
}

// forbids reports whether a list of robots directives holds one, or "none".
func forbids(directives, one string) bool {
	for d := range strings.SplitSeq(strings.ToLower(directives), ",") {
		if d = strings.TrimSpace(d); d == one || d == "none" {
			return true
		}
	}
	return false
}
