package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsarchive/internal/address"
)

// readSiteName sets the name by which the publisher calls the site.
func (m *metadata) readSiteName(d *document) {
	m.siteName = declaredSite(d)
	if m.siteName.value != "" && !company(m.siteName) {
		return
	}
	if s := d.frontName(); s != "" && m.siteName.value == "" {
		m.siteName = fact{s, "html:a"}
	} else if s := d.tailName(); s != "" {
		m.siteName = fact{s, "html:title"}
	}
}

// declaredSite is what the page says to machines that the site is called.
func declaredSite(d *document) fact {
	if s, source := d.meta("og:site_name"); s != "" && !headline(d, s) {
		return fact{bareName(s), source}
	}
	if n, ok := d.mainItem(); ok {
		if p, ok := d.related(n, "publisher"); ok && p.text("name") != "" && !ofElsewhere(p.text("name"), d) {
			return fact{bareName(p.text("name")), "jsonld:publisher"}
		}
	}
	for _, n := range d.ld {
		if n.is("WebSite") && n.text("name") != "" {
			return fact{bareName(n.text("name")), "jsonld:WebSite"}
		}
	}
	if s, source := d.meta("application-name", "apple-mobile-web-app-title", "al:ios:app_name", "al:android:app_name"); s != "" && !headline(d, s) {
		return fact{bareName(s), source}
	}
	return fact{}
}

// bareName is a name on one line, without the marks that divide it from a headline.
func bareName(s string) string { return strings.Trim(oneLine(s), " |–—-·•»›:") }

// ofElsewhere reports the name of an agency on a page that is not the agency's.
func ofElsewhere(publisher string, d *document) bool {
	name := letters(publisher)
	return agencies[name] && !strings.Contains(letters(d.url.Hostname()), name)
}

// frontName returns the text of the first link to the front page, if the title begins or
// ends with it too: then both name the site.
func (d *document) frontName() string {
	if d.body == nil || d.title == "" || len(d.title) > maxTitle || len(d.url.Path) <= 1 {
		return ""
	}
	title := letters(d.title)
	for n := range d.body.Descendants() {
		if n.DataAtom != atom.A || !d.isFront(attr(n, "href")) {
			continue
		}
		text := oneLine(textOf(n))
		name := letters(text)
		if len(name) < 5 || len(text) > 40 || len(name) == len(title) {
			continue
		}
		if rest, ok := strings.CutPrefix(d.title, text); ok && startsWithMark(rest) || d.endsTitle(text, name) && !startsTitle(d, name) {
			return text
		}
	}
	return ""
}

// endsTitle reports whether the title ends with the text of a link, whose letters are name:
// behind a mark, or where the address has that name too.
func (d *document) endsTitle(text, name string) bool {
	if !strings.HasSuffix(letters(d.title), name) || len(d.title) < len(text) {
		return false
	}
	head := d.title[:cutAt(d.title, len(d.title)-len(text))]
	return strings.ContainsAny(head[max(0, len(head)-8):], ":|-–—·•»›/<«‹") || isSiteName(text, "", d)
}

// startsTitle reports whether the first heading is what the site seems to be called.
func startsTitle(d *document, name string) bool {
	return len(d.headings) > 0 && !d.isLogo(d.headings[0]) && letters(textOf(d.headings[0])) == name
}

// startsWithMark reports whether punctuation comes next, within a few words.
func startsWithMark(s string) bool {
	i := strings.IndexAny(s, ":|-–—·•»›/")
	return i >= 0 && len(strings.Fields(s[:i])) <= 2
}

// isFront reports whether an address is that of the front page.
func (d *document) isFront(href string) bool {
	switch href {
	case "":
		return false
	case "/":
		return true
	}
	rest, ok := strings.CutPrefix(href, "//")
	if i := strings.LastIndex(href, "://"); i >= 0 { // the last one where an archive repeats the address
		rest, ok = href[i+len("://"):], true
	}
	host, path, _ := strings.Cut(rest, "/")
	own := d.url.Host
	if i := strings.LastIndex(d.url.Path, "://"); i >= 0 {
		own, _, _ = strings.Cut(d.url.Path[i+len("://"):], "/")
	}
	return ok && path == "" && strings.EqualFold(host, own)
}

