// Package spelling finds what somebody meant who wrote a name that is not known, and
// writes counts.
package spelling

import "strings"

// DidYouMean returns words to append to an error about a name that is not known,
// "" if none of known is near.
func DidYouMean(name string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := distance(strings.ToLower(name), k); d < least && d < len(k) {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return `; did you mean "` + best + `"?`
}

// OrOneOf is DidYouMean, or else the list of what is known.
func OrOneOf(name string, known []string) string {
	if s := DidYouMean(name, known); s != "" {
		return s
	}
	return ", want one of " + strings.Join(known, ", ")
}

// distance is the edit distance of two short names (insertions, deletions,
// replacements).
func distance(a, b string) int {
	if len(a) > 64 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
