package extract

import (
	"regexp"
	"slices"
	"strings"

	"newsarchive/selectors"

	"golang.org/x/net/html"
)

// A witness is what the page says of its article outside of the body.
type witness struct {
	title   string     // as selectors.FoldPhrase folds
	heading *html.Node // the h1 that bears the title
	titled  bool       // that h1 speaks of what the title speaks of
	leads   []string   // descriptions and standfirsts, letters and digits alone
	authors []string
	read    int    // bytes of letters that were searched so far
	letters string // of JSON-LD's articleBody: letters and digits alone, lower case
}

// witnessBytes bounds the search for all blocks of a page in JSON-LD's body.
const witnessBytes = 64 << 20

// newWitness hears metadata and the headings of the page.
func newWitness(d *document, m *metadata) witness {
	w := witness{title: selectors.FoldPhrase(m.title.value), authors: m.authors, letters: letters(m.articleBody)}
	for _, lead := range m.leads {
		w.leads = append(w.leads, letters(lead.value))
	}
	for _, h := range d.headings {
		text := selectors.FoldPhrase(textOf(h))
		if w.heading == nil && text != "" || text == w.title {
			w.heading, w.titled = h, text == w.title || kin(text, w.title)
		}
		if text == w.title {
			break
		}
	}
	return w
}

// says reports whether the text is in JSON-LD's articleBody.
func (w *witness) says(text string) bool {
	if w.letters == "" || w.read > witnessBytes {
		return false
	}
	w.read += len(w.letters)
	l := letters(text)
	return len(l) >= 20 && strings.Contains(w.letters, l)
}

// signs reports whether the text is a byline: somebody who signs the article, alone or
// before what the person is, or a date.
func (w *witness) signs(text string) bool {
	rest, by := cutBy(text)
	after, ok := w.afterNames(rest)
	return by && ok && (after == "" || after[0] == ',' || strings.HasPrefix(after, " |"))
}

// afterNames returns what follows the names of authors with which a text begins, and whether it
// begins so.
func (w *witness) afterNames(text string) (after string, begins bool) {
	for range w.authors {
		at := slices.IndexFunc(w.authors, func(name string) bool { return name != "" && strings.HasPrefix(text, name) })
		if at < 0 {
			break
		}
		after, begins = text[len(w.authors[at]):], true
		between := namesBetween.FindString(after)
		if text = after[len(between):]; between == "" {
			break
		}
	}
	return after, begins
}

// namesBetween is what stands between two names in a byline.
var namesBetween = regexp.MustCompile(`^(?:, | ?[&/;] ?|,? (?:and|und|et|y|e|en|og|och|ja|i|и|та|και|ve) )`)

// named reports whether the text is the name of an author and nothing else, but for a word
// such as "By".
func (w *witness) named(text string) bool {
	rest, _ := cutBy(text)
	return letters(text) != "" && (has(w.authors, text) || has(w.authors, rest))
}
