package archive

import (
	"slices"

	"newsarchive/page"
)

// What a change does to a sentence, in the words of research on edits of news.
const (
	Addition = "addition"
	Deletion = "deletion"
	Edit     = "edit"     // the sentence was rewritten where it stands
	Refactor = "refactor" // the sentence was moved
)

// How much a change means, least first.
const (
	Cosmetic = "cosmetic" // spaces, punctuation, case; or a sentence that was moved
	Typo     = "typo"     // letters within words
	Wording  = "wording"  // some other words
	Content  = "content"  // a sentence came, went, or says another thing
	Fact     = "fact"     // a number, a name or a negation
)

var significances = []string{"", Cosmetic, Typo, Wording, Content, Fact}

// A Change is what became of one sentence.
type Change struct {
	Op           string `json:"op"`
	Before       string `json:"before"`       // "" for an addition
	After        string `json:"after"`        // "" for a deletion
	BeforeIndex  int    `json:"before_index"` // counted from 0; -1 for an addition
	AfterIndex   int    `json:"after_index"`  // -1 for a deletion
	Significance string `json:"significance"`
	Why          string `json:"why"` // "number", "name", "negation" or ""
}

// A Revision is what changed from one version of an article to another.
type Revision struct {
	Title        *Change  // nil if the headline is the same
	Changes      []Change // in the order of the newer text, deletions where they stood
	Same         int      // sentences that stayed
	Significance string   // the highest of all changes; "" if there are none
}

// Diff compares two versions of an article sentence by sentence.
func Diff(before, after page.Row) Revision {
	var r Revision
	if before.Title != after.Title {
		c := edited(before.Title, after.Title, 0, 0)
		r.Title = &c
		r.Significance = c.Significance
	}
	d := newDiffing(sentences(before.Text), sentences(after.Text))
	d.anchors()
	d.moves()
	d.edits()
	r.Changes, r.Same = d.changes()
	for _, c := range r.Changes {
		r.Significance = higher(r.Significance, c.Significance)
	}
	return r
}

func higher(a, b string) string {
	if slices.Index(significances, b) > slices.Index(significances, a) {
		return b
	}
	return a
}

// diffing matches the sentences of two texts.
type diffing struct {
	old, new     []string
	oldTo, newTo []int // the partner's index, -1 for none
	moved        []bool
	same         []bool // by the index of new
}

func newDiffing(old, new []string) *diffing {
	d := &diffing{old: old, new: new, oldTo: make([]int, len(old)), newTo: make([]int, len(new)), moved: make([]bool, len(new)), same: make([]bool, len(new))}
	for i := range d.oldTo {
		d.oldTo[i] = -1
	}
	for i := range d.newTo {
		d.newTo[i] = -1
	}
	return d
}

func (d *diffing) pair(i, j int) { d.oldTo[i], d.newTo[j] = j, i }

// maxTable bounds the work of anchors, in cells. Longer texts are matched from
// both ends, and what is left between as moved or edited.
const maxTable = 4 << 20

// anchors pairs the longest common subsequence of equal sentences.
func (d *diffing) anchors() {
	lo, oldEnd, newEnd := 0, len(d.old), len(d.new)
	keep := func(i, j int) { d.pair(i, j); d.same[j] = true }
	for lo < oldEnd && lo < newEnd && d.old[lo] == d.new[lo] {
		keep(lo, lo)
		lo++
	}
	for oldEnd > lo && newEnd > lo && d.old[oldEnd-1] == d.new[newEnd-1] {
		oldEnd, newEnd = oldEnd-1, newEnd-1
		keep(oldEnd, newEnd)
	}
	n, m := oldEnd-lo, newEnd-lo
	if n*m > maxTable {
		return
	}
	length := make([][]int32, n+1) // of the common subsequence from here on
	for i := range length {
		length[i] = make([]int32, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if d.old[lo+i] == d.new[lo+j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case d.old[lo+i] == d.new[lo+j]:
			keep(lo+i, lo+j)
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
}

// moves pairs equal sentences that stand elsewhere.
func (d *diffing) moves() {
	at := map[string][]int{}
	for i, s := range d.old {
		if d.oldTo[i] < 0 {
			at[s] = append(at[s], i)
		}
	}
	for j, s := range d.new {
		if list := at[s]; d.newTo[j] < 0 && len(list) > 0 {
			d.pair(list[0], j)
			at[s], d.moved[j] = list[1:], true
		}
	}
}

// minAlike is the share of words that two versions of a sentence have in common
// at least, in percent.
const minAlike = 45

// maxPairs bounds how many pairs of sentences are compared word by word.
const maxPairs = 250_000

// edits pairs sentences that are alike, the most alike first.
func (d *diffing) edits() {
	type candidate struct{ alike, distance, i, j int }
	var list []candidate
	oldWords, newWords := bags(d.old, d.oldTo), bags(d.new, d.newTo)
	compared := 0
	for i, a := range oldWords {
		for j, b := range newWords {
			if a == nil || b == nil || compared >= maxPairs {
				continue
			}
			compared++
			if n := alike(a, b); n >= minAlike {
				list = append(list, candidate{n, distance(d, i, j), i, j})
			}
		}
	}
	slices.SortFunc(list, func(a, b candidate) int {
		for _, c := range []int{b.alike - a.alike, a.distance - b.distance, a.i - b.i} {
			if c != 0 {
				return c
			}
		}
		return a.j - b.j
	})
	for _, c := range list {
		if d.oldTo[c.i] < 0 && d.newTo[c.j] < 0 {
			d.pair(c.i, c.j)
		}
	}
}

func distance(d *diffing, i, j int) int {
	return max(i*len(d.new)-j*len(d.old), j*len(d.old)-i*len(d.new))
}

// bags counts the words of the sentences without a partner; nil for the others.
func bags(list []string, to []int) []map[string]int {
	out := make([]map[string]int, len(list))
	for i, s := range list {
		if to[i] >= 0 {
			continue
		}
		out[i] = map[string]int{}
		for _, w := range wordsOf(s) {
			w, _ = folded(w)
			out[i][w]++
		}
	}
	return out
}

// alike is Dice's coefficient of two bags of words, in percent.
func alike(a, b map[string]int) int {
	common, total := 0, 0
	for w, n := range a {
		common += min(n, b[w])
		total += n
	}
	for _, n := range b {
		total += n
	}
	if total == 0 {
		return 0
	}
	return 200 * common / total
}

// changes lists what is not the same, in the order of the new text; a deletion
// stands behind the sentence that it stood behind.
func (d *diffing) changes() (list []Change, same int) {
	next := 0
	gone := func(until int) {
		for ; next < until; next++ {
			if d.oldTo[next] < 0 {
				list = append(list, Change{Deletion, d.old[next], "", next, -1, Content, ""})
			}
		}
	}
	for j, s := range d.new {
		i := d.newTo[j]
		if i >= 0 && !d.moved[j] {
			gone(i)
		}
		switch {
		case i < 0:
			list = append(list, Change{Addition, "", s, -1, j, Content, ""})
		case d.same[j]:
			same++
		case d.moved[j]:
			list = append(list, Change{Refactor, s, s, i, j, Cosmetic, ""})
		default:
			list = append(list, edited(d.old[i], s, i, j))
		}
	}
	gone(len(d.old))
	return list, same
}
