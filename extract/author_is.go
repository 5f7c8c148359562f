package extract

import (
	_ "embed" // for the lists of words
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isName reports whether s can be somebody's name. In what people read it must look
// like one; what machines read may be a nickname.
func (b *byline) isName(s string) bool {
	if lowerName(s) && (b.declared || b.labelled) {
		return true
	}
	if b.declared {
		return isPerson(s) || nickname(s)
	}
	if b.linked && !strings.Contains(s, " ") {
		return isPerson(s) || nickname(s)
	}
	return isPerson(s) && capitalised(s) && (strings.Contains(s, " ") || unspaced(s))
}

// unspaced reports a script that writes no blank between the parts of a name.
func unspaced(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Thai)
	}) >= 0
}

// nickname reports one word of letters and digits.
func nickname(s string) bool {
	n := utf8.RuneCountInString(s)
	foreign := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
	}
	return n >= 2 && n <= 20 && strings.IndexFunc(s, unicode.IsLetter) >= 0 && strings.IndexFunc(s, foreign) < 0
}

// capitalised reports whether each word of s begins with a capital, or is one of the
// small words inside names. Scripts without cases pass.
func capitalised(s string) bool {
	capitals := 0
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '’' || r == '\'' }) {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLower(r) {
			capitals++
		} else if !particles[w] {
			return false
		}
	}
	return capitals > 1 || !strings.Contains(s, " ")
}

// particles are the words that stand in lower case inside names.
var particles = wordSet("von\nvan\nde\nder\nden\ndel\nda\ndi\ndos\ndas\ndo\ndu\nla\nle\nel\nal\nbin\nibn\nbint\nzu\nzur\nten\nter\naf\nav\ny\ne\nd\nt\nund\nna\ns\nlos\nlas\nv.", strings.ToLower)

// isHouse reports whether s is what the page or its address calls the site.
func (b *byline) isHouse(s string) bool { return isSiteName(s, b.site, b.d) }

// isOrganisation reports wire services, newsrooms and the site itself.
func (b *byline) isOrganisation(s string) bool {
	key := letters(s)
	if agencies[key] || b.houses[key] || b.isHouse(s) || containsAny(s, easternHouses) || paperOf.MatchString(s) {
		return true
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if collectives[w] || slices.ContainsFunc(houseEnds, func(end string) bool { return len(w) > len(end) && strings.HasSuffix(w, end) }) {
			return true
		}
	}
	return legalForm.MatchString(s)
}

// wholeHouse reports the name of one organisation, whatever words stand in it.
func wholeHouse(s string) bool {
	if strings.ContainsAny(s, ",;|") {
		return false
	}
	first, _, _ := strings.Cut(strings.ToLower(s), " ")
	return strings.HasSuffix(first, "ministerium") || strings.HasPrefix(s, "Ministry of ") || strings.HasSuffix(s, " GmbH & Co. KG")
}

// houseEnds are the last parts of compounds that are organisations.
var houseEnds = []string{"stiftung", "verband", "verein", "verlag", "ministerium", "gesellschaft", "redaktion"}

// paperOf is the name of a paper or a group with an article, "Le Courrier du Sud".
var paperOf = regexp.MustCompile(`^(?:(?:Le|La|Les|El|Los|Las|Il|Lo|O)\s\p{Lu}|L['’]\p{Lu})[\p{L}-]{2,}\s(?:du|des|del|della|dello|do|da|d['’]|de\s(?:la|los|las|l['’]))\s?\p{Lu}`)

// legalForm is what behind a name makes it a company's or an association's.
var legalForm = regexp.MustCompile(`\s(?:e\.\s?V\.?|AG|SE|KG|SARL|S\.A\.|S\.L\.|S\.r\.l\.|B\.V\.|Oy|A/S)$`)

// isPerson reports whether s can be somebody's name: few words, no digits,
// not all in lower case where the script has cases.
func isPerson(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 50 || strings.ContainsAny(s, ":：!?<>{}=_@#%\"©®™→»…") || hasDigit(s) {
		return false
	}
	fields := strings.Fields(s)
	if len(fields) > 6 {
		return false
	}
	upper := false
	for _, w := range fields {
		r, _ := utf8.DecodeRuneInString(w)
		upper = upper || !unicode.IsLower(r)
	}
	return upper
}
