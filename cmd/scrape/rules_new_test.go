package main

import (
	"testing"

	"newsarchive/extract"
)

// Words that the article keeps, in whatever spacing, are none that it must lack.
func TestAbsentPhraseIsNotOfTheArticle(t *testing.T) {
	t.Parallel()
	trace := &extract.Trace{}
	trace.Body.Blocks = append(trace.Body.Blocks, extract.BlockTrace{Text: "Arrivals 10:15 Valley 10:40 Harbour", Reason: "short"})
	if got := droppedPhrase("The board:\nArrivals\n  10:15  Valley\n  10:40  Harbour", trace); got != "" {
		t.Errorf("absent %q, which is in the article", got)
	}
	if got := droppedPhrase("The board", trace); got != "Arrivals 10:15 Valley 10:40 Harbour" {
		t.Errorf("absent %q, want the block that was dropped", got)
	}
}
