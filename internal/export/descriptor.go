package export

import (
	"fmt"
	"path"
	"strings"
	"time"

	"newsarchive/internal/spelling"
	"newsarchive/page"
)

// descriptor is datapackage.json (Frictionless Data Package v1).
type descriptor struct {
	Profile     string         `json:"profile"`
	Name        string         `json:"name"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	Created     string         `json:"created"`
	Homepage    string         `json:"homepage,omitempty"`
	Sources     []source       `json:"sources"`
	Creators    []contributor  `json:"contributors,omitempty"`
	Resources   []listed       `json:"resources"`
	Export      map[string]any `json:"scrape:export"`
}

type source struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
}

type contributor struct {
	Title string `json:"title"`
	Role  string `json:"role"`
}

type listed struct {
	Name      string `json:"name"`
	Path      string `json:"path"`
	Profile   string `json:"profile"`
	Format    string `json:"format"`
	MediaType string `json:"mediatype,omitempty"`
	Encoding  string `json:"encoding,omitempty"`
	Dialect   any    `json:"dialect,omitempty"`
	Bytes     int64  `json:"bytes"`
	Hash      string `json:"hash"`
	Rows      int    `json:"rows,omitempty"`
	Schema    any    `json:"schema,omitempty"`
}

func (p *pack) datapackage() ([]byte, error) {
	d := descriptor{Profile: "data-package", Name: "scrape-export", Title: p.o.Title, Description: p.summary(), Created: p.o.Now.Format(time.RFC3339),
		Sources: []source{{Title: "archive " + p.id}},
		Export: map[string]any{"format": p.o.Format, "profile": p.o.Profile, "query": p.o.Asked, "versions": p.o.Versions, "software": p.o.Software,
			"archive": p.id, "schema": page.Schema, "rows": p.account.rows, "left_out": p.account.left, "articles": len(p.account.articles)}}
	if p.o.Creator != "" {
		d.Creators = []contributor{{p.o.Creator, "author"}}
	}
	for _, r := range p.resources {
		if r.data || strings.HasPrefix(r.path, "collection/") {
			d.Resources = append(d.Resources, r.listed())
		}
	}
	return indented(d)
}

func (r resource) listed() listed {
	l := listed{Name: unfit.ReplaceAllString(strings.TrimSuffix(r.path, path.Ext(r.path)), "-"), Path: r.path, Profile: "data-resource", Format: r.format,
		MediaType: r.mediatype, Bytes: r.bytes, Hash: "sha256:" + r.sha256, Rows: r.rows}
	if r.format == "csv" {
		l.Profile, l.Encoding = "tabular-data-resource", "utf-8"
		l.Dialect = map[string]string{"lineTerminator": "\n"} // CRLF is what is understood without
	}
	if r.schema != "" {
		l.Schema = r.schema
	} else if s := collectionSchemas[r.path]; s != nil {
		l.Schema = map[string]any{"fields": s}
	}
	return l
}

// summary is one sentence about the data.
func (p *pack) summary() string {
	first, last := p.account.period()
	return fmt.Sprintf("%s (%s of %s; days of publication, else of capture: %s to %s), exported from an archive of captured news pages.",
		spelling.Count(p.account.rows, "row"), spelling.Count(len(p.account.articles), "page"), spelling.Count(p.account.withRows(), "site"), first.Format(time.DateOnly), last.Format(time.DateOnly))
}
