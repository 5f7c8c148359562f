package selectors

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"github.com/antchfx/xpath"
	"golang.org/x/net/html"

	"newsarchive/page"
)

// An xpathQuery is a compiled XPath expression. A path is cut at its "//" into
// steps that run one after the other, each from the outermost nodes that the one
// before found: that gives the same nodes and never visits one twice.
type xpathQuery struct {
	source string
	steps  []*xpath.Expr
	text   bool       // it gives one text, or attributes
	scalar bool       // it gives one text
	mu     sync.Mutex // for expressions that give a text: they run on shared state
}

var errMalformed = errors.New("malformed XPath")

func parseXPath(s string) (*xpathQuery, error) {
	parts, err := splitXPath(s)
	if err != nil {
		return nil, err
	}
	q := &xpathQuery{source: s}
	for _, part := range parts {
		e, err := compileXPath(part)
		if err != nil {
			return nil, err
		}
		q.steps = append(q.steps, e)
	}
	if err := q.probe(); err != nil {
		return nil, err
	}
	last := parts[len(parts)-1]
	q.text = q.scalar || strings.Contains(last[strings.LastIndexByte(last, '/')+1:], "@") && !strings.HasSuffix(last, "]")
	return q, nil
}

// compileXPath compiles one expression. The library panics on some malformed ones.
func compileXPath(s string) (e *xpath.Expr, err error) {
	defer func() {
		if p := recover(); p != nil {
			e, err = nil, errMalformed
		}
	}()
	e, err = xpath.Compile(s)
	var bug runtime.Error // the library stumbled over the expression
	switch {
	case errors.As(err, &bug), err == nil && e == nil:
		return nil, errMalformed
	case err != nil:
		return nil, fmt.Errorf("%w: %s", errMalformed, page.Printable(err.Error(), 300)) // it quotes the expression
	}
	return e, nil
}

// probePage is the page that expressions are tried on; nobody changes it.
var probePage = sync.OnceValue(func() *html.Node {
	doc, err := html.Parse(strings.NewReader(`<p class="a" id="b">text <a href="c">d</a></p><!-- e -->`))
	if err != nil {
		panic(err) // it is a constant
	}
	return doc
})

// probe runs the query on a small page: some malformed expressions fail only there.
func (q *xpathQuery) probe() error {
	doc := probePage()
	return protect(func() error {
		if len(q.steps) > 1 {
			_, err := q.nodes(doc, NewBudget())
			return err
		}
		switch v := q.steps[0].Evaluate(newNavigator(doc, NewBudget())).(type) {
		case *xpath.NodeIterator:
			_, err := q.nodes(doc, NewBudget())
			return err
		case string:
			q.scalar = true
			return nil
		default:
			return fmt.Errorf("gives a %T, not nodes or a text", v)
		}
	})
}

// protect turns a panic of the library into an error, and that of the navigator
// into ErrBudget.
func protect(f func() error) (err error) {
	defer func() {
		switch recover().(type) {
		case nil:
		case outOfBudget:
			err = ErrBudget
		default:
			err = errMalformed
		}
	}()
	return f()
}

// find runs the query on a page.
func (q *xpathQuery) find(root *html.Node, b *Budget) (found []Found, err error) {
	err = protect(func() (err error) {
		if q.scalar {
			found = q.string(root, b)
			return nil
		}
		found, err = q.nodes(root, b)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%q: %w", q.source, err)
	}
	return found, nil
}

func (q *xpathQuery) string(root *html.Node, b *Budget) []Found {
	q.mu.Lock()
	defer q.mu.Unlock()
	if s, _ := q.steps[0].Evaluate(newNavigator(root, b)).(string); strings.TrimSpace(s) != "" {
		return []Found{{Value: s, Text: true}}
	}
	return nil
}

func (q *xpathQuery) nodes(root *html.Node, b *Budget) (found []Found, err error) {
	from := []*html.Node{root}
	for i, step := range q.steps {
		found = nil
		seen := map[*html.Node]bool{}
		for _, n := range from {
			for it := step.Select(newNavigator(n, b)); it.MoveNext(); {
				f := foundAt(it.Current().(*navigator))
				if f.Node == nil || !f.Text && seen[f.Node] {
					continue
				}
				seen[f.Node] = true
				if found = append(found, f); len(found) > maxFound {
					return nil, fmt.Errorf("finds more than %d things", maxFound)
				}
			}
		}
		if i < len(q.steps)-1 {
			from = outermost(found, seen, b)
		}
	}
	return found, nil
}

func foundAt(n *navigator) Found {
	switch {
	case n.attr >= 0:
		return Found{Node: n.at, Value: n.at.Attr[n.attr].Val, Text: true}
	case n.at.Type == html.TextNode:
		return Found{Node: n.at, Value: n.at.Data, Text: true}
	case n.at.Type == html.ElementNode:
		return Found{Node: n.at}
	}
	return Found{}
}

// outermost drops the nodes that stand inside of others of the list.
func outermost(found []Found, in map[*html.Node]bool, b *Budget) (nodes []*html.Node) {
next:
	for _, f := range found {
		for p := f.Node.Parent; p != nil; p = p.Parent {
			if !b.spend(1) {
				panic(outOfBudget{})
			}
			if in[p] {
				continue next
			}
		}
		nodes = append(nodes, f.Node)
	}
	return nodes
}
