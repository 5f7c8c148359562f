package extract

import (
	"golang.org/x/net/html"
)

// rendered is one body in its three forms.
type rendered struct {
	text     string   // one line a block; see flow
	html     string   // allow-listed markup, the very bytes that html.Render gives for its own tree
	markdown string   // CommonMark, tables with pipes
	links    []string // absolute addresses that the body links to, each once
	blocks   []string // the lines of text that are blocks of their own: paragraphs, headings, items, rows
}

// render turns nodes, given in document order, into the three forms of the body.
// What skip reports is left out with all that is in it; skip may be nil. The tree
// is not changed.
func render(d *document, nodes []*html.Node, skip func(*html.Node) bool) rendered {
	return renderWith(d, nodes, skip, nil, false)
}

// renderWith shows no pictures but those named; all that are no icons where shown is nil. The
// captions of pictures are text only where it is said so.
func renderWith(d *document, nodes []*html.Node, skip func(*html.Node) bool, shown map[*html.Node]pictured, captions bool) rendered {
	f := newFlow(d.base, skip, d.elements)
	f.shown, f.captions = shown, captions
	var last *html.Node
	for _, n := range nodes {
		f.enter(n, last)
		f.node(n)
		last = n
	}
	return f.render()
}

// render writes what the flow holds.
func (f *flow) render() rendered {
	text := f.finish()
	return rendered{
		text:     text,
		html:     f.writeHTML(text),
		markdown: f.writeMarkdown(text),
		links:    f.links(),
		blocks:   f.lines(text),
	}
}
