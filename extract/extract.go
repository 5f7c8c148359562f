package extract

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"newsarchive/internal/address"
	"newsarchive/internal/wording"
	"newsarchive/page"
	"newsarchive/selectors"
)

// Name and Version name this extractor in the rows that it makes. The version
// is raised whenever the same bytes may give another row.
const (
	Name    = "scrape"
	Version = "1"
)

// Options say how pages are read. The zero value is usable.
type Options struct {
	Rules  *selectors.Rules // default selectors.Default()
	Bounds Bounds
}

// An Extractor reads pages. It keeps nothing between them and may be used by
// several goroutines at once.
type Extractor struct {
	rules  *selectors.Rules
	bounds Bounds
}

// New returns an Extractor.
func New(o Options) *Extractor {
	if o.Rules == nil {
		o.Rules = selectors.Default()
	}
	return &Extractor{rules: o.Rules, bounds: o.Bounds.filled()}
}

// HTML reads a page of which nothing is known but its bytes and its address.
// The charset is found from the bytes.
func (e *Extractor) HTML(body []byte, address string) *page.Reading {
	return e.Extract(&page.Capture{
		Requested: address,
		Exchanges: []page.Exchange{{URL: address, Method: "GET", Status: 200, Body: body}},
	})
}

// Extract reads the document of c. The reading's row always has an outcome: what
// is wrong with a page, even one that breaks the reader, is said there. Extract
// changes nothing in c, and the same capture gives the same reading.
func (e *Extractor) Extract(c *page.Capture) (r *page.Reading) {
	defer func() {
		if p := recover(); p != nil {
			r = e.unread(c, page.Empty)
			r.Row.Warnings = append(r.Row.Warnings, "extractor_panic")
		}
	}()
	d, err := readDocument(c, e.bounds)
	if err != nil {
		return e.unread(c, page.NetworkError)
	}
	return e.read(d)
}

// unread is the reading of a capture that cannot be read.
func (e *Extractor) unread(c *page.Capture, otherwise page.Outcome) *page.Reading {
	r := &page.Reading{Row: e.row(c), Follow: true}
	r.Row.Outcome = otherwise
	if c.Outcome != "" && !c.Outcome.HasArticle() {
		r.Row.Outcome = c.Outcome
	}
	r.Row.Normalize()
	return r
}

// read takes a document through the steps of the house.
func (e *Extractor) read(d *document) *page.Reading { return e.look(d).reading }

func (e *Extractor) look(d *document) *look {
	l := &look{d: d, m: readMetadata(d)}
	l.b = readBody(d, &l.m, e.rules)
	l.askSites(e.rules)
	m, b := &l.m, l.b
	m.addPictures(d, b)
	r := &page.Reading{Row: e.row(d.capture), Feeds: feeds(d), Alternates: alternates(d), AMPOf: ampOf(d, m), Follow: !m.noFollow}
	r.Links = pageLinks(d, b.main())
	row := &r.Row
	m.fill(row)
	row.ID = address.ID(row.URLCanonical)
	var warnings []string
	row.Outcome, warnings, row.Access, row.AccessSource = judge(d, m, b)
	m.fillTimes(row)
	row.Warnings = append(row.Warnings, warnings...)
	if d.capture.Outcome != "" {
		row.Outcome = d.capture.Outcome
	}
	if showsText(row.Outcome) && !slices.Contains(warnings, "not_html") {
		fillBody(row, b)
	}
	l.finish(row)
	fillLanguage(row)
	fillCredit(row, b.below())
	fillSignature(row, d, m, b)
	row.Charset, row.Truncated = d.charset, cmp.Or(d.ex.Truncated, d.truncated)
	row.Normalize()
	l.reading = r
	return l
}

func fillBody(row *page.Row, b *bodyResult) {
	row.Text, row.HTML, row.Markdown, row.Links = b.text, b.html, b.markdown, b.links
	row.Lead, row.LeadSource, row.Quality = b.lead, b.leadSource, b.quality
	if row.Text == "" {
		return
	}
	row.TextSource = b.source
	row.WordCount, row.CharCount = wording.Count(row.Text), utf8.RuneCountInString(row.Text)
	sum := sha256.Sum256([]byte(row.Text))
	row.TextSHA256 = hex.EncodeToString(sum[:])
	row.Simhash = simhash64(row.Text)
}

// row returns what is known of a page before it is read.
func (e *Extractor) row(c *page.Capture) page.Row {
	row := page.Row{Schema: page.Schema, Version: 1, Extraction: 1, URLRequested: c.Requested, URL: c.Requested, DeclaredFree: "unknown", Access: "unknown",
		Extractor: Name, ExtractorVersion: Version, RulesVersion: e.rules.Version()}
	if ex := c.Document(); ex != nil {
		row.URL, row.HTTPStatus, row.FetchedAt = ex.URL, ex.Status, ex.Start
		typ, _, _ := strings.Cut(ex.Header.Get("Content-Type"), ";")
		row.ContentType = strings.ToLower(strings.TrimSpace(typ))
		row.ETag, row.LastModified = ex.Header.Get("ETag"), ex.Header.Get("Last-Modified")
	}
	row.URLCanonical = row.URL
	if u, err := address.Parse(row.URL); err == nil {
		row.Site = address.Site(u.Host)
	} else if u, err := url.Parse(row.URL); err == nil { // of a file that came by FTP
		row.Site = address.Site(u.Host)
	}
	row.ID = address.ID(row.URLCanonical)
	return row
}
