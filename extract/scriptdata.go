package extract

import (
	"bytes"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"

	"newsarchive/internal/wording"
)

// The bounds of reading script data.
const (
	maxState   = 8 << 20 // bytes of all scripts of a page that are read
	maxStates  = 24      // values
	stateDepth = 64      // nesting of a value
)

// scriptBody returns the article's text where it stands in script data, as nodes
// to render, and what it was found in ("script:__NEXT_DATA__", "jsonld:articleBody");
// none if there is no prose. It is meant for pages that have no text without scripts.
//
// The states that frameworks leave in a page differ from site to site, so no key is
// counted on: values are walked for the object that holds most prose, of those
// whose title is the page's if there are any.
func scriptBody(d *document, m *metadata) (nodes []*html.Node, source string) {
	var best story
	for _, s := range d.states() {
		w := stateWalk{root: s.value, title: m.title.value, page: d.title}
		w.walk(s.value, "", 0)
		if w.best.better(best) {
			best, source = w.best, s.source
		}
	}
	if best.prose < proseStory {
		best.prose, source = 0, ""
	}
	if declared := proseOf(m.articleBody); declared >= proseStory && 2*declared > best.prose {
		return stateNodes(m.articleBody, nil), "jsonld:articleBody"
	}
	if source == "" {
		return nil, ""
	}
	return stateNodes(best.value, best.root), source
}

// A state is one JSON value in a script.
type state struct {
	value  any
	source string
}

// states returns the JSON values in the page's scripts, as far as the bounds allow.
func (d *document) states() (found []state) {
	left := maxState
	for _, s := range d.scripts {
		if left -= len(s.raw); left < 0 || len(found) >= maxStates {
			break
		}
		for _, v := range statesIn(s) {
			found = append(found, state{v, sourceOf(s)})
		}
	}
	return found
}

// sourceOf names a script by its id, or by the variable that it sets first.
func sourceOf(s *scriptTag) string {
	name := s.id
	if name == "" {
		head, _, _ := strings.Cut(s.text()[:min(len(s.raw), 200)], "=")
		fields := strings.FieldsFunc(head, func(r rune) bool {
			return !(r == '_' || r == '$' || r < 0x80 && wording.Rune(r))
		})
		if len(fields) > 0 {
			name = fields[len(fields)-1]
		}
	}
	return strings.TrimSuffix("script:"+name[:min(len(name), 40)], ":")
}

// statesIn returns the values of one script: the whole of a JSON script, else what
// is assigned to a variable or handed to JSON.parse.
func statesIn(s *scriptTag) []any {
	text := strings.TrimSpace(s.text())
	if strings.Contains(s.typ, "json") || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		if v, ok := decodeState(text); ok {
			return []any{v}
		}
	}
	var found []any
	for tries := 0; tries < 16; tries++ {
		at := valueAt(text)
		if at < 0 {
			break
		}
		text = text[at:]
		v, used := valueOf(text)
		if used == 0 {
			used = 1
		} else {
			found = append(found, v)
		}
		text = text[used:]
	}
	return found
}

// valueAt returns where the next object, list or JSON.parse argument begins after
// an equals sign or an opening bracket; -1 if there is none.
func valueAt(text string) int {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '=' && c != '(' {
			continue
		}
		j := i + 1
		for j < len(text) && (text[j] == ' ' || text[j] == '\n' || text[j] == '\t') {
			j++
		}
		if j < len(text) && (text[j] == '{' || text[j] == '[' || strings.HasSuffix(text[:i], "JSON.parse") && (text[j] == '"' || text[j] == '\'')) {
			return j
		}
	}
	return -1
}

// valueOf decodes the value that text begins with; used is its length, 0 if it is none.
func valueOf(text string) (v any, used int) {
	if text[0] == '"' || text[0] == '\'' {
		inner, used := quoted(text)
		v, ok := decodeState(inner)
		if !ok {
			return nil, 0
		}
		return v, used
	}
	end := balanced(text)
	if end == 0 {
		return nil, 0
	}
	v, ok := decodeState(text[:end])
	if !ok {
		return nil, 0
	}
	return v, end
}

// balanced returns the length of the object or list that text begins with, 0 if
// its brackets do not match. Strings are skipped.
func balanced(text string) int {
	depth, deepest := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '{', '[':
			depth++
			deepest = max(deepest, depth)
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'', '`':
			n := closing(text[i+1:], c)
			if n < 0 {
				return 0
			}
			i += n + 1
		}
		if deepest > 4*stateDepth {
			return 0
		}
	}
	return 0
}

// closing returns the offset of the unescaped quote, -1 if there is none.
func closing(text string, quote byte) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case quote:
			return i
		}
	}
	return -1
}

// quoted returns what a string literal of JavaScript says, and its length.
func quoted(text string) (s string, used int) {
	n := closing(text[1:], text[0])
	if n < 0 {
		return "", 0
	}
	literal := text[1 : n+1]
	if text[0] == '\'' {
		literal = strings.ReplaceAll(strings.ReplaceAll(literal, `\'`, `'`), `"`, `\"`)
		literal = strings.ReplaceAll(literal, `\\"`, `\"`)
	}
	if json.Unmarshal([]byte(`"`+literal+`"`), &s) != nil {
		return "", 0
	}
	return s, n + 2
}

// decodeState decodes JSON, or a JavaScript literal that differs from JSON only in
// undefined values.
func decodeState(text string) (v any, ok bool) {
	raw := []byte(text)
	if depthOf(raw) > 4*stateDepth {
		return nil, false
	}
	if json.Unmarshal(raw, &v) == nil {
		return v, true
	}
	if !bytes.Contains(raw, []byte("undefined")) {
		return nil, false
	}
	raw = bytes.ReplaceAll(raw, []byte(":undefined"), []byte(":null"))
	raw = bytes.ReplaceAll(raw, []byte(": undefined"), []byte(":null"))
	return v, json.Unmarshal(raw, &v) == nil
}
