package extract_test

import (
	"bytes"
	"net/url"
	"testing"

	"github.com/go-shiori/go-readability"

	"newsarchive/internal/testsite"
)

// readable reads a fixture as go-readability does by itself: detection of the
// charset, parse, text.
func readable(b *testing.B, a testsite.Article) {
	b.Helper()
	u, err := url.Parse(a.URL())
	if err != nil {
		b.Fatal(err)
	}
	_, _ = readability.FromReader(bytes.NewReader(a.Body), u) // it fails on some fixtures
}
