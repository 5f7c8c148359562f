package extract

import (
	"fmt"
	"net/url"

	"newsarchive/page"
	"newsarchive/selectors"
)

// A look is one page on its way through the steps, with what was thought of it.
type look struct {
	d       *document
	m       metadata
	b       *bodyResult
	reading *page.Reading

	plainTitle fact        // what the title is without any site rule
	plainBody  *bodyResult // the body without any site rule
	trials     []trial     // of site rules, in the order in which they were asked
}

// A trial is what became of one site rule on one page.
type trial struct {
	site    *selectors.Site
	failure string // why it was set aside, in words; "" if it was taken
	content int    // containers that it names as content
	removed int    // elements that it removes
	fields  []fieldTrial
	walled  bool // it says that the rest is for subscribers

	m    metadata
	b    *bodyResult
	lead string
}

// A fieldTrial is what a rule's queries gave for one field.
type fieldTrial struct {
	field selectors.Field
	query string // the one that found something, "" if none did
	found []string
	used  bool
}

// askSites tries the rules for this site one after the other. The first whose
// result is plausible beside the general one is taken.
func (l *look) askSites(rules *selectors.Rules) {
	l.plainTitle, l.plainBody = l.m.title, l.b
	for _, site := range rules.SitesFor(l.d.url.Host, pathAndQuery(l.d.url), l.d.ex.Start) {
		t := l.try(site, rules)
		l.trials = append(l.trials, t)
		if t.failure == "" {
			l.m, l.b = t.m, t.b
			return
		}
	}
}

func pathAndQuery(u *url.URL) string {
	p := u.EscapedPath()
	if p == "" {
		p = "/"
	}
	if u.RawQuery != "" {
		p += "?" + u.RawQuery
	}
	return p
}

// taken returns the trial of the rule that was taken, nil if none was.
func (l *look) taken() *trial {
	if n := len(l.trials); n > 0 && l.trials[n-1].failure == "" {
		return &l.trials[n-1]
	}
	return nil
}

// source is how the keys of a row name the rule.
func (t *trial) source() string { return "rule:" + t.site.Name }

// try reads the page by a rule.
func (l *look) try(site *selectors.Site, rules *selectors.Rules) (t trial) {
	t = trial{site: site, m: l.m, b: l.b}
	q := siteQuery{d: l.d, site: site, budget: selectors.NewBudget()}
	t.fields = q.fields()
	t.apply(l.d)
	marks := q.marks()
	t.content, t.removed, t.walled = len(marks.content), len(marks.removed), q.walled()
	if q.err != nil {
		t.failure = q.err.Error()
		return t
	}
	if len(site.Content)+len(site.Remove) > 0 || t.lead != "" {
		t.b = readMarked(l.d, &t.m, rules, marks)
		if t.content > 0 {
			t.b.source = t.source()
		}
	}
	t.failure = t.implausible(l, len(site.Content) > 0)
	return t
}

// implausible is the gate: it says why a rule's result is not to be believed.
func (t *trial) implausible(l *look, wantsContent bool) string {
	mine, plain := weigh(t.b.text), weigh(l.plainBody.text)
	switch {
	case wantsContent && t.content == 0:
		return "content finds nothing"
	case t.b.text == "" && plain > 0:
		return "leaves no text"
	case 2*mine < plain:
		return fmt.Sprintf("its text is %d %% of the general result, less than half", percent(mine, plain))
	}
	for _, f := range t.fields {
		if f.field == selectors.Title && !f.used {
			return "title finds nothing"
		}
	}
	return ""
}

// finish writes into the row what only the rule knows, and warns of rules that were
// set aside on what is an article.
func (l *look) finish(row *page.Row) {
	set := len(l.trials)
	if t := l.taken(); t != nil {
		set--
		t.close(row)
		if t.lead != "" && row.Text != "" {
			row.Lead, row.LeadSource = t.lead, t.source()
		}
	}
	if set > 0 && row.Outcome.HasArticle() {
		row.Warnings = append(row.Warnings, "rule_set_aside")
	}
}

// close makes the page a preview where the rule sees a wall.
func (t *trial) close(row *page.Row) {
	if t.walled && (row.Outcome == page.OK || row.Outcome == page.Partial) {
		row.Outcome, row.Access, row.AccessSource = page.Paywalled, "preview", t.source()
	}
}
