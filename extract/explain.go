package extract

import (
	"newsarchive/page"
)

// A Trace says how the reading of one page came about. Its JSON form is for
// programs that show or count it; keys may be added.
type Trace struct {
	URL              string       `json:"url"`
	ID               string       `json:"id"`
	Outcome          page.Outcome `json:"outcome"`
	Evidence         []Evidence   `json:"evidence"` // what the outcome was decided by
	Warnings         []string     `json:"warnings"`
	Fields           []FieldTrace `json:"fields"`
	Body             BodyTrace    `json:"body"`
	Rules            []RuleTrace  `json:"rules"` // for this site, in the order in which they were asked
	ExtractorVersion string       `json:"extractor_version"`
	RulesVersion     string       `json:"rules_version"`
}

// Evidence is one thing that speaks for or against an outcome.
type Evidence struct {
	Name  string `json:"name"`  // such as "prose score"
	Value string `json:"value"` // such as "4"
}

// A FieldTrace says where one field of the row may have come from.
type FieldTrace struct {
	Name       string      `json:"name"` // the row's key
	Value      string      `json:"value"`
	Source     string      `json:"source"`     // as in the row; "" if there is no value
	Candidates []Candidate `json:"candidates"` // in the order in which they were asked
}

// A Candidate is what one source has for a field.
type Candidate struct {
	Value  string `json:"value"`
	Source string `json:"source"`
	Score  int    `json:"score"`  // support by all sources; 0 where the first of an order wins
	Chosen bool   `json:"chosen"` // it is the row's
}

// A BodyTrace says how the text was found.
type BodyTrace struct {
	Source     string          `json:"source"`    // as text_source of the row
	Container  string          `json:"container"` // a CSS selector for what holds the text; "" if nothing does
	Quality    int             `json:"quality"`
	Candidates []BodyCandidate `json:"candidates"`
	Blocks     []BlockTrace    `json:"blocks"` // of the whole page, in document order; none where the text came from script data
}

// A BodyCandidate is one opinion on where the text is.
type BodyCandidate struct {
	Source    string `json:"source"`
	Container string `json:"container"` // a CSS selector; "" for script data
	Chars     int    `json:"chars"`     // of text in it; a character of a script without spaces counts more
	Chosen    bool   `json:"chosen"`
}

// A BlockTrace is one block of the page: a paragraph, an item, a line.
type BlockTrace struct {
	Text        string `json:"text"` // its beginning
	Place       string `json:"place"`
	Chars       int    `json:"chars"`
	LinkPercent int    `json:"link_percent"`
	Kind        string `json:"kind"` // what the rules say of its containers, joined by "+"
	Kept        bool   `json:"kept"`
	Reason      string `json:"reason"` // why it was dropped
}

// A RuleTrace says what became of one site rule.
type RuleTrace struct {
	Name    string   `json:"name"`
	Layer   string   `json:"layer"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Taken   bool     `json:"taken"`
	Reason  string   `json:"reason"`  // why it was set aside
	Content int      `json:"content"` // containers that it names as content
	Removed int      `json:"removed"` // elements that it takes away
	Fields  []string `json:"fields"`  // that it filled
	Missed  []string `json:"missed"`  // that it names and did not find
}

// Explain reads c as Extract does, and says how. The trace of what cannot be read
// has no fields.
func (e *Extractor) Explain(c *page.Capture) (r *page.Reading, t *Trace) {
	defer func() {
		if p := recover(); p != nil {
			r = e.Extract(c)
			t = newTrace(r)
		}
	}()
	d, err := readDocument(c, e.bounds)
	if err != nil {
		r = e.unread(c, page.NetworkError)
		return r, newTrace(r)
	}
	l := e.look(d)
	t = newTrace(l.reading)
	t.Fields = l.traceFields()
	t.Body = l.traceBody()
	t.Rules = l.traceRules()
	t.Evidence = l.evidence()
	return l.reading, t
}

func newTrace(r *page.Reading) *Trace {
	row := &r.Row
	return &Trace{URL: row.URL, ID: row.ID, Outcome: row.Outcome, Warnings: append([]string{}, row.Warnings...),
		ExtractorVersion: row.ExtractorVersion, RulesVersion: row.RulesVersion,
		Evidence: []Evidence{}, Fields: []FieldTrace{}, Rules: []RuleTrace{},
		Body: BodyTrace{Candidates: []BodyCandidate{}, Blocks: []BlockTrace{}}}
}

func (l *look) traceRules() []RuleTrace {
	out := []RuleTrace{}
	for _, t := range l.trials {
		r := RuleTrace{Name: t.site.Name, Layer: t.site.Layer.String(), File: t.site.File, Line: t.site.Line,
			Taken: t.failure == "", Reason: t.failure, Content: t.content, Removed: t.removed, Fields: []string{}, Missed: []string{}}
		for _, f := range t.fields {
			if f.used {
				r.Fields = append(r.Fields, string(f.field))
			} else {
				r.Missed = append(r.Missed, string(f.field))
			}
		}
		out = append(out, r)
	}
	return out
}
