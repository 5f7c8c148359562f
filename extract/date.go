package extract

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// slack is how far behind the time of the capture a date may lie: naive local times
// are up to 14 hours ahead of UTC.
const slack = 24 * time.Hour

// dates collects what a page says about its times.
type dates struct {
	d         *document
	reader    dateReader
	limit     time.Time // nothing can be of later; zero if the time of the capture is unknown
	published []stamp   // the most trusted first
	modified  []stamp
}

// readDates sets the times of publication and of the last change.
func (m *metadata) readDates(d *document) {
	x := dates{d: d, reader: dateReader{lang: m.primaryLanguage(d), monthFirst: monthFirst(m, d)}}
	if at := d.ex.Start; !at.IsZero() {
		x.limit = at.Add(slack)
	}
	x.readLD()
	x.readMeta()
	x.readItems()
	x.readTimes()
	for _, read := range [...]func(*dates){(*dates).readScripts, (*dates).readDated, (*dates).readNearTitle, (*dates).readURL, (*dates).readAnyText} {
		if x.first(x.published).time.IsZero() {
			read(&x)
		}
	}
	m.published, m.modified = x.choose()
	m.checkDates(&x)
}

// checkDates notes what is odd about the chosen dates.
func (m *metadata) checkDates(x *dates) {
	switch p := m.published; {
	case p.time.IsZero():
		m.warnings = append(m.warnings, "published_missing")
	case !p.zoned && p.precision != "day" && p.precision != "month":
		m.warnings = append(m.warnings, "published_offset_assumed")
	}
	if !x.limit.IsZero() && m.published.time.After(x.limit) {
		m.warnings = append(m.warnings, "published_after_capture")
	}
}

// add files a date unless it is impossible.
func (x *dates) add(list *[]stamp, raw, source string) {
	s, ok := x.parse(raw)
	if ok {
		s.source = source
		*list = append(*list, s)
	}
}

// publishedKeys are what data in scripts call the time of publication.
var publishedKeys = []string{"datePublished", "publishedDate", "publishedAt", "published_at", "publishDate", "publish_date", "publicationDate", "publication_date",
	"firstPublished", "firstPublishedAt", "first_published_at", "firstPublishDate", "datePublication", "published_time", "publishedTime", "pubDate", "date_published"}

// readScripts reads the time of publication in the data that scripts carry, for pages
// that declare it nowhere else.
func (x *dates) readScripts() {
	for _, key := range publishedKeys {
		for _, sc := range x.d.scripts {
			if raw := scriptValue(sc.text, key); raw != "" {
				x.add(&x.published, raw, "script:"+key)
			}
			if len(x.published) > 0 {
				return
			}
		}
	}
}

// scriptValue returns the first text that a key has in a script, "" if it is none.
func scriptValue(script, key string) string {
	for {
		i := strings.Index(script, key)
		if i < 0 {
			return ""
		}
		script = script[i+len(key):]
		rest := strings.TrimLeft(script, `\"' `)
		if len(rest) == len(script) || !strings.HasPrefix(rest, ":") {
			continue
		}
		rest = strings.TrimLeft(rest[1:], `\"' `)
		if end := strings.IndexAny(rest, `\"',}`); end >= 4 && end < 40 {
			return rest[:end]
		}
	}
}

func (x *dates) parse(raw string) (stamp, bool) {
	if raw == "" || len(raw) > 200 {
		return stamp{}, false
	}
	if s, ok := parseMachine(raw); ok {
		return s, true
	}
	return x.reader.read(raw)
}

func (x *dates) readLD() {
	if n, ok := x.d.mainItem(); ok {
		x.addItem(n, "datePublished", &x.published)
		x.addItem(n, "dateModified", &x.modified)
		if len(x.published) == 0 {
			x.addItem(n, "dateCreated", &x.published)
			x.addItem(n, "uploadDate", &x.published)
		}
	}
	if len(x.published) > 0 {
		return
	}
	for _, n := range x.d.ld {
		if n.depth == 0 && (n.article() || n.is("WebPage", "VideoObject", "CreativeWork", "ItemPage")) {
			x.addItem(n, "datePublished", &x.published)
			x.addItem(n, "dateModified", &x.modified)
		}
	}
}

