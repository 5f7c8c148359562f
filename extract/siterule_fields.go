package extract

import (
	"slices"
	"strings"

	"newsarchive/selectors"
)

// apply writes the fields that the rule found into its metadata. What is no value
// for its field leaves the general one.
func (t *trial) apply(d *document) {
	for i := range t.fields {
		if f := &t.fields[i]; len(f.found) > 0 {
			f.used = t.set(d, f.field, f.found)
		}
	}
}

// maxRuleTitle is the longest text that is a title, in bytes.
const maxRuleTitle = 1000

// set writes one field and reports whether the texts are a value for it.
func (t *trial) set(d *document, field selectors.Field, found []string) bool {
	m, first := &t.m, fact{found[0], t.source()}
	switch field {
	case selectors.Title:
		if len(first.value) > maxRuleTitle || letters(first.value) == "" {
			return false
		}
		m.title = first
		m.titles = slices.Concat([]fact{first}, m.titles)
		m.forget("title_missing")
	case selectors.Subtitle:
		m.subtitle = first
	case selectors.Standing:
		t.lead = strings.Join(found, "\n")
		m.leads = slices.Concat([]fact{first}, m.leads)
	case selectors.Authors:
		return t.setAuthors(d, found)
	case selectors.Published, selectors.Modified:
		return t.setTime(d, field, found)
	case selectors.Section:
		m.section = first
	case selectors.Keywords:
		m.tags, m.tagsSource = found, t.source()
	case selectors.SiteName:
		m.siteName = first
	case selectors.Language:
		tag := normalLanguage(first.value)
		if tag != "" {
			m.language = fact{tag, t.source()}
		}
		return tag != ""
	}
	return true
}

// forget drops a warning that no longer holds.
func (m *metadata) forget(warning string) {
	m.warnings = slices.DeleteFunc(slices.Clone(m.warnings), func(w string) bool { return strings.HasPrefix(w, warning) })
}

func (t *trial) setAuthors(d *document, found []string) bool {
	var lines []string
	b := byline{d: d, site: t.m.siteName.value, houses: houseNames(d), declared: true, lines: &lines}
	for _, s := range found {
		if rest, ok := cutBy(s); ok {
			s = rest
		}
		b.add(s)
	}
	if len(b.people)+len(b.groups) == 0 {
		return false
	}
	t.m.authors, t.m.authorsSource = b.people, t.source()
	t.m.agencies, t.m.agenciesSource = nil, ""
	t.m.signedBy(d, b.groups)
	return true
}

func (t *trial) setTime(d *document, field selectors.Field, found []string) bool {
	x := dates{d: d, reader: t.m.dateReader(d)}
	if at := d.ex.Start; !at.IsZero() {
		x.limit = at.Add(slack)
	}
	for _, s := range found {
		x.add(&x.published, s, t.source())
	}
	s := x.located(x.first(x.published))
	if s.time.IsZero() {
		return false
	}
	if field == selectors.Modified {
		t.m.modified = s
		return true
	}
	t.m.published = s
	t.m.forget("published_")
	return true
}
