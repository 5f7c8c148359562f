package extract

import "newsarchive/page"

// judge says how the reading of a page ended.
func judge(d *document, m *metadata, b *bodyResult) (outcome page.Outcome, warnings []string, access, accessSource string) {
	if b.text == "" {
		return page.Empty, nil, "unknown", ""
	}
	return page.OK, nil, "unknown", ""
}
