package extract_test

import (
	"fmt"

	"newsarchive/extract"
	"newsarchive/page"
	"newsarchive/selectors"
)

// A rule names the container of the text; the trace says that it was taken, and what
// of the page was dropped.
func ExampleExtractor_Explain() {
	sites, err := selectors.LoadSites(selectors.Project, "rules/news.yaml", []byte(`
sites:
  - hosts: news.example
    content: div.story
    remove: .promo
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	e := extract.New(extract.Options{Rules: selectors.Default().WithSites(sites...)})
	markup := `<h1>Ferry gates open again</h1><div class="story">
<p>The gates of the ferry opened again on Monday morning, four weeks after the storm.</p>
<p class="promo">Our readers sent in four hundred photographs, now printed in a book.</p>
<p>The first passenger was a dog, on its way to an arrangement with the butcher.</p></div>`
	reading, trace := e.Explain(&page.Capture{Exchanges: []page.Exchange{{URL: "https://news.example/1", Status: 200, Body: []byte(markup)}}})
	fmt.Println(reading.Row.TextSource, trace.Rules[0].Taken)
	for _, b := range trace.Body.Blocks {
		if !b.Kept {
			fmt.Printf("%s: %s\n", b.Reason, b.Text)
		}
	}
	// Output:
	// rule:news.example true
	// outside of the rule's content: Ferry gates open again
	// removed by the rule: Our readers sent in four hundred photographs, now printed in a book.
}
