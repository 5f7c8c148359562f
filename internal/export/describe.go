package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsarchive/page"
)

// Files of a package beside its data.
const (
	tableSchema = "schema/articles.table.json"
	rowSchema   = "schema/article.schema.json"
	outcomeFile = "collection/outcomes.csv"
	gapFile     = "collection/gaps.csv"
	goneFile    = "collection/gone.csv"
)

// describe writes all that is not data; datapackage.json, which makes it an export,
// comes last but for the checksums.
func (p *pack) describe() error {
	slices.SortFunc(p.resources, func(a, b resource) int { return strings.Compare(a.path, b.path) })
	gaps := p.account.gaps(p.o.Query)
	for _, f := range []struct {
		name string
		make func() ([]byte, error)
	}{
		{tableSchema, p.tableSchema},
		{rowSchema, p.rowSchema},
		{outcomeFile, p.outcomes},
		{gapFile, func() ([]byte, error) { return gapTable(gaps) }},
		{goneFile, p.gone},
		{"README.md", func() ([]byte, error) { return p.card(gaps), nil }},
		{"CITATION.cff", func() ([]byte, error) { return p.citation(), nil }},
		{"datapackage.json", p.datapackage},
	} {
		b, err := f.make()
		if err == nil {
			err = p.add(f.name, b)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	return nil
}

// field is a field of a Frictionless Table Schema.
type field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Format      string `json:"format,omitempty"`
	Description string `json:"description,omitempty"`
}

func (p *pack) tableSchema() ([]byte, error) {
	in, _ := columns(p.o.profile())
	fields := make([]field, len(in))
	for i, c := range in {
		f := field{Name: c.name, Type: "string", Description: c.doc}
		switch {
		case c.kind == integer:
			f.Type = "integer"
		case c.kind == moment:
			f.Type = "datetime"
		case c.kind == list && p.o.Format == Parquet:
			f.Type = "array"
		}
		fields[i] = f
	}
	return indented(struct {
		Fields        []field  `json:"fields"`
		MissingValues []string `json:"missingValues"`
		PrimaryKey    []string `json:"primaryKey"`
	}{fields, []string{""}, primaryKey(in)})
}

// primaryKey are the columns that tell rows apart.
func primaryKey(in []column) (key []string) {
	for _, c := range in {
		if c.name == "id" || c.name == "version" || c.name == "extraction" {
			key = append(key, c.name)
		}
	}
	return key
}

// rowSchema is the JSON Schema of a line, without the keys that the profile lacks.
func (p *pack) rowSchema() ([]byte, error) {
	_, out := columns(p.o.profile())
	if len(out) == 0 {
		return []byte(page.ArticleSchema), nil
	}
	var schema map[string]any
	if err := json.Unmarshal([]byte(page.ArticleSchema), &schema); err != nil {
		return nil, err
	}
	schema["$id"] = fmt.Sprintf("%v:%s", schema["$id"], p.o.profile())
	required, _ := schema["required"].([]any)
	properties, _ := schema["properties"].(map[string]any)
	for _, c := range out {
		delete(properties, c.name)
		required = slices.DeleteFunc(required, func(k any) bool { return k == c.name })
	}
	schema["required"] = required
	return indented(schema)
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return page.EscapeBidi(b.Bytes()), err
}

// outcomes is a table of the rows that the query finds and of those that are exported.
func (p *pack) outcomes() ([]byte, error) {
	rows := [][]string{{"site", "outcome", "found", "exported"}}
	for _, site := range p.account.bySize() {
		for _, o := range page.Outcomes {
			if n := p.account.sites[site].outcomes[o]; n.found > 0 {
				rows = append(rows, []string{inert(site), string(o), strconv.Itoa(n.found), strconv.Itoa(n.exported)})
			}
		}
	}
	return table(rows)
}

func gapTable(gaps []gap) ([]byte, error) {
	rows := [][]string{{"site", "from", "to", "days"}}
	for _, g := range gaps {
		rows = append(rows, []string{inert(g.Site), g.From.Format(time.DateOnly), g.To.Format(time.DateOnly), strconv.Itoa(g.Days)})
	}
	return table(rows)
}

// gone is a table of the articles of the export that are no more where they were.
func (p *pack) gone() ([]byte, error) {
	rows := [][]string{{"id", "url", "gone_at", "http_status"}}
	for _, g := range p.account.gone {
		rows = append(rows, []string{inert(g.id), inert(g.url), g.end.At.Format(time.RFC3339), strconv.Itoa(g.end.Status)})
	}
	return table(rows)
}

func table(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	err := csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes(), err
}

var unfit = regexp.MustCompile(`[^a-z0-9._-]+`)

var collectionSchemas = map[string][]field{
	outcomeFile: {{Name: "site", Type: "string"}, {Name: "outcome", Type: "string"}, {Name: "found", Type: "integer"}, {Name: "exported", Type: "integer"}},
	gapFile:     {{Name: "site", Type: "string"}, {Name: "from", Type: "date"}, {Name: "to", Type: "date"}, {Name: "days", Type: "integer"}},
	goneFile: {{Name: "id", Type: "string"}, {Name: "url", Type: "string"},
		{Name: "gone_at", Type: "datetime", Description: "the first answer 404, 410 or 451 after the newest version; no page came since"}, {Name: "http_status", Type: "integer"}},
}

// citation is CITATION.cff (Citation File Format 1.2.0). Strings are written as
// JSON, which YAML reads.
func (p *pack) citation() []byte {
	author := p.o.Creator
	if author == "" {
		author = "Creator not named"
	}
	return fmt.Appendf(nil, `cff-version: 1.2.0
message: "If you use this data set, please cite it, with the SHA-256 of datapackage.json."
type: dataset
title: %s
authors:
  - name: %s
date-released: %s
identifiers:
  - type: other
    value: %s
    description: "The archive that the rows were exported from"
`, quoted(p.o.Title), quoted(author), p.o.Now.Format(time.DateOnly), quoted(p.id))
}

func quoted(s string) string {
	b, err := json.Marshal(page.Clean(s))
	if err != nil {
		return `""`
	}
	return string(page.EscapeBidi(b))
}

// languages lists those of the articles that look like tags, most frequent first.
func (a *account) tags() (tags []string) {
	for _, l := range slices.Sorted(maps.Keys(a.languages)) {
		if languageTag.MatchString(l) {
			tags = append(tags, l)
		}
	}
	slices.SortStableFunc(tags, func(x, y string) int { return a.languages[y] - a.languages[x] })
	return tags
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
