package extract_test

import (
	"fmt"

	"newsarchive/extract"
)

// A page of which only the bytes and the address are known becomes a row.
func ExampleExtractor_HTML() {
	html := []byte(`<html lang="en"><head><title>Mill sails again | Hill Gazette</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-20T08:00:00+01:00"></head>
<body><nav><a href="/">Front page</a> <a href="/sport/">Sport</a></nav>
<article><h1>Mill sails again</h1><p class="byline">By Ana Ruiz</p>
<p>The mill on the hill turned for the first time in nine years on Friday, and the miller said that
the new sails had cost the village less than it had feared.</p>
<p>About two hundred people came to see it, and a band played until the wind went down at about four.</p>
</article><aside><h2>You may also like</h2><a href="/ferry">Ferry out of service</a></aside></body></html>`)

	row := extract.New(extract.Options{}).HTML(html, "https://hill.example/mill").Row

	fmt.Println(row.Outcome, row.Title, row.Authors, row.PublishedAt)
	fmt.Println(row.Text)
	// Output:
	// ok Mill sails again [Ana Ruiz] 2026-11-20 07:00:00 +0000 UTC
	// The mill on the hill turned for the first time in nine years on Friday, and the miller said that the new sails had cost the village less than it had feared.
	// About two hundred people came to see it, and a band played until the wind went down at about four.
}
