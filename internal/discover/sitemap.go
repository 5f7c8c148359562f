package discover

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// readSitemap streams a sitemap or a sitemap index (sitemaps.org 0.9, with the news
// extension and the language alternates of urls). What follows a fault in the
// document is left out, and Cut says so.
func (m Limits) readSitemap(src source, base *url.URL) (*List, error) {
	in := src.open(m.Sitemap)
	r := sitemapReader{list: &List{Kind: Sitemap, Format: URLSet}, d: src.decoder(in)}
	r.into = newCollector(r.list, base, m.SitemapItems)
	err := r.read()
	switch {
	case in.over:
		r.list.Cut = fmt.Sprintf("longer than %d bytes", m.Sitemap)
	case errors.Is(err, errFull), err == nil:
	case len(r.list.Entries) == 0:
		return nil, fmt.Errorf("read sitemap: %w", err)
	default:
		r.list.Cut = "malformed: " + err.Error()
	}
	return r.list, nil
}

// errFull ends the reading of a list that holds as many entries as it may.
var errFull = errors.New("full")

type sitemapReader struct {
	d     *xml.Decoder
	list  *List
	into  *collector
	path  []string // local names of the open elements
	entry Entry
	also  []string // alternates of entry in other languages
	text  strings.Builder
}

func (r *sitemapReader) read() error {
	for {
		t, err := r.d.Token()
		if errors.Is(err, io.EOF) && len(r.path) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			err = r.start(t)
		case xml.EndElement:
			err = r.end()
		case xml.CharData:
			if r.text.Len() < maxText {
				r.text.Write(t)
			}
		}
		if err != nil {
			return err
		}
	}
}

// maxText is how many bytes of one element's text are kept, about.
const maxText = 16 << 10

func (r *sitemapReader) start(t xml.StartElement) error {
	if len(r.path) >= maxDepth {
		return fmt.Errorf("more than %d elements in one another", maxDepth)
	}
	r.path = append(r.path, t.Name.Local)
	r.text.Reset()
	switch {
	case len(r.path) == 1 && t.Name.Local == "sitemapindex":
		r.list.Format = Index
	case len(r.path) == 2:
		r.entry, r.also = Entry{}, nil
	case r.at("url", "link"):
		r.alternate(t)
	}
	return nil
}

// alternate takes the href of an xhtml:link that names a language.
func (r *sitemapReader) alternate(t xml.StartElement) {
	var href, lang string
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "href":
			href = a.Value
		case "hreflang":
			lang = a.Value
		}
	}
	if href != "" && lang != "" && len(r.also) < 100 {
		r.also = append(r.also, href)
	}
}

// at reports that the innermost open elements bear these names.
func (r *sitemapReader) at(parent, name string) bool {
	n := len(r.path)
	return n >= 2 && r.path[n-1] == name && r.path[n-2] == parent
}

func (r *sitemapReader) end() error {
	text := strings.TrimSpace(r.text.String())
	switch {
	case r.at("url", "loc") || r.at("sitemap", "loc"):
		r.entry.URL = text
	case r.at("url", "lastmod") || r.at("sitemap", "lastmod"):
		r.entry.Modified, _ = readTime(text)
	case r.at("news", "publication_date"):
		r.list.Format = News
		r.entry.Published, _ = readTime(text)
		r.entry.PublishedRaw = oneLine(text)
		r.entry.Kind = Article
	case r.at("news", "title"):
		r.entry.Title, r.entry.Kind = text, Article
	case len(r.path) == 2:
		if !r.file() {
			return errFull
		}
	}
	r.path = r.path[:len(r.path)-1]
	r.text.Reset()
	return nil
}

// file adds the entry that has just been read; it returns false when full.
func (r *sitemapReader) file() bool {
	switch r.path[1] {
	case "sitemap":
		r.entry.Kind = Sitemap
	case "url":
	default:
		return true
	}
	if !r.into.add(r.entry) {
		return false
	}
	for _, href := range r.also {
		if !r.into.add(Entry{URL: href, Modified: r.entry.Modified}) {
			return false
		}
	}
	return true
}

// readText reads a sitemap of one address a line.
func (m Limits) readText(src source, base *url.URL) (*List, error) {
	in := src.open(m.Sitemap)
	l := &List{Kind: Sitemap, Format: Text}
	into := newCollector(l, base, m.SitemapItems)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		if !strings.HasPrefix(line, "http://") && !strings.HasPrefix(line, "https://") || strings.ContainsAny(line, " <>") {
			return nil, ErrNoList // a text that happens to begin with an address
		}
		if !into.add(Entry{URL: line}) {
			return l, nil
		}
	}
	switch {
	case in.over:
		l.Cut = fmt.Sprintf("longer than %d bytes", m.Sitemap)
	case lines.Err() != nil:
		l.Cut = "malformed: " + lines.Err().Error()
	}
	return l, nil
}
