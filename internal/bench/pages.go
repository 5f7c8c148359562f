package bench

import (
	"bytes"
	"fmt"
	"strings"

	"newsarchive/internal/testsite"
)

// A Page is one page to extract from.
type Page struct {
	URL    string
	Body   []byte // UTF-8
	Phrase string // the article's second paragraph, on one line
}

// chosen are fixtures, by the end of their address, that every extractor
// compared reads: the comparison is of speed, and a wrong answer has none.
var chosen = []string{
	"/city/bridge-reopens", "/city/school-meals", "/city/night-library",
	"/business/seaweed-mill", "/business/rent-holiday", "/opinion/slow-ferry", "/region/wattbahn",
}

// variants are markups of the crowded story, chosen likewise.
var variants = []string{"semantic", "div-soup", "boxes-between", "amp"}

// Pages returns the chosen fixtures, each grown to about size bytes; 0 leaves
// them as they are.
func Pages(size int) ([]Page, error) {
	all, err := stories()
	if err != nil {
		return nil, err
	}
	list, err := crowded()
	if err != nil {
		return nil, err
	}
	all = append(all, list...)
	if want := len(chosen) + len(variants); len(all) != want {
		return nil, fmt.Errorf("choose pages: %d fixtures found, want %d", len(all), want)
	}
	for i := range all {
		all[i].Body = Compose(all[i].Body, size, uint64(i))
	}
	return all, nil
}

func stories() ([]Page, error) {
	articles, err := testsite.Articles()
	if err != nil {
		return nil, fmt.Errorf("choose pages: %w", err)
	}
	var all []Page
	for _, a := range articles {
		for _, path := range chosen {
			if a.Version == 1 && strings.TrimSuffix(a.Truth.URLPath, ".html") == path {
				all = append(all, Page{a.URL(), bytes.Clone(a.Source), phrase(a.Truth)})
			}
		}
	}
	return all, nil
}

func crowded() ([]Page, error) {
	story, err := testsite.CrowdedStory()
	if err != nil {
		return nil, err
	}
	list, err := testsite.Variants(story)
	if err != nil {
		return nil, err
	}
	var all []Page
	for _, v := range list {
		for _, name := range variants {
			if v.Name == name {
				all = append(all, Page{"https://tidings.example/world/" + name, v.Body, phrase(story.Truth())})
			}
		}
	}
	return all, nil
}

func phrase(t testsite.Truth) string { return squeeze(t.Paragraphs[1]) }

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
