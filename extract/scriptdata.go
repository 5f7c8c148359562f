package extract

import "golang.org/x/net/html"

// scriptBody returns the article's text where it stands in script data, as nodes
// to render, and what it was found in ("jsonld:articleBody", "script:__NEXT_DATA__").
func scriptBody(d *document) (nodes []*html.Node, source string) { return nil, "" }
