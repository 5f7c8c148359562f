package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsarchive/selectors"
)

// ofPictures are agencies whose name at the end of a text is the credit of a picture.
var ofPictures = wordSet("getty images\nepa\nkeystone\nsipa", letters)

// sourceLabels stand before the colon of a line that names the source of a report.
var sourceLabels = wordSet("quelle\nquellen\nsource\nsources\nfonte\nfonti\nfontes\nfuente\nfuentes\nbron\nbronnen\nkälla\nkällor\nkilde\nkilder\nlähde\nźródło\nzdroj\nforrás\nsursa\nkaynak\nизточник\nисточник\nджерело\nπηγή\nsumber\nnguồn\nالمصدر\nمنبع\nמקור\nस्रोत\n来源\n來源\n出典\n출처", letters)

// closingAgencies returns the agencies of a last line that names nothing else.
func closingAgencies(s string) []string {
	if label, rest, ok := strings.Cut(strings.Replace(s, "：", ":", 1), ":"); ok && sourceLabels[letters(label)] {
		s = rest
	}
	s = strings.Trim(s, "()[]*-–—©. ")
	if utf8.RuneCountInString(s) > 40 {
		return nil
	}
	names := slices.DeleteFunc(agenciesIn(s), func(g string) bool { return ofPictures[letters(g)] })
	if len(names) == 0 || len(letters(strings.Join(names, ""))) < len(letters(s))-3*len(names) {
		return nil
	}
	return names
}

// closingReach is how many blocks below the text may credit agencies.
const closingReach = 2

// below returns the short lines right below the text, in the container with most of it, that
// are of no picture.
func (b *bodyResult) below() (lines []string) {
	if len(b.nodes) == 0 || b.skipped == nil {
		return nil
	}
	blocks, last := b.layout.blocks, -1
	for i := range blocks {
		if blocks[i].drop == "" {
			last = i
		}
	}
	for i := last + 1; i < min(last+1+closingReach, b.layout.boxes[b.core].last); i++ {
		if x := &blocks[i]; !x.pictured && x.mass <= 2*clockMass && x.kind&(selectors.Caption|selectors.Media) == 0 {
			lines = append(lines, b.layout.textOf(i))
		}
	}
	return lines
}
