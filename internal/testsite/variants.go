package testsite

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// A Story is one news page apart from its markup: the article and all that
// crowds around it.
type Story struct {
	Title      string   `json:"title"`
	Byline     string   `json:"byline"` // a person, or the house where the story names nobody
	Mail       string   `json:"mail"`
	Published  string   `json:"published"` // RFC 3339
	Section    string   `json:"section"`
	Site       string   `json:"site"` // name of the paper
	Language   string   `json:"language"`
	Credit     string   `json:"credit"`      // of the photos, a line of its own each time
	CreditAt   []int    `json:"credit_at"`   // a photo stands before these paragraphs, counted from 0
	Paragraphs []string `json:"paragraphs"`  // the whole article
	Latest     []string `json:"latest"`      // headlines of the boxes
	AlsoLike   []Teaser `json:"also_like"`   // shown as "You May Also Like" and again as "Must-Reads"
	PopularNow []Teaser `json:"popular_now"` // shown twice
}

// A Teaser is one line of a numbered box.
type Teaser struct {
	Title   string `json:"title"`
	Section string `json:"section"`
}

// Photo reports whether a photo stands before paragraph i.
func (s Story) Photo(i int) bool { return slices.Contains(s.CreditAt, i) }

// Box names the box that a crowded page puts after paragraph i, or "".
func (s Story) Box(i int) string {
	return map[int]string{0: "also", 2: "popular", 3: "share", 4: "must"}[i]
}

// A Variant is a story in one kind of markup, as bytes of a response.
type Variant struct {
	Name        string
	ContentType string
	Body        []byte
}

//go:embed variants/*.html variants/story.json
var variantFiles embed.FS

// CrowdedStory returns a story of seven paragraphs that boxes, counters, photo
// credits and links stand around, some of them twice.
func CrowdedStory() (Story, error) {
	var s Story
	data, err := variantFiles.ReadFile("variants/story.json")
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		return s, fmt.Errorf("read crowded story: %w", err)
	}
	return s, nil
}

// Truth is what a careful reader takes from the story in any markup. The byline
// is in Authors, whether it names a person or a house.
func (s Story) Truth() Truth {
	t := Truth{Outcome: "ok", Title: s.Title, Authors: []string{s.Byline}, Published: s.Published,
		Language: s.Language, Paragraphs: s.Paragraphs}
	t.Absent = append([]string{"Quick access", "Direct access", "Views", "Comments0", "Latest Stories", "You May Also Like",
		"Popular Now", "Must-Reads", "Share it on", s.Mail, s.Credit}, s.Latest...)
	for _, box := range [][]Teaser{s.AlsoLike, s.PopularNow} {
		for _, line := range box {
			t.Absent = append(t.Absent, line.Title)
		}
	}
	return t
}

// markups are the templates in variants/, each with how the page is sent.
var markups = []struct{ name, file, charset, contentType string }{
	{"semantic", "semantic.html", "", "text/html; charset=utf-8"},
	{"div-soup", "soup.html", "", "text/html; charset=utf-8"},
	{"line-breaks", "breaks.html", "", "text/html; charset=utf-8"},
	{"boxes-between", "boxes.html", "", "text/html; charset=utf-8"},
	{"amp", "amp.html", "", "text/html; charset=utf-8"},
	{"script-data", "next.html", "", "text/html; charset=utf-8"},
	{"json-ld", "jsonld.html", "", "text/html; charset=utf-8"},
	{"tables", "tables.html", "", "text/html; charset=utf-8"},
	{"windows-1252", "soup.html", "windows-1252", "text/html; charset=windows-1252"},
	{"euc-kr", "breaks.html", "euc-kr", "text/html"},
	{"utf-16", "semantic.html", "utf-16", "text/html"},
}

// Variants renders a story in every markup. What a charset lacks becomes a
// character reference, as in a form that a browser sends.
func Variants(s Story) ([]Variant, error) {
	t, err := template.New("").Funcs(template.FuncMap{"json": toJSON, "inc": func(i int) int { return i + 1 }}).
		ParseFS(variantFiles, "variants/*.html")
	if err != nil {
		return nil, fmt.Errorf("read variants: %w", err)
	}
	var all []Variant
	for _, m := range markups {
		var b bytes.Buffer
		view := struct {
			Story
			Charset string
		}{s, strings.ToUpper(m.charset)}
		if err := t.ExecuteTemplate(&b, m.file, view); err != nil {
			return nil, fmt.Errorf("render variant %s: %w", m.name, err)
		}
		body, err := encodeLoosely(b.Bytes(), m.charset)
		if err != nil {
			return nil, fmt.Errorf("render variant %s: %w", m.name, err)
		}
		all = append(all, Variant{m.name, m.contentType, body})
	}
	return all, nil
}

func encodeLoosely(text []byte, name string) ([]byte, error) {
	if name == "" || name == "utf-16" {
		return encode(text, name)
	}
	enc, _ := charset.Lookup(name)
	return encoding.HTMLEscapeUnsupported(enc.NewEncoder()).Bytes(text)
}

// toJSON writes script data; <, > and & are escaped, so that no text ends the script.
func toJSON(v any) (template.JS, error) {
	b, err := json.MarshalIndent(v, "", " ")
	return template.JS(b), err
}

// NewsArticle is the story as schema.org describes one.
func (s Story) NewsArticle(body bool) map[string]any {
	ld := map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle",
		"headline": s.Title, "datePublished": s.Published, "articleSection": s.Section, "inLanguage": s.Language,
		"author":    []any{map[string]any{"@type": "Person", "name": s.Byline}},
		"publisher": map[string]any{"@type": "Organization", "name": s.Site},
	}
	if body {
		ld["articleBody"] = strings.Join(s.Paragraphs, "\n\n")
	}
	return ld
}

// PageProps is the story as a script-data app carries it.
func (s Story) PageProps() map[string]any {
	var blocks []any
	for i, p := range s.Paragraphs {
		if s.Photo(i) {
			blocks = append(blocks, map[string]any{"type": "image", "credit": s.Credit, "src": "/img/photo.svg"})
		}
		blocks = append(blocks, map[string]any{"type": "paragraph", "text": p})
	}
	article := map[string]any{"title": s.Title, "byline": s.Byline, "email": s.Mail, "publishedAt": s.Published,
		"section": s.Section, "blocks": blocks, "commentCount": 0, "latest": s.Latest, "alsoLike": s.AlsoLike, "popular": s.PopularNow}
	return map[string]any{"props": map[string]any{"pageProps": map[string]any{"article": article}}, "page": "/[section]/[id]", "buildId": "d41d8c"}
}
