package extract

import (
	"strings"

	"newsarchive/page"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Masses of text, in letters; a letter of a script without spaces counts as four.
const (
	tinyText  = 60   // less is no article, whatever else speaks for one
	fewWords  = 150  // and nothing that calls them an article: about 30 words
	shortText = 400  // less needs evidence: about 80 words
	wallText  = 1200 // no wall, dialog or error page says more
	longText  = 3500 // about 700 words: a preview is shorter
)

// judge says how the reading of a page ended, what is odd about it, and how much of
// the article is open ("full", "preview", "gate", "unknown"). Where the outcome
// bears no article (see showsText), the words that were found are taken out of b.
//
// A page is an article unless there is evidence that it is something else, and the
// longer its text, the more of it is asked for: a real article under a wrong name is
// worse than a section page under that of an article.
func judge(d *document, m *metadata, b *bodyResult) (outcome page.Outcome, warnings []string, access, accessSource string) {
	j := judgement{d: d, m: m, b: b, mass: weigh(b.text)}
	j.access = "unknown"
	outcome = j.outcome()
	if !showsText(outcome) {
		b.rendered = rendered{}
		b.lead, b.leadSource = "", ""
	}
	if outcome == page.NotArticle && !m.published.time.IsZero() && !j.declaredDate() && (j.root() || j.datesCard()) {
		m.published, m.modified = stamp{}, stamp{}
		j.warn("published_missing")
	}
	if outcome == page.OK && m.declaredFree.value == "yes" {
		j.access, j.accessSource = "full", m.declaredFree.source
	}
	return outcome, j.warnings, j.access, j.accessSource
}

// A judgement is one page's case.
type judgement struct {
	d    *document
	m    *metadata
	b    *bodyResult
	mass int // of the body's text

	visible string // what the page shows, lower case, single blanks; see shown
	spoken  string // that without what it quotes
	title   string // <title>, lower case
	head    string // see markup

	warnings             []string
	access, accessSource string
}

func (j *judgement) warn(w string) { j.warnings = append(j.warnings, w) }

// outcome asks one question after the other; the first that is answered decides.
func (j *judgement) outcome() page.Outcome {
	came := j.transport()
	if came == page.NotArticle || came == page.Unchanged {
		return came
	}
	j.title = lowered(j.d.title)
	if j.mass < wallText || came != "" || j.mass < longText && !j.speaksOfArticle() {
		j.visible = shown(j.d.root)
		if j.d.ex.Status != 404 && j.d.ex.Status != 410 && j.wall() {
			return page.Blocked
		}
	}
	if came != "" {
		return came
	}
	for _, ask := range [...]func() page.Outcome{j.cut, j.missing, j.service, j.bare, j.gated, j.elsewhere} {
		if o := ask(); o != "" {
			return o
		}
	}
	if j.mass < shortText {
		j.warn("short_text")
	}
	return page.OK
}

// speaksOfArticle reports metadata that only the page of an article has.
func (j *judgement) speaksOfArticle() bool { return j.articleType() || j.declaredDate() }

// declaredDate reports a date of publication that the page declares as such; one in
// the text may be a teaser's.
func (j *judgement) declaredDate() bool {
	source := j.m.published.source
	return strings.HasPrefix(source, "jsonld") || strings.HasPrefix(source, "meta") || strings.HasPrefix(source, "rule:")
}

// bare says what a page without text is.
func (j *judgement) bare() page.Outcome {
	if j.mass >= tinyText {
		return ""
	}
	switch {
	case j.gate() != "":
		j.access, j.accessSource = "gate", j.gate()
		return page.Paywalled
	case j.wantsScripts():
		return page.JSRequired
	case !j.speaksOfArticle() && (j.links() >= 10 || linkedHeadings(j.d.root) > 0 || j.moved()):
		return page.NotArticle
	case strings.TrimSpace(j.b.text) != "" && j.speaksOfArticle():
		return ""
	case strings.TrimSpace(j.b.text) != "" && weigh(j.visible) > tinyText:
		return page.NotArticle
	}
	return page.Empty
}

// moved reports a page that only sends on to another.
func (j *judgement) moved() bool {
	for _, m := range j.d.metas {
		if m.name == "refresh" {
			return true
		}
	}
	return false
}

// wantsScripts reports a page that shows next to nothing and asks for scripts, or
// is the empty place that a script fills.
func (j *judgement) wantsScripts() bool {
	if weigh(j.visible) > shortText {
		return false
	}
	all := j.visible
	places := false
	for n := range j.d.root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Noscript:
			all += " " + lowered(textOf(n))
		case n.DataAtom != atom.Script && n.Namespace == "" && mountPoint(n) && weigh(shown(n)) < tinyText:
			places = true
		}
	}
	return anyIn(all, said().Scripts) != "" || places
}

// mountPoint reports the element that an application fills.
func mountPoint(n *html.Node) bool {
	switch attr(n, "id") {
	case "root", "app", "__next", "__nuxt", "___gatsby", "svelte", "app-root", "react-root", "main-app", "ember", "q-app":
		return true
	}
	return strings.Contains(n.Data, "-root") || strings.HasSuffix(n.Data, "-app")
}

// links counts the links of the page, up to a hundred.
func (j *judgement) links() (n int) {
	for e := range j.d.root.Descendants() {
		if e.DataAtom == atom.A && attr(e, "href") != "" {
			if n++; n == 100 {
				break
			}
		}
	}
	return n
}
