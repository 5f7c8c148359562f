package extract

import "bytes"

// A tag is what was read of one.
type tag struct {
	nameEnd int
	end     int // past its '>'
	attrs   int
	closed  bool // by a solidus
}

// readTag reads the tag whose name begins at i, as html.Tokenizer does.
func readTag(text []byte, i int) (t tag) {
	for i < len(text) && !endsName[text[i]] {
		i++
	}
	t.nameEnd = i
	for {
		i = skipBlanks(text, i)
		if i >= len(text) {
			t.end = len(text)
			return t
		}
		if text[i] == '>' {
			t.end = i + 1
			return t
		}
		key := i
		for i < len(text) && (!endsKey[text[i]] || text[i] == '=' && i == key) {
			i++
		}
		if i > key {
			t.attrs++
		}
		_, i, t.closed = attrValue(text, i)
	}
}

// attrValue returns the value that may follow the name of an attribute, and where it ends;
// or that a solidus stands there, which is passed.
func attrValue(text []byte, i int) (value []byte, end int, solidus bool) {
	i = skipBlanks(text, i)
	if i >= len(text) || text[i] != '=' {
		if i < len(text) && text[i] == '/' {
			return nil, i + 1, true
		}
		return nil, i, false
	}
	i = skipBlanks(text, i+1)
	if i >= len(text) || text[i] == '>' {
		return nil, i, false
	}
	if c := text[i]; c == '"' || c == '\'' {
		n := bytes.IndexByte(text[i+1:], c)
		if n < 0 {
			return nil, len(text), false
		}
		return text[i+1 : i+1+n], i + n + 2, false
	}
	from := i
	for i < len(text) && (!endsName[text[i]] || text[i] == '/') {
		i++
	}
	return text[from:i], i, false
}

func skipBlanks(text []byte, i int) int {
	for i < len(text) && blank[text[i]] {
		i++
	}
	return i
}

// The bytes that end names: of tags, and of attributes.
var (
	blank    = bytesOf(" \n\r\t\f")
	endsName = bytesOf(" \n\r\t\f/>")
	endsKey  = bytesOf(" \n\r\t\f/>=")
)

func bytesOf(s string) (t [256]bool) {
	for i := range len(s) {
		t[s[i]] = true
	}
	return t
}

// tagName returns a name in lower case, "" for one that no rule here knows.
func tagName(name []byte) string {
	var low [16]byte
	if len(name) > len(low) || nameLengths[name[0]|0x20]>>len(name)&1 == 0 {
		return ""
	}
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return tagNames[string(low[:len(name)])]
}

// rawText are the elements whose text holds no markup (HTML section 13.2.5, as
// with scripting).
var rawText = names("iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp")

// drawn are elements of SVG that nothing is read of, and that lead nowhere else.
var drawn = names("path", "g", "circle", "rect", "use", "defs", "symbol", "polygon", "polyline", "line", "ellipse", "stop",
	"clippath", "lineargradient", "mask", "pattern", "tspan", "filter", "image", "animate", "marker")

// tagNames are the names that a skim looks for, by themselves.
var tagNames = func() map[string]string {
	known := map[string]string{}
	for _, set := range []map[string]bool{rawText, drawn, names("html", "body", "svg", "math", "desc", "foreignobject",
		"annotation-xml", "mi", "mo", "mn", "ms", "mtext")} {
		for name := range set {
			known[name] = name
		}
	}
	return known
}()

// nameLengths has, for each first letter, the bits of the lengths of such names:
// most tags are told by it.
var nameLengths = func() (of [256]uint32) {
	for name := range tagNames {
		of[name[0]] |= 1 << len(name)
	}
	return of
}()

func names(list ...string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, name := range list {
		set[name] = true
	}
	return set
}
