package discover

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"newsarchive/internal/address"
)

// A source gives the same document, unpacked, as often as it is opened. What is
// packed is never unpacked as a whole.
type source struct{ body []byte }

func newSource(body []byte) source { return source{body} }

// open returns the document from its beginning, up to most bytes of it.
func (s source) open(most int64) *bounded {
	var r io.Reader = bytes.NewReader(s.body)
	if bytes.HasPrefix(s.body, []byte{0x1f, 0x8b}) {
		if z, err := gzip.NewReader(r); err == nil {
			r = z
		}
	}
	// UTF-16 is told by its mark only; UTF-8 loses its mark.
	r = transform.NewReader(r, unicode.BOMOverride(transform.Nop))
	return &bounded{r: r, left: most}
}

// wide reports a document that is marked as UTF-16.
func (s source) wide() bool {
	return bytes.HasPrefix(s.body, []byte{0xff, 0xfe}) || bytes.HasPrefix(s.body, []byte{0xfe, 0xff})
}

// decoder returns a decoder of the document that in gives.
func (s source) decoder(in io.Reader) *xml.Decoder {
	d := newDecoder(in)
	if s.wide() { // decoded already
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	}
	return d
}

// bounded reads so much and no more, and remembers that there was more.
type bounded struct {
	r    io.Reader
	left int64
	over bool
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		n, err := b.r.Read(make([]byte, 1))
		b.over = b.over || n > 0
		if n > 0 || err == nil {
			err = io.EOF
		}
		return 0, err
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// rootBytes is how far into a document its first element begins at the latest.
const rootBytes = 64 << 10

// root returns the local name of the first element, "{" for a JSON object, "http"
// for a text that begins with a web address, or "".
func (s source) root() string {
	head, _ := io.ReadAll(s.open(rootBytes))
	head = bytes.TrimLeft(head, " \t\r\n\f")
	switch {
	case bytes.HasPrefix(head, []byte("{")):
		return "{"
	case bytes.HasPrefix(head, []byte("http://")) || bytes.HasPrefix(head, []byte("https://")):
		return "http"
	}
	d := s.decoder(bytes.NewReader(head))
	for {
		t, err := d.RawToken()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

// newDecoder returns a decoder that takes documents as they are found in the wild.
// It opens nothing and knows no entity that the document declares: what a DTD says
// is passed over.
func newDecoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(&plain{r: r})
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	return d
}

// plain puts a space in the place of each control character that XML forbids, and
// ends where a tag has more words than maxWords: the decoder keeps all of one tag.
type plain struct {
	r     io.Reader
	in    bool // a start tag
	last  byte // the byte before
	quote byte // that is open in the tag, or 0
	words int  // names and values of its attributes
}

func (c *plain) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	for i, b := range p[:n] {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' {
			p[i] = ' '
		}
		if c.step(p[i]); c.words > maxWords {
			return i, fmt.Errorf("a tag of more than %d words", maxWords)
		}
	}
	return n, err
}

func (c *plain) step(b byte) {
	switch {
	case b == '<' && c.quote == 0:
		c.in, c.words = true, 0
	case !c.in:
	case c.last == '<' && (b == '!' || b == '?' || b == '/' || b == ' '): // no start tag
		c.in = false
	case b == c.quote:
		c.quote = 0
	case c.quote != 0:
	case b == '>':
		c.in = false
	case b == '"' || b == '\'':
		c.quote = b
		c.words++
	case blank(c.last) && !blank(b):
		c.words++
	}
	c.last = b
}

func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

// resolve makes a reference absolute, with its fragment dropped.
func resolve(base *url.URL, ref string) (string, bool) {
	ref = strings.TrimSpace(ref)
	if base == nil {
		base = &url.URL{}
	}
	return address.Resolve(base, ref)
}
