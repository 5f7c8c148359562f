package archive

import (
	"context"
	"database/sql"
	"errors"
	"math/bits"
	"slices"

	"newsarchive/internal/words"
	"newsarchive/page"
)

// words takes note of the words of a row.
func (w *catalogWriter) words(rowid int64, r *page.Row) error {
	if w.part != nil && (w.part.Full() || w.part.First+int64(len(w.part.Lengths)) != rowid) {
		if err := w.keepWords(); err != nil {
			return err
		}
	}
	if w.part == nil {
		w.part = words.NewPart(rowid)
	}
	w.part.Add(r.Title, r.Lead, r.Text)
	return nil
}

// keepWords writes what was noted, together with small parts before it.
func (w *catalogWriter) keepWords() error {
	p := w.part
	if w.part = nil; p == nil {
		return nil
	}
	for {
		var first int64
		var texts, sum int
		var head []byte
		err := w.tx.QueryRowContext(w.ctx, "select first, texts, words, head from part order by first desc limit 1").Scan(&first, &texts, &sum, &head)
		if errors.Is(err, sql.ErrNoRows) || err == nil && (first+int64(texts) != p.First || !p.Joins(texts, sum)) {
			return w.putPart(p)
		}
		if err == nil {
			p, err = w.joined(words.ReadPart(first, texts, sum, head), p)
		}
		if err != nil {
			return err
		}
	}
}

// joined takes a part out of the catalog and puts the next one behind it.
func (w *catalogWriter) joined(p, next *words.Part) (*words.Part, error) {
	leaves, err := leavesOf(w.tx.QueryContext(w.ctx, "select data from leaf where part = ?", p.First))
	if err != nil {
		return nil, err
	}
	for _, leaf := range leaves {
		if err := p.Load(leaf); err != nil {
			return nil, err
		}
	}
	p.Append(next)
	for _, q := range []string{"delete from leaf where part = ?", "delete from part where first = ?"} {
		if _, err := w.tx.ExecContext(w.ctx, q, p.First); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (w *catalogWriter) putPart(p *words.Part) error {
	_, err := w.tx.ExecContext(w.ctx, "insert into part(first, texts, words, head) values(?,?,?,?)", p.First, len(p.Lengths), p.Words, p.Head())
	if err != nil {
		return err
	}
	for word, leaf := range p.Leaves() {
		if _, err := w.leaf.ExecContext(w.ctx, p.First, word, leaf); err != nil {
			return err
		}
	}
	return nil
}

func leavesOf(rows *sql.Rows, err error) (list [][]byte, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var leaf []byte
		if err := rows.Scan(&leaf); err != nil {
			return nil, err
		}
		list = append(list, leaf)
	}
	return list, rows.Err()
}

// wordSearch looks for the words of a query in a catalog that stays as it is meanwhile.
type wordSearch struct {
	done          func() error
	ctx           context.Context // without an end, since it asks small questions: waiting for that costs more than each
	tx            *sql.Tx
	leaves        *sql.Stmt
	with, without []words.Term
	parts         []wordPart // the last rows first
	texts, sum    int        // of all parts
}

// wordPart is a part, and what its texts weigh.
type wordPart struct {
	first        int64
	texts, words int
	weights      [][]float32 // by term and text
}

// wordsOf begins the search. Words of the query that are none are left out.
func (c *catalog) wordsOf(ctx context.Context, q Query) (*wordSearch, error) {
	s := &wordSearch{done: ctx.Err, ctx: context.WithoutCancel(ctx), with: termsOf(q.Terms), without: termsOf(q.Without)}
	for _, t := range termsOf(q.Title) {
		s.with = append(s.with, t.InTitle())
	}
	var err error
	if s.tx, err = c.db.BeginTx(ctx, nil); err != nil {
		return nil, err
	}
	s.leaves, err = s.tx.PrepareContext(ctx, "select data from leaf where part = ?1 and word >= coalesce((select max(word) from leaf where part = ?1 and word <= ?2), ?2) and word < ?3 order by word")
	if err == nil {
		err = s.readParts()
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func termsOf(list []string) (terms []words.Term) {
	for _, s := range list {
		if t, ok := words.NewTerm(s); ok {
			terms = append(terms, t)
		}
	}
	return terms
}

func (s *wordSearch) close() { s.tx.Rollback() }

func (s *wordSearch) readParts() error {
	rows, err := s.tx.QueryContext(s.ctx, "select first, texts, words from part order by first desc")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var p wordPart
		if err := rows.Scan(&p.first, &p.texts, &p.words); err != nil {
			return err
		}
		s.texts, s.sum = s.texts+p.texts, s.sum+p.words
		s.parts = append(s.parts, p)
	}
	return rows.Err()
}

// weigh weighs a part's texts.
func (s *wordSearch) weigh(p *wordPart, terms []words.Term) (list [][]float32, err error) {
	for _, t := range terms {
		weights, err := t.Weigh(p.texts, func(from, before string) ([][]byte, error) {
			return leavesOf(s.leaves.QueryContext(s.ctx, p.first, from, before))
		})
		if err != nil {
			return nil, err
		}
		list = append(list, weights)
	}
	return list, nil
}

// find gives the rows of a part that hold the words, the last one first.
func (s *wordSearch) find(p *wordPart) (rows []int64, err error) {
	if err := s.done(); err != nil {
		return nil, err
	}
	if p.weights, err = s.weigh(p, s.with); err != nil {
		return nil, err
	}
	banned, err := s.weigh(p, s.without)
	if err != nil {
		return nil, err
	}
	for _, w := range p.weights {
		if w == nil {
			return nil, nil
		}
	}
texts:
	for n := p.texts - 1; n >= 0; n-- {
		for _, w := range p.weights {
			if w[n] == 0 {
				continue texts
			}
		}
		for _, w := range banned {
			if w != nil && w[n] > 0 {
				continue texts
			}
		}
		rows = append(rows, p.first+int64(n))
	}
	return rows, nil
}

// rowSet is a set of rows of the catalog.
type rowSet []uint64

func (s *rowSet) add(row int64) {
	for int(row/64) >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[row/64] |= 1 << (row % 64)
}

func (s rowSet) has(row int64) bool { return int(row/64) < len(s) && s[row/64]&(1<<(row%64)) != 0 }

// list gives so many of its rows, and one more if there is.
func (s rowSet) list(most int) []int64 {
	rows := []int64{}
	for i, held := range s {
		for ; held != 0 && len(rows) <= most; held &= held - 1 {
			rows = append(rows, int64(64*i+bits.TrailingZeros64(held)))
		}
	}
	return rows
}

// only keeps those of the rows that are in the set.
func (s rowSet) only(rows []int64) []int64 {
	return slices.DeleteFunc(rows, func(row int64) bool { return !s.has(row) })
}

// holding gives all rows that hold the words of the query, and not those without; nil
// where it has none.
func (c *catalog) holding(ctx context.Context, q Query) (rowSet, error) {
	if !q.asksWords() && len(q.Without) == 0 {
		return nil, nil
	}
	s, err := c.wordsOf(ctx, q)
	if err != nil {
		return nil, err
	}
	defer s.close()
	set := rowSet{0}
	for i := range s.parts {
		rows, err := s.find(&s.parts[i])
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			set.add(row)
		}
	}
	return set, nil
}
