package extract

import (
	_ "embed" // for the list of words
	"regexp"
	"strings"
)

//go:embed data/degrees.txt
var degreeList string

// degrees are the letters behind a name that are no name.
var degrees = wordSet(degreeList, initials)

// generations tell a son from his father; they belong to the name.
var generations = wordSet("Jr\nSr\nJnr\nSnr\nII\nIII\nIV", initials)

// initials writes letters without the stops between them, small.
func initials(s string) string { return strings.ToLower(strings.ReplaceAll(s, ".", "")) }

// ofLast reports whether s only adds to the name before it: a degree, which is dropped, or
// "Jr.", which is put behind it.
func (b *byline) ofLast(s string) bool {
	last := len(b.people) - 1
	if key := initials(s); last < 0 || !degrees[key] && !generations[key] {
		return false
	} else if generations[key] && !strings.HasSuffix(b.people[last], " "+s) {
		b.people[last] += " " + s
	}
	return true
}

// inverted is a family name, a comma and a given name, as catalogues write them.
var inverted = regexp.MustCompile(`^((?:\p{Ll}+ )*\p{Lu}[\p{L}\p{M}'’-]+), (\p{Lu}[\p{L}\p{M}'’-]*\.?(?: \p{Lu}\.)*)$`)

// upright returns a name with the given name first: "Smith, John" is John Smith. Between
// several such names stand semicolons.
func (b *byline) upright(s string) string {
	parts := strings.Split(s, ";")
	for i, p := range parts {
		if !strings.Contains(p, ", ") {
			return s
		}
		m := inverted.FindStringSubmatch(strings.TrimSpace(p))
		if m == nil || degrees[initials(m[2])] || generations[initials(m[2])] || b.noName(m[1]) || b.noName(m[2]) {
			return s
		}
		parts[i] = m[2] + " " + m[1]
	}
	return strings.Join(parts, ";")
}

// noName reports an organisation, or what somebody is.
func (b *byline) noName(s string) bool {
	return agencyName(s) != "" || isRole(s) || notNames[strings.ToLower(s)] || b.isOrganisation(s)
}
