package archive

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsarchive/internal/spelling"
	"newsarchive/internal/wording"
	"newsarchive/page"
)

// A Query asks for articles. Every part that is not empty must hold.
type Query struct {
	ID       string         // of the article, whole
	Terms    []string       // words and phrases; all must occur in title, lead or text
	Without  []string       // words and phrases that must not
	Title    []string       // words and phrases; all must occur in the title
	Tags     []string       // all must be among the tags; one that ends in * begins so
	Section  string         // "politics*" finds "Politics and economy" too
	Site     string         // registered domain, or host
	Language string         // "pt" finds "pt-BR" too
	Author   string         // part of an author's name
	Outcomes []page.Outcome // one of these; nil for any
	Since    time.Time      // published, or else fetched, at this time or later
	Until    time.Time      // earlier than this
}

// ParseQuery reads what people type: words, "phrases" (all must occur), -word
// (must not), word* (what begins so), and title:, tag:, section:, site:, lang:, author:,
// outcome:, since: and until: with a value, quoted where it has a space. Title and tag may
// stand several times, and the value of outcome: is what ParseOutcomes reads. Dates are 2026,
// 2026-11 or 2026-11-23; both ends are included. Signs alone are no words; a query of nothing
// else is an error, as is a quote that is not closed. A blank query asks for all.
func ParseQuery(s string) (Query, error) {
	var q Query
	said := map[string]bool{}
	plain := straightQuotes.Replace(page.Clean(s))
	if strings.Count(plain, `"`)%2 == 1 {
		return q, fmt.Errorf("query %.200q: a quote is not closed", s)
	}
	for _, word := range splitQuery(plain) {
		name, value, ok := strings.Cut(word, ":")
		var err error
		switch {
		case !ok || strings.HasPrefix(word, `"`):
			err = q.term(word)
		case value == "":
			err = fmt.Errorf("%s: needs a value", name)
		default:
			err = q.filter(strings.ToLower(name), strings.ReplaceAll(value, `"`, ""), word)
		}
		if name = strings.ToLower(name); ok && said[name] && slices.Contains(filters[once:], name) && err == nil {
			err = fmt.Errorf("%s: stands there twice; ask once for each", name)
		}
		said[name] = true
		if err != nil {
			return q, fmt.Errorf("query %.200q: %w", s, err)
		}
	}
	if strings.TrimSpace(s) != "" && reflect.ValueOf(q).IsZero() {
		return q, fmt.Errorf("query %.200q: there is no letter or digit to search for", s)
	}
	return q, nil
}

var straightQuotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`)

// splitQuery splits at white space outside of quotes.
func splitQuery(s string) []string {
	quoted := false
	return strings.FieldsFunc(s, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return unicode.IsSpace(r) && !quoted
	})
}

func (q *Query) term(word string) error {
	list := &q.Terms
	if rest, ok := strings.CutPrefix(word, "-"); ok {
		if name, _, ok := strings.Cut(rest, ":"); ok && slices.Contains(filters, name) {
			return fmt.Errorf("%s: cannot be what an article is without; only words can", name)
		}
		list, word = &q.Without, rest
	}
	word = strings.ReplaceAll(word, `"`, "")
	if strings.ContainsFunc(word, wordy) {
		*list = append(*list, word)
	}
	return nil
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// filter sets the part of that name. What names no filter and is not written as one is a
// word with a colon in it: 10:30, https://…
func (q *Query) filter(name, value, word string) (err error) {
	switch name {
	case "title":
		if strings.ContainsFunc(value, wordy) {
			q.Title = append(q.Title, value)
		}
	case "tag":
		q.Tags = append(q.Tags, label(value))
	case "section":
		q.Section = label(value)
	case "site":
		q.Site = strings.ToLower(value)
	case "lang", "language":
		q.Language = strings.ToLower(value)
	case "author":
		q.Author = foldedName(value)
	case "outcome":
		q.Outcomes, err = ParseOutcomes(value)
	case "since":
		q.Since, _, err = period(value)
	case "until":
		_, q.Until, err = period(value)
	default:
		alike := slices.DeleteFunc(slices.Clone(filters), func(f string) bool { return !strings.HasPrefix(name, f[:1]) })
		hint := spelling.DidYouMean(name, alike)
		if hint != "" || namesFilter(word) {
			return fmt.Errorf("no filter is called %s%s; there are %s (in quotes it is text)", name, hint, strings.Join(filters, ", "))
		}
		err = q.term(word)
	}
	return err
}

