package extract

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readLD reads the dates of the JSON-LD items.
func (x *dates) readLD() {
	if n, ok := x.d.mainItem(); ok {
		x.addItem(n, "datePublished", &x.published)
		x.addItem(n, "dateModified", &x.modified)
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
		"dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.available", "date.available", "article_date_original", "originalpublicationdate", "original-publish-date", "displaydate",
		"citation_publication_date", "citation_date", "prism.publicationdate", "prism.publicationDate", "bt:pubdate", "eomportal-publishdate", "shareaholic:article_published_time", "iptc:date", "created", "article:create_at", "release_date", "video:release_date", "og:video:release_date", "ptime", "creation_date", "dc.created", "article.created", "vr:published_time", "news_publish_date"}
	// weakNames do not say of what they are the date: some systems write the last change.
	weakNames     = []string{"dcterms.date", "dc.date", "date", "timestamp"}
	modifiedNames = []string{"article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified", "article.updated",
		"dc.date.modified", "dcterms.modified", "last-modified", "lastmod", "revised", "lastupdate", "article:update_at", "shareaholic:article_modified_time", "cxenseparse:recs:modifiedtime", "utime"}
)

func (x *dates) readMeta() {
	x.metaNamed(publishedNames, &x.published)
	if n, ok := x.d.mainItem(); ok && len(x.published) == 0 {
		x.addItem(n, "dateCreated", &x.published) // of the document: drafts are older, exports younger than what they tell
		x.addItem(n, "uploadDate", &x.published)
	}
	x.metaNamed(modifiedNames, &x.modified)
}

// lateChange is how long after publication, or before it where an article was written
// ahead, the dates of weakNames commonly lie.
const lateChange = 60 * 24 * time.Hour

// readWeak reads the names that leave open what they date. A day that people read is
// believed before them where it is not far off.
func (x *dates) readWeak() {
	if !x.first(x.published).time.IsZero() {
		return
	}
	var weak []stamp
	if x.metaNamed(weakNames, &weak); len(weak) == 0 {
		return
	}
	best := x.first(weak)
	seen := &dates{d: x.d, reader: x.reader, limit: x.limit}
	seen.readDated()
	if day := x.first(seen.published); day.precision == "day" && day.time.Sub(best.time).Abs() < lateChange && !sameDay(day, best) {
		x.published = append(x.published, day)
	}
	if best.time.Day() <= 12 && best.time.Day() != int(best.time.Month()) && strings.Contains(best.raw, "/") {
		weak = append([]stamp{x.turned(best, seen)}, weak...)
	}
	x.published = append(x.published, weak...)
}

// turned returns a date such as 11/01/2026 with day and month in the order that the days which
// people read on the page bear out.
func (x *dates) turned(s stamp, seen *dates) stamp {
	seen.readNearTitle()
	y, m, d := s.time.Date()
	other := s
	hour, minute, second := s.time.Clock()
	other.time = time.Date(y, time.Month(d), int(m), hour, minute, second, 0, s.time.Location())
	shown := func(s stamp) bool {
		return slices.ContainsFunc(seen.published, func(o stamp) bool { return sameDay(o, s) })
	}
	if shown(other) && !shown(s) {
		return other
	}
	return s
}

func sameDay(a, b stamp) bool {
	return a.time.Format(time.DateOnly) == b.time.Format(time.DateOnly)
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

// stated returns the machine value of an element, else its text if that is brief. That of
// an abbreviation is its title, as the hAtom microformat has it.
func stated(n *html.Node) string {
	for _, key := range [...]string{"content", "datetime", "data-datetime", "data-timestamp"} {
		if s := attr(n, key); s != "" {
			return s
		}
	}
	if s := attr(n, "title"); s != "" && n.DataAtom == atom.Abbr {
		return s
	}
	if !brief(n) {
		return ""
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
		if !ok && brief(n) {
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
			if !x.ofCapture(s) || !x.d.aboveArticle(n) {
				plain = append(plain, s)
			}
		}
	}
	x.published = append(x.published, plain[:min(len(plain), 1)]...)
}

// publishedKeys are what data in scripts call the time of publication.
var publishedKeys = []string{"datePublished", "publishedDate", "publishedAt", "published_at", "publishDate", "publish_date", "publicationDate", "publication_date",
	"firstPublished", "firstPublishedAt", "first_published_at", "firstPublishDate", "datePublication", "published_time", "publishedTime", "pubDate", "date_published"}

// readScripts reads the time of publication in the data that scripts carry, for pages
// that declare it nowhere else.
func (x *dates) readScripts() {
	for _, key := range publishedKeys {
		for _, sc := range x.d.scripts {
			if !bytes.Contains(sc.raw, []byte(key)) {
				continue
			}
			if raw := scriptValue(sc.text(), key); raw != "" {
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
