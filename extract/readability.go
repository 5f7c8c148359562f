package extract

import (
	"net/url"
	"strconv"

	"github.com/PuerkitoBio/goquery"
	"github.com/go-shiori/go-readability"
)

// readabilityBlocks bounds the pages that are given to readability, whose
// running time grows with the square of some pages' size.
const readabilityBlocks = 5000

// readability returns the blocks that go-readability takes for the article when it
// reads the stripped page, in document order; nil if it finds none.
func (l *layout) readability(address *url.URL) (blocks []int) {
	if len(l.blocks) == 0 || len(l.blocks) > readabilityBlocks {
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
