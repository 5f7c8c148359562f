// Package spelling finds what somebody meant who wrote a name that is not known, and
// reads and writes counts and time spans.
package spelling

import "strings"

// DidYouMean returns words to append to an error about a name that is not known: the
// nearest of known, all that are as near, or "" if none is near.
func DidYouMean(name string, known []string) string {
	var best []string
	least := 3
	for _, k := range known {
		d := distance(strings.ToLower(name), k)
		switch {
		case d >= 3 || d >= len(k) || d > least:
			continue
		case d < least:
			best, least = nil, d
		}
		best = append(best, `"`+k+`"`)
	}
	if len(best) == 0 || len(best) > 3 { // many are no help
		return ""
	}
	return "; did you mean " + strings.Join(best, " or ") + "?"
}

// OrOneOf is DidYouMean, or else the list of what is known.
func OrOneOf(name string, known []string) string {
	if s := DidYouMean(name, known); s != "" {
		return s
	}
	return ", want one of " + strings.Join(known, ", ")
}

// distance is how many slips lead from one short name to the other: a letter more, less
// or another, two in the wrong order, or an end that was left out.
func distance(a, b string) int {
	if len(a) > 64 {
		return len(a)
	}
	if bare := strings.TrimLeft(a, "-"); len(bare) > 2 && a != b && strings.HasPrefix(b, a) {
		return 1
	}
	var before, last []int // rows of the table; the first is never looked at
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := last[j]
			if a[i] != b[j] {
				cost++
			}
			row[j+1] = min(cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
