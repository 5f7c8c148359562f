package archive

import (
	"context"
	"slices"
	"strings"

	"newsarchive/page"
)

// How a search goes about its work, so that it looks at few rows.
const (
	ranked    = 2000   // articles whose relevance is compared, those stored last
	someRows  = 20_000 // so many that a filter leaves are noted, and the words' rows looked up among them
	fewValues = 200    // lists of authors that an index is asked for
)

// searchPlan is what a query comes to in the catalog.
type searchPlan struct {
	index                     string // of article, that leads to few rows or gives them in their order
	where                     string // what holds of a row, words aside
	args                      []any
	none                      bool // nothing can be found
	fewLabelled, manyLabelled bool // a label is asked for that few, that many rows have
}

// filtered reports whether rows are left out for more than being old.
func (p *searchPlan) filtered() bool { return len(p.args) > 0 }

func (p *searchPlan) from() string {
	if p.index == "" {
		return "article a not indexed" // but by rowid
	}
	return "article a indexed by " + p.index
}

// plan chooses the index, and asks what languages and authors there are.
func (c *catalog) plan(ctx context.Context, q Query) (p searchPlan, err error) {
	p.index, p.none = "article_day", q.nothing()
	language, languageArgs, err := c.languages(ctx, &q, &p)
	if err != nil {
		return p, err
	}
	authors, authorArgs, err := c.authors(ctx, &q, &p)
	if err != nil {
		return p, err
	}
	if len(q.Outcomes) == 1 {
		p.index = "article_outcome"
	}
	if q.Site != "" {
		p.index = "article_site"
	}
	if len(authorArgs) > 0 && !strings.HasPrefix(authors, " and +") {
		p.index = "article_authors"
	}
	labels, labelArgs, err := c.labels(ctx, &q, &p)
	if err != nil {
		return p, err
	}
	if p.fewLabelled {
		p.index = ""
	}
	if q.words() != "" {
		q.Without = nil // the words say so themselves
	}
	p.where, p.args = q.where()
	p.where = "a.latest" + p.where + language + authors + labels
	if p.index == "article_day" {
		p.where = "a.current and " + p.where // which the index asks for
	}
	p.args = slices.Concat(p.args, languageArgs, authorArgs, labelArgs)
	return p, nil
}

// languages takes the language out of the query and says it with the languages that
// there are.
func (c *catalog) languages(ctx context.Context, q *Query, p *searchPlan) (where string, args []any, err error) {
	if q.Language == "" {
		return "", nil, nil
	}
	names, err := c.counts(ctx, "select name, n from tally where kind = 'language' and n > 0 and (name = ? or name like ? escape '!')",
		q.Language, escapeLike(q.Language)+"-%")
	q.Language = ""
	for _, n := range names {
		args = append(args, n.Name)
	}
	switch len(args) {
	case 0:
		p.none = true
	case 1:
		p.index = "article_language"
	}
	return " and a.language in (" + marks(len(args)) + ")", args, err
}

// authors does the same with an author: by the lists of authors where they are few.
func (c *catalog) authors(ctx context.Context, q *Query, p *searchPlan) (where string, args []any, err error) {
	if q.Author == "" {
		return "", nil, nil
	}
	args, err = column[any](c.db.QueryContext(ctx, "select id from author where instr("+foldedNames+", ?) > 0 limit ?", q.Author, fewValues+1))
	if err != nil {
		return "", nil, err
	}
	name := q.Author
	q.Author = ""
	if p.none = p.none || len(args) == 0; len(args) > fewValues {
		return " and +a.authors in (select id from author where instr(" + foldedNames + ", ?) > 0)", []any{name}, nil
	}
	return " and a.authors in (" + marks(len(args)) + ")", args, nil
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

// search finds rows. What bm25 gives is the lower the better.
func (c *catalog) search(ctx context.Context, q Query, limit int) ([]rowPlace, error) {
	p, err := c.plan(ctx, q)
	if err != nil || p.none {
		return nil, err
	}
	words := q.words()
	if words == "" {
		return c.newestPlaces(ctx, &p, limit)
	}
	if len(q.Without) > 0 {
		words = "(" + words + ") NOT (" + match(q.Without, " OR ") + ")"
	}
	text, args, err := c.candidates(ctx, &p, words)
	if err != nil {
		return nil, err
	}
	return c.places(ctx, selectPlace+"w.score from ("+text+") w join article a on a.rowid = w.id join segment s on s.id = a.segment order by "+hasArticle+" desc, w.score desc, a.day desc, a.id limit ?",
		append(args, max(limit, 0))...)
}

// newestPlaces finds rows of articles, newest first, and then those without one.
func (c *catalog) newestPlaces(ctx context.Context, p *searchPlan, limit int) (list []rowPlace, err error) {
	for _, part := range articlesFirst {
		more, err := c.places(ctx, selectPlace+"0.0 from "+p.from()+" join segment s on s.id = a.segment where "+p.where+part+" order by a.day desc, a.id limit ?",
			append(p.args[:len(p.args):len(p.args)], limit-len(list))...)
		if list = append(list, more...); err != nil || len(list) >= limit {
			return list, err
		}
	}
	return list, nil
}

// articlesFirst are the rows of articles, and the rest: a page that failed today is newer
// than any article, and nobody looks for it first.
var articlesFirst = [...]string{" and " + hasArticle, " and not " + hasArticle}

// What Outcome.HasArticle and failed say, for the catalog.
var (
	hasArticle = outcomesThat(page.Outcome.HasArticle)
	hasFailed  = outcomesThat(failed)
)

func outcomesThat(hold func(page.Outcome) bool) string {
	var names []string
	for _, o := range page.Outcomes {
		if hold(o) {
			names = append(names, "'"+string(o)+"'")
		}
	}
	return "a.outcome in (" + strings.Join(names, ", ") + ")"
}

// candidates is the question for the articles with the words whose relevance is
// compared. It goes through the words' rows, newest first, for asking the words of one
// row would make bm25 count all of them each time.
func (c *catalog) candidates(ctx context.Context, p *searchPlan, words string) (text string, args []any, err error) {
	const chosen = "select w.rowid as id, -bm25(words, 10, 5, 1) as score from "
	left := 0
	if p.manyLabelled && !p.fewLabelled {
		left = someRows + 1 // most likely, and counting is slow
	} else if p.filtered() {
		err = c.db.QueryRowContext(ctx, "select count(*) from (select 1 from "+p.from()+" where "+p.where+" limit ?)", append(p.args[:len(p.args):len(p.args)], someRows+1)...).Scan(&left)
	}
	if p.filtered() && left <= someRows {
		text = chosen + "words w where words match ? and +w.rowid in (select a.rowid from " + p.from() + " where " + p.where + ")"
	} else {
		text = chosen + "words w cross join article a on a.rowid = w.rowid where words match ? and " + p.where
	}
	return text + " order by w.rowid desc limit ?", append(append([]any{words}, p.args...), ranked), err
}
