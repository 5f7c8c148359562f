package archive

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"newsarchive/internal/agency"
	"newsarchive/internal/likeness"
	"newsarchive/page"
)

// likeness notes the text of a latest row, so that it is compared with others. Rows
// without an article are not.
func (w *catalogWriter) likeness(rowid int64, r *page.Row) error {
	if !r.Outcome.HasArticle() || r.Text == "" {
		return nil
	}
	sketch := likeness.Of(r.Text)
	_, err := w.alike.Exec(rowid, textHash(r), namesAgency(r), sketch[:])
	return err
}

// namesAgency reports whether the article credits an agency, beside its authors or as one.
func namesAgency(r *page.Row) bool {
	return len(r.Agencies) > 0 || slices.ContainsFunc(r.Authors, agency.Named)
}

// textHash is half of the text's digest.
func textHash(r *page.Row) int64 {
	b, err := hex.DecodeString(r.TextSHA256)
	if err != nil || len(b) < 8 {
		b, _ = hex.DecodeString(hexSum([]byte(r.Text)))
	}
	return int64(binary.BigEndian.Uint64(b))
}

const textsInOrder = `select l.article, l.text, l.agency, l.sketch, a.site, a.id from likeness l join article a on a.rowid = l.article order by a.day, a.id`

// relatives finds the families of articles with the same text, or nearly. Articles are
// taken in the order of their days: each belongs to the earliest one before it, itself
// of no other's family, that it is like. So the answer depends on nothing but the
// articles, and no chain of small changes leads from one text to quite another.
func (c *catalog) relatives(ctx context.Context) ([]relative, error) {
	rows, err := c.db.QueryContext(ctx, textsInOrder)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	k := newKin()
	for rows.Next() {
		var r relative
		var text int64
		var sketch sql.RawBytes
		if err := rows.Scan(&r.article, &text, &r.agency, &sketch, &r.site, &r.id); err != nil {
			return nil, err
		}
		var s likeness.Sketch
		copy(s[:], sketch)
		k.place(r, text, &s)
	}
	return k.families(), rows.Err()
}

// keepFamilies keeps the families in the catalog until rows are added.
func (c *catalog) keepFamilies(ctx context.Context) error {
	known, err := c.familiesKnown(ctx)
	if err != nil || known {
		return err
	}
	list, err := c.relatives(ctx)
	if err != nil {
		return err
	}
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, q := range []string{"delete from copy", "update total set compared = 1"} {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	insert, err := tx.PrepareContext(ctx, "insert into copy(article, family, first, exact, wire) values(?,?,?,?,?)")
	if err != nil {
		return err
	}
	for _, r := range list {
		if _, err := insert.ExecContext(ctx, r.article, r.family, r.first, r.exact, r.wire); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (c *catalog) familiesKnown(ctx context.Context) (known bool, err error) {
	err = c.db.QueryRowContext(ctx, "select compared from total").Scan(&known)
	return known, err
}

// families returns what keepFamilies kept, else finds it.
func (c *catalog) families(ctx context.Context) (list []relative, err error) {
	known, err := c.familiesKnown(ctx)
	if err != nil || !known {
		if err == nil {
			list, err = c.relatives(ctx)
		}
		return list, err
	}
	rows, err := c.db.QueryContext(ctx, "select c.article, a.id, c.family, c.first, c.exact, c.wire from copy c join article a on a.rowid = c.article order by c.rowid")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r relative
		if err := rows.Scan(&r.article, &r.id, &r.family, &r.first, &r.exact, &r.wire); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}
