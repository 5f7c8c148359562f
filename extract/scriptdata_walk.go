package extract

import (
	"strings"
	"unicode/utf8"

	"newsarchive/internal/wording"
)

// A story is a value that may be an article's body.
type story struct {
	value any
	root  map[string]any // what references in it lead into
	prose int            // letters of it, see proseOf
	named bool           // the object around it has the page's title
}

// better prefers the story with the page's title, then the longer one.
func (s story) better(t story) bool {
	if s.named != t.named && s.prose >= proseStory {
		return s.named
	}
	return s.prose > t.prose
}

// proseStory is how many letters make a story, some forty English words; a letter
// of a script without spaces counts as four.
const proseStory = 200

// stateWalk looks for the story in one state.
type stateWalk struct {
	root  any
	title string // of the article
	page  string // <title>
	best  story
	nodes int
}

// walk visits the objects below v. Each is asked what its richest value is.
func (w *stateWalk) walk(v any, key string, depth int) {
	if w.nodes++; depth > stateDepth || w.nodes > 200_000 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			w.walk(e, key, depth+1)
		}
	case map[string]any:
		w.consider(v)
		for _, k := range sortedKeys(v) {
			switch v[k].(type) {
			case []any, map[string]any:
				w.walk(v[k], k, depth+1)
			}
		}
	}
}

// bodyKeys hold an article's text, the surest first.
var bodyKeys = [...]string{"articleBody", "articlebody", "bodyHtml", "bodyHTML", "body_html", "contentHtml", "html", "body", "content",
	"contents", "content_elements", "contentElements", "text", "paragraphs", "blocks", "components", "elements", "story", "article_body", "fullText", "main", "sections", "data"}

// consider takes the richest of the values of object that are named like a body.
func (w *stateWalk) consider(object map[string]any) {
	named := w.names(object)
	root, _ := w.root.(map[string]any)
	for _, key := range bodyKeys {
		v, ok := object[key]
		if !ok {
			continue
		}
		if s := (story{value: v, root: root, prose: w.proseIn(v, 0), named: named}); s.better(w.best) {
			w.best = s
		}
	}
}

// names reports whether an object bears the page's title.
func (w *stateWalk) names(object map[string]any) bool {
	for _, key := range [...]string{"headline", "title", "name", "header", "heading", "headlines", "webTitle"} {
		s, ok := object[key].(string)
		if m, nested := object[key].(map[string]any); nested {
			s, ok = m["basic"].(string)
		}
		if s = oneLine(s); ok && utf8.RuneCountInString(s) > 7 && (s == w.title || strings.Contains(w.page, s)) {
			return true
		}
	}
	return false
}

// proseIn counts the prose below v. An object that is an article of its own, as in
// a list of teasers, counts for nothing.
func (w *stateWalk) proseIn(v any, depth int) (n int) {
	if depth > stateDepth {
		return 0
	}
	switch v := v.(type) {
	case string:
		return proseOf(v)
	case []any:
		for _, e := range v {
			n += w.proseIn(e, depth+1)
		}
	case map[string]any:
		if depth > 0 && teaser(v) || notProse(v) {
			return 0
		}
		for _, key := range proseKeys {
			n += w.proseIn(v[key], depth+1)
		}
		for _, at := range referred(v, w.root) {
			n += w.proseIn(at, depth+8)
		}
	}
	return n
}

// teaser reports an object that leads elsewhere: it has a title and an address.
func teaser(v map[string]any) bool {
	return (isText(v["headline"]) || isText(v["title"])) &&
		(isText(v["url"]) || isText(v["slug"]) || isText(v["link"]) || isText(v["href"]) || isText(v["canonical_url"]) || isText(v["path"]))
}

func isText(v any) bool { s, ok := v.(string); return ok && s != "" }

// proseOf counts the letters of s that can be prose: those between markup, in
// strings of several words. Addresses, identifiers and code have none.
func proseOf(s string) int {
	if len(s) < 12 || strings.HasPrefix(s, "http") || strings.HasPrefix(s, "{") || strings.HasPrefix(s, "data:") {
		return 0
	}
	n, blanks, markup, wide := 0, 0, false, 0
	for _, r := range withoutCode(s) {
		switch {
		case r == '<':
			markup = true
		case r == '>':
			markup = false
		case markup:
		case r == ' ':
			blanks++
		case wording.Spaceless(r):
			n, wide = n+4, wide+1
		case wording.Rune(r):
			n++
		}
	}
	if wide == 0 && (blanks < 2 || n/(blanks+1) > 20) {
		return 0
	}
	return n
}

// withoutCode cuts scripts and style sheets out of markup. It reads each byte but once or
// twice: a page may hold any number of them.
func withoutCode(s string) string {
	var b strings.Builder
	for {
		start, end := codeAt(s)
		if start < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:start])
		length := indexFold(s[start:], end)
		if length < 0 {
			return b.String()
		}
		s = s[start+length:]
	}
}

// codeAt returns where the first script or style sheet begins, and what ends it; -1 if
// there is none.
func codeAt(s string) (start int, end string) {
	for i := 0; i < len(s); i++ {
		if s[i] != '<' {
			continue
		}
		for _, tag := range [...]string{"script", "style"} {
			if startsWithFold(s[i+1:], tag) {
				return i, "</" + tag
			}
		}
	}
	return -1, ""
}

// indexFold returns where the lower-case ASCII word begins in s, in any case; -1 if nowhere.
func indexFold(s, word string) int {
	for i := 0; i+len(word) <= len(s); i++ {
		if s[i] == word[0] && startsWithFold(s[i:], word) {
			return i
		}
	}
	return -1
}
