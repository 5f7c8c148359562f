package selectors

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// maxQuery bounds the text of one query, in bytes.
const maxQuery = 1000

// A Query finds things on a page by a CSS selector or an XPath expression. It is
// compiled, and safe for concurrent use.
//
// What begins with "/", "(" or "." and a slash, or is a call of an XPath function,
// is XPath 1.0; all else is CSS (Selectors Level 4, as far as package cascadia
// goes). A CSS selector may end in "::attr(NAME)", which takes an attribute
// instead of the element's text.
type Query struct {
	text string
	attr string // of ::attr()
	css  cascadia.SelectorGroup
	path *xpathQuery // nil for CSS
}

// A Found is one thing that a query found.
type Found struct {
	Node  *html.Node // the element; nil where an XPath function gave a text
	Value string     // of the attribute, or the text that a function gave
	Text  bool       // Value is what was asked for, not the text of Node
}

// ParseQuery compiles a query. What could take more than about linear time is an
// error: selectors that count siblings, XPath axes that look at the whole page from
// each node, "//" inside of a predicate.
func ParseQuery(s string) (*Query, error) {
	q := &Query{text: strings.TrimSpace(s)}
	switch {
	case q.text == "":
		return nil, errors.New("is empty")
	case len(q.text) > maxQuery:
		return nil, fmt.Errorf("is longer than %d bytes", maxQuery)
	case isXPath(q.text):
		path, err := parseXPath(q.text)
		q.path = path
		return q, err
	}
	return q, q.parseCSS()
}

// isXPath tells XPath from CSS. No CSS selector begins so.
func isXPath(s string) bool {
	return s[0] == '/' || s[0] == '(' || strings.HasPrefix(s, "./") || functionCall.MatchString(s)
}

var functionCall = regexp.MustCompile(`^[a-z][a-z-]*\(`)

var attrSuffix = regexp.MustCompile(`::attr\(([A-Za-z_][\w:.-]*)\)$`)

func (q *Query) parseCSS() error {
	css := q.text
	if m := attrSuffix.FindStringSubmatchIndex(css); m != nil {
		q.attr = strings.ToLower(css[m[2]:m[3]])
		css = strings.TrimSpace(css[:m[0]])
	}
	if slowCSS(css) {
		return errSlow
	}
	if strings.Count(css, ":has(") > 1 {
		return errors.New("has more than one :has(), which may take quadratic time")
	}
	group, err := cascadia.ParseGroup(css)
	q.css = group
	return err
}

// String returns the query as it was written.
func (q *Query) String() string { return q.text }

// Text reports whether the query gives texts instead of elements.
func (q *Query) Text() bool { return q.attr != "" || q.path != nil && q.path.text }

// Find returns what the query finds under root, in document order and at most
// maxFound things. The error wraps ErrBudget where b is used up.
func (q *Query) Find(root *html.Node, b *Budget) ([]Found, error) {
	if q.path != nil {
		return q.path.find(root, b)
	}
	var found []Found
	for n := range root.Descendants() {
		if !b.spend(1) {
			return nil, fmt.Errorf("%q: %w", q.text, ErrBudget)
		}
		if n.Type != html.ElementNode || !q.css.Match(n) {
			continue
		}
		if f, ok := q.take(n); ok {
			found = append(found, f)
		}
		if len(found) == maxFound {
			break
		}
	}
	return found, nil
}

// maxFound bounds the answer to one query.
const maxFound = 10_000

func (q *Query) take(n *html.Node) (Found, bool) {
	if q.attr == "" {
		return Found{Node: n}, true
	}
	for _, a := range n.Attr {
		if a.Key == q.attr {
			return Found{Node: n, Value: a.Val, Text: true}, true
		}
	}
	return Found{}, false
}
