package archive

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// edited is the change of a sentence into another.
func edited(before, after string, i, j int) Change {
	c := Change{Op: Edit, Before: before, After: after, BeforeIndex: i, AfterIndex: j}
	c.Significance, c.Why = judge(wordsOf(before), wordsOf(after))
	return c
}

// judge says how much the change of words means.
func judge(before, after []string) (significance, why string) {
	gone, came := differ(before, after)
	switch {
	case !slices.Equal(numbers(before), numbers(after)):
		return Fact, "number"
	case len(gone)+len(came) == 0:
		return Cosmetic, ""
	case typos(gone, came):
		return Typo, ""
	case slices.ContainsFunc(append(slices.Clone(gone), came...), negates):
		return Fact, "negation"
	case proper(gone, before) != proper(came, after):
		return Fact, "name"
	case 4*(len(gone)+len(came)) > len(before)+len(after):
		return Content, ""
	}
	return Wording, ""
}

// differ returns the words of one list that the other lacks, whatever their case
// and order.
func differ(before, after []string) (gone, came []string) {
	count := map[string]int{}
	for _, w := range after {
		count[strings.ToLower(w)]++
	}
	for _, w := range before {
		if count[strings.ToLower(w)]--; count[strings.ToLower(w)] < 0 {
			gone = append(gone, w)
		}
	}
	for _, w := range slices.Backward(after) {
		if count[strings.ToLower(w)]--; count[strings.ToLower(w)] >= 0 {
			came = append(came, w)
		}
	}
	slices.Reverse(came)
	return gone, came
}

// numbers returns the words with digits, sorted, and the words for numbers.
func numbers(words []string) (list []string) {
	for _, w := range words {
		if strings.ContainsFunc(w, unicode.IsDigit) || numerals[strings.ToLower(w)] {
			list = append(list, strings.ToLower(w))
		}
	}
	slices.Sort(list)
	return list
}

// numerals are English words for numbers that news uses; "one" is too often a pronoun.
var numerals = set("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen " +
	"twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions dozen dozens half double triple")

// negations turn a sentence into its opposite, in some languages.
var negations = set("not no never none nobody nothing neither nor without cannot nicht kein keine keinen keiner nie niemals ohne " +
	"pas jamais aucun aucune sans nunca ningún ninguna sin não nunca sem non mai senza niet geen zonder")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func negates(w string) bool {
	w = strings.ReplaceAll(strings.ToLower(w), "’", "'")
	return negations[w] || strings.HasSuffix(w, "n't")
}

// proper joins those of the words that are written with a capital, and are not
// the sentence's first.
func proper(words, sentence []string) string {
	var list []string
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsUpper(r) && (len(sentence) == 0 || w != sentence[0]) {
			list = append(list, w)
		}
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// typos reports whether the words differ in a letter or two each, with their
// first letter kept: as many came as went.
func typos(gone, came []string) bool {
	if len(gone) == 0 || len(gone) != len(came) || len(gone) > 3 {
		return false
	}
	for i, w := range gone {
		a, b := []rune(strings.ToLower(w)), []rune(strings.ToLower(came[i]))
		if len(a) < 4 && len(b) < 4 || a[0] != b[0] || swaps(a, b) > 1+min(len(a), len(b))/8 || negates(w) != negates(came[i]) {
			return false
		}
	}
	return true
}

// swaps is the optimal string alignment distance: letters that came, went, were
// replaced, or swapped with their neighbour.
func swaps(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i := range a {
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			best := min(rows[i][j+1]+1, rows[i+1][j]+1, rows[i][j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				best = min(best, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = best
		}
	}
	return rows[len(a)][len(b)]
}
