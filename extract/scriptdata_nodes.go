package extract

import (
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// proseKeys are where an object of rich text keeps its text or its parts, in the
// order in which they are read.
var proseKeys = [...]string{"html", "text", "content", "value", "body", "paragraph", "children", "content_elements", "paragraphs",
	"blocks", "elements", "components", "items", "nodes", "data", "model", "primary", "attributes", "props", "fields", "document", "json"}

// typeKeys say what an object of rich text is.
var typeKeys = [...]string{"nodeType", "_type", "type", "__typename", "blockType", "kind", "name", "tag", "tagName", "style"}

var noSeparators = strings.NewReplacer("-", "", "_", "", " ", "")

// typeOf returns what an object says that it is, in lower case without separators.
func typeOf(v map[string]any) string {
	for _, key := range typeKeys {
		if s, ok := v[key].(string); ok && s != "" && len(s) < 40 {
			return strings.ToLower(noSeparators.Replace(s))
		}
	}
	return ""
}

// notProse reports an object of rich text that is no text of the article.
func notProse(v map[string]any) bool {
	t := typeOf(v)
	for _, word := range [...]string{"image", "photo", "picture", "video", "audio", "gallery", "advert", "newsletter", "related", "promo",
		"script", "iframe", "author", "byline", "caption", "credit", "taboola", "outbrain", "signup", "subscri"} {
		if strings.Contains(t, word) {
			return true
		}
	}
	return t == "ad" || t == "ads" || t == "embed"
}

// referred returns what a normalised cache holds in place of v: a reference to
// another of its objects.
func referred(v map[string]any, root any) (found []any) {
	ref, ok := v["__ref"].(string)
	if !ok {
		if id, isID := v["id"].(string); isID && v["generated"] != nil {
			ref = id
		}
	}
	if ref == "" {
		return nil
	}
	for _, within := range [...]any{root, child(root, "apolloState"), child(child(child(root, "props"), "pageProps"), "apolloState"),
		child(child(child(root, "props"), "pageProps"), "__APOLLO_STATE__")} {
		if at := child(within, ref); at != nil {
			return []any{at}
		}
	}
	return nil
}

func child(v any, key string) any {
	m, _ := v.(map[string]any)
	return m[key]
}

// stateNodes builds the nodes of a body from its value.
func stateNodes(v any, root map[string]any) []*html.Node {
	b := stateBuilder{root: root, top: &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"}, deadline: time.Now().Add(time.Second)}
	b.block(b.top, v, 0)
	return []*html.Node{b.top}
}

type stateBuilder struct {
	root map[string]any
	top  *html.Node

	deadline time.Time // of all parsing
}

// block appends what v says to parent.
func (b *stateBuilder) block(parent *html.Node, v any, depth int) {
	if depth > stateDepth {
		return
	}
	switch v := v.(type) {
	case string:
		b.prose(parent, v)
	case []any:
		if inlines(v) {
			parent = add(parent, atom.P)
		}
		for _, e := range v {
			if s, ok := e.(string); ok && parent.DataAtom == atom.P {
				b.fragment(parent, s)
			} else {
				b.block(parent, e, depth+1)
			}
		}
	case map[string]any:
		b.object(parent, v, depth)
	}
}

func (b *stateBuilder) object(parent *html.Node, v map[string]any, depth int) {
	if depth > 0 && teaser(v) || notProse(v) {
		return
	}
	within := parent
	if a := elementOf(v); a != 0 {
		within = add(parent, a)
	}
	for _, key := range proseKeys {
		part, ok := v[key]
		if !ok {
			continue
		}
		if s, text := part.(string); text {
			if (key == "value" || key == "data" || key == "items") && proseOf(s) == 0 && strings.Contains(s, "://") {
				continue
			}
			if within.DataAtom == atom.P || within != parent {
				b.fragment(within, s)
			} else {
				b.prose(within, s)
			}
			if s != "" && key != "text" {
				return
			}
			continue
		}
		b.block(within, part, depth+1)
	}
	for _, at := range referred(v, b.root) {
		b.block(within, at, depth+8)
	}
}

// elementOf returns the element that an object of rich text stands for, 0 if none.
func elementOf(v map[string]any) atom.Atom {
	switch t := typeOf(v); {
	case strings.HasPrefix(t, "heading") || t == "header" || t == "subheading" || t == "subheadline" || t == "h2" || t == "h3" || t == "h4" || strings.HasPrefix(t, "headertwo"):
		return atom.H3
	case t == "paragraph" || t == "p" || t == "block" || t == "normal" || t == "unstyled":
		return atom.P
	case t == "listitem" || t == "li" || t == "bulletedlistitem" || t == "unorderedlistitem" || t == "orderedlistitem":
		return atom.Li
	case t == "unorderedlist" || t == "bulletlist" || t == "ul" || t == "bulletedlist" || t == "list":
		return atom.Ul
	case t == "orderedlist" || t == "ol" || t == "numberedlist":
		return atom.Ol
	case t == "blockquote" || t == "quote" || t == "pullquote":
		return atom.Blockquote
	}
	return 0
}

// inlines reports a list of the parts of one paragraph: leaves that hold text,
// some of them no more than a few words.
func inlines(list []any) bool {
	short := false
	for _, e := range list {
		m, ok := e.(map[string]any)
		if !ok {
			return false
		}
		s, ok := m["text"].(string)
		if !ok {
			s, ok = m["value"].(string)
		}
		if t := typeOf(m); !ok || t != "" && t != "text" && t != "span" && t != "link" && t != "a" && t != "strong" && t != "em" {
			return false
		}
		short = short || len(s) < 40
	}
	return short && len(list) > 1
}

func add(parent *html.Node, a atom.Atom) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String()}
	parent.AppendChild(n)
	return n
}

// prose appends a string as markup, or each of its lines as a paragraph.
func (b *stateBuilder) prose(parent *html.Node, s string) {
	if hasMarkup(s) {
		b.fragment(parent, s)
		add(parent, atom.Hr) // what follows is another block
		return
	}
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			b.fragment(add(parent, atom.P), line)
		}
	}
}

// fragment appends s as it stands, parsed if it is markup.
func (b *stateBuilder) fragment(parent *html.Node, s string) {
	if !hasMarkup(s) {
		parent.AppendChild(&html.Node{Type: html.TextNode, Data: html.UnescapeString(s)})
		return
	}
	nodes, err := html.ParseFragment(&boundedReader{rest: [][]byte{[]byte(s)}, deadline: b.deadline}, &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"})
	if err != nil {
		return
	}
	for _, n := range nodes {
		parent.AppendChild(n)
	}
}

// hasMarkup reports a tag, or the like of one.
func hasMarkup(s string) bool {
	for i := strings.IndexByte(s, '<'); i >= 0 && i+1 < len(s); {
		if c := s[i+1]; asciiLetter(c) || c == '/' || c == '!' {
			return true
		}
		next := strings.IndexByte(s[i+1:], '<')
		if next < 0 {
			return false
		}
		i += next + 1
	}
	return false
}
