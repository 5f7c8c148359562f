package archive

import (
	"iter"
	"strings"
	"time"

	"newsarchive/page"
)

// RowsSince gives the rows of captures made at the time or later, oldest segment
// first, every version. Sealed segments that hold none of them are not opened. An
// error stands for damage in one place; the rows after it follow.
func (r *Reader) RowsSince(since time.Time) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		sealed, err := readManifest(r.root)
		if err != nil && !yield(page.Row{}, err) {
			return
		}
		names, err := list(r.root, "articles", ".jsonl.gz", ".jsonl.gz"+openSuffix)
		if err != nil {
			yield(page.Row{}, err)
			return
		}
		for _, name := range names {
			e, known := sealed[strings.TrimSuffix(name, openSuffix)]
			if known && e.Last != nil && e.Last.Before(since) {
				continue
			}
			recent := func(row page.Row, err error) bool {
				return err == nil && row.FetchedAt.Before(since) || yield(row, err)
			}
			if !rowsOfFile(r.root, name, recent) {
				return
			}
		}
	}
}
