package archive

import (
	"cmp"
	"context"
	"encoding/json"
	"math"
	"slices"

	"newsarchive/internal/words"
)

// candidate is a row that holds the words.
type candidate struct {
	row     int64
	weights []float32 // of each term
	length  int
	score   float64
}

// relevant finds the rows with the words that the plan leaves and that are the most
// relevant. It goes through the rows from the last one back, and stops where there are
// as many as are compared. How rare a word is, it takes from the rows that it saw: so
// words that are everywhere are not counted everywhere.
func (c *catalog) relevant(ctx context.Context, q Query, p *searchPlan, limit int) ([]rowPlace, error) {
	s, err := c.wordsOf(ctx, q)
	if err != nil {
		return nil, err
	}
	defer s.close()
	few, left, err := s.few(p)
	if err != nil || left == 0 || len(s.with) == 0 || limit < 1 {
		return nil, err
	}
	keep := func(rows []int64, _ int) ([]int64, error) { return few.only(rows), nil }
	if left > s.some() {
		keep = func(rows []int64, wanted int) ([]int64, error) { return s.ask(p, rows, wanted) }
	}
	list, err := s.candidates(keep, max(ranked, limit))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	scores := map[int64]float64{}
	for _, c := range best(list, limit) {
		scores[c.row] = c.score
	}
	return c.places(ctx, selectPlace+"j.value from json_each(?) j cross join article a on a.rowid = j.key join segment s on s.id = a.segment order by j.value desc, a.day desc, a.id limit ?",
		jsonOf(scores), limit)
}

// few gives the rows that the plan leaves, where these are few, and how many they are.
func (s *wordSearch) few(p *searchPlan) (set rowSet, left int, err error) {
	if !p.filtered() {
		return nil, s.some() + 1, nil
	}
	if p.manyLabelled && !p.fewLabelled {
		return nil, s.some() + 1, nil // most likely, and counting is slow
	}
	rows, err := s.rows("select json_group_array(id) from (select a.rowid as id from "+p.from()+" where "+p.where+" limit ?)", append(slices.Clone(p.args), s.some()+1)...)
	for _, row := range rows {
		set.add(row)
	}
	return set, len(rows), err
}

// some is how many rows are noted sooner than that rows are asked for one by one: the
// fewer of all rows are left, the more must be asked.
func (s *wordSearch) some() int {
	return max(someRows, int(math.Sqrt(3*ranked*float64(s.texts))))
}

// ask gives those of the rows that the plan leaves, until there are as many as wanted.
func (s *wordSearch) ask(p *searchPlan, rows []int64, wanted int) (kept []int64, err error) {
	for len(rows) > 0 && len(kept) < wanted {
		some := rows[:min(len(rows), 50+5*(wanted-len(kept))/4)]
		rows = rows[len(some):]
		left, err := s.rows("select json_group_array(a.rowid) from json_each(?) j cross join article a on a.rowid = j.value where "+p.where, append([]any{jsonOf(some)}, p.args...)...)
		if err != nil {
			return nil, err
		}
		var set rowSet
		for _, row := range left {
			set.add(row)
		}
		kept = append(kept, set.only(some)...)
	}
	return kept, nil
}

// rows reads a list of rows.
func (s *wordSearch) rows(text string, args ...any) (rows []int64, err error) {
	var list []byte
	if err := s.tx.QueryRowContext(s.ctx, text, args...).Scan(&list); err != nil {
		return nil, err
	}
	return rows, json.Unmarshal(list, &rows)
}

func jsonOf(v any) string {
	b, _ := json.Marshal(v) // of numbers
	return string(b)
}

// candidates gives the last rows that hold the words and are kept, with their scores.
func (s *wordSearch) candidates(keep func(rows []int64, wanted int) ([]int64, error), most int) (list []candidate, err error) {
	scale := words.Scale{Texts: float64(s.texts), Mean: float64(s.sum) / float64(s.texts), Having: make([]float64, len(s.with))}
	seen := 0
	for i := 0; i < len(s.parts) && len(list) < most; i++ {
		p := &s.parts[i]
		rows, err := s.find(p)
		if err == nil {
			rows, err = keep(rows, most-len(list))
		}
		if err == nil {
			list, err = s.append(list, p, rows[:min(len(rows), most-len(list))])
		}
		if err != nil {
			return nil, err
		}
		from := 0
		if len(list) == most {
			from = int(list[most-1].row - p.first)
		}
		for i, weights := range p.weights {
			scale.Having[i] += float64(having(weights, from))
		}
		seen += p.texts - from
		p.weights = nil
	}
	for i := range scale.Having {
		scale.Having[i] *= scale.Texts / float64(seen)
	}
	for i := range list {
		list[i].score = scale.Score(list[i].weights, list[i].length)
	}
	return list, nil
}

// having counts the texts from one on that weigh something.
func having(weights []float32, from int) (n int) {
	for i := from; i < len(weights); i++ {
		if weights[i] > 0 {
			n++
		}
	}
	return n
}

// append appends rows of a part.
func (s *wordSearch) append(list []candidate, p *wordPart, rows []int64) ([]candidate, error) {
	if len(rows) == 0 {
		return list, nil
	}
	var head []byte
	if err := s.tx.QueryRowContext(s.ctx, "select head from part where first = ?", p.first).Scan(&head); err != nil {
		return nil, err
	}
	for _, row := range rows {
		n := row - p.first
		c := candidate{row: row, length: words.Length(head, int(n)), weights: make([]float32, len(p.weights))}
		for i, w := range p.weights {
			c.weights[i] = w[n]
		}
		list = append(list, c)
	}
	return list, nil
}

// best gives the candidates with the highest scores, and all that are equal to the last
// of these.
func best(list []candidate, limit int) []candidate {
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	for limit < len(list) && list[limit].score == list[limit-1].score {
		limit++
	}
	return list[:min(limit, len(list))]
}
