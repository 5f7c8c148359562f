package extract

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"newsarchive/internal/address"
	"newsarchive/page"

	"golang.org/x/net/html"
)

// A document is one parsed page. What reads it must not change its tree.
type document struct {
	capture *page.Capture
	bounds  Bounds
	ex      *page.Exchange
	url     *url.URL // address of the document
	base    *url.URL // what its references are relative to: <base href>, or url
	charset string   // WHATWG name of what the text was decoded from
	size    int      // bytes of the decoded text
	root    *html.Node
	index
	ld        []ldNode // JSON-LD nodes in document order, nested ones after their parents
	main      ldNode   // see mainItem
	hasMain   bool
	sought    bool   // main was looked for
	truncated string // why the tree is not whole: "size", "nodes", "attributes", "time", "depth"; "" if it is
}

var errNoDocument = errors.New("read document: nothing was received")

// newDocument decodes, parses and indexes the last exchange of c. It fails only
// where there is none, or its address cannot be parsed.
func newDocument(c *page.Capture) (*document, error) { return readDocument(c, Bounds{}.filled()) }

func readDocument(c *page.Capture, b Bounds) (*document, error) {
	ex := c.Document()
	if ex == nil {
		return nil, errNoDocument
	}
	u, err := url.Parse(ex.URL)
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	b = b.of(ex)
	d := &document{capture: c, ex: ex, url: u, base: u, bounds: b}
	text, charset := decode(asPage(ex), ex.Header.Get("Content-Type"))
	d.charset, d.size = charset, len(text)
	root, set, truncated := parse(text, b)
	d.root, d.truncated = root, truncated
	d.index = newIndex(d.root, set)
	d.base = d.baseURL()
	if !slices.ContainsFunc(d.headings, func(h *html.Node) bool { return !d.isLogo(h) }) {
		if lesser := d.lesserHeading(); lesser != nil {
			d.headings = lesser
		}
	}
	d.ld = parseLD(d.ldTexts)
	return d, nil
}

func (d *document) baseURL() *url.URL {
	if d.baseHref == "" {
		return d.url
	}
	if s, ok := address.Resolve(d.url, d.baseHref); ok {
		if u, err := url.Parse(s); err == nil {
			return u
		}
	}
	return d.url
}

// resolve returns the absolute address that ref means on this page, "" if none.
func (d *document) resolve(ref string) string {
	s, _ := address.Resolve(d.base, ref)
	return s
}

// meta returns the content of the first meta tag of one of the names, tried in
// order, and "meta:" and that name.
func (d *document) meta(names ...string) (content, source string) {
	for _, name := range names {
		for _, m := range d.metas {
			if m.name == name && m.content != "" {
				return m.content, "meta:" + name
			}
		}
	}
	return "", ""
}

// metaAll returns the contents of all meta tags of that name.
func (d *document) metaAll(name string) (contents []string) {
	for _, m := range d.metas {
		if m.name == name && m.content != "" {
			contents = append(contents, m.content)
		}
	}
	return contents
}

// link returns the address of the first <link> of that relation, "" if none.
func (d *document) link(rel string) string {
	for _, l := range d.links {
		if hasWord(l.rel, rel) {
			if s := d.resolve(l.href); s != "" {
				return s
			}
		}
	}
	return ""
}

// hasWord reports whether list, separated by blanks, holds word.
func hasWord(list, word string) bool {
	for {
		i := strings.Index(list, word)
		if i < 0 {
			return false
		}
		end := i + len(word)
		if (i == 0 || list[i-1] == ' ') && (end == len(list) || list[end] == ' ') {
			return true
		}
		list = list[end:]
	}
}
