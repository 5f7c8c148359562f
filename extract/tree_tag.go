package extract

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A treeTag is a tag as it stands in the markup, its name in lower case.
type treeTag struct {
	atom   atom.Atom // 0 for names that are none of HTML's
	name   string
	attrs  []html.Attribute // valid until the next tag is read
	closed bool             // by a solidus
}

// readTag reads the tag whose name begins at i, as html.Tokenizer does, and passes it.
func (t *tree) readTag(i int, start bool) (k treeTag) {
	from := i
	for i < len(t.text) && !endsName[t.text[i]] {
		i++
	}
	k.atom, k.name = t.nameOf(t.text[from:i])
	t.scratch = t.scratch[:0]
	last := 0 // where the value of the last attribute ends
	for {
		i = skipBlanks(t.text, i)
		if i >= len(t.text) {
			t.giveUp("open tag")
		}
		if t.odd != "" {
			return k
		}
		if t.text[i] == '>' {
			t.at = i + 1
			k.closed = t.text[i-1] == '/' && last != i
			k.attrs = t.scratch
			return k
		}
		key := i
		for i < len(t.text) && (!endsKey[t.text[i]] || t.text[i] == '=' && i == key) {
			i++
		}
		name := t.text[key:i]
		var value []byte
		if value, i, _ = attrValue(t.text, i); start && len(name) > 0 && t.attribute(name, value) && len(value) > 0 {
			last = i
		}
	}
}

// attribute adds one to the tag that is read, unless it has one of that name.
func (t *tree) attribute(name, value []byte) bool {
	_, key := t.nameOf(name)
	for i := range t.scratch {
		if t.scratch[i].Key == key {
			return false
		}
	}
	if len(t.scratch) == t.attributes {
		t.giveUp("many attributes")
		return false
	}
	t.scratch = append(t.scratch, html.Attribute{Key: key, Val: t.valueOf(value)})
	return true
}

// nameOf returns the name of a tag or attribute in lower case.
func (t *tree) nameOf(name []byte) (atom.Atom, string) {
	var low [32]byte
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			if len(name) > len(low) {
				return 0, strings.Map(lowerASCII, string(name))
			}
			copy(low[:], name)
			for j := i; j < len(name); j++ {
				low[j] = byte(lowerASCII(rune(name[j])))
			}
			name = low[:len(name)]
			break
		}
	}
	if a := atom.Lookup(name); a != 0 {
		return a, a.String()
	}
	return 0, t.shared(name)
}

func lowerASCII(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

// decoded returns the text that raw stands for.
func (t *tree) decoded(raw []byte) string {
	if bytes.IndexByte(raw, '&') < 0 {
		return t.shared(raw)
	}
	return html.UnescapeString(string(raw))
}

// valueOf returns the value that raw stands for in an attribute. There, a reference
// without a semicolon is one only where its whole name is known and no '=' follows.
func (t *tree) valueOf(raw []byte) string {
	i := bytes.IndexByte(raw, '&')
	if i < 0 {
		return t.shared(raw)
	}
	var b strings.Builder
	b.Grow(len(raw))
	for ; i >= 0; i = bytes.IndexByte(raw, '&') {
		b.Write(raw[:i])
		raw = raw[i:]
		n := referenceLen(raw)
		b.WriteString(reference(string(raw[:n]), n < len(raw) && raw[n] == '='))
		raw = raw[n:]
	}
	b.Write(raw)
	return b.String()
}

// referenceLen is the length of the character reference that raw, which begins with '&',
// may begin with, semicolon and all.
func referenceLen(raw []byte) int {
	n := 1
	if n < len(raw) && raw[n] == '#' {
		n++
	}
	for n < len(raw) && alphanumeric(raw[n]) {
		n++
	}
	if n < len(raw) && raw[n] == ';' {
		n++
	}
	return n
}

func alphanumeric(c byte) bool { return asciiLetter(c) || c >= '0' && c <= '9' }

func reference(ref string, assigned bool) string {
	switch {
	case ref == "&amp;":
		return "&"
	case len(ref) > 1 && ref[1] == '#':
		return html.UnescapeString(ref)
	case assigned && !strings.HasSuffix(ref, ";"):
		return ref
	}
	s := html.UnescapeString(ref)
	if len(s) > 1 && s[len(s)-1] == ref[len(ref)-1] && ref[len(ref)-1] < 0x80 {
		return ref // only the head of the name is known
	}
	return s
}