func (x *dates) addItem(n ldNode, key string, list *[]stamp) {
	for _, raw := range ldStrings(n.values[key]) {
		x.add(list, raw, "jsonld:"+key)
		return
	}
}

// publishedNames and modifiedNames are what publishers call the two in meta tags.
var (
	publishedNames = []string{"article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
		"article.published", "rnews:datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
		"publish-date", "publish_date", "publishdate", "published-date", "published_time", "publication_date", "publication-date", "publicationdate", "pubdate", "pub_date",
		"dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "dcterms.available", "date.available", "article_date_original", "originalpublicationdate", "original-publish-date", "displaydate",
		"citation_publication_date", "citation_date", "prism.publicationdate", "prism.publicationDate", "bt:pubdate", "eomportal-publishdate", "shareaholic:article_published_time", "iptc:date", "date", "created", "article:create_at", "release_date", "video:release_date", "og:video:release_date", "ptime", "timestamp", "creation_date", "dc.created", "article.created", "vr:published_time", "news_publish_date"}
	modifiedNames = []string{"article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified", "article.updated",
		"dc.date.modified", "dcterms.modified", "last-modified", "lastmod", "revised", "lastupdate", "article:update_at", "shareaholic:article_modified_time", "cxenseparse:recs:modifiedtime", "utime"}
)

func (x *dates) readMeta() {
	x.metaNamed(publishedNames, &x.published)
	x.metaNamed(modifiedNames, &x.modified)
}

func (x *dates) metaNamed(names []string, list *[]stamp) {
	for _, name := range names {
		for _, m := range x.d.metas {
			if m.name == name {
				x.add(list, m.content, "meta:"+name)
			}
		}
	}
}

func (x *dates) readItems() {
	for _, n := range x.d.items {
		prop := strings.ToLower(attr(n, "itemprop"))
		switch {
		case hasWord(prop, "datepublished"):
			x.add(&x.published, stated(n), "microdata:datePublished")
		case hasWord(prop, "datemodified"):
			x.add(&x.modified, stated(n), "microdata:dateModified")
		}
	}
}

// stated returns the machine value of an element, else its text.
func stated(n *html.Node) string {
	for _, key := range [...]string{"content", "datetime", "data-datetime", "data-timestamp"} {
		if s := attr(n, key); s != "" {
			return s
		}
	}
	return textOf(n)
}

// readTimes files the time elements by their role: some are of the last change,
// some of other stories or of comments.
func (x *dates) readTimes() {
	var plain []stamp
	for _, n := range x.d.times {
		role := x.d.timeRole(n)
		if role == roleOther {
			continue
		}
		s, ok := x.parse(stated(n))
		if !ok {
			s, ok = x.parse(textOf(n))
		}
		if !ok {
			continue
		}
		s.source = "html:time"
		switch role {
		case roleModified:
			x.modified = append(x.modified, s)
		case rolePublished:
			x.published = append(x.published, s)
		default:
			plain = append(plain, s)
		}
	}
	x.published = append(x.published, plain[:min(len(plain), 1)]...)
}

// A role says what a date on a page is about.
type role int

const (
	roleUnknown role = iota
	rolePublished
	roleModified
	roleOther // a comment, another story, an event
)

// timeRole judges by the names on the element and around it.
func (d *document) timeRole(n *html.Node) role {
	r := roleUnknown
	for up, p := 0, n; p != nil && up < 6 && p.Type == html.ElementNode; up, p = up+1, p.Parent {
		name := ""
		for i := range p.Attr {
			switch a := &p.Attr[i]; a.Key {
			case "class", "id", "itemprop", "pubdate", "data-testid", "rel":
				name += " " + strings.ToLower(a.Val)
				if a.Key == "pubdate" {
					name += " pubdate"
				}
			}
		}
		if containsAny(name, otherWords) {
			if d.holdsTitle(p) {
				break
			}
			return roleOther
		}
		if up < 2 && r == roleUnknown {
			switch {
			case containsAny(name, modifiedWords):
				r = roleModified
			case containsAny(name, publishedWords):
				r = rolePublished
			}
		}
	}
	if r == roleUnknown && n.PrevSibling != nil && n.PrevSibling.Type == html.TextNode && saysModified(n.PrevSibling.Data) {
		return roleModified
	}
	return r
}

