package extract

import (
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
	for _, name := range w.authors {
		if after, ok := strings.CutPrefix(rest, name); by && ok && (after == "" || after[0] == ',' || strings.HasPrefix(after, " |")) {
			return true
		}
	}
	return false
}

// named reports whether the text is the name of an author and nothing else, but for a word
// such as "By".
func (w *witness) named(text string) bool {
	rest, _ := cutBy(text)
	return letters(text) != "" && (has(w.authors, text) || has(w.authors, rest))
}
