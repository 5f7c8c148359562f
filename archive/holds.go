package archive

import (
	"reflect"
	"slices"
	"strings"

	"newsarchive/page"
)

// Holds reports whether a row is what the query asks for. Words of the
// text are not looked at.
func (q Query) Holds(r *page.Row) bool {
	day := r.FetchedAt
	if r.PublishedAt != nil {
		day = *r.PublishedAt
	}
	language := strings.ToLower(r.Language)
	return (q.Site == "" || r.Site == q.Site) &&
		(q.Language == "" || language == q.Language || strings.HasPrefix(language, q.Language+"-")) &&
		(q.Author == "" || strings.Contains(foldedName(strings.Join(r.Authors, "\n")), q.Author)) &&
		(q.Outcomes == nil || slices.Contains(q.Outcomes, r.Outcome)) &&
		(q.Section == "" || labelled([]string{r.Section}, q.Section)) &&
		!slices.ContainsFunc(q.Tags, func(tag string) bool { return !labelled(r.Tags, tag) }) &&
		!slices.ContainsFunc(q.Title, func(term string) bool { return !titled(r.Title, term) }) &&
		(q.Since.IsZero() || !day.Before(q.Since)) && (q.Until.IsZero() || day.Before(q.Until))
}

// ByOutcome reports whether a query asks for outcomes and nothing else.
func (q Query) ByOutcome() bool {
	only := Query{Outcomes: q.Outcomes}
	return q.Outcomes != nil && reflect.DeepEqual(q, only)
}

// labelled reports whether one of the names is the label, or begins so.
func labelled(names []string, wanted string) bool {
	bare, begins := strings.CutSuffix(wanted, "*")
	return slices.ContainsFunc(names, func(name string) bool {
		name = label(name)
		return name != "" && (name == bare || begins && strings.HasPrefix(name, bare))
	})
}

// titled reports whether the words of a term follow one another in a title, as the words
// table would find them.
func titled(title, term string) bool {
	bare, begins := strings.CutSuffix(term, "*")
	end := " "
	if begins {
		end = ""
	}
	return strings.Contains(plainWords(title)+" ", strings.TrimSuffix(plainWords(bare), " ")+end)
}

// plainWords are the words of s in lower case without accents, a space before each.
func plainWords(s string) string {
	plain, _ := folded(spaced(s))
	return " " + strings.Join(strings.FieldsFunc(plain, func(r rune) bool { return !wordy(r) }), " ")
}
