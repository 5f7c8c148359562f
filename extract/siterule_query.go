package extract

import (
	"regexp"

	"newsarchive/selectors"

	"golang.org/x/net/html"
)

// A siteQuery runs the queries of one rule on one page, within one budget.
type siteQuery struct {
	d      *document
	site   *selectors.Site
	budget *selectors.Budget
	err    error // the first query that took too long
}

// first returns what the first query that finds anything finds.
func (q *siteQuery) first(queries []*selectors.Query) (*selectors.Query, []selectors.Found) {
	for _, query := range queries {
		if found := q.find(query); len(found) > 0 {
			return query, found
		}
	}
	return nil, nil
}

func (q *siteQuery) find(query *selectors.Query) []selectors.Found {
	if q.err != nil {
		return nil
	}
	found, err := query.Find(q.d.root, q.budget)
	q.err = err
	return found
}

// siteMarks are the elements that a rule names: as content, as no text, and as the standfirst.
type siteMarks struct{ content, removed, lead nodeSet }

type nodeSet map[*html.Node]struct{}

func (s nodeSet) add(found []selectors.Found) {
	for _, f := range found {
		if f.Node != nil {
			s[f.Node] = struct{}{}
		}
	}
}

// holds reports whether n or anything around it is in the set.
func (s nodeSet) holds(n *html.Node) bool {
	for ; len(s) > 0 && n != nil; n = n.Parent {
		if _, ok := s[n]; ok {
			return true
		}
	}
	return false
}

func (q *siteQuery) marks() siteMarks {
	m := siteMarks{nodeSet{}, nodeSet{}, nodeSet{}}
	_, content := q.first(q.site.Content)
	m.content.add(content)
	_, lead := q.first(q.site.Fields[selectors.Standing])
	m.lead.add(lead)
	for _, query := range q.site.Remove {
		m.removed.add(q.find(query))
	}
	return m
}

func (q *siteQuery) walled() bool {
	query, _ := q.first(q.site.Paywall)
	return query != nil
}

// fields reads what the rule's queries give for each field.
func (q *siteQuery) fields() (trials []fieldTrial) {
	for _, field := range selectors.Fields {
		queries, ok := q.site.Fields[field]
		if !ok {
			continue
		}
		t := fieldTrial{field: field}
		for _, query := range queries {
			if t.found = q.values(query, q.site.Match[field]); len(t.found) > 0 {
				t.query = query.String()
				break
			}
		}
		trials = append(trials, t)
	}
	return trials
}

// maxValue bounds what of a field is read, in bytes.
const maxValue = 64 << 10

// values returns the texts that a query finds, each on one line; those that match,
// if there is something to match.
func (q *siteQuery) values(query *selectors.Query, match *regexp.Regexp) (values []string) {
	for _, f := range q.find(query) {
		v := f.Value
		if !f.Text {
			v = textOf(f.Node)
		}
		v = oneLine(v[:min(len(v), maxValue)])
		if match != nil {
			v = taken(match, v)
		}
		if v != "" {
			values = append(values, v)
		}
		if len(values) == maxValues {
			break
		}
	}
	return values
}

// maxValues is how many texts a field may have.
const maxValues = 50

// taken returns the first group of a match, or all of it where there is no group.
func taken(match *regexp.Regexp, s string) string {
	switch m := match.FindStringSubmatch(s); len(m) {
	case 0:
		return ""
	case 1:
		return oneLine(m[0])
	default:
		return oneLine(m[1])
	}
}
