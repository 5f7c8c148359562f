package archive

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"newsarchive/page"
)

// readingsSuffix ends the names of article segments that hold later readings of
// captures whose first reading lies elsewhere.
const readingsSuffix = ".reextracted.jsonl.gz"

// reading returns which reading of its capture the row is, counted from 1.
func reading(r *page.Row) int { return max(1, r.Extraction) }

// newer reports whether a counts instead of b, another row of the same article.
func newer(a, b *page.Row) bool {
	return cmp.Or(cmp.Compare(a.Version, b.Version), cmp.Compare(reading(a), reading(b))) > 0
}

// versionKey names one version of one article.
type versionKey struct {
	id      uint64
	version int
}

// readings knows the newest reading of each version that was read again.
type readings map[versionKey]int

func loadReadings(root Tree) (readings, error) {
	names, err := list(root, "articles", readingsSuffix, readingsSuffix+openSuffix)
	if err != nil {
		return nil, err
	}
	known := readings{}
	for _, name := range names {
		rowsOfFile(root, name, func(r page.Row, err error) bool {
			if k := (versionKey{key(r.ID), r.Version}); err == nil {
				known[k] = max(known[k], reading(&r))
			}
			return true
		})
	}
	return known, nil
}

// counts reports whether the row is the newest reading of its version.
func (n readings) counts(r *page.Row) bool {
	return reading(r) == max(1, n[versionKey{key(r.ID), r.Version}])
}

// Rows gives every version of every article as it was read last, oldest segment
// first. An error stands for damage in one place; the rows after it follow.
func (r *Reader) Rows() iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		known, err := loadReadings(r.root)
		if err != nil {
			yield(page.Row{}, fmt.Errorf("read %s: %w", r.dir, err))
			return
		}
		for row, err := range rowsOf(r.root, "", openSuffix) {
			if (err != nil || known.counts(&row)) && !yield(row, err) {
				return
			}
		}
	}
}

// Versions gives the versions of one article as they were read last, oldest first.
func (r *Reader) Versions(id string) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		var last *page.Row
		for row, err := range r.Readings(id) {
			if err != nil {
				if !yield(page.Row{}, err) {
					return
				}
				continue
			}
			if last != nil && last.Version != row.Version && !yield(*last, nil) {
				return
			}
			last = &row
		}
		if last != nil {
			yield(*last, nil)
		}
	}
}

// Readings gives every reading of every version of one article: by version, and
// then by extraction. Errors, which stand for damage, come first.
func (r *Reader) Readings(id string) iter.Seq2[page.Row, error] {
	return func(yield func(page.Row, error) bool) {
		rows, ok := r.rowsWhere("a.id = ?", id)
		if !ok {
			rows = rowsOf(r.root, "", openSuffix)
		}
		var found []page.Row
		if ok {
			for _, err := range r.Damage() {
				if !yield(page.Row{}, err) {
					return
				}
			}
		}
		for row, err := range rows {
			switch {
			case err != nil:
				if !yield(page.Row{}, err) {
					return
				}
			case row.ID == id:
				found = append(found, row)
			}
		}
		slices.SortStableFunc(found, func(a, b page.Row) int {
			return cmp.Or(cmp.Compare(a.Version, b.Version), cmp.Compare(reading(&a), reading(&b)))
		})
		for _, row := range found {
			if !yield(row, nil) {
				return
			}
		}
	}
}
