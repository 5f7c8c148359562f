package extract

import (
	"regexp"
	"strings"

	"newsarchive/page"

	"golang.org/x/net/html"
)

// blockText is how much of a block a trace shows, in code points.
const blockText = 120

func (l *look) traceBody() BodyTrace {
	b := l.b
	t := BodyTrace{Source: l.reading.Row.TextSource, Quality: b.quality, Candidates: l.bodyCandidates(), Blocks: []BlockTrace{}}
	if b.skipped == nil || len(b.nodes) == 0 { // nothing, or script data
		return t
	}
	t.Container = selectorOf(b.layout.boxes[b.around].node)
	for i := range b.layout.blocks {
		x := &b.layout.blocks[i]
		t.Blocks = append(t.Blocks, BlockTrace{Text: page.Printable(b.layout.textOf(i), blockText), Place: selectorOf(b.layout.nodeOf(i)),
			Chars: x.mass, LinkPercent: x.linkShare(), Kind: x.kind.String(), Kept: x.drop == "", Reason: string(x.drop)})
	}
	return t
}

// bodyCandidates asks the candidates again where they take the text to be.
func (l *look) bodyCandidates() []BodyCandidate {
	out := []BodyCandidate{}
	add := func(source, container string, chars int) {
		if chars > 0 {
			out = append(out, BodyCandidate{Source: source, Container: container, Chars: chars, Chosen: source == l.b.source})
		}
	}
	for _, t := range l.trials {
		if t.content > 0 && t.b.layout != nil && len(t.b.nodes) > 0 {
			add(t.source(), selectorOf(t.b.layout.boxes[t.b.around].node), t.b.textChars)
			out[len(out)-1].Chosen = t.failure == "" && l.b.source == t.source()
		}
	}
	layout := l.plainBody.layout
	if c, ok := layout.candidate(); ok {
		add("blocks", selectorOf(layout.boxes[c.core].node), layout.proseOf(layout.blocksOf(c.core)))
	}
	if blocks := layout.readability(l.d.url); len(blocks) > 0 {
		c := layout.around(blocks)
		add("readability", selectorOf(layout.boxes[c.core].node), layout.proseOf(blocks))
	}
	add("jsonld:articleBody", "", weigh(l.m.articleBody))
	if nodes, source := layout.textOfScripts(l.d, &l.m); source != "jsonld:articleBody" {
		mass := 0
		for _, n := range nodes {
			mass += nodeMass(n)
		}
		add(source, "", mass)
	}
	return out
}

func (l *layout) blocksOf(box int) (blocks []int) {
	for i := l.boxes[box].first; i < l.boxes[box].last; i++ {
		blocks = append(blocks, i)
	}
	return blocks
}

func (l *layout) proseOf(blocks []int) (mass int) {
	for _, i := range blocks {
		mass += l.weight(i)
	}
	return mass
}

var plainName = regexp.MustCompile(`^-?[A-Za-z_][\w-]*$`)

// selectorOf returns a CSS selector for n: its tag with its id or two of its classes;
// where it has neither, behind that of the container around it.
func selectorOf(n *html.Node) string {
	if n == nil || n.Type != html.ElementNode {
		return ""
	}
	own := n.Data
	if id := attr(n, "id"); plainName.MatchString(id) {
		return own + "#" + id
	}
	classes := 0
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if plainName.MatchString(class) && classes < 2 {
			own += "." + class
			classes++
		}
	}
	if classes > 0 || n.Parent == nil || n.Data == "body" || n.Data == "html" || n.Data == "main" || n.Data == "article" {
		return own
	}
	if around := selectorOf(n.Parent); around != "" && strings.Count(around, " > ") < 3 {
		return around + " > " + own
	}
	return own
}
