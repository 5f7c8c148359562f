package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// byline collects names from one kind of source.
type byline struct {
	d        *document
	site     string
	houses   map[string]bool // letters of the organisations that the page describes
	declared bool            // the source is meant for machines: a single word may be a name
	reader   dateReader
	lines    *[]string // short lines after the headline, once they were asked for
	linked   bool      // the text is that of a link to an author
	labelled bool      // it stands behind "By" in what is called a byline
	strict   bool      // an organisation signs: only lines that say who wrote it tell more
	foreign  bool      // it is not the house: only a label such as "Author:" tells more
	people   []string
	groups   []string
}

// readAuthors sets people and organisations from the first source that names any
// people, else from the first that names organisations. Where no person signs, the
// organisation that does is the author.
func (m *metadata) readAuthors(d *document) {
	var signed byline
	houses, reader, lines := houseNames(d), m.dateReader(d), []string(nil)
	for i, source := range authorSources {
		b := byline{d: d, site: m.siteName.value, houses: houses, reader: reader, declared: i < declaredSources, lines: &lines}
		if i > declaredSources && len(signed.groups) > 0 {
			b.strict, b.foreign = true, !b.onlyHouse(signed.groups)
		}
		name := source(&b)
		b.people = slices.DeleteFunc(b.people, signed.mentions)
		if len(b.people) > 0 || len(b.groups) > 0 && len(signed.groups) == 0 {
			signed.people, m.authorsSource = b.people, name
			for _, g := range b.groups {
				signed.addOrganisation(g)
			}
		}
		if len(b.people) > 0 {
			if i < declaredSources {
				m.addShown(&b, &signed)
			}
			break
		}
	}
	m.authors = d.inShownCase(completeNames(&byline{d: d, lines: &lines}, signed.people))
	m.signedBy(d, signed.groups)
}

// onlyHouse reports whether each of the organisations is the site itself, or an agency that
// a paper names beside itself.
func (b *byline) onlyHouse(groups []string) bool {
	paper := slices.ContainsFunc(groups, func(g string) bool { return b.isHouse(g) || paperOf.MatchString(g) })
	return !slices.ContainsFunc(groups, func(g string) bool {
		return !b.isHouse(g) && !b.d.domainNames(g, true) && !(paper && (agencyName(g) != "" || paperOf.MatchString(g)))
	})
}

// mentions reports whether a name holds that of an organisation which signs: then it
// is a line with both.
func (b *byline) mentions(name string) bool {
	return slices.ContainsFunc(b.groups, func(g string) bool { return strings.Contains(letters(name), letters(g)) })
}

// signedBy files the organisations of a byline: as authors where no person signs,
// beside people as agencies, but for the house itself. Known agencies are always filed as such.
func (m *metadata) signedBy(d *document, groups []string) {
	b := byline{d: d, site: m.siteName.value}
	alone := len(m.authors) == 0
	m.unsigned = alone
	if alone {
		m.authors = slices.DeleteFunc(slices.Clone(groups[:min(len(groups), 3)]), func(g string) bool { return unnamed[strings.ToLower(g)] })
	}
	for _, g := range groups {
		if !alone && len(groups) > 1 && paperOf.MatchString(g) {
			continue // the house, beside the agency that it prints
		}
		if !b.isHouse(g) && !unnamed[strings.ToLower(g)] && (!alone || agencies[letters(g)]) {
			m.agencies, m.agenciesSource = append(m.agencies, g), m.authorsSource
		}
	}
	m.addSources(d)
}

// addSources adds the organisations that the page names as source of the report.
func (m *metadata) addSources(d *document) {
	source := "microdata:sourceOrganization"
	b := byline{d: d, site: m.siteName.value}
	if n, ok := d.mainItem(); ok {
		for _, o := range d.allRelated(n, "sourceOrganization") {
			source = "jsonld:sourceOrganization"
			b.addOrganisation(o.text("name"))
		}
	}
	for _, n := range d.items {
		if attr(n, "itemprop") == "sourceOrganization" {
			b.addOrganisation(oneLine(stated(n)))
		}
	}
	for _, g := range b.groups {
		if !b.isHouse(g) && !has(m.agencies, g) && !has(m.authors, g) && len(g) < 80 {
			m.agencies, m.agenciesSource = append(m.agencies, g), cmp.Or(m.agenciesSource, source)
		}
	}
}

// houseNames returns the names of the organisations and sites among the items.
func houseNames(d *document) map[string]bool {
	names := map[string]bool{}
	for _, n := range d.ld {
		if n.is("Organization", "NewsMediaOrganization", "Corporation", "WebSite") {
			if s := letters(n.text("name")); s != "" {
				names[s] = true
			}
		}
	}
	return names
}

// completeNames replaces a single name by the full one that the page shows in a
// byline or as a short line, as some publishers declare first names only.
func completeNames(b *byline, people []string) []string {
	for i, p := range people {
		if strings.Contains(p, " ") || utf8.RuneCountInString(p) < 3 || unspaced(p) {
			continue
		}
		if full := b.wholeName(p); full != "" {
			people[i] = full
		}
	}
	return people
}

// wholeName returns the name of two or three words that begins with first.
func (b *byline) wholeName(first string) string {
	whole := func(s string) bool {
		return strings.HasPrefix(strings.ToLower(s), strings.ToLower(first)+" ") && len(strings.Fields(s)) <= 3
	}
	for _, n := range b.d.bylines {
		one := byline{d: b.d}
		if one.addNode(n); len(one.people) == 1 && whole(one.people[0]) {
			return one.people[0]
		}
	}
	for _, s := range b.after() {
		rest, by := cutBy(s)
		if s = trimName(rest); (by || strings.Count(s, " ") == 1) && whole(s) && isPerson(s) && capitalised(s) && !isRole(s) {
			return s
		}
	}
	return ""
}

// authorSources fill a byline and name what they read, the most trusted first.
var authorSources = [...]func(*byline) string{
	(*byline).fromLD,
	(*byline).fromMeta,
	(*byline).fromItems,
	(*byline).fromRel,
	(*byline).fromClass,
	(*byline).fromText,
	(*byline).fromScripts,
	(*byline).fromMail,
}

// declaredSources is how many of authorSources are meant for machines.
const declaredSources = 4

// has reports whether the list holds the same name, case and marks aside.
func has(list []string, name string) bool {
	key := letters(name)
	return slices.ContainsFunc(list, func(s string) bool { return letters(s) == key })
}
