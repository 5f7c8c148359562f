package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	// easternTrade is what stands around the name of who took a picture in an East Asian credit.
	easternTrade = regexp.MustCompile(`^(?:写真|撮影|사진)\s?[・／：＝=]\s?|\s?(?:摄影|攝影|摄|攝|撮影|(?:사진)?기자(?:\s?촬영)?)$`)
	// easternDay is in what was taken when, not by whom.
	easternDay = regexp.MustCompile(`[年月日時分頃]|から`)
)

// sentenceEnd finds where a sentence ends within a caption.
var sentenceEnd = regexp.MustCompile(`[.!?»”"]\s+`)

// plainCredit parts a caption from the names behind its last sentence of which one is an
// agency: "The hall by night. JOHN DOE / AFP".
func plainCredit(text string) (rest, credit string) {
	ends := sentenceEnd.FindAllStringIndex(text, -1)
	for _, end := range slices.Backward(ends) {
		credit = strings.Trim(text[end[1]:], " |–-")
		if utf8.RuneCountInString(credit) > 60 {
			break
		}
		names := strings.Split(via.Replace(credit), "/")
		if slices.ContainsFunc(names, isPictureAgency) && !slices.ContainsFunc(names, func(s string) bool {
			return !isSigner(s) && !isPictureAgency(s) || len(strings.Fields(s)) > longestName
		}) {
			return strings.TrimSpace(text[:end[1]]), credit
		}
	}
	return text, ""
}
