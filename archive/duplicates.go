package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"newsarchive/page"
)

// Duplicates knows which articles share their text with others, in their newest versions.
type Duplicates struct {
	by       map[string]standing
	families [][]string
}

// standing is how an article stands to those with the same text.
type standing struct {
	family int    // of families
	kind   string // "exact", "near"; "" for the first of them
	of     string // id of the earlier one; "" for the first
	wire   bool
}

// Duplicates finds the articles whose texts are the same, or nearly (see
// internal/likeness), whatever their addresses. It needs a current catalog, else the
// error wraps ErrNoCatalog. The answer depends on the articles alone: not on the order
// in which they came, nor on whether the catalog was made again.
func (r *Reader) Duplicates(ctx context.Context) (*Duplicates, error) {
	c, err := r.catalog()
	var list []relative
	if err == nil {
		list, err = c.families(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("compare the texts of %s: %w", r.dir, err)
	}
	return duplicatesOf(list), nil
}

func duplicatesOf(list []relative) *Duplicates {
	d := &Duplicates{by: make(map[string]standing, len(list))}
	ids := make(map[int64]string, len(list))
	for _, r := range list {
		ids[r.article] = r.id
	}
	for _, r := range list {
		s := standing{wire: r.wire}
		switch {
		case r.article == r.family:
			d.families = append(d.families, nil)
		case r.exact:
			s.kind, s.of = "exact", ids[r.first]
		default:
			s.kind, s.of = "near", ids[r.family]
		}
		s.family = len(d.families) - 1
		d.families[s.family] = append(d.families[s.family], r.id)
		d.by[r.id] = s
	}
	return d
}

// Mark sets what a row says of its duplicates. It is for newest versions; of others
// nothing is known.
func (d *Duplicates) Mark(r *page.Row) {
	s, ok := d.by[r.ID]
	r.Duplicate, r.DuplicateOf, r.Wire = s.kind, s.of, ""
	if s.wire {
		r.Wire = "yes"
	} else if ok || r.Outcome.HasArticle() {
		r.Wire = "no"
	}
}

// Families gives the ids of articles that share a text, the earliest first; the
// families in the order of their first articles.
func (d *Duplicates) Families() [][]string { return d.families }

// Family gives the ids of the articles that share the text of one, itself among them,
// the earliest first; none where no other has it.
func (d *Duplicates) Family(id string) []string {
	if s, ok := d.by[id]; ok {
		return d.families[s.family]
	}
	return nil
}

// Counts returns how many articles have the text of an earlier one, how many nearly
// so, and how many carry the text of an agency together with another site.
func (d *Duplicates) Counts() (exact, near, wire int) {
	for _, s := range d.by {
		switch s.kind {
		case "exact":
			exact++
		case "near":
			near++
		}
		if s.wire {
			wire++
		}
	}
	return exact, near, wire
}

// UpdateDuplicates compares the texts in the catalog, where that was not done since
// the last rows came, and keeps the answer there. Without it Duplicates compares each
// time. The catalog must be current (see UpdateCatalog); ErrNoCatalog where there is none.
func UpdateDuplicates(ctx context.Context, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(catalogFile))); err != nil {
		return ErrNoCatalog
	}
	c, err := openCatalog(dir, true)
	if err != nil {
		return fmt.Errorf("compare the texts of %s: %w", dir, denied(err))
	}
	if err = errors.Join(c.keepFamilies(ctx), c.close()); err != nil {
		return fmt.Errorf("compare the texts of %s: %w", dir, denied(err))
	}
	return nil
}
