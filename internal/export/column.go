package export

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsarchive/page"
)

// A Profile says which columns an export has.
type Profile string

// The profiles.
const (
	Full     Profile = "full"
	NoText   Profile = "no-text"   // nothing that the publisher wrote but the headline; hashes and facts stay
	TextOnly Profile = "text-only" // the texts of articles with the facts that a reader of texts needs
)

// Profiles lists them all.
var Profiles = []Profile{Full, NoText, TextOnly}

// written are the columns with what the publisher wrote, headlines apart.
var written = []string{"subtitle", "lead", "text", "markdown", "html", "image_captions"}

// texts are the columns of TextOnly.
var texts = []string{"schema", "id", "version", "url", "site", "site_name", "title", "subtitle", "lead", "text", "authors", "agencies",
	"published_at", "fetched_at", "language", "section", "outcome", "word_count", "text_sha256"}

func (p Profile) has(name string) bool {
	switch p {
	case NoText:
		return !slices.Contains(written, name)
	case TextOnly:
		return slices.Contains(texts, name)
	}
	return true
}

// keeps reports whether the row belongs in the export.
func (p Profile) keeps(r *page.Row) bool { return p != TextOnly || r.Outcome.HasArticle() }

// kind is the type of a column.
type kind int

const (
	text kind = iota
	integer
	moment
	list
)

// A column is a key of the article row.
type column struct {
	name  string
	kind  kind
	field int // of page.Row
	doc   string
}

// columns returns the columns of a profile in the order of the row's keys, and
// those that it lacks.
func columns(p Profile) (in, out []column) {
	docs := descriptions()
	t := reflect.TypeFor[page.Row]()
	for i := range t.NumField() {
		name := t.Field(i).Tag.Get("json")
		c := column{name, kindOf(t.Field(i).Type), i, docs[name]}
		if p.has(name) {
			in = append(in, c)
		} else {
			out = append(out, c)
		}
	}
	return in, out
}

func kindOf(t reflect.Type) kind {
	switch {
	case t == reflect.TypeFor[page.Lines]():
		return list
	case t == reflect.TypeFor[time.Time](), t == reflect.TypeFor[*time.Time]():
		return moment
	case t.Kind() == reflect.Int, t.Kind() == reflect.Int64:
		return integer
	case t.Kind() == reflect.String:
		return text
	}
	panic(fmt.Sprintf("a row has a field of type %s, for which exports have no column", t))
}

// descriptions are those of the article row's JSON Schema.
func descriptions() map[string]string {
	var schema struct {
		Properties map[string]struct {
			Description string `json:"description"`
		} `json:"properties"`
	}
	if err := json.Unmarshal([]byte(page.ArticleSchema), &schema); err != nil {
		panic(err) // it is part of the program
	}
	docs := map[string]string{}
	for name, p := range schema.Properties {
		docs[name] = p.Description
	}
	return docs
}

// time returns the value of a moment; false where there is none.
func (c column) time(row reflect.Value) (time.Time, bool) {
	switch t := row.Field(c.field).Interface().(type) {
	case *time.Time:
		if t != nil {
			return t.UTC(), true
		}
	case time.Time:
		return t.UTC(), !t.IsZero()
	}
	return time.Time{}, false
}

// plain returns the value as one string: times as RFC 3339, "" for none; the items
// of a list a line each.
func (c column) plain(row reflect.Value) string {
	v := row.Field(c.field)
	switch c.kind {
	case integer:
		return strconv.FormatInt(v.Int(), 10)
	case moment:
		if t, ok := c.time(row); ok {
			return t.Format(time.RFC3339)
		}
		return ""
	case list:
		return strings.Join(v.Interface().(page.Lines), "\n")
	}
	return v.String()
}
