package archive

import (
	"fmt"
	"slices"
)

// compareDamages looks again at the places that could not be read when the catalog was
// made, for damages to tell, and reports whether one can be read now.
func (c *catalog) compareDamages(root Tree) (whole bool, err error) {
	places, err := c.damagedPlaces()
	if err != nil {
		return false, err
	}
	var damaged []error
	files := rowFiles{root: root}
	defer files.close()
	for _, p := range places {
		if _, err := files.rows(p.path, p.at); err == nil {
			whole = true
		} else {
			damaged = append(damaged, fmt.Errorf("read %s: %w", p.path, err))
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.damaged = damaged
	return whole, nil
}

// damages gives an error for each place whose rows the catalog does not hold. The
// caller changes nothing of it.
func (c *catalog) damages() []error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.damaged
}

func (c *catalog) damagedPlaces() (list []rowPlace, err error) {
	rows, err := c.db.Query("select s.path, d.at from damage d join segment s on s.id = d.segment order by s.name, d.at")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p rowPlace
		if err := rows.Scan(&p.path, &p.at); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// Damage tells of damage that the catalog knows, an error for each place in
// sealed article segments: nobody knows which rows stood there, and Search, List,
// Select, Stats and Row cannot give them. It is nil where there is none, and where no
// catalog is current: what reads the rows then meets the damage. Each wraps a
// *warc.DamageError unless the file could not be read at all.
func (r *Reader) Damage() []error {
	c, err := r.catalog()
	if err != nil {
		return nil
	}
	return slices.Clone(c.damages())
}
