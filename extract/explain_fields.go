package extract

import (
	"slices"
	"strings"
	"time"

	"newsarchive/page"
	"newsarchive/selectors"
)

// traceFields asks the sources again, now for all that they have.
func (l *look) traceFields() []FieldTrace {
	row := &l.reading.Row
	fields := []FieldTrace{
		l.field("title", row.Title, row.TitleSource, l.titles()),
		l.field("subtitle", row.Subtitle, row.SubtitleSource, nil),
		l.field("lead", row.Lead, row.LeadSource, l.leads()),
		l.field("authors", strings.Join(row.Authors, "; "), row.AuthorsSource, l.authors()),
		l.field("agencies", strings.Join(row.Agencies, "; "), row.AgenciesSource, nil),
		l.field("published_at", instant(row.PublishedAt), row.PublishedSource, nil),
		l.field("modified_at", instant(row.ModifiedAt), row.ModifiedSource, nil),
		l.field("language", row.Language, row.LanguageSource, nil),
		l.field("site_name", row.SiteName, row.SiteNameSource, nil),
		l.field("section", row.Section, row.SectionSource, nil),
		l.field("tags", strings.Join(row.Tags, "; "), row.TagsSource, nil),
		l.field("url_canonical", row.URLCanonical, row.CanonicalSource, nil),
		l.field("license", row.License, row.LicenseSource, nil),
		l.field("declared_free", row.DeclaredFree, row.DeclaredFreeSource, nil),
		l.field("access", row.Access, row.AccessSource, nil),
	}
	l.addDates(fields)
	for i := range fields {
		fields[i].choose()
	}
	return fields
}

// field makes the trace of one field. What site rules have for it comes first.
func (l *look) field(name, value, source string, candidates []Candidate) FieldTrace {
	f := FieldTrace{Name: name, Value: value, Source: source, Candidates: []Candidate{}}
	for _, t := range l.trials {
		for _, tried := range t.fields {
			if key(tried.field) == name && len(tried.found) > 0 {
				f.Candidates = append(f.Candidates, Candidate{Value: shorten(strings.Join(tried.found, "; ")), Source: t.source()})
			}
		}
	}
	f.Candidates = append(f.Candidates, candidates...)
	if len(candidates) == 0 && value != "" && source != "" && !strings.HasPrefix(source, "rule:") {
		f.Candidates = append(f.Candidates, Candidate{Value: shorten(value), Source: source})
	}
	return f
}

// key is the row's key for a field of a rule.
func key(f selectors.Field) string {
	if f == selectors.Published || f == selectors.Modified {
		return string(f) + "_at"
	}
	return string(f)
}

// choose marks the candidate that the row has: the first of its source with the row's
// value, or else the first of its source; it is added where the sources no longer have it.
func (f *FieldTrace) choose() {
	at := slices.IndexFunc(f.Candidates, func(c Candidate) bool { return c.Source == f.Source && c.Value == shorten(f.Value) })
	if at < 0 {
		at = slices.IndexFunc(f.Candidates, func(c Candidate) bool { return c.Source == f.Source })
	}
	switch {
	case at >= 0 && f.Value != "":
		f.Candidates[at].Chosen = true
	case f.Value != "" && f.Source != "":
		f.Candidates = append(f.Candidates, Candidate{Value: shorten(f.Value), Source: f.Source, Chosen: true})
	}
}

// maxTraced is how much of a value a trace shows, in code points.
const maxTraced = 300

func shorten(s string) string { return page.Printable(s, maxTraced) }

func instant(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (l *look) titles() (out []Candidate) {
	votes := titleVotes(l.d, l.m.siteName.value)
	for i := range votes {
		votes[i].key = letters(votes[i].value)
	}
	for i, v := range votes {
		out = append(out, Candidate{Value: shorten(v.value), Source: v.source, Score: support(votes, i)})
	}
	return out
}

// leads lists the standfirst that stands on the page and the descriptions that it was
// compared with.
func (l *look) leads() (out []Candidate) {
	if l.b.lead != "" {
		out = append(out, Candidate{Value: shorten(l.b.lead), Source: l.b.leadSource})
	}
	for _, f := range l.m.leads {
		if !strings.HasPrefix(f.source, "rule:") {
			out = append(out, Candidate{Value: shorten(f.value), Source: f.source})
		}
	}
	return out
}

func (l *look) authors() (out []Candidate) {
	houses, lines := houseNames(l.d), []string(nil)
	for i, source := range authorSources {
		b := byline{d: l.d, site: l.m.siteName.value, houses: houses, declared: i < declaredSources, lines: &lines}
		name := source(&b)
		if names := slices.Concat(b.people, b.groups); len(names) > 0 {
			out = append(out, Candidate{Value: shorten(strings.Join(names, "; ")), Source: name})
		}
	}
	return out
}

// addDates lists the dates of all sources.
func (l *look) addDates(fields []FieldTrace) {
	x := dates{d: l.d, reader: l.m.dateReader(l.d)}
	for _, read := range [...]func(*dates){(*dates).readLD, (*dates).readMeta, (*dates).readItems, (*dates).readTimes, (*dates).readWeak,
		(*dates).readScripts, (*dates).readDated, (*dates).readNearTitle, (*dates).readURL, (*dates).readAnyText} {
		read(&x)
	}
	for i := range fields {
		switch f := &fields[i]; f.Name {
		case "published_at":
			f.addStamps(x.published)
		case "modified_at":
			f.addStamps(x.modified)
		}
	}
}

func (f *FieldTrace) addStamps(stamps []stamp) {
	f.Candidates = slices.DeleteFunc(f.Candidates, func(c Candidate) bool { return !strings.HasPrefix(c.Source, "rule:") })
	for _, s := range stamps {
		at := s.time
		c := Candidate{Value: instant(&at), Source: s.source}
		if !slices.Contains(f.Candidates, c) {
			f.Candidates = append(f.Candidates, c)
		}
	}
}
