package extract

import (
	"testing"

	"newsarchive/internal/testsite"
	"newsarchive/page"
)

// Of no vector does anything come through that could run: elements and attributes
// are those allowed, and what is rendered parses to itself.
func TestNoVectorSurvives(t *testing.T) {
	list := testsite.Vectors()
	if len(list) < 500 {
		t.Fatalf("only %d vectors", len(list))
	}
	for _, v := range list {
		r := renderMarkup(t, page.Clean("<p>Before.</p>"+v+"<p>After.</p>"))
		checkAllowed(t, r.html)
		if got := again(t, r.html); got != r.html {
			t.Errorf("of %q came\n%q, which parses to\n%q", v, r.html, got)
		}
	}
}
