package extract

import (
	_ "embed" // for the lists of words
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// trimName cuts punctuation and blanks off both ends, but keeps the full stop of an
// initial or of "Jr.".
func trimName(s string) string {
	s = strings.Trim(s, " \t\n,;:|/–—-•·*\"“”„«»‹›→←")
	if strings.HasSuffix(s, ".") {
		last := s[strings.LastIndexByte(s, ' ')+1:]
		if utf8.RuneCountInString(last) > 4 {
			s = strings.TrimRight(s, ".")
		}
	}
	return s
}

// maxStart is more than any of bylineStarts has, in bytes of any case.
const maxStart = 120

// cutBy cuts the word with which a byline begins, such as "By" or "Von", or "Autor:".
func cutBy(s string) (string, bool) {
	lower := strings.ToLower(s[:cutAt(s, maxStart)])
	if lower == "" {
		return s, false
	}
	for _, start := range bylineStarts[lower[0]] {
		if len(lower) > len(start) && strings.HasPrefix(lower, start) {
			rest := s[min(len(s), len(start)):]
			r, _ := utf8.DecodeRuneInString(rest)
			if start == "by" && unicode.IsUpper(r) && s[1] == 'y' && len(rest) > 1 && rest[1] >= 'a' {
				return rest, true // "ByJane Doe"
			}
			if unicode.IsSpace(r) || r == ':' || strings.ContainsAny(start[len(start)-1:], ":/") || strings.HasSuffix(start, "：") || strings.HasSuffix(start, "／") {
				return strings.TrimLeft(rest, " :："), true
			}
		}
	}
	return s, false
}

// byInside finds the first small word of a byline inside a text, "Posted on Monday by
// Jane Doe", and returns where it begins and ends; -1 if there is none.
func byInside(s string) (from, to int) {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		return -1, -1
	}
	for _, w := range [...]string{" by ", " von ", " par ", " por ", " door ", " av ", " af "} {
		if i := strings.Index(lower, w); i >= 0 && (w == " by " || !nameLike(s[:i])) {
			return i, i + len(w)
		}
	}
	return -1, -1
}

// nameLike reports whether the words of s may be given names.
func nameLike(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) || notNames[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// dateAhead is a date as East Asian papers print it before the name of the author.
var dateAhead = regexp.MustCompile(`^\d{4}(?:年\d{1,2}月\d{1,2}日|[./-]\d{1,2}[./-]\d{1,2}\.?)\s*(?:[(（][^)）]{1,3}[)）]\s*)?(?:\d{1,2}(?:時\d{1,2}分|:\d{2}))?\s+`)

// untilDate cuts a text where its first digit, weekday, month or word such as "posted" stands, and the small
// words before that.
func untilDate(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		plain := strings.ToLower(strings.Trim(w, ".,:|–-"))
		if hasDigit(w) || weekdays[plain] || i > 0 && posted[plain] || i > 0 && (months["en"][plain] > 0 || months["de"][plain] > 0) && i+1 < len(words) && hasDigit(words[i+1]) {
			words = words[:i]
			break
		}
	}
	for len(words) > 0 {
		last := words[len(words)-1]
		if r, _ := utf8.DecodeRuneInString(last); !unicode.IsLower(r) && last != "|" && last != "-" || len(agenciesIn(last)) > 0 {
			break
		}
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// monthStems are the beginnings of the names of months and days in the languages
// whose dates look most like names.
var monthStems = []string{"januar", "februar", "march", "märz", "april", "june", "juni", "july", "juli", "august", "septemb", "octob", "oktob", "novemb", "decemb", "dezemb",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "uhr"}
