package bench

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	readeck "codeberg.org/readeck/go-readability/v2"
	shiori "github.com/go-shiori/go-readability"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"newsarchive/extract"
)

// An extractor turns a page into text by one way.
type extractor struct {
	name string
	text func(Page) (string, error)
}

// extractors are html.Parse alone, first, and all that is compared with it.
func extractors() []extractor {
	return []extractor{
		{"html.Parse", parse},
		{"extract", row(extract.New(extract.Options{}))},
		{"go-shiori/go-readability FromReader", readability},
		{"go-shiori/go-readability FromDocument", readabilityTree},
		{"readeck/go-readability/v2", readabilityV2},
		{"go-trafilatura", trafilaturaWith(false)},
		{"go-trafilatura with fallback", trafilaturaWith(true)},
	}
}

// parse returns the source, which is as good as any text for the check: the
// tree is kept alive for as long as the others keep theirs.
func parse(p Page) (string, error) {
	tree, err := html.Parse(bytes.NewReader(p.Body))
	if err != nil || tree.LastChild == nil {
		return "", fmt.Errorf("no tree: %w", err)
	}
	return p.Phrase, nil
}

// row goes from the bytes to the line of JSON, and shows the line's text.
func row(e *extract.Extractor) func(Page) (string, error) {
	var line []byte
	return func(p Page) (string, error) {
		r := e.HTML(p.Body, p.URL)
		var err error
		line, err = r.Row.AppendLine(line[:0])
		return r.Row.Text, err
	}
}

func readability(p Page) (string, error) {
	u, err := url.Parse(p.URL)
	if err != nil {
		return "", err
	}
	a, err := shiori.FromReader(bytes.NewReader(p.Body), u)
	return a.TextContent, err
}

func readabilityTree(p Page) (string, error) {
	u, err := url.Parse(p.URL)
	if err != nil {
		return "", err
	}
	tree, err := html.Parse(bytes.NewReader(p.Body))
	if err != nil {
		return "", err
	}
	a, err := shiori.FromDocument(tree, u)
	return a.TextContent, err
}

func readabilityV2(p Page) (string, error) {
	u, err := url.Parse(p.URL)
	if err != nil {
		return "", err
	}
	a, err := readeck.FromReader(bytes.NewReader(p.Body), u)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	err = a.RenderText(&text)
	return text.String(), err
}

func trafilaturaWith(fallback bool) func(Page) (string, error) {
	return func(p Page) (string, error) {
		u, err := url.Parse(p.URL)
		if err != nil {
			return "", err
		}
		r, err := trafilatura.Extract(bytes.NewReader(p.Body), trafilatura.Options{OriginalURL: u, EnableFallback: fallback})
		if err != nil {
			return "", err
		}
		return r.ContentText, nil
	}
}
