package discover

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"

	"golang.org/x/net/html/charset"
)

// looked passes over a document as the parser will, and refuses one that would cost
// it too much: elements too deep, too many of them, too many namespaces. What has more items than are
// read ends after the last of these, and cut is true.
func (m Limits) looked(body []byte) (kept []byte, cut bool, err error) {
	l, err := m.look(body)
	if err != nil || !l.full {
		return body, false, err
	}
	// Places in the document are counted in UTF-8.
	if body, err = inUTF8(body); err != nil {
		return nil, false, err
	}
	if l, err = m.look(body); err != nil {
		return nil, false, err
	}
	kept = slices.Clip(body[:l.at])
	for _, e := range slices.Backward(l.open) {
		kept = append(append(append(kept, "</"...), e.name...), '>')
	}
	return kept, true, nil
}

// A look is how far a document was passed over.
type look struct {
	open []opened
	at   int  // bytes up to the item that is one too many
	full bool // there is such an item
}

// An opened is an element whose end has not come.
type opened struct {
	name   []byte // with its prefix
	spaces int    // namespaces declared by it and those around it
}

func (m Limits) look(body []byte) (l look, err error) {
	d := newDecoder(bytes.NewReader(body))
	for items, parts := 0, 0; ; {
		l.at = int(d.InputOffset())
		t, err := d.Token()
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "item" || t.Name.Local == "entry" {
				items++
			}
			if l.full = items > m.FeedItems; l.full {
				return l, nil
			}
			if parts += 1 + len(t.Attr); parts > maxParts {
				return l, fmt.Errorf("more than %d elements and attributes", maxParts)
			}
			err = l.enter(t, tagAt(body, l.at))
		case xml.EndElement:
			l.open = l.open[:max(0, len(l.open)-1)]
		}
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			return l, err
		}
	}
}

func (l *look) enter(t xml.StartElement, name []byte) error {
	spaces := namespaces(t)
	if len(l.open) > 0 {
		spaces += l.open[len(l.open)-1].spaces
	}
	if l.open = append(l.open, opened{name, spaces}); len(l.open) > maxDepth || spaces > maxNamespaces {
		return fmt.Errorf("more than %d elements in one another, or %d namespaces", maxDepth, maxNamespaces)
	}
	return nil
}

func namespaces(t xml.StartElement) (n int) {
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			n++
		}
	}
	return n
}

// tagAt returns the name in the start tag that begins at body[at].
func tagAt(body []byte, at int) []byte {
	name := bytes.TrimPrefix(body[min(at, len(body)):], []byte("<"))
	if i := bytes.IndexAny(name, " \t\r\n/>"); i >= 0 {
		name = name[:i]
	}
	return name
}

// encoding names the charset in an XML declaration.
var encoding = regexp.MustCompile(`encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// inUTF8 decodes a document by its declaration, which is left out.
func inUTF8(body []byte) ([]byte, error) {
	said := encoding.FindSubmatch(declaration.Find(body))
	if said == nil {
		return body, nil
	}
	r, err := charset.NewReaderLabel(string(said[1]), bytes.NewReader(declaration.ReplaceAll(body, nil)))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
