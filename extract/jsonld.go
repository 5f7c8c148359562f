package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// An ldNode is one JSON-LD object: an item of the page, or a part of one.
type ldNode struct {
	types  []string // @type, last path segment: "NewsArticle", "Person"
	values map[string]any
	depth  int // 0 for an item of its own or of a @graph
}

// The bounds of reading JSON-LD.
const (
	ldBytes = 4 << 20 // of one script
	ldDepth = 32
	ldNodes = 2000 // of one page
)

// parseLD reads the texts of JSON-LD scripts, repairing what publishers commonly
// break, and lists the objects in them. What cannot be read is left out.
func parseLD(texts []string) []ldNode {
	var nodes []ldNode
	for _, text := range texts {
		for _, v := range decodeLD(text) {
			nodes = flattenLD(nodes, v, 0, 0)
		}
	}
	return nodes
}

// decodeLD returns the values in text; several in a row are allowed.
func decodeLD(text string) []any {
	if len(text) > ldBytes {
		return nil
	}
	raw := []byte(strings.TrimSpace(text))
	if values, err := decodeValues(raw); err == nil {
		return values
	}
	values, _ := decodeValues(repairLD(raw))
	return values
}

func decodeValues(raw []byte) (values []any, err error) {
	if depthOf(raw) > 4*ldDepth {
		return nil, errors.New("nested too deep")
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	for {
		var v any
		switch err := dec.Decode(&v); {
		case errors.Is(err, io.EOF):
			return values, nil
		case err != nil:
			return values, err
		}
		values = append(values, v)
	}
}

// depthOf counts how deep brackets nest, those in strings included.
func depthOf(raw []byte) (deepest int) {
	depth := 0
	for _, c := range raw {
		switch c {
		case '{', '[':
			depth++
			deepest = max(deepest, depth)
		case '}', ']':
			depth--
		}
	}
	return deepest
}

// flattenLD appends the objects in v. The nesting is that of the items: a @graph or
// a list does not count.
func flattenLD(nodes []ldNode, v any, depth, levels int) []ldNode {
	if levels > ldDepth || len(nodes) >= ldNodes {
		return nodes
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			nodes = flattenLD(nodes, e, depth, levels+1)
		}
	case map[string]any:
		nodes = append(nodes, ldNode{types: ldTypes(v["@type"]), values: v, depth: depth})
		for _, key := range sortedKeys(v) {
			below := depth + 1
			if key == "@graph" || key == "mainEntity" || key == "mainEntityOfPage" {
				below = depth
			}
			switch v[key].(type) {
			case []any, map[string]any:
				nodes = flattenLD(nodes, v[key], below, levels+1)
			}
		}
	}
	return nodes
}
