package extract

import (
	"net/url"
	"strconv"

	"github.com/PuerkitoBio/goquery"
	"github.com/go-shiori/go-readability"
)

// What bounds the pages that are given to readability, whose running time grows
// with the square of some pages' size, and with their depth.
const (
	readabilityBlocks = 5000
	readabilityBoxes  = 20000
	readabilityLeaves = 20000
	readabilityDepth  = 100
)

// readability returns the blocks that go-readability takes for the article when it
// reads the stripped page, in document order; nil if it finds none.
func (l *layout) readability(address *url.URL) (blocks []int) {
	if len(l.blocks) == 0 || len(l.blocks) > readabilityBlocks || len(l.boxes) > readabilityBoxes ||
		len(l.leaves) > readabilityLeaves || l.depth() > readabilityDepth {
		return nil
	}
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	parser.KeepClasses = true // saves the time to strip them
	article, err := parser.ParseDocument(l.stripped(), address)
	if err != nil || article.Node == nil {
		return nil
	}
	goquery.NewDocumentFromNode(article.Node).Find("[" + blockAttr + "]").Each(func(_ int, s *goquery.Selection) {
		if i, err := strconv.Atoi(s.AttrOr(blockAttr, "")); err == nil && i < len(l.blocks) {
			blocks = append(blocks, i)
		}
	})
	return blocks
}

// depth is the number of containers around the innermost one.
func (l *layout) depth() (deepest int) {
	depths := make([]int, len(l.boxes))
	for i := range l.boxes {
		if p := l.boxes[i].parent; p >= 0 {
			depths[i] = depths[p] + 1
		}
		deepest = max(deepest, depths[i])
	}
	return deepest
}
