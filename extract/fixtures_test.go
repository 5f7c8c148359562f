package extract_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsarchive/extract"
	"newsarchive/internal/testsite"
	"newsarchive/page"
)

// facts are what a truth and a row are compared by. What a truth leaves open is
// empty in both.
type facts struct {
	Outcome, Title                         string
	Authors, Agencies                      []string
	Published, Modified, Language, Section string
	Tags                                   []string
	Lead                                   string
	Paragraphs                             []string
	Images                                 []testsite.Image
	Unwanted                               []string // phrases in the text that must not be there
	MissingCells                           []string // table cells that the text lacks
}

func TestFixturesAreReadAsTheyAre(t *testing.T) {
	articles, err := testsite.Articles()
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New(extract.Options{})
	for _, a := range articles {
		t.Run(a.Name(), func(t *testing.T) {
			row := e.Extract(capture(a.URL(), a.Header, a.Body)).Row
			if diff := cmp.Diff(wanted(a.Truth), found(row, a.Truth)); diff != "" {
				t.Errorf("not what the page says (-truth +row):\n%s", diff)
			}
		})
	}
}

// TestCrowdedStoryInEveryMarkup reads one story from all the markups that it
// may come in: the text is the same each time.
func TestCrowdedStoryInEveryMarkup(t *testing.T) {
	story, err := testsite.CrowdedStory()
	if err != nil {
		t.Fatal(err)
	}
	variants, err := testsite.Variants(story)
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New(extract.Options{})
	for _, v := range variants {
		t.Run(v.Name, func(t *testing.T) {
			row := e.Extract(capture("https://tidings.example/world/1", map[string]string{"Content-Type": v.ContentType}, v.Body)).Row
			row.Authors = append(row.Authors, row.Agencies...) // the byline names a house
			if diff := cmp.Diff(wanted(story.Truth()), found(row, story.Truth())); diff != "" {
				t.Errorf("not what the page says (-truth +row):\n%s", diff)
			}
		})
	}
}

// capture is a page as it comes from the network.
func capture(url string, header map[string]string, body []byte) *page.Capture {
	h := page.Header{}
	for name, value := range header {
		if value != "" {
			h[http.CanonicalHeaderKey(name)] = []string{value}
		}
	}
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	return &page.Capture{Requested: url, Robots: "allowed", Exchanges: []page.Exchange{{
		URL: url, Method: http.MethodGet, Start: at, Status: http.StatusOK, Header: h, Entity: body, Body: body,
	}}}
}

func wanted(t testsite.Truth) facts {
	var pictures []testsite.Image
	for _, img := range t.Images {
		pictures = append(pictures, unlabelled(img))
	}
	return facts{
		Outcome: t.Outcome, Title: t.Title, Authors: t.Authors, Agencies: t.Agencies,
		Published: utc(t.Published), Modified: utc(t.Modified), Language: t.Language, Section: t.Section,
		Tags: t.Tags, Lead: t.Lead, Paragraphs: t.Paragraphs, Images: pictures,
	}
}

// found returns what the row says on what the truth determines.
func found(row page.Row, t testsite.Truth) facts {
	f := facts{Outcome: string(row.Outcome)}
	if len(t.Paragraphs) > 0 {
		f.Paragraphs = body(row, t)
	}
	keep := func(dst *string, want, got string) {
		if want != "" {
			*dst = got
		}
	}
	keepList := func(dst *[]string, want, got []string) {
		if len(want) > 0 {
			*dst = got
		}
	}
	keep(&f.Title, t.Title, row.Title)
	keep(&f.Lead, t.Lead, row.Lead)
	keep(&f.Section, t.Section, row.Section)
	keep(&f.Language, t.Language, primary(row.Language))
	keep(&f.Published, t.Published, like(t.Published, row.PublishedAt))
	keep(&f.Modified, t.Modified, like(t.Modified, row.ModifiedAt))
	keepList(&f.Authors, t.Authors, row.Authors)
	keepList(&f.Agencies, t.Agencies, row.Agencies)
	keepList(&f.Tags, t.Tags, row.Tags)
	if len(t.Images) > 0 {
		f.Images = images(row)
	}
	for _, phrase := range t.Absent {
		if strings.Contains(row.Text, phrase) {
			f.Unwanted = append(f.Unwanted, phrase)
		}
	}
	for _, cell := range t.Cells {
		if !strings.Contains(row.Text, cell) {
			f.MissingCells = append(f.MissingCells, cell)
		}
	}
	return f
}

// body returns the blocks of the text without the standfirst that may open it,
// and without the lines that hold nothing but table cells.
func body(row page.Row, t testsite.Truth) []string {
	var blocks []string
	for block := range strings.SplitSeq(row.Text, "\n") {
		block = strings.Join(strings.Fields(block), " ")
		lead := len(blocks) == 0 && t.Lead != "" && block == t.Lead
		if block != "" && !lead && !tableLine(block, t.Cells) {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// tableLine reports a line of which nothing is left without the cells.
func tableLine(block string, cells []string) bool {
	for _, cell := range slices.SortedFunc(slices.Values(cells), func(a, b string) int { return len(b) - len(a) }) {
		block = strings.ReplaceAll(block, cell, "")
	}
	return strings.Trim(block, " |") == ""
}

// images pairs the row's captions and credits, leaving out pictures without any.
func images(row page.Row) []testsite.Image {
	var all []testsite.Image
	for i := range row.Images {
		img := testsite.Image{Caption: row.ImageCaptions[i], Credit: row.ImageCredits[i]}
		if img != (testsite.Image{}) {
			all = append(all, unlabelled(img))
		}
	}
	return slices.Compact(all)
}

// unlabelled drops the word that says that a credit is one: rows may keep it.
func unlabelled(img testsite.Image) testsite.Image {
	for _, label := range []string{"Photograph: ", "Photo: ", "Foto: "} {
		img.Credit = strings.TrimPrefix(img.Credit, label)
	}
	return img
}

func primary(tag string) string {
	p, _, _ := strings.Cut(tag, "-")
	return p
}

// utc writes an instant of a truth in UTC, and a day as it is.
func utc(s string) string {
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at.UTC().Format(time.RFC3339)
	}
	return s
}

// like writes at as precisely as want is written.
func like(want string, at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339)[:min(len(time.RFC3339)-5, len(utc(want)))]
}