// ParseOutcomes reads lists of outcomes, joined by commas: "ok,partial" is these, "!ok" all
// but that. The answer is never nil.
func ParseOutcomes(lists ...string) ([]page.Outcome, error) {
	wanted, others := []page.Outcome{}, slices.Clone(page.Outcomes[:])
	for name := range strings.SplitSeq(strings.Join(lists, ","), ",") {
		bare, not := strings.CutPrefix(name, "!")
		at := slices.Index(page.Outcomes[:], page.Outcome(bare))
		if at < 0 {
			return nil, fmt.Errorf("no outcome is called %q; they are %s", bare, joined(page.Outcomes[:]))
		}
		if o := page.Outcomes[at]; not {
			others = slices.DeleteFunc(others, func(other page.Outcome) bool { return other == o })
		} else {
			wanted = append(wanted, o)
		}
	}
	if len(wanted) == 0 {
		return others, nil
	}
	return slices.DeleteFunc(wanted, func(o page.Outcome) bool { return !slices.Contains(others, o) }), nil
}

// nothing reports a query that no row can hold.
func (q Query) nothing() bool { return q.Outcomes != nil && len(q.Outcomes) == 0 }

func joined(outcomes []page.Outcome) string {
	names := make([]string, len(outcomes))
	for i, o := range outcomes {
		names[i] = string(o)
	}
	return strings.Join(names, ", ")
}

// namesFilter reports whether a word is written as a filter is: small letters, a colon, a
// value that is more than the rest of an address.
func namesFilter(word string) bool {
	name, value, _ := strings.Cut(word, ":")
	return !strings.HasPrefix(value, "//") && !strings.ContainsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' })
}

var filters = []string{"title", "tag", "site", "section", "lang", "author", "outcome", "since", "until"}

// IsFilter reports a name that ParseQuery takes before a colon.
func IsFilter(name string) bool { return slices.Contains(filters, name) }

// once is where in filters those begin that may stand only once.
const once = 2

// foldedName is a name in lower case, with one apostrophe for all.
func foldedName(s string) string { return apostrophes.Replace(strings.ToLower(s)) }

var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'")

// foldedNames does the same with those in the catalog.
const foldedNames = `replace(replace(replace(names, '’', char(39)), '‘', char(39)), 'ʼ', char(39))`

// period returns the beginning of a year, month or day and of the one after it.
func period(s string) (from, to time.Time, err error) {
	for i, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if from, err = time.Parse(layout, s); err == nil {
			next := [3]int{}
			next[i] = 1
			return from, from.AddDate(next[0], next[1], next[2]), nil
		}
	}
	return from, to, fmt.Errorf("%q is no date such as 2026-11-23", s)
}

// match writes terms for the words table, joined by the operator. A term is a
// phrase of its words, since what is not a word separates.
func match(terms []string, operator string) string {
	quoted := make([]string, len(terms))
	for i, term := range terms {
		bare, begins := strings.CutSuffix(term, "*")
		quoted[i] = `"` + strings.TrimSpace(spaced(strings.ReplaceAll(bare, `"`, " "))) + `"`
		if begins {
			quoted[i] += "*"
		}
	}
	return strings.Join(quoted, operator)
}

// words is what the words table is asked for; "" where the query has no words.
func (q Query) words() string {
	var all []string
	if len(q.Terms) > 0 {
		all = append(all, match(q.Terms, " AND "))
	}
	for _, term := range q.Title {
		all = append(all, "title : "+match([]string{term}, ""))
	}
	return strings.Join(all, " AND ")
}

// spaced returns s with each character of a script without spaces as a word of
// its own. A phrase of such words is found whatever its length; trigrams would
// not find the many words of two characters.
func spaced(s string) string {
	if !strings.ContainsFunc(s, wording.Joined) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if wording.Joined(r) {
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
