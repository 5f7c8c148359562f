package selectors

import (
	"errors"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// A matcher tries selectors on nodes. As in a browser, each selector waits in
// the bucket of the id, class, attribute or tag that its last compound needs, so
// that a node is compared with few of them.
type matcher struct {
	byTag  map[string][]rule
	byAttr map[string][]rule
	always []rule
	tags   outline // of the keys of byTag
	attrs  outline // of the keys of byAttr
}

// An outline has the lengths of some words, as bits up to 31, by their first byte. Most
// words that are none of them it tells without a look into their map.
type outline [256]uint32

func (o *outline) add(word string) {
	if word != "" {
		o[word[0]] |= 1 << min(len(word), 31)
	}
}

// may reports whether word can be one of them. It never is the empty one.
func (o *outline) may(word string) bool {
	return word != "" && o[word[0]]>>min(len(word), 31)&1 != 0
}

type rule struct {
	sel  cascadia.Sel
	kind Kind
}

var errSlow = errors.New("counts siblings, which takes quadratic time on hostile pages")

func (m *matcher) add(css string, kind Kind) error {
	if slowCSS(css) {
		return errSlow
	}
	sel, err := cascadia.Parse(css)
	if err != nil {
		return err
	}
	if m.byTag == nil {
		m.byTag, m.byAttr = map[string][]rule{}, map[string][]rule{}
	}
	r := rule{sel, kind}
	switch tag, attr := bucket(css); {
	case attr != "":
		m.byAttr[attr] = append(m.byAttr[attr], r)
		m.attrs.add(attr)
	case tag != "":
		m.byTag[tag] = append(m.byTag[tag], r)
		m.tags.add(tag)
	default:
		m.always = append(m.always, r)
	}
	return nil
}

// slowCSS reports selectors that look at all siblings or all text from each node.
func slowCSS(css string) bool {
	css = strings.ToLower(strings.ReplaceAll(css, "~=", ""))
	for _, slow := range [...]string{":nth-", ":contains", ":haschild", ":matches", ":only-of", ":last-of", ":first-of", "~"} {
		if strings.Contains(css, slow) {
			return true
		}
	}
	return false
}

// bucket names the tag or attribute that the last compound of css demands.
func bucket(css string) (tag, attr string) {
	if strings.ContainsAny(css, ",") || strings.Contains(css, "(") {
		return "", ""
	}
	last := css
	if i := lastCombinator(css); i >= 0 {
		last = css[i+1:]
	}
	end := strings.IndexAny(last, ".#[:")
	if end < 0 {
		return last, ""
	}
	if last == "*" || end > 0 {
		return strings.TrimPrefix(last[:end], "*"), ""
	}
	switch last[0] {
	case '.':
		return "", "class"
	case '#':
		return "", "id"
	case '[':
		return "", strings.TrimRight(last[1:strings.IndexAny(last, "=]")], "^$*~|")
	}
	return "", ""
}

// lastCombinator returns the index of the last combinator outside brackets, or -1.
func lastCombinator(css string) int {
	depth, at := 0, -1
	for i := range len(css) {
		switch css[i] {
		case '[':
			depth++
		case ']':
			depth--
		case ' ', '>', '+':
			if depth == 0 {
				at = i
			}
		}
	}
	return at
}

func (m *matcher) kind(n *html.Node) (k Kind) {
	k = first(m.always, n)
	if m.tags.may(n.Data) {
		k |= first(m.byTag[n.Data], n)
	}
	for i := range n.Attr {
		if key := n.Attr[i].Key; m.attrs.may(key) {
			k |= first(m.byAttr[key], n)
		}
	}
	return k
}

func first(rules []rule, n *html.Node) (k Kind) {
	for _, r := range rules {
		if k&r.kind == 0 && r.sel.Match(n) {
			k |= r.kind
		}
	}
	return k
}

// BySelector returns the kinds whose selectors match the element n.
func (r *Rules) BySelector(n *html.Node) Kind { return r.selectors.kind(n) }
