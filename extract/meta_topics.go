package extract

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxTopics is how many tags are kept; past that they are no choice.
const maxTopics = 50

// readSection sets the part of the paper in which the article stands.
func (m *metadata) readSection(d *document) {
	set := func(s, source string) bool {
		if s = sectionName(s); s != "" {
			m.section = fact{s, source}
		}
		return s != ""
	}
	if n, ok := d.mainItem(); ok && set(n.text("articleSection"), "jsonld:articleSection") {
		return
	}
	for _, n := range d.items {
		if attr(n, "itemprop") == "articleSection" && set(stated(n), "microdata:articleSection") {
			return
		}
	}
	for _, name := range [...]string{"articlesection", "article:section", "og:article:section", "parsely-section", "cxenseparse:recs:category", "section", "dc.subject", "category"} {
		if s, source := d.meta(name); set(s, source) {
			return
		}
	}
	set(breadcrumb(d), "jsonld:BreadcrumbList")
}

// sectionName returns the first of the sections in a list that names more than two,
// "" for what is none.
func sectionName(s string) string {
	s = oneLine(s)
	if first, rest, many := strings.Cut(s, ","); many && (strings.Contains(rest, ",") || !strings.HasPrefix(rest, " ")) {
		s = strings.TrimSpace(first)
	}
	if strings.Contains(s, "://") || notSections[letters(s)] || utf8.RuneCountInString(s) > 60 {
		return ""
	}
	return s
}

// readTopics fills section and tags from what the page shows, where it declares none.
func (m *metadata) readTopics(d *document) {
	if m.section.value != "" && len(m.tags) > 0 {
		return
	}
	s := readShownTopics(d)
	if len(m.tags) == 0 {
		m.addTags(s.tags, "html:tags")
	}
	if m.section.value != "" {
		return
	}
	if n := len(s.crumbs); n > 0 && letters(s.crumbs[n-1]) != letters(m.title.value) {
		m.section = fact{s.crumbs[n-1], "html:breadcrumb"}
	} else if len(s.categories) > 0 {
		m.section = fact{sectionName(s.categories[0]), "html:category"}
	}
	if m.section.value == "" {
		m.section = fact{}
	}
}

// breadcrumb returns the name of the last step before the page itself.
func breadcrumb(d *document) string {
	for _, n := range d.ld {
		if !n.is("BreadcrumbList") {
			continue
		}
		items := d.allRelated(n, "itemListElement")
		if len(items) < 3 { // front page and page
			continue
		}
		step := items[len(items)-2]
		if name := step.text("name"); name != "" {
			return name
		}
		if inner, ok := d.related(step, "item"); ok {
			return inner.text("name")
		}
	}
	return ""
}

// readTags sets the keywords of the article.
func (m *metadata) readTags(d *document) {
	if n, ok := d.mainItem(); ok {
		m.addTags(ldStrings(n.values["keywords"]), "jsonld:keywords")
	}
	for _, name := range [...]string{"article:tag", "og:article:tag", "news_keywords", "parsely-tags", "keywords", "sailthru.tags", "cxenseparse:recs:keyword"} {
		if len(m.tags) > 0 {
			return
		}
		m.addTags(d.metaAll(name), "meta:"+name)
	}
}

// addTags splits and files keywords, each once.
func (m *metadata) addTags(lists []string, source string) {
	for _, list := range lists {
		mark := ","
		if !strings.Contains(list, mark) && strings.Contains(list, ";") {
			mark = ";"
		}
		for tag := range strings.SplitSeq(ldClean(list), mark) {
			tag = strings.Trim(tag, " \"'[]#")
			n := utf8.RuneCountInString(tag)
			if n == 0 || n > 80 || len(m.tags) >= maxTopics || slices.ContainsFunc(m.tags, func(t string) bool { return strings.EqualFold(t, tag) }) {
				continue
			}
			m.tags, m.tagsSource = append(m.tags, tag), source
		}
	}
}

// readLeads collects what may be the standfirst: descriptions first, then elements
// that are called so. The longest true one is for those to find who know the body.
func (m *metadata) readLeads(d *document) {
	add := func(value, source string) {
		value = ldClean(value)
		if utf8.RuneCountInString(value) < 15 || letters(value) == letters(m.title.value) || slices.ContainsFunc(m.leads, func(f fact) bool { return f.value == value }) {
			return
		}
		m.leads = append(m.leads, fact{value, source})
	}
	item, ok := d.mainItem()
	if ok {
		add(item.text("description"), "jsonld:description")
	}
	for _, name := range [...]string{"og:description", "description", "twitter:description", "dc.description", "sailthru.description", "cxenseparse:recs:description"} {
		v, source := d.meta(name)
		add(v, source)
	}
	if ok {
		m.readSubtitle(item)
		m.articleBody, _ = item.values["articleBody"].(string)
	}
}

func (m *metadata) readSubtitle(n ldNode) {
	if s := n.text("alternativeHeadline", "alternateName"); s != "" && letters(s) != letters(m.title.value) {
		m.subtitle = fact{s, "jsonld:alternativeHeadline"}
	}
}