// isLogo reports whether a heading is a link to the front page.
func (d *document) isLogo(h *html.Node) bool {
	for n := range h.Descendants() {
		if n.DataAtom == atom.A && n.Type == html.ElementNode {
			return d.isFront(attr(n, "href")) && letters(textOf(n)) == letters(textOf(h))
		}
	}
	return h.Parent != nil && h.Parent.DataAtom == atom.A && d.isFront(attr(h.Parent, "href"))
}

// headline reports whether the page uses what it calls its site as headline too: then
// it is one.
func headline(d *document, site string) bool {
	name := letters(site)
	if utf8.RuneCountInString(name) < 25 {
		return false
	}
	og, _ := d.meta("og:title")
	return name == letters(og) || name == letters(d.title) && len(d.url.Path) > 1 || len(d.headings) > 0 && name == letters(textOf(d.headings[0]))
}

// titleMarks stand between a headline and the name of a section or a site.
var titleMarks = []string{" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « ", " › ", " ‹ ", " / ", " ~ ", " // ", "｜", "｜", " ｜ ", "_", "|", " : ", ": ", " -", "- ", " ― ", "－"}

// cutSiteName cuts the name of the site, and what stands between it and the
// headline, off either end of a title.
func cutSiteName(title, site string, d *document) string {
	for range 3 {
		cut := cutLast(title, site, d)
		if cut == title {
			cut = cutFirst(title, site, d)
		}
		if cut == title {
			return title
		}
		title = cut
	}
	return title
}

// maxTitle is the longest title, in bytes, that is taken apart: a longer one is no
// headline, and each of its marks would cost another pass over it.
const maxTitle = 2000

// cutTail cuts what a bar or a dash divides from the end of a title, where that is
// short and the rest is long enough for a headline.
func cutTail(title string) string {
	if len(title) > maxTitle {
		return title
	}
	for _, mark := range [...]string{" | ", "｜", " – ", " — ", " - ", " • ", " » ", " :: ", " · ", " > "} {
		i := strings.LastIndex(title, mark)
		if i <= 0 {
			continue
		}
		head, tail := title[:i], title[i+len(mark):]
		if len(strings.Fields(tail)) <= 5 && utf8.RuneCountInString(head) >= 10 && len(head) > len(tail) {
			if mark == " | " {
				head = cutTail(head)
			}
			return strings.TrimSpace(head)
		}
	}
	return title
}

func cutLast(title, site string, d *document) string {
	for _, mark := range titleMarks {
		i := strings.LastIndex(title, mark)
		if i <= 0 {
			continue
		}
		if rest := strings.TrimSpace(title[i+len(mark):]); isSiteName(rest, site, d) {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}

func cutFirst(title, site string, d *document) string {
	for _, mark := range titleMarks {
		i := strings.Index(title, mark)
		if i <= 0 || mark == "_" {
			continue
		}
		if isSiteName(strings.TrimSpace(title[:i]), site, d) {
			return strings.TrimSpace(title[i+len(mark):])
		}
	}
	return title
}

// isSiteName reports whether s is what the page or its address calls the site.
func isSiteName(s, site string, d *document) bool {
	name := letters(s)
	if name == "" {
		return true
	}
	if site != "" {
		own := letters(site)
		if name == own || len(own) >= 4 && strings.HasPrefix(name, own) && utf8.RuneCountInString(name) <= utf8.RuneCountInString(own)+12 ||
			len(name) >= 4 && (strings.HasPrefix(own, name) || strings.HasSuffix(own, name)) || sameName(s, site) {
			return true
		}
	}
	host := strings.TrimPrefix(d.url.Hostname(), "www.")
	domain := address.Site(host)
	plain := letters(domainLabel(domain))
	switch name {
	case letters(host), letters(domain), plain, "the" + plain, strings.TrimPrefix(plain, "the"):
		return true
	}
	return false
}

// domainLabel is the first part of a domain.
func domainLabel(domain string) string {
	label, _, _ := strings.Cut(domain, ".")
	return label
}