var (
	otherWords = []string{"comment", "related", "sidebar", "teaser", "latest", "recommend", "popular", "trending", "widget", "footer", "most-read", "mostread", "ticker",
		"read-more", "readmore", "more-news", "navigation", "carousel", "promo", "reply", "copyright"}
	modifiedWords  = []string{"modif", "update", "aktualisier", "mis-a-jour", "edited", "revised"}
	publishedWords = []string{"publi", "pubdate", "posted", "entry-date", "created", "issued"}
)

func containsAny(s string, words []string) bool {
	if s == "" {
		return false
	}
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// modifiedPhrases stand before the date of a change in a text.
var modifiedPhrases = []string{"updated", "update", "modified", "aktualisiert", "stand:", "mis à jour", "modifié", "actualizado", "actualización", "atualizado", "aggiornato",
	"bijgewerkt", "uppdaterad", "opdateret", "oppdatert", "päivitetty", "aktualizacja", "aktualizováno", "frissítve", "actualizat", "güncelleme", "обновлено", "оновлено",
	"ενημέρωση", "cập nhật", "diperbarui", "更新", "수정", "تحديث", "עודכן", "अपडेट"}

func saysModified(text string) bool { return containsAny(strings.ToLower(text), modifiedPhrases) }

// readDated reads the text of elements that are called dates.
func (x *dates) readDated() {
	for _, n := range x.d.dated {
		text := oneLine(textOf(n))
		if text == "" || len(text) > 200 || x.d.timeRole(n) == roleOther {
			continue
		}
		if x.addText(text, "html:date") {
			return
		}
	}
}

// addText files the date of a short text as its words tell, and reports whether it
// may be that of publication.
func (x *dates) addText(text, source string) bool {
	s, ok := x.parse(text)
	if !ok {
		return false
	}
	s.source = source
	if saysModified(text) && !x.twoDates(text) {
		x.modified = append(x.modified, s)
		return false
	}
	x.published = append(x.published, s)
	return x.possible(s)
}

// twoDates reports whether a text gives a date before it speaks of a change.
func (x *dates) twoDates(text string) bool {
	lower := strings.ToLower(text)
	first := len(lower)
	for _, p := range modifiedPhrases {
		if i := strings.Index(lower, p); i >= 0 {
			first = min(first, i)
		}
	}
	_, ok := x.reader.read(lower[:first])
	return ok
}

// nearTitle is how many short texts on either side of the headline are searched for
// a date.
const nearTitle = 60

// readNearTitle reads the short texts after the headline that are little more than a
// date, then those before it.
func (x *dates) readNearTitle() {
	texts, at := shortTexts(x.d)
	for _, t := range texts[at:min(len(texts), at+nearTitle)] {
		if mostlyDate(t) && x.addText(t, "text") {
			return
		}
	}
	for _, t := range slices.Backward(texts[max(0, at-10):at]) {
		if mostlyDate(t) && x.addText(t, "text") {
			return
		}
	}
	for _, t := range texts {
		if mostlyDate(t) && x.addText(t, "text") {
			return
		}
	}
}

// readAnyText reads the first short text of the page that has a date in it.
func (x *dates) readAnyText() {
	texts, at := shortTexts(x.d)
	for _, t := range slices.Concat(texts[at:], texts[:at]) {
		if x.addText(t, "text") {
			return
		}
	}
}

// mostlyDate reports whether a text says little beside a date.
func mostlyDate(t string) bool { return utf8.RuneCountInString(t) <= 45 }

// shortTexts returns the texts of the body that may be a date, and which of them is
// the first after the headline.
func shortTexts(d *document) (texts []string, afterTitle int) {
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				if t := strings.TrimSpace(c.Data); len(t) >= 6 && utf8.RuneCountInString(t) <= 80 && hasDigit(t) {
					texts = append(texts, t)
				}
			case c.Type == html.ElementNode && !unread[c.DataAtom] && c.Data != "footer":
				walk(c)
			}
			if len(d.headings) > 0 && c == d.headings[0] {
				afterTitle = len(texts)
			}
		}
	}
	if d.body != nil {
		walk(d.body)
	}
	return texts, afterTitle
}

