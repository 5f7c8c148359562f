package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// bracketCredit parts a caption from the bracket at its end that names who took the picture
// and for whom, "(Ana Ruiz/The Post)", or an agency.
func bracketCredit(text string) (rest, credit string) {
	inner, closed := strings.CutSuffix(strings.TrimRight(text, ". "), ")")
	i := strings.LastIndexByte(inner, '(')
	if !closed || i < 0 || utf8.RuneCountInString(inner[i:]) > 80 {
		return text, ""
	}
	rest, credit = strings.TrimSpace(inner[:i]), strings.TrimSpace(inner[i+1:])
	names := strings.Split(via.Replace(credit), "/")
	if slices.ContainsFunc(names, isPictureAgency) {
		if hasDigit(credit) || shortFor(credit, rest) || slices.ContainsFunc(names, func(s string) bool { return len(strings.Fields(s)) > longestName }) {
			return text, ""
		}
		return rest, credit
	}
	if len(names) < 2 || len(names) > 3 || slices.ContainsFunc(names, func(s string) bool { return !isSigner(s) }) || !strings.Contains(strings.TrimSpace(names[0]), " ") {
		return text, ""
	}
	if last := strings.TrimSpace(names[len(names)-1]); partyLike(last) && !endsSentence(rest) {
		return text, ""
	}
	return rest, credit
}

// partCredit parts a caption from its last element, where that is names behind a sentence.
func partCredit(caption *html.Node, text string) (rest, credit string) {
	last := caption.LastChild
	for last != nil && last.Type != html.ElementNode && strings.TrimSpace(last.Data) == "" {
		last = last.PrevSibling
	}
	if last == nil || last.Type != html.ElementNode {
		return text, ""
	}
	credit = oneLine(textOf(last))
	rest = strings.TrimSpace(strings.TrimSuffix(text, credit))
	if rest == "" || !endsSentence(rest) || utf8.RuneCountInString(credit) > 60 || !strings.Contains(credit, " ") {
		return text, ""
	}
	for name := range strings.SplitSeq(via.Replace(credit), "/") {
		if !isSigner(name) && !isPictureAgency(name) {
			return text, ""
		}
	}
	return rest, credit
}

// easternCredit finds who took a picture at the end of an East Asian caption, by the trade:
// "周小满 摄", "佐伯みどり撮影", "문서윤 기자".
var easternCredit = regexp.MustCompile(`[\s。、．.＝=/／（(]((?:[图圖]／)?(?:记者|記者)?[\p{Han}ぁ-んァ-ヶー・]{2,8}\s?(?:摄影|攝影|摄|攝|撮影)|\p{Hangul}{2,4}\s?(?:사진)?기자(?:\s?촬영)?)[）)]?$`)

// via stands between who took a picture and who sells it.
var via = strings.NewReplacer(" via ", "/", " vía ", "/", " über ", "/")

// shortFor reports whether initials are those of the words before them, as in
// "Environmental Protection Agency (EPA)".
func shortFor(initials, before string) bool {
	words, first := strings.Fields(before), ""
	for _, w := range words[max(0, len(words)-len(initials)):] {
		first += string([]rune(w)[:1])
	}
	return len(first) > 1 && strings.EqualFold(first, initials)
}

// isPictureAgency reports the name of an agency, also that of its pictures: "AP Photo".
func isPictureAgency(s string) bool {
	s = strings.TrimSpace(s)
	if first, more, ok := strings.Cut(s, " "); ok && photographing[strings.ToLower(more)] {
		s = first
	}
	return agencyName(s) != ""
}

// isSigner reports whether s can be the name of a person or of a paper.
func isSigner(s string) bool {
	s = strings.TrimSpace(s)
	return isPerson(s) && capitalised(s) && !strings.ContainsAny(s, ",;") && !notNames[strings.ToLower(s)]
}

// partyLike reports initials: behind a name in a caption they are those of a party, as in
// "(Free Voters/FV)", and behind a sentence those of a station.
func partyLike(s string) bool {
	return utf8.RuneCountInString(s) <= 4 && !strings.ContainsFunc(s, unicode.IsLower)
}

// endsSentence reports whether s ends as a sentence does.
func endsSentence(s string) bool {
	return strings.ContainsAny(s[max(0, len(s)-3):], ".!?")
}
