package extract

import (
	"strings"

	"newsarchive/selectors"

	"golang.org/x/net/html"
)

// textOfScripts returns the text that stands in the page's scripts, as nodes to render,
// and what it was found in.
func (l *layout) textOfScripts(d *document, m *metadata) (nodes []*html.Node, source string) {
	if nodes, source = l.templateBody(d); nodes != nil {
		return nodes, source
	}
	return scriptBody(d, m)
}

// templateBody returns the markup that stands in a script of a type for markup, where
// rules call the container around it the article's body: a script of the page moves it
// there. None if there is no prose in it, or if it has places to fill in.
func (l *layout) templateBody(d *document) (nodes []*html.Node, source string) {
	most := proseStory - 1
	for _, s := range d.scripts {
		if !isTemplate(s.typ) || len(s.raw) > maxState || s.node == nil || !l.inBody(s.node.Parent) {
			continue
		}
		text := strings.TrimSpace(s.text())
		if n := proseOf(text); n > most && !fillsIn(text) {
			nodes, source, most = stateNodes(text, nil), "script:template", n
		}
	}
	return nodes, source
}

// isTemplate reports the types of scripts that hold markup.
func isTemplate(typ string) bool { return typ == "text/html" || strings.Contains(typ, "template") }

// fillsIn reports markup with places that a script fills in.
func fillsIn(text string) bool {
	return strings.Contains(text, "{{") || strings.Contains(text, "<%") || strings.Contains(text, "<#") || strings.Contains(text, "${")
}

// inBody reports whether n, a container, or one around it is the article's body by the
// rules, and none is clutter.
func (l *layout) inBody(n *html.Node) bool {
	box := l.boxOf(n)
	if box < 0 {
		return false
	}
	all := selectors.Kind(0)
	for ; box >= 0; box = l.boxes[box].parent {
		all |= l.boxes[box].own
	}
	return all&selectors.Body != 0 && all&selectors.Clutter == 0
}