func hasDigit(s string) bool {
	for _, r := range s {
		if r >= '0' && r <= '9' || r > 0x80 && r >= 0x660 && r <= 0xE59 {
			return true
		}
	}
	return false
}

// readURL reads the day or the month in the path of the address.
func (x *dates) readURL() {
	parts := strings.FieldsFunc(x.d.url.Path, func(r rune) bool { return r < '0' || r > '9' })
	for i, p := range parts {
		if len(p) == 8 {
			if t, err := time.Parse("20060102", p); err == nil && plausible(t) {
				x.published = append(x.published, stamp{time: t, precision: "day", raw: p, source: "url"})
				return
			}
		}
		if len(p) != 4 || i+1 >= len(parts) || len(parts[i+1]) > 2 {
			continue
		}
		if raw, t, precision, ok := urlDate(parts[i:]); ok && plausible(t) {
			x.published = append(x.published, stamp{time: t, precision: precision, raw: raw, source: "url"})
			return
		}
	}
}

// urlDate reads a year, a month and, if there is one, a day.
func urlDate(parts []string) (raw string, t time.Time, precision string, ok bool) {
	if len(parts) >= 3 && len(parts[2]) <= 2 {
		raw = strings.Join(parts[:3], "-")
		if t, err := time.Parse("2006-1-2", raw); err == nil {
			return raw, t, "day", true
		}
	}
	raw = strings.Join(parts[:2], "-")
	t, err := time.Parse("2006-1", raw)
	return raw, t, "month", err == nil
}

// choose picks the first date of each list that can be true, and gives naive times
// the offset of another date of the page.
func (x *dates) choose() (published, modified stamp) {
	published = x.first(x.published)
	modified = x.first(x.modified)
	published, modified = x.located(published), x.located(modified)
	if modified.time.Before(published.time) {
		modified = stamp{}
	}
	return published, modified
}

func (x *dates) first(list []stamp) stamp {
	for _, s := range list {
		if x.possible(s) {
			return s
		}
	}
	return stamp{}
}

// possible refuses what lies after the capture, unless the page bears it out within a
// year: then the clock of the capture was wrong.
func (x *dates) possible(s stamp) bool {
	if x.limit.IsZero() || !s.time.After(x.limit) {
		return true
	}
	return !s.time.After(x.limit.AddDate(1, 0, 0)) && x.borneOut(s)
}

// borneOut reports whether a second kind of declaration, or the address of the page
// or of its picture, names the time of s.
func (x *dates) borneOut(s stamp) bool {
	kind, _, _ := strings.Cut(s.source, ":")
	for _, o := range x.published {
		other, _, _ := strings.Cut(o.source, ":")
		if other != kind && other != "text" && o.time.Sub(s.time).Abs() < 26*time.Hour {
			return true
		}
	}
	picture, _ := x.d.meta("og:image")
	month := s.time.Format("2006/01/")
	return strings.Contains(x.d.url.Path, month) || strings.Contains(picture, month)
}

// located gives a naive time of day the offset that the page uses elsewhere for about
// the same time.
func (x *dates) located(s stamp) stamp {
	if s.zoned && s.precision == "second" || s.precision == "minute" {
		s = wholeDay(s)
	}
	if s.zoned || s.time.IsZero() || s.precision == "day" || s.precision == "month" {
		return s
	}
	for _, o := range slices.Concat(x.published, x.modified) {
		if !o.zoned {
			continue
		}
		if _, offset := o.time.Zone(); offset != 0 {
			s.time = s.time.Add(-time.Duration(offset) * time.Second)
			s.zoned = true
			return s
		}
	}
	return s
}

// wholeDay takes midnight at an offset for what it is: a day without a time.
func wholeDay(s stamp) stamp {
	h, m, sec := s.time.Clock()
	if _, offset := s.time.Zone(); offset == 0 || h+m+sec != 0 {
		return s
	}
	y, month, d := s.time.Date()
	s.time, s.precision = time.Date(y, month, d, 0, 0, 0, 0, time.UTC), "day"
	return s
}
